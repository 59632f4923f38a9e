/* Rows to a table. */
#include "tests/check.h"

#include "core/builder.h"

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

/** The figure that one field becomes under the layout `signed_measure`. */
static SpReal real_of(const char *figure, const char *sign)
{
    g_autofree char *row = g_strdup_printf("x|%s|%s", figure, sign);
    g_autoptr(SpTable) table =
        table_of(signed_measure, "a,m,status", (const char *const[]){row}, 1);
    return sp_table_real(table, 0, sp_table_find(table, "m"));
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

static void numbers_follow_the_form_of_the_layout(void **state)
{
    (void)state;
    g_autofree char *layout = g_strconcat("[file]\ndecimal = ,\nthousands = space\n", wide, NULL);
    g_autoptr(SpTable) table =
        table_of(layout, "Region,Brukere,Navn", (const char *const[]){"0301|1 234,5|Oslo"}, 1);
    assert_near(sp_table_real(table, 0, 3).value, 1234.5, 0.0);
    check_row_refused(layout, "Region,Brukere,Navn", "0301|1234.5|Oslo",
                      "want number, got \"1234.5\"");
}

static void suppressed_stays_suppressed_and_empty_is_never_zero(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = table_of(
        wide, "Region,Brukere,Navn",
        (const char *const[]){"1|:|", "2||", "3|.|", "4|...|", "5|-|", "6|0|", "7|..|", "8| |"}, 8);
    static const SpStatus wanted[] = {SP_SUPPRESSED, SP_MISSING, SP_NOT_APPLICABLE, SP_PENDING,
                                      SP_ZERO,       SP_ZERO,    SP_MISSING,        SP_MISSING};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        assert_int_equal(sp_table_real(table, i, 3).status, wanted[i]);
        assert_near(sp_table_real(table, i, 3).value, 0.0, 0.0);
    }
}

static void marks_of_the_layout_replace_the_standard_signs(void **state)
{
    (void)state;
    g_autofree char *layout = g_strconcat(wide, "[missing]\n* = suppressed\n", NULL);
    g_autoptr(SpTable) table =
        table_of(layout, "Region,Brukere,Navn", (const char *const[]){"1|*|"}, 1);
    assert_int_equal(sp_table_real(table, 0, 3).status, SP_SUPPRESSED);
    check_row_refused(layout, "Region,Brukere,Navn", "1|:|", "want number, got \":\"");
}

static void text_that_is_no_figure_names_row_column_and_text(void **state)
{
    (void)state;
    check_row_refused(wide, "Region,Brukere,Navn", "0301|1,2,3|Oslo",
                      "row 2: column \"Brukere\", want number, got \"1,2,3\"");
    check_row_refused(wide, "Region,Brukere,Navn", "0301|nan|Oslo", "got \"nan\"");
    check_row_refused(wide, "Region,Brukere,Navn", "0301|0x1F|Oslo", "got \"0x1F\"");
    check_row_refused(wide, "Region,Brukere,Navn", "0301|1e999|Oslo", "got \"1e999\"");
}

static void shown_text_is_one_short_line(void **state)
{
    (void)state;
    g_autofree char *long_text = g_strnfill(5000, 'x');
    g_autofree char *row = g_strconcat("0301|", long_text, "|Oslo", NULL);
    g_autofree char *forty = g_strnfill(40, 'x');
    g_autofree char *wanted = g_strconcat("got \"", forty, "…\"", NULL);
    check_row_refused(wide, "Region,Brukere,Navn", row, wanted);
    check_row_refused(wide, "Region,Brukere,Navn", "0301|a\nb\x1b[31m|Oslo", "got \"a?b?[31m\"");
    check_row_refused(wide, "Region,Brukere,Navn", "0301|\xe5r|Oslo", "got \"\xef\xbf\xbdr\"");
}

static void figure_below_the_minimum_is_refused(void **state)
{
    (void)state;
    check_row_refused(wide, "Region,Brukere,Navn", "0301|-1|Oslo",
                      "want at least 0 (negative count), got \"-1\"");
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

static void empty_measure_takes_its_status_from_the_sign_column(void **state)
{
    (void)state;
    assert_int_equal(real_of("", ":").status, SP_SUPPRESSED);
    assert_int_equal(real_of("", ".").status, SP_NOT_APPLICABLE);
    assert_int_equal(real_of(" ", ":").status, SP_SUPPRESSED);
    assert_int_equal(real_of("", "").status, SP_MISSING);
    assert_int_equal(real_of("..", "").status, SP_MISSING);
    check_row_refused(signed_measure, "a,m,status", "x||?",
                      "column \"status\", want a sign of a missing figure, got \"?\"");
}

static void zero_with_a_sign_is_what_the_sign_says(void **state)
{
    (void)state;
    assert_int_equal(real_of("0", "").status, SP_ZERO);
    assert_int_equal(real_of("0", "-").status, SP_ZERO);
    assert_int_equal(real_of("0", "0").status, SP_BELOW_UNIT);
    assert_int_equal(real_of("0", ":").status, SP_SUPPRESSED);
    assert_int_equal(real_of("0.0", ".").status, SP_NOT_APPLICABLE);
}

static void number_beside_a_sign_of_no_figure_is_refused(void **state)
{
    (void)state;
    check_row_refused(signed_measure, "a,m,status",
                      "x|3|:", "no sign of a missing figure beside a number, got \":\"");
    check_row_refused(signed_measure, "a,m,status", "x|3|..", "got \"..\"");
}

static void other_mark_beside_a_number_is_let_be(void **state)
{
    (void)state;
    assert_near(real_of("3", "*").value, 3.0, 0.0);
    assert_near(real_of("3", "").value, 3.0, 0.0);
    assert_near(real_of("3", " ").value, 3.0, 0.0);
    assert_int_equal(real_of("3", "p").status, SP_PRESENT);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_constants_and_measures_come_in_this_order),
        cmocka_unit_test(columns_are_found_by_name_wherever_they_stand),
        cmocka_unit_test(codes_keep_leading_zeros_and_the_order_of_the_source),
        cmocka_unit_test(numbers_follow_the_form_of_the_layout),
        cmocka_unit_test(suppressed_stays_suppressed_and_empty_is_never_zero),
        cmocka_unit_test(marks_of_the_layout_replace_the_standard_signs),
        cmocka_unit_test(text_that_is_no_figure_names_row_column_and_text),
        cmocka_unit_test(shown_text_is_one_short_line),
        cmocka_unit_test(figure_below_the_minimum_is_refused),
        cmocka_unit_test(missing_column_is_named_with_those_there_are),
        cmocka_unit_test(source_without_columns_is_refused),
        cmocka_unit_test(column_named_twice_is_refused),
        cmocka_unit_test(extra_columns_are_refused_unless_ignored),
        cmocka_unit_test(ignored_column_may_be_there_or_not),
        cmocka_unit_test(row_of_another_length_is_refused),
        cmocka_unit_test(empty_measure_takes_its_status_from_the_sign_column),
        cmocka_unit_test(zero_with_a_sign_is_what_the_sign_says),
        cmocka_unit_test(number_beside_a_sign_of_no_figure_is_refused),
        cmocka_unit_test(other_mark_beside_a_number_is_let_be),
        cmocka_unit_test(contents_and_value_stay_long),
        cmocka_unit_test(minimum_of_a_contents_is_its_own),
        cmocka_unit_test(header_without_rows_is_an_empty_table),
        cmocka_unit_test(source_that_never_began_gives_no_table),
        cmocka_unit_test(stolen_builder_is_empty_and_may_begin_again),
        cmocka_unit_test(parser_that_breaks_its_contract_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
