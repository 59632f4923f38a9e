/* Rows to a table. */
#include "tests/check.h"

#include "core/builder.h"
#include "core/error.h"

#define WIDE_TABLE "[table]\nname = brukere\n"
#define WIDE_COLUMNS                                                                               \
    "[column Region]\nas = region\nrole = region\nclassification = kommune\n"                      \
    "[column Brukere]\nas = brukere\nrole = measure\nunit = persons\nadditive = yes\nminimum = "   \
    "0\n"                                                                                          \
    "[column Navn]\nas = navn\nrole = text\n"                                                      \
    "[constant kjonn]\nvalue = 0\n"
static const char wide[] = WIDE_TABLE WIDE_COLUMNS;
static const char signed_measure[] = "[table]\nname = t\n[column a]\nrole = code\n"
                                     "[column m]\nrole = measure\nsign = status\n";
static const char cube[] =
    "[table]\nname = t\n[column Region]\nas = region\nrole = region\n"
    "[column ContentsCode]\nas = contents\nrole = contents\n[column value]\nrole = value\n"
    "[measure Personer]\nas = innbyggere\nminimum = 0\n[measure Vekst]\nas = vekst\n";

typedef struct {
    SpLayout *layout;
    SpBuilder *builder;
    SpSink *sink;
    guint64 n_rows;
} Fixture;

static void open_fixture(Fixture *fixture, const char *layout)
{
    g_autoptr(GError) error = NULL;
    fixture->layout = sp_layout_parse("panel", layout, &error);
    assert_no_error(error);
    fixture->builder = sp_builder_new(fixture->layout, "tabular/panel: panel.csv");
    fixture->sink = sp_builder_sink(fixture->builder);
    fixture->n_rows = 1;
}

static void close_fixture(Fixture *fixture)
{
    sp_builder_free(fixture->builder);
    sp_layout_free(fixture->layout);
}

/** The header, as "a,b,c". */
static gboolean begin(Fixture *fixture, const char *header, GError **error)
{
    g_auto(GStrv) names = g_strsplit(header, ",", -1);
    return fixture->sink->begin(fixture->sink, (const char *const *)names, g_strv_length(names),
                                error);
}

/** A row as "1|2|3". The fields lie side by side, without NUL between them. */
static gboolean add(Fixture *fixture, const char *row, GError **error)
{
    SpField fields[16];
    gsize n = 0;
    for (const char *text = row;; n++) {
        gsize size = strcspn(text, "|");
        fields[n] = (SpField){text, size};
        if (text[size] == '\0') {
            break;
        }
        text += size + 1;
    }
    return fixture->sink->row(fixture->sink, ++fixture->n_rows, fields, n + 1, error);
}

/** The table of a header and rows, all of which must be good. */
static SpTable *table_of(const char *layout, const char *header, const char *const rows[],
                         gsize n_rows)
{
    g_autoptr(GError) error = NULL;
    Fixture fixture;
    open_fixture(&fixture, layout);
    begin(&fixture, header, &error);
    assert_no_error(error);
    for (gsize i = 0; i < n_rows; i++) {
        add(&fixture, rows[i], &error);
        assert_no_error(error);
    }
    SpTable *table = sp_builder_steal(fixture.builder, &error);
    assert_no_error(error);
    close_fixture(&fixture);
    return table;
}

static void check_header_refused(const char *layout, const char *header, const char *part)
{
    g_autoptr(GError) error = NULL;
    Fixture fixture;
    open_fixture(&fixture, layout);
    assert_false(begin(&fixture, header, &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_true(g_str_has_prefix(error->message, "tabular/panel: panel.csv: "));
    close_fixture(&fixture);
}

static void check_row_refused(const char *layout, const char *header, const char *row,
                              const char *part)
{
    g_autoptr(GError) error = NULL;
    Fixture fixture;
    open_fixture(&fixture, layout);
    begin(&fixture, header, &error);
    assert_no_error(error);
    assert_false(add(&fixture, row, &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_true(g_str_has_prefix(error->message, "tabular/panel: panel.csv: row 2: "));
    assert_true(g_utf8_validate(error->message, -1, NULL));
    assert_null(strchr(error->message, '\n'));
    close_fixture(&fixture);
}

static void codes_constants_and_measures_come_in_this_order(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        table_of(wide, "Region,Brukere,Navn", (const char *const[]){"0301|12.5|Oslo"}, 1);
    static const char *const names[] = {"region", "navn", "kjonn", "brukere"};
    assert_string_equal(sp_table_name(table), "brukere");
    assert_int_equal(sp_table_n_columns(table), 4);
    for (gsize i = 0; i < 4; i++) {
        assert_string_equal(sp_table_column(table, i)->name, names[i]);
    }
    assert_string_equal(sp_table_column(table, 0)->classification, "kommune");
    assert_true(sp_table_column(table, 0)->is_key);
    assert_false(sp_table_column(table, 1)->is_key);
    assert_true(sp_table_column(table, 2)->is_key);
    assert_string_equal(sp_table_column(table, 3)->unit, "persons");
    assert_true(sp_table_column(table, 3)->is_additive);
    assert_string_equal(sp_table_code(table, 0, 0), "0301");
    assert_string_equal(sp_table_code(table, 0, 1), "Oslo");
    assert_string_equal(sp_table_code(table, 0, 2), "0");
    assert_near(sp_table_real(table, 0, 3).value, 12.5, 0.0);
}

static void columns_are_found_by_name_wherever_they_stand(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = table_of(
        wide, "Navn,Region,Brukere", (const char *const[]){"Oslo|0301|1", "Eigersund|1101|2"}, 2);
    assert_string_equal(sp_table_code(table, 1, 0), "1101");
    assert_string_equal(sp_table_code(table, 1, 1), "Eigersund");
    assert_string_equal(sp_table_code(table, 1, 2), "0");
    assert_near(sp_table_real(table, 1, 3).value, 2.0, 0.0);
}

static void codes_keep_leading_zeros_and_the_order_of_the_source(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        table_of(wide, "Region,Brukere,Navn",
                 (const char *const[]){"1101|1|b", "0301|1|a", "|1|", "0301|1|a"}, 4);
    assert_int_equal(sp_table_n_rows(table), 4);
    assert_string_equal(sp_table_code(table, 0, 0), "1101");
    assert_string_equal(sp_table_code(table, 1, 0), "0301");
    assert_string_equal(sp_table_code(table, 2, 0), "");
    assert_string_equal(sp_table_code(table, 3, 0), "0301");
}

static void figure_takes_its_status_from_its_own_sign_column(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        table_of(signed_measure, "status,a,m", (const char *const[]){":|x|", "*|y|3", "|z|4"}, 3);
    assert_int_equal(sp_table_real(table, 0, 1).status, SP_SUPPRESSED);
    assert_int_equal(sp_table_real(table, 1, 1).flags, SP_FLAG_PROVISIONAL);
    assert_near(sp_table_real(table, 2, 1).value, 4.0, 0.0);
    assert_int_equal(sp_table_real(table, 2, 1).flags, 0);
}

static void text_that_is_no_figure_names_row_column_and_text(void **state)
{
    (void)state;
    check_row_refused(wide, "Region,Brukere,Navn", "0301|1,2,3|Oslo",
                      "row 2: column \"Brukere\", want number, got \"1,2,3\"");
}

static void figure_below_the_minimum_is_refused(void **state)
{
    (void)state;
    check_row_refused(wide, "Region,Brukere,Navn", "0301|-1|Oslo",
                      "want at least 0 (negative count), got \"-1\"");
}

/* Infinity has no text: it would end the stage where the table is written. */
static void figure_that_is_too_large_in_our_unit_is_refused(void **state)
{
    (void)state;
    static const char thousands[] = "[table]\nname = t\n[column a]\nrole = code\n"
                                    "[column m]\nrole = measure\nmultiply_by = 1000\n";
    check_row_refused(thousands, "a,m", "x|1e307",
                      "row 2: column \"m\", want a figure that is one times 1000 too");
}

static void missing_column_is_named_with_those_there_are(void **state)
{
    (void)state;
    check_header_refused(wide, "Region,Bruker,Navn",
                         "column \"Brukere\" is not there, only \"Region\", \"Bruker\", \"Navn\"");
    check_header_refused(wide, "Region,Bruker,Navn", "layout panel");
    check_header_refused(signed_measure, "a,m", "column \"status\"");
    check_header_refused(wide, "", "column \"Region\"");
}

static void source_without_columns_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    Fixture fixture;
    open_fixture(&fixture, wide);
    assert_false(fixture.sink->begin(fixture.sink, NULL, 0, &error));
    assert_error(error, SP_ERROR_DATA, "is not there, only none");
    close_fixture(&fixture);
}

static void column_named_twice_is_refused(void **state)
{
    (void)state;
    check_header_refused(wide, "Region,Brukere,Navn,Brukere", "2 columns are named \"Brukere\"");
}

static void extra_columns_are_refused_unless_ignored(void **state)
{
    (void)state;
    check_header_refused(wide, "Region,X,Brukere,Navn,Y",
                         "layout panel does not name: \"X\", \"Y\"");
    g_autoptr(SpTable) table =
        table_of(WIDE_TABLE "other_columns = ignore\n" WIDE_COLUMNS, "Region,X,Brukere,Navn,Y",
                 (const char *const[]){"1|x|2|n|y"}, 1);
    assert_int_equal(sp_table_n_columns(table), 4);
    assert_near(sp_table_real(table, 0, 3).value, 2.0, 0.0);
}

static void ignored_column_may_be_there_or_not(void **state)
{
    (void)state;
    g_autofree char *layout = g_strconcat(wide, "[column X]\nrole = ignore\n", NULL);
    g_autoptr(SpTable) with =
        table_of(layout, "Region,X,Brukere,Navn", (const char *const[]){"1|x|2|n"}, 1);
    g_autoptr(SpTable) without =
        table_of(layout, "Region,Brukere,Navn", (const char *const[]){"1|2|n"}, 1);
    assert_int_equal(sp_table_n_columns(with), 4);
    assert_int_equal(sp_table_n_columns(without), 4);
}

static void row_of_another_length_is_refused(void **state)
{
    (void)state;
    check_row_refused(wide, "Region,Brukere,Navn", "0301|1", "2 fields, the header has 3");
    check_row_refused(wide, "Region,Brukere,Navn", "0301|1|Oslo|x", "4 fields, the header has 3");
}

static void contents_and_value_stay_long(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        table_of(cube, "Region,ContentsCode,value",
                 (const char *const[]){"0301|Personer|7", "0301|Vekst|-2", "0301|Ukjent|-3"}, 3);
    assert_string_equal(sp_table_column(table, 1)->name, "contents");
    assert_true(sp_table_column(table, 1)->is_key);
    assert_string_equal(sp_table_column(table, 2)->name, "value");
    assert_string_equal(sp_table_code(table, 1, 1), "Vekst");
    assert_near(sp_table_real(table, 1, 2).value, -2.0, 0.0);
}

static void minimum_of_a_contents_is_its_own(void **state)
{
    (void)state;
    check_row_refused(cube, "Region,ContentsCode,value", "0301|Personer|-2",
                      "column \"value\", want at least 0");
}

static void header_without_rows_is_an_empty_table(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = table_of(wide, "Region,Brukere,Navn", NULL, 0);
    assert_int_equal(sp_table_n_rows(table), 0);
    assert_int_equal(sp_table_n_columns(table), 4);
}

static void source_that_never_began_gives_no_table(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    Fixture fixture;
    open_fixture(&fixture, wide);
    assert_null(sp_builder_steal(fixture.builder, &error));
    assert_error(error, SP_ERROR_DATA, "tabular/panel: panel.csv: no header");
    close_fixture(&fixture);
}

static void stolen_builder_is_empty_and_may_begin_again(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    Fixture fixture;
    open_fixture(&fixture, wide);
    assert_true(begin(&fixture, "Region,Brukere,Navn", &error));
    assert_true(add(&fixture, "1|2|n", &error));
    g_autoptr(SpTable) first = sp_builder_steal(fixture.builder, &error);
    assert_null(sp_builder_steal(fixture.builder, &error));
    g_clear_error(&error);
    assert_true(begin(&fixture, "Navn,Region,Brukere", &error));
    assert_true(add(&fixture, "m|3|4", &error));
    g_autoptr(SpTable) second = sp_builder_steal(fixture.builder, &error);
    assert_int_equal(sp_table_n_rows(first), 1);
    assert_int_equal(sp_table_n_rows(second), 1);
    assert_string_equal(sp_table_code(second, 0, 0), "3");
    close_fixture(&fixture);
}

static const char spread[] = "[table]\nname = t\n[column yrke]\nrole = code\n"
                             "[spread]\nas = region\nrole = region\nmeasure = n\nminimum = 0\n"
                             "[column oslo]\nrole = spread\ncode = 03\n"
                             "[column agder]\nrole = spread\ncode = 42\n"
                             "[copy slag]\nof = yrke\nrole = code\n";

/* One row of the source is one row a column of role spread. */
static void spread_columns_become_rows(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        table_of(spread, "agder,yrke,oslo", (const char *const[]){"7|2223|25", ":|5321|0"}, 2);
    assert_int_equal(sp_table_n_rows(table), 4);
    static const char *const wanted[] = {"2223 03", "2223 42", "5321 03", "5321 42"};
    static const SpStatus statuses[] = {SP_PRESENT, SP_PRESENT, SP_ZERO, SP_SUPPRESSED};
    for (gsize row = 0; row < 4; row++) {
        g_autofree char *found =
            g_strdup_printf("%s %s", sp_table_code(table, row, sp_table_find(table, "yrke")),
                            sp_table_code(table, row, sp_table_find(table, "region")));
        assert_string_equal(found, wanted[row]);
        assert_string_equal(sp_table_code(table, row, sp_table_find(table, "slag")),
                            sp_table_code(table, row, sp_table_find(table, "yrke")));
        assert_int_equal(sp_table_real(table, row, sp_table_find(table, "n")).status,
                         statuses[row]);
    }
    assert_near(sp_table_real(table, 0, sp_table_find(table, "n")).value, 25, 0);
    check_header_refused(spread, "yrke,oslo", "column \"agder\" is not there");
    check_row_refused(spread, "agder,yrke,oslo", "mange|2223|25", "column \"agder\", want number");
    check_row_refused(spread, "agder,yrke,oslo", "1|2223|-25", "column \"oslo\", want at least 0");
}

static void parser_that_breaks_its_contract_is_a_bug(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    Fixture fixture;
    open_fixture(&fixture, wide);
    assert_false(add(&fixture, "1|2|n", &error));
    assert_error(error, SP_ERROR_BUG, "before the header");
    g_clear_error(&error);
    assert_true(begin(&fixture, "Region,Brukere,Navn", &error));
    assert_false(begin(&fixture, "Region,Brukere,Navn", &error));
    assert_error(error, SP_ERROR_BUG, "second header");
    close_fixture(&fixture);
}

static void a_further_file_has_its_own_order_of_columns_and_its_own_name(void **state)
{
    (void)state;
    Fixture fixture;
    g_autoptr(GError) error = NULL;
    open_fixture(&fixture, wide);
    assert_true(begin(&fixture, "Region,Brukere,Navn", &error));
    assert_true(add(&fixture, "0301|5|Oslo", &error));
    assert_false(begin(&fixture, "Region,Brukere,Navn", &error)); /* one header a file */
    g_clear_error(&error);
    assert_int_equal(sp_builder_n_rows(fixture.builder), 1);
    sp_builder_next_file(fixture.builder, "second.csv");
    assert_true(begin(&fixture, "Navn,Region,Brukere", &error));
    assert_true(add(&fixture, "Bergen|4601|6", &error));
    assert_false(add(&fixture, "Bergen|4601|x", &error));
    assert_error(error, SP_ERROR_DATA, "second.csv");
    g_autoptr(SpTable) table = sp_builder_steal(fixture.builder, NULL);
    assert_string_equal(sp_table_code(table, 1, sp_table_find(table, "region")), "4601");
    assert_true(sp_table_real(table, 1, sp_table_find(table, "brukere")).value == 6);
    close_fixture(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_further_file_has_its_own_order_of_columns_and_its_own_name),
        cmocka_unit_test(codes_constants_and_measures_come_in_this_order),
        cmocka_unit_test(columns_are_found_by_name_wherever_they_stand),
        cmocka_unit_test(codes_keep_leading_zeros_and_the_order_of_the_source),
        cmocka_unit_test(figure_takes_its_status_from_its_own_sign_column),
        cmocka_unit_test(text_that_is_no_figure_names_row_column_and_text),
        cmocka_unit_test(figure_below_the_minimum_is_refused),
        cmocka_unit_test(figure_that_is_too_large_in_our_unit_is_refused),
        cmocka_unit_test(missing_column_is_named_with_those_there_are),
        cmocka_unit_test(source_without_columns_is_refused),
        cmocka_unit_test(column_named_twice_is_refused),
        cmocka_unit_test(extra_columns_are_refused_unless_ignored),
        cmocka_unit_test(ignored_column_may_be_there_or_not),
        cmocka_unit_test(row_of_another_length_is_refused),
        cmocka_unit_test(contents_and_value_stay_long),
        cmocka_unit_test(minimum_of_a_contents_is_its_own),
        cmocka_unit_test(header_without_rows_is_an_empty_table),
        cmocka_unit_test(source_that_never_began_gives_no_table),
        cmocka_unit_test(stolen_builder_is_empty_and_may_begin_again),
        cmocka_unit_test(spread_columns_become_rows),
        cmocka_unit_test(parser_that_breaks_its_contract_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
