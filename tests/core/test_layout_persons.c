/* Layouts of person-level sources. */
#include "tests/check.h"

#include "core/layout.h"

#define TABLE "[table]\nname = stillinger\n"
#define PERSONS "[persons]\nkey = person\n"
#define REGION "[column kommune]\nas = region\nrole = region\n"
#define YEAR "[column aar]\nas = period\nrole = year\nform = {}-12-01\n"
#define COUNT "[measure personer]\nkind = distinct\nunit = persons\n"
#define LEAST TABLE PERSONS REGION YEAR COUNT

static SpLayout *layout_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    SpLayout *layout = sp_layout_parse("pai", text, &error);
    assert_no_error(error);
    return layout;
}

static void check_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    SpLayout *layout = sp_layout_parse("pai", text, &error);
    if (layout != NULL) {
        fail_msg("taken for a layout: %s", text);
    }
    assert_error(error, SP_ERROR_CONFIG, part);
    assert_non_null(strstr(error->message, "layout pai"));
}

static void assert_level(const SpLayoutColumn *column, guint i, SpLevelKind kind, const char *code)
{
    assert_true(i < column->levels->len);
    const SpLayoutLevel *level = column->levels->pdata[i];
    assert_int_equal(level->kind, kind);
    assert_int_equal(g_strcmp0(level->code, code), 0);
}

static void the_least_layout_has_the_documented_defaults(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(LEAST);
    assert_string_equal(layout->persons->key, "person");
    assert_int_equal(layout->filters->len, 0);
    const SpLayoutColumn *region = sp_layout_find(layout, "region");
    assert_int_equal(region->levels->len, 1);
    assert_level(region, 0, SP_LEVEL_SELF, NULL);
    assert_int_equal(sp_layout_find_role(layout, SP_ROLE_YEAR)->levels->len, 1);
    const SpLayoutCount *count = layout->persons->counts->pdata[0];
    assert_string_equal(count->name, "personer");
    assert_int_equal(count->kind, SP_COUNT_DISTINCT);
    assert_null(count->column);
    assert_int_equal(count->shift, 0);
}

static void an_ordinary_layout_is_not_person_level(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(TABLE "[column a]\nrole = code\n");
    assert_null(layout->persons);
    assert_null(sp_layout_find(layout, "a")->levels);
    check_refused(TABLE "[column a]\nrole = quantity\n", "role is \"quantity\"");
}

static void levels_are_read_in_order(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout =
        layout_of(TABLE PERSONS YEAR COUNT
                  "[column kommune]\nas = region\nrole = region\nlevels = landet, kommune,fylke\n"
                  "[column kode]\nas = yrke\nrole = code\nmap = stilling\nlevels = self, all=tot, "
                  "group=utdanning\n");
    const SpLayoutColumn *region = sp_layout_find(layout, "region");
    assert_level(region, 0, SP_LEVEL_COUNTRY, NULL);
    assert_level(region, 1, SP_LEVEL_SELF, NULL);
    assert_level(region, 2, SP_LEVEL_FYLKE, NULL);
    const SpLayoutColumn *yrke = sp_layout_find(layout, "yrke");
    assert_level(yrke, 0, SP_LEVEL_SELF, NULL);
    assert_level(yrke, 1, SP_LEVEL_ALL, "tot");
    assert_level(yrke, 2, SP_LEVEL_GROUP, "utdanning");
    g_autoptr(GPtrArray) lists = sp_layout_code_lists(layout);
    assert_int_equal(lists->len, 2);
    assert_string_equal(lists->pdata[0], "stilling");
    assert_string_equal(lists->pdata[1], "utdanning");
}

static void levels_of_another_form_are_refused(void **state)
{
    (void)state;
    check_refused(LEAST "[column a]\nrole = code\nlevels = self, self\n", "levels is");
    check_refused(LEAST "[column a]\nrole = code\nlevels = fylke\n", "self, all=CODE");
    check_refused(LEAST "[column a]\nrole = code\nlevels = all=\n", "levels is");
    check_refused(LEAST "[column a]\nrole = code\nlevels = group=../x\n", "levels is");
    check_refused(LEAST "[column a]\nrole = code\nkey = no\nlevels = self\n", "key = no");
    check_refused(TABLE PERSONS YEAR COUNT
                  "[column k]\nas = region\nrole = region\nlevels = self\n",
                  "kommune, fylke, landet");
}

static void a_quantity_has_decimals_and_limits(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(
        LEAST "[column p]\nrole = quantity\ndecimals = 2\nminimum = 0.01\nmaximum = 100\n"
              "[measure aarsverk]\nkind = sum\ncolumn = p\ndivide_by = 100\nunit = aarsverk\n");
    const SpLayoutColumn *column = sp_layout_find(layout, "p");
    assert_int_equal(column->decimals, 2);
    assert_int_equal(column->least, 1);
    assert_int_equal(column->most, 10000);
    assert_false(column->is_key);
    const SpLayoutCount *count = layout->persons->counts->pdata[1];
    assert_int_equal(count->kind, SP_COUNT_SUM);
    assert_string_equal(count->column, "p");
    assert_int_equal(count->shift, 2);
    check_refused(LEAST "[column p]\nrole = quantity\n", "decimals is \"\"");
    check_refused(LEAST "[column p]\nrole = quantity\ndecimals = 10\n", "0 to 9");
    check_refused(LEAST "[column p]\nrole = quantity\ndecimals = 1\nminimum = 0.01\n",
                  "minimum is \"0.01\"");
}

static void a_measure_names_a_quantity_if_it_needs_one(void **state)
{
    (void)state;
    check_refused(LEAST "[measure a]\nkind = sum\n", "column is \"\"");
    check_refused(LEAST "[measure a]\nkind = sum\ncolumn = region\n", "role quantity");
    check_refused(LEAST "[measure a]\nkind = count\ncolumn = p\n", "no such key");
    check_refused(LEAST "[measure a]\nkind = mean\n", "count, sum, distinct, min, max or ratio");
    check_refused(LEAST "[column p]\nrole = quantity\ndecimals = 8\n[measure a]\nkind = sum\n"
                        "column = p\ndivide_by = 100\n",
                  "more than 9 decimals");
    check_refused(LEAST "[column p]\nrole = quantity\ndecimals = 1\n[measure a]\nkind = sum\n"
                        "column = p\ndivide_by = 60\n",
                  "1, 10, 100 or 1000");
    check_refused(LEAST "[measure region]\nkind = count\n", "name of a column");
}

static void a_filter_names_a_column_of_codes(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(
        LEAST
        "[column funksjon]\nrole = code\nkey = no\n[filter funksjon]\nequals = 253  254,257\n");
    const SpLayoutFilter *filter = layout->filters->pdata[0];
    assert_string_equal(filter->source, "funksjon");
    assert_int_equal(g_strv_length(filter->codes), 3);
    assert_string_equal(filter->codes[1], "254");
    check_refused(LEAST "[filter funksjon]\nequals = 253\n", "role code");
    check_refused(LEAST "[filter region]\nequals = 0301\n", "role code");
    check_refused(LEAST "[column f]\nrole = code\n[filter f]\n", "one of the three");
}

static void region_and_year_are_needed_once(void **state)
{
    (void)state;
    check_refused(TABLE PERSONS YEAR COUNT, "one column of role region");
    check_refused(TABLE PERSONS REGION COUNT, "one of role year or a [constant period]");
    check_refused(LEAST "[constant period]\nvalue = 2024\n", "two columns become \"period\"");
    check_refused(TABLE PERSONS REGION COUNT "[constant period]\nvalue = i fjor\n", "2024-12-01");
    check_refused(TABLE PERSONS REGION COUNT "[column aar]\nrole = year\n", "as = period");
    g_autoptr(SpLayout) layout =
        layout_of(TABLE PERSONS REGION COUNT "[constant period]\nvalue = 2024-12-01\n");
    assert_null(sp_layout_find_role(layout, SP_ROLE_YEAR));
}

static void the_key_is_counted_and_nothing_else(void **state)
{
    (void)state;
    check_refused(TABLE "[persons]\n" REGION YEAR COUNT, "key is \"\"");
    check_refused(LEAST "[column person]\nrole = code\n", "key is also a [column]");
    check_refused(TABLE PERSONS REGION YEAR, "[measure NAME]");
    check_refused(TABLE "[persons]\nkey = a\nkeep = yes\n" REGION YEAR COUNT, "\"keep\"");
}

static void what_goes_with_tables_does_not_go_with_persons(void **state)
{
    (void)state;
    check_refused(LEAST "[column a]\nrole = measure\n", "role is \"measure\", want region, year");
    check_refused(LEAST "[column a]\nrole = code\nunit = x\n", "role code: layout pai");
    check_refused(TABLE "provisional_from = 2025\n" PERSONS REGION YEAR COUNT, "provisional_from");
    check_refused(LEAST "[column a]\nrole = birth_year\nband = ../x\n", "band is \"../x\"");
}

#define SIZE "[column prosent]\nrole = quantity\ndecimals = 2\n"
#define DAYS "[column dager]\nrole = quantity\ndecimals = 1\noptional = yes\n"
#define FORM "[column form]\nrole = code\nkey = no\n"

static void a_measure_says_which_rows_and_persons_it_is_of(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(
        LEAST SIZE DAYS FORM
        "[measure heltid]\nkind = distinct\nperson_sum = prosent\nleast = 100\nbelow = 250.5\n"
        "[measure vikarer]\nkind = count\nwhen = form V X\ngiven = dager\n"
        "[measure sluttet]\nkind = distinct\nnext = left_sector\n"
        "[measure andel]\nkind = ratio\nover = sluttet\nunder = personer\nunit = share\n");
    const GPtrArray *counts = layout->persons->counts;
    const SpLayoutCount *heltid = counts->pdata[1];
    const SpLayoutCount *vikarer = counts->pdata[2];
    const SpLayoutCount *sluttet = counts->pdata[3];
    const SpLayoutCount *andel = counts->pdata[4];
    assert_string_equal(heltid->person_sum, "prosent");
    assert_true(heltid->least == G_GINT64_CONSTANT(100000000000));
    assert_true(heltid->below == G_GINT64_CONSTANT(250500000000));
    assert_string_equal(vikarer->when, "form");
    assert_string_equal(vikarer->codes[1], "X");
    assert_null(vikarer->codes[2]);
    assert_string_equal(vikarer->given[0], "dager");
    assert_int_equal(sluttet->next, SP_NEXT_LEFT_SECTOR);
    assert_int_equal(vikarer->next, SP_NEXT_NONE);
    assert_string_equal(andel->over, "sluttet");
    assert_true(sp_layout_find(layout, "dager")->is_optional);
    assert_false(sp_layout_find(layout, "prosent")->is_optional);
}

static void a_measure_that_contradicts_itself_is_refused(void **state)
{
    (void)state;
    check_refused(LEAST FORM "[measure a]\nkind = count\nwhen = form\n", "the codes that count");
    check_refused(LEAST "[measure a]\nkind = count\nwhen = form V\n", "a column of codes or ages");
    check_refused(LEAST SIZE "[measure a]\nkind = count\ngiven = prosent\n", "optional = yes");
    check_refused(LEAST DAYS "[measure a]\nkind = distinct\nperson_sum = dager\nleast = 1\n",
                  "is not optional");
    check_refused(LEAST SIZE "[measure a]\nkind = distinct\nperson_sum = prosent\n",
                  "goes with least or below");
    check_refused(LEAST SIZE "[measure a]\nkind = distinct\nleast = 5\n",
                  "goes with least or below");
    check_refused(LEAST SIZE "[measure a]\nkind = sum\ncolumn = prosent\nperson_sum = prosent\n",
                  "person_sum");
    check_refused(LEAST "[measure a]\nkind = count\nnext = left_sector\n",
                  "with kind = distinct left_kommune");
    check_refused(LEAST "[measure a]\nkind = distinct\nnext = gone\n", "left_kommune");
    check_refused(LEAST "[measure a]\nkind = ratio\nover = personer\n", "under");
    check_refused(LEAST "[measure a]\nkind = ratio\nover = personer\nunder = b\n",
                  "names of measures that are no ratios");
    check_refused(TABLE PERSONS REGION "[constant period]\nvalue = 2024-12-01\n" COUNT
                                       "[measure a]\nkind = distinct\nnext = counted\n",
                  "want a column of role year with a form");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_measure_says_which_rows_and_persons_it_is_of),
        cmocka_unit_test(a_measure_that_contradicts_itself_is_refused),
        cmocka_unit_test(the_least_layout_has_the_documented_defaults),
        cmocka_unit_test(an_ordinary_layout_is_not_person_level),
        cmocka_unit_test(levels_are_read_in_order),
        cmocka_unit_test(levels_of_another_form_are_refused),
        cmocka_unit_test(a_quantity_has_decimals_and_limits),
        cmocka_unit_test(a_measure_names_a_quantity_if_it_needs_one),
        cmocka_unit_test(a_filter_names_a_column_of_codes),
        cmocka_unit_test(region_and_year_are_needed_once),
        cmocka_unit_test(the_key_is_counted_and_nothing_else),
        cmocka_unit_test(what_goes_with_tables_does_not_go_with_persons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
