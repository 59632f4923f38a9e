/* Layouts of workbooks, and what they say of rows: flags, breaks, filters, parts, levels,
 * answers. */
#include "tests/check.h"

#include "core/builder.h"

#define TABLE "[table]\nname = t\n"
#define REGION "[column k]\nas = region\nrole = region\n"
#define PERIOD "[column y]\nas = period\nrole = period\n"

static SpLayout *layout_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    SpLayout *layout = sp_layout_parse("x", text, &error);
    assert_no_error(error);
    return layout;
}

static void check_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse("x", text, &error);
    assert_null(layout);
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void a_layout_of_a_workbook_is_read(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout =
        layout_of("[file]\nform = xlsx\nsheet = all\nsheet_as = k\nskip_rows = 3\n"
                  "until = empty_row\n" TABLE REGION "[column x]\nrole = ignore\n");
    assert_int_equal(layout->form, SP_FORM_XLSX);
    assert_true(layout->has_all_sheets);
    assert_null(layout->sheet);
    assert_string_equal(layout->sheet_as, "k");
    assert_int_equal(layout->skip_rows, 3);
    assert_true(layout->ends_at_empty_row);
    g_autoptr(GPtrArray) needed = sp_layout_needed_columns(layout);
    assert_int_equal(needed->len, 1); /* what is ignored may be absent */
    g_autoptr(SpLayout) plain = layout_of("[file]\nsheet = Ark 2\n" TABLE REGION);
    assert_int_equal(plain->form, SP_FORM_AUTO);
    assert_string_equal(plain->sheet, "Ark 2");
}

static void wrong_keys_are_refused_with_what_is_allowed(void **state)
{
    (void)state;
    check_refused("[file]\nform = ods\n" TABLE REGION, "auto, csv, fixed, xlsx or xls");
    check_refused("[file]\nskip_rows = -1\n" TABLE REGION, "from 0 to 1000");
    check_refused("[file]\nuntil = row 7\n" TABLE REGION, "end or empty_row");
    check_refused("[file]\nsheet_as = z\n" TABLE REGION, "no [column z]");
    check_refused(TABLE "breaks = 2020\n" REGION PERIOD, "\"breaks\"");
    check_refused(TABLE "doublets = twice\n" REGION, "\"doublets\"");
    check_refused(TABLE REGION "[flags]\nja = perhaps\n", "carried_over");
    check_refused(TABLE REGION "[filter k]\nis = full\n", "filled or empty");
    check_refused(TABLE REGION "[column b]\nrole = part\n", "needs `map`");
    check_refused(TABLE "[column b]\nrole = part\nmap = bydel\n", "one of role region");
    check_refused(TABLE REGION "[answers]\nquestions = reformer\n", "role region and period");
    check_refused(TABLE "[column c]\nrole = code\nkey = no\nlevels = self\n", "no such key");
    check_refused(TABLE "[column k]\nas = region\nrole = region\nlevels = bydel\n",
                  "kommune, fylke, landet");
    check_refused(TABLE "[column k]\nas = region\nrole = region\nform = {4}\n", "{04}");
}

static void flags_are_known_by_their_text_whatever_its_case(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(TABLE REGION "[flags]\nVidereført = carried_over\n");
    assert_int_equal(sp_layout_flags_of(layout, " videreFØRT ", 13), SP_FLAG_CARRIED_OVER);
    assert_int_equal(sp_layout_flags_of(layout, "nei", 3), 0);
    assert_int_equal(sp_layout_flags_of(layout, "*", 1), SP_FLAG_PROVISIONAL);
    assert_int_equal(sp_layout_flags_of(layout, "\xff", 1), 0);
}

/* Rows "k|n" by a layout; each kept row as "k=value flags". */
static char *build(const char *text, const char *const rows[][3], gsize n)
{
    static const char *const names[] = {"k", "n", "f"};
    g_autoptr(SpLayout) layout = layout_of(text);
    g_autoptr(SpBuilder) builder = sp_builder_new(layout, "x");
    SpSink *sink = sp_builder_sink(builder);
    g_autoptr(GError) error = NULL;
    (void)sink->begin(sink, names, G_N_ELEMENTS(names), &error);
    assert_no_error(error);
    for (gsize i = 0; i < n; i++) {
        SpField fields[3];
        for (gsize k = 0; k < 3; k++) {
            fields[k] = (SpField){.text = rows[i][k], .size = strlen(rows[i][k])};
        }
        (void)sink->row(sink, i + 2, fields, 3, &error);
        assert_no_error(error);
    }
    g_autoptr(SpTable) table = sp_builder_steal(builder, &error);
    GString *found = g_string_new(NULL);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpReal real = sp_table_real(table, row, sp_table_find(table, "n"));
        g_string_append_printf(found, "%s=%g%s%d ", sp_table_code(table, row, 0), real.value,
                               sp_status_sign(real.status), real.flags);
    }
    return g_string_free(found, FALSE);
}

static void flags_stand_beside_numbers_alone(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"0301", "5", "Ja"}, {"1103", "6", "nei"}, {"1508", "", "nei"}, {"1580", "", "ja"}};
    g_autofree char *found =
        build(TABLE REGION "[column n]\nrole = measure\nsign = f\n[flags]\nja = carried_over\n",
              rows, G_N_ELEMENTS(rows));
    assert_string_equal(found, "0301=54 1103=60 1508=0..0 1580=0..0 ");
}

static void a_filter_takes_the_rows_it_names(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"0301", "5", ""}, {" ", "6", ""}, {"", "7", "x"}};
    g_autofree char *filled = build(TABLE REGION "[column n]\nrole = measure\n"
                                                 "[column f]\nrole = ignore\n"
                                                 "[filter k]\nis = filled\n",
                                    rows, G_N_ELEMENTS(rows));
    assert_string_equal(filled, "0301=50 ");
    g_autofree char *empty = build(TABLE "[column f]\nrole = code\n[column n]\nrole = measure\n"
                                         "[filter k]\nis = empty\n",
                                   rows, G_N_ELEMENTS(rows));
    assert_string_equal(empty, "=60 x=70 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_layout_of_a_workbook_is_read),
        cmocka_unit_test(wrong_keys_are_refused_with_what_is_allowed),
        cmocka_unit_test(flags_are_known_by_their_text_whatever_its_case),
        cmocka_unit_test(flags_stand_beside_numbers_alone),
        cmocka_unit_test(a_filter_takes_the_rows_it_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
