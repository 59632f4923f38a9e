/* Scenarios beside each other. */
#include "tests/core/rows.h"

#include "transforms/project/balance/alternatives.h"
#include "transforms/project/balance/balance.h"

#define DEMAND "region:key yrke:key period:key aarsverk:other"
#define GAP "region:key yrke:key period:key tilbud:other gap:other"

static void chosen_years_of_each_scenario(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) high = TABLE("d", DEMAND, "0 lege 2029-01-01 1/m", "0 lege 2030-01-01 12/m");
    g_autoptr(SpTable) low = TABLE("d", DEMAND, "0 lege 2029-01-01 1/m", "0 lege 2030-01-01 9/m");
    g_autoptr(SpTable) gap = TABLE("g", GAP, "0 lege 2030-01-01 10/m 2/m");
    const SpAlternative alternatives[] = {{.scenario = "lav", .demand = low},
                                          {.scenario = "hoey", .demand = high, .gap = gap}};
    const int years[] = {2030, 2035};
    g_autoptr(SpTable) table = sp_alternatives_table(2, alternatives, 2, years, &error);
    assert_no_error(error);
    assert_rows(table, "hoey 0 lege 2030-01-01 12/m 10/m 2/m", "lav 0 lege 2030-01-01 9/m .. ..");
}

static void the_last_day_stands_where_no_year_asked_for_is(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) demand = TABLE("d", DEMAND, "0 lege 2028-01-01 2", "0 lege 2029-01-01 1");
    const SpAlternative alternative = {.scenario = "lav", .demand = demand};
    const int years[] = {2035};
    g_autoptr(SpTable) table = sp_alternatives_table(1, &alternative, 1, years, &error);
    assert_no_error(error);
    assert_rows(table, "lav 0 lege 2029-01-01 1 .. ..");
}

static SpSettings *settings_of(const char *years)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    g_autofree char *text = g_strdup_printf("[project]\nalternative_years = %s\n", years);
    assert_true(sp_config_add(config, "test", text, &error));
    return sp_settings_new(config, NULL, sp_transform_alternatives.config_keys,
                           sp_transform_alternatives.n_config_keys);
}

static void the_transform_finds_scenarios_by_name_and_explains_them(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of("2030");
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autofree char *name = sp_alternative_name("framskriving_etterspoersel", "lav");
    sp_tables_add(in, TABLE(name, DEMAND, "0 lege 2030-01-01 9"));
    assert_true(sp_transform_alternatives.run(in, settings, out, quality, &error));
    assert_no_error(error);
    assert_rows(sp_tables_find(out, "framskriving_alternativ"), "lav 0 lege 2030-01-01 9 .. ..");
    g_autoptr(SpCell) cell = sp_cell_parse("framskriving_alternativ etterspoersel scenario=lav "
                                           "region=0 yrke=lege period=2030-01-01",
                                           &error);
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    assert_true(sp_transform_alternatives.explain(in, settings, cell, explanation, &error));
    g_autofree char *input = sp_cell_format(explanation->inputs->pdata[0]);
    assert_string_equal(input, "framskriving_etterspoersel:lav aarsverk region=0 yrke=lege "
                               "period=2030-01-01");
    assert_true(explanation->is_injective);
}

static void without_demand_nothing_is_made_and_it_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of("2030");
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    assert_true(sp_transform_alternatives.run(in, settings, out, quality, &error));
    assert_int_equal(sp_tables_size(out), 0);
    assert_int_equal(sp_quality_count(quality, "left_out"), 1);
}

static void a_word_that_is_no_year_is_named(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of("2030, snart");
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    assert_false(sp_transform_alternatives.run(in, settings, out, quality, &error));
    assert_error(error, SP_ERROR_CONFIG, "\"snart\" is no year");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chosen_years_of_each_scenario),
        cmocka_unit_test(the_last_day_stands_where_no_year_asked_for_is),
        cmocka_unit_test(the_transform_finds_scenarios_by_name_and_explains_them),
        cmocka_unit_test(without_demand_nothing_is_made_and_it_is_told),
        cmocka_unit_test(a_word_that_is_no_year_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
