/* From raw table to facts, and back for one cell. */
#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/normalise.h"
#include "transforms/normalise/totals.h"

static const char *const layout_text =
    "[table]\nname = folkemengde\n"
    "[column region]\nrole = region\n"
    "[column aar]\nas = period\nrole = period\nform = {}-01-01\n"
    "[column n]\nas = innbyggere\nrole = measure\nunit = persons\nadditive = yes\n";
#define COLUMNS "region:key period:key innbyggere:sum"

typedef struct {
    SpRegions *regions;
    SpQuality *quality;
    SpLayout *layout;
    SpExplanation *explanation;
    GError *error;
} Fixture;

static int setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->regions = small_regions();
    fixture->quality = sp_quality_new();
    fixture->layout = sp_layout_parse("proeve", layout_text, &fixture->error);
    fixture->explanation = sp_explanation_new();
    assert_no_error(fixture->error);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    Fixture *fixture = *state;
    sp_regions_free(fixture->regions);
    sp_quality_free(fixture->quality);
    sp_layout_free(fixture->layout);
    sp_explanation_free(fixture->explanation);
    g_clear_error(&fixture->error);
    g_free(fixture);
    return 0;
}

/* Takes `raw`. */
static SpTable *normalise(Fixture *fixture, SpTable *raw)
{
    g_autoptr(SpTable) taken = raw;
    return sp_normalise(taken, fixture->layout, NULL, &(SpTarget){fixture->regions, TARGET, NULL},
                        fixture->quality, &fixture->error);
}

static void raw_rows_become_facts_on_the_target_division(void **state)
{
    Fixture *fixture = *state;
    SpTable *raw = TABLE("raa", COLUMNS, "1507 2023 10", "1580 2023 .", "1508 2024 60",
                         "1580 2024 40", "3001 2023 5", "5001 2019 3", "5030 2019 2");
    sp_table_set_edition(raw, "2026-02-25");
    sp_table_set_marks(raw, SP_MARK_SENSITIVE);
    g_autoptr(SpTable) table = normalise(fixture, raw);
    assert_no_error(fixture->error);
    assert_rows(table, "1508 2023-01-01 6/m", "1508 2024-01-01 60", "1580 2023-01-01 4/m",
                "1580 2024-01-01 40", "3101 2023-01-01 5", "5001 2019-01-01 5");
    assert_string_equal(sp_table_edition(table), "2026-02-25");
    assert_int_equal(sp_table_marks(table), SP_MARK_SENSITIVE);
    assert_string_equal(sp_table_name(table), "folkemengde");
}

static void a_repeated_key_is_an_error_in_the_source_codes(void **state)
{
    Fixture *fixture = *state;
    /* Restated these would be one sum: the repeat must be seen before. */
    assert_null(
        normalise(fixture, TABLE("raa", COLUMNS, "5001 2019 3", "5030 2019 2", "5030 2019 2")));
    assert_error(fixture->error, SP_ERROR_DATA, "region=5030, period=2019-01-01");
}

static void a_source_without_rows_is_an_error(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) one = TABLE("raa", COLUMNS, "5001 2019 3");
    assert_null(normalise(fixture, sp_table_copy_schema(one, NULL)));
    assert_error(fixture->error, SP_ERROR_DATA, "no rows");
}

static void the_division_of_the_layout_is_used(void **state)
{
    Fixture *fixture = *state;
    fixture->layout->division = g_strdup("2024-01-01");
    g_autoptr(SpTable) table = normalise(fixture, TABLE("raa", COLUMNS, "1580 2015 3"));
    assert_no_error(fixture->error);
    assert_rows(table, "1580 2015-01-01 3");
}

static const char *const exception_text =
    "[table]\nname = folkemengde\ndivision = 2024-01-01\n"
    "[column region]\nrole = region\n"
    "[column aar]\nas = period\nrole = period\nform = {}-01-01\n"
    "[column n]\nas = innbyggere\nrole = measure\nunit = aarsverk\nadditive = yes\n"
    "[exception udelt]\nregion = 1508\nstands_for = 1507\nfrom = 2020-01-01\nto = 2023-12-31\n"
    "division = 2023-12-31\n";

static void rows_of_an_exception_are_those_of_the_kommune_they_stand_for(void **state)
{
    Fixture *fixture = *state;
    sp_layout_free(fixture->layout);
    fixture->layout = sp_layout_parse("panel", exception_text, &fixture->error);
    assert_no_error(fixture->error);
    g_autoptr(SpTable) weights =
        PERSONS("folkemengde", COLUMNS, "1508 2024-01-01 60", "1580 2024-01-01 40");
    g_autoptr(SpTable) raw =
        TABLE("raa", COLUMNS, "1508 2019 7", "1508 2021 10", "1508 2024 6", "3101 2021 5");
    g_autoptr(SpTable) table =
        sp_normalise(raw, fixture->layout, NULL, &(SpTarget){fixture->regions, TARGET, weights},
                     fixture->quality, &fixture->error);
    assert_no_error(fixture->error);
    assert_rows(table, "1508 2019-01-01 7", "1508 2021-01-01 6/m", "1508 2024-01-01 6",
                "1580 2021-01-01 4/m", "3101 2021-01-01 5");
    assert_true(has_finding(fixture->quality, "exception", "1508", "stand for 1507"));
}

static void a_cell_behind_an_exception_names_the_sources_own_row(void **state)
{
    Fixture *fixture = *state;
    sp_layout_free(fixture->layout);
    fixture->layout = sp_layout_parse("panel", exception_text, &fixture->error);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCell) cell =
        sp_cell_parse("folkemengde innbyggere region=1580 period=2021-01-01", &error);
    assert_true(sp_normalise_explain(fixture->regions, TARGET, fixture->layout, cell,
                                     fixture->explanation, &fixture->error));
    assert_int_equal(fixture->explanation->inputs->len, 1);
    g_autofree char *input = sp_cell_format(fixture->explanation->inputs->pdata[0]);
    assert_string_equal(input, "folkemengde innbyggere region=1508 period=2021-01-01");
}

static gboolean explain(Fixture *fixture, const char *cell_text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCell) cell = sp_cell_parse(cell_text, &error);
    assert_no_error(error);
    return sp_normalise_explain(fixture->regions, TARGET, fixture->layout, cell,
                                fixture->explanation, &fixture->error);
}

static void assert_input(const Fixture *fixture, guint i, const char *wanted)
{
    assert_true(i < fixture->explanation->inputs->len);
    g_autofree char *found = sp_cell_format(g_ptr_array_index(fixture->explanation->inputs, i));
    assert_string_equal(found, wanted);
}

static void a_merged_figure_comes_from_all_its_kommuner(void **state)
{
    Fixture *fixture = *state;
    assert_true(explain(fixture, "folkemengde innbyggere region=5001 period=2019-01-01"));
    assert_int_equal(fixture->explanation->inputs->len, 2);
    assert_input(fixture, 0, "folkemengde innbyggere region=5001 period=2019-01-01");
    assert_input(fixture, 1, "folkemengde innbyggere region=5030 period=2019-01-01");
    assert_false(fixture->explanation->is_injective);
    assert_non_null(strstr(fixture->explanation->method, "sum"));
}

static void a_modelled_figure_comes_from_the_divided_kommune_and_tells_it(void **state)
{
    Fixture *fixture = *state;
    assert_true(explain(fixture, "folkemengde innbyggere region=1580 period=2023-01-01"));
    assert_int_equal(fixture->explanation->inputs->len, 1);
    assert_input(fixture, 0, "folkemengde innbyggere region=1507 period=2023-01-01");
    assert_true(fixture->explanation->is_injective);
    assert_true(g_ptr_array_find_with_equal_func(fixture->explanation->settings,
                                                 "normalise.weights", g_str_equal, NULL));
}

static void a_published_region_comes_from_itself(void **state)
{
    Fixture *fixture = *state;
    assert_true(explain(fixture, "folkemengde innbyggere region=0 period=2023-01-01"));
    assert_input(fixture, 0, "folkemengde innbyggere region=0 period=2023-01-01");
    assert_true(fixture->explanation->is_injective);
}

static void a_cell_of_another_table_or_kommune_is_not_ours(void **state)
{
    Fixture *fixture = *state;
    assert_false(explain(fixture, "brukere n region=0301 period=2023"));
    assert_error(fixture->error, SP_ERROR_NO_INPUT, "folkemengde");
    g_clear_error(&fixture->error);
    assert_false(explain(fixture, "folkemengde innbyggere region=3001 period=2023-01-01"));
    assert_error(fixture->error, SP_ERROR_NO_INPUT, "3001");
    g_clear_error(&fixture->error);
    assert_false(explain(fixture, "folkemengde innbyggere region=0301 period=naa"));
    assert_error(fixture->error, SP_ERROR_NO_INPUT, "period");
}

static void a_lost_person_is_a_bug(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) facts = TABLE("t", COLUMNS, "5001 2019 3000000", "5030 2019 2",
                                     "0301 2019 :", "5001 2018 1", "5030 2018 1");
    g_auto(SpRestatePlan) plan = {0};
    assert_true(sp_restate_plan_init(&plan, facts, &(SpTarget){fixture->regions, TARGET, NULL},
                                     NULL, fixture->quality, &fixture->error));
    /* Rows of the result in the plan's order: the merged Trondheim of 2019, Oslo, Trondheim of
     * 2018. */
    g_autoptr(SpTable) good =
        TABLE("t", COLUMNS, "5001 2019 3000002", "0301 2019 :", "5001 2018 2");
    g_autoptr(SpTable) lost =
        TABLE("t", COLUMNS, "5001 2019 3000002", "0301 2019 :", "5001 2018 1");
    g_autoptr(SpTable) shown =
        TABLE("t", COLUMNS, "5001 2019 3000002", "0301 2019 1", "5001 2018 2");
    assert_true(sp_restate_check_totals(&plan, good, fixture->quality, &fixture->error));
    assert_false(sp_restate_check_totals(&plan, lost, fixture->quality, &fixture->error));
    assert_error(fixture->error, SP_ERROR_BUG, "period=2018 was 2 and is 1");
    g_clear_error(&fixture->error);
    assert_false(sp_restate_check_totals(&plan, shown, fixture->quality, &fixture->error));
    assert_error(fixture->error, SP_ERROR_BUG, "period=2019");
}

/* The source's rows stand in another order than the facts: the row told is the source's. */
static void a_kommune_without_a_place_is_told_by_its_row(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) facts =
        normalise(fixture, TABLE("raa", COLUMNS, "5001 2024 10", "1508 2024 60", "1199 2024 7",
                                 "0301 2024 4"));
    assert_null(facts);
    assert_error(fixture->error, SP_ERROR_DATA, "1199");
    assert_true(g_str_has_prefix(fixture->error->message, "row 4: "));
}

static void a_kommune_outside_its_lifetime_is_told_by_its_row(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) facts =
        normalise(fixture, TABLE("raa", COLUMNS, "5001 2024 10", "1508 2024 60", "1507 2023 7",
                                 "1507 2024 4"));
    assert_null(facts);
    assert_error(fixture->error, SP_ERROR_DATA, "outside its lifetime");
    assert_true(g_str_has_prefix(fixture->error->message, "row 5: "));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(raw_rows_become_facts_on_the_target_division),
        TEST(a_repeated_key_is_an_error_in_the_source_codes),
        TEST(a_source_without_rows_is_an_error),
        TEST(the_division_of_the_layout_is_used),
        TEST(a_merged_figure_comes_from_all_its_kommuner),
        TEST(a_modelled_figure_comes_from_the_divided_kommune_and_tells_it),
        TEST(a_published_region_comes_from_itself),
        TEST(a_cell_of_another_table_or_kommune_is_not_ours),
        TEST(rows_of_an_exception_are_those_of_the_kommune_they_stand_for),
        TEST(a_cell_behind_an_exception_names_the_sources_own_row),
        TEST(a_lost_person_is_a_bug),
        TEST(a_kommune_without_a_place_is_told_by_its_row),
        TEST(a_kommune_outside_its_lifetime_is_told_by_its_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
