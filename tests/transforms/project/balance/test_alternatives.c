/* Scenarios beside each other. */
#include "tests/core/rows.h"

#include "transforms/project/balance/alternatives.h"
#include "transforms/project/balance/balance.h"

#define DEMAND "region:key yrke:key period:key aarsverk:other"
#define GAP "region:key yrke:key period:key tilbud:other gap:other"
#define CHOSEN                                                                                     \
    "region:key yrke:key period:key etterspoersel:other tilbud:other gap:other indeks:other"
#define USERS                                                                                      \
    "region:key tjeneste:key period:key brukere:other brukere_likt_behov:other indeks:other"

static void chosen_years_have_supply_and_gap_where_they_are(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) demand = TABLE("d", DEMAND, "0 lege 2029-01-01 1/m",
                                      "0 lege 2030-01-01 12/m", "0 vernepleier 2030-01-01 3/m");
    g_autoptr(SpTable) gap =
        TABLE("g", GAP, "0 lege 2029-01-01 7/m 1/m", "0 lege 2030-01-01 10/m 2/m");
    const int years[] = {2030, 2035};
    g_autoptr(SpTable) table = sp_chosen_years_table(demand, gap, 2, years, &error);
    assert_no_error(error);
    assert_rows(table, "0 lege 2030-01-01 12/m 10/m 2/m 12/m",
                "0 vernepleier 2030-01-01 3/m .. .. ../m");
    g_autoptr(SpTable) without = sp_chosen_years_table(demand, NULL, 2, years, &error);
    assert_no_error(error);
    assert_rows(without, "0 lege 2030-01-01 12/m .. .. 12/m",
                "0 vernepleier 2030-01-01 3/m .. .. ../m");
}

static void the_last_day_stands_where_no_year_asked_for_is(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) demand = TABLE("d", DEMAND, "0 lege 2028-01-01 2", "0 lege 2029-01-01 1");
    const int years[] = {2035};
    g_autoptr(SpTable) table = sp_chosen_years_table(demand, NULL, 1, years, &error);
    assert_no_error(error);
    assert_rows(table, "0 lege 2029-01-01 1 .. .. 0.5");
}

static void scenarios_stand_beside_each_other_with_the_marks_of_all(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) high = TABLE("c", CHOSEN, "0 lege 2030-01-01 12/m 10/m 2/m 1.2");
    g_autoptr(SpTable) low = TABLE("c", CHOSEN, "0 lege 2030-01-01 9/m .. .. 0.9");
    sp_table_set_marks(low, SP_MARK_SYNTHETIC);
    sp_table_set_marks(high, SP_MARK_SENSITIVE);
    const SpAlternative alternatives[] = {{"lav", low}, {"hoey", high}};
    g_autoptr(SpTable) table = sp_alternatives_table("alle", 2, alternatives, &error);
    assert_no_error(error);
    assert_rows(table, "hoey 0 lege 2030-01-01 12/m 10/m 2/m 1.2",
                "lav 0 lege 2030-01-01 9/m .. .. 0.9");
    assert_int_equal(sp_table_marks(table), SP_MARK_SYNTHETIC | SP_MARK_SENSITIVE);
}

static void users_are_those_of_the_same_days(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) users = TABLE("framskriving_behov", USERS, "0 hjemme 2029-01-01 10 9 1",
                                     "0 hjemme 2030-01-01 12/m 11 1.2/m");
    const int years[] = {2030};
    g_autoptr(SpTable) table = sp_chosen_users_table(users, 1, years, &error);
    assert_no_error(error);
    assert_rows(table, "0 hjemme 2030-01-01 12/m 1.2/m");
    assert_string_equal(sp_table_name(table), "framskriving_valgte_brukere");
}

/* Tables of different columns are not stacked. */
static void a_table_of_other_columns_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) one = TABLE("c", CHOSEN, "0 lege 2030-01-01 9 .. .. 1");
    g_autoptr(SpTable) other = TABLE("d", DEMAND, "0 lege 2030-01-01 9");
    const SpAlternative alternatives[] = {{"lav", one}, {"hoey", other}};
    assert_null(sp_alternatives_table("alle", 2, alternatives, &error));
    assert_error(error, SP_ERROR_DATA, "table d cannot be stacked on c");
}

static SpSettings *settings_of(const char *years)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    g_autofree char *text = g_strdup_printf("[project]\nalternative_years = %s\n", years);
    assert_true(sp_config_add(config, "test", text, &error));
    return sp_settings_new(config, NULL, sp_transform_chosen_years.config_keys,
                           sp_transform_chosen_years.n_config_keys);
}

static void assert_explained(const SpTransform *transform, const SpTables *in, const char *cell,
                             const char *as)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCell) asked = sp_cell_parse(cell, &error);
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    assert_true(transform->explain(in, NULL, asked, explanation, &error));
    g_autofree char *input = sp_cell_format(explanation->inputs->pdata[0]);
    assert_string_equal(input, as);
    assert_true(explanation->is_injective);
}

static void the_transforms_find_tables_by_name_and_explain_them(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of("2030");
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) chosen = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    sp_tables_add(in, TABLE("framskriving_etterspoersel", DEMAND, "0 lege 2030-01-01 9"));
    assert_true(sp_transform_chosen_years.run(in, settings, chosen, quality, &error));
    assert_no_error(error);
    assert_explained(&sp_transform_chosen_years, in,
                     "framskriving_valgte_aar gap region=0 yrke=lege period=2030-01-01",
                     "framskriving_gap gap region=0 yrke=lege period=2030-01-01");
    g_autofree char *name = sp_alternative_name("framskriving_valgte_aar", "lav");
    sp_table_set_name(sp_tables_at(chosen, 0), name);
    SpTable *table = sp_table_copy(sp_tables_at(chosen, 0));
    g_autoptr(SpTables) named = sp_tables_new();
    sp_tables_add(named, table);
    assert_true(sp_transform_alternatives.run(named, NULL, out, quality, &error));
    assert_no_error(error);
    assert_rows(sp_tables_find(out, "framskriving_alternativ"), "lav 0 lege 2030-01-01 9 .. .. 1");
    assert_explained(&sp_transform_alternatives, named,
                     "framskriving_alternativ etterspoersel scenario=lav region=0 yrke=lege "
                     "period=2030-01-01",
                     "framskriving_etterspoersel:lav aarsverk region=0 yrke=lege "
                     "period=2030-01-01");
}

static void without_demand_nothing_is_made_and_it_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of("2030");
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    assert_true(sp_transform_chosen_years.run(in, settings, out, quality, &error));
    assert_true(sp_transform_alternatives.run(in, settings, out, quality, &error));
    assert_int_equal(sp_tables_size(out), 0);
    assert_int_equal(sp_quality_count(quality, "left_out"), 2);
}

static void a_word_that_is_no_year_is_named(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of("2030, snart");
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    assert_false(sp_transform_chosen_years.run(in, settings, out, quality, &error));
    assert_error(error, SP_ERROR_CONFIG, "\"snart\" is no year");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chosen_years_have_supply_and_gap_where_they_are),
        cmocka_unit_test(the_last_day_stands_where_no_year_asked_for_is),
        cmocka_unit_test(scenarios_stand_beside_each_other_with_the_marks_of_all),
        cmocka_unit_test(users_are_those_of_the_same_days),
        cmocka_unit_test(a_table_of_other_columns_is_refused),
        cmocka_unit_test(the_transforms_find_tables_by_name_and_explain_them),
        cmocka_unit_test(without_demand_nothing_is_made_and_it_is_told),
        cmocka_unit_test(a_word_that_is_no_year_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
