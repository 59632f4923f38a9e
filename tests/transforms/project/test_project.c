/* The descriptors: settings and lineage. */
#include "demand/config.h"

#include "transforms/project/project.h"

static SpTables *make_inputs(void)
{
    SpTables *in = sp_tables_new();
    SpTable *folkemengde = fixture_folkemengde(), *region = fixture_region();
    SpTable *bruk = fixture_bruk();
    fixture_add_region(region, "1101", "11", "S4");
    fixture_add_region(region, "1103", "11", "S1");
    for (int year = 2021; year <= 2024; year++) {
        fixture_add_kommune(folkemengde, "1101", year, 100);
        fixture_add_kommune(folkemengde, "1103", year, 300 + year - 2021);
    }
    fixture_add_use(bruk, "institusjon", "0", "080", "105", 0.1);
    sp_tables_add(in, folkemengde);
    sp_tables_add(in, region);
    sp_tables_add(in, bruk);
    config_add(in);
    sp_tables_add(in, fixture_smooth_deaths(2005, 2023, 0.01));
    sp_tables_add(in, fixture_flat_births(2018, 2022, 0.08));
    return in;
}

static SpSettings *make_settings(SpConfig *config, const char *text)
{
    g_autoptr(GError) error = NULL;
    assert_true(sp_config_add(config, "test.conf", text, &error));
    return sp_settings_new(config, "project", sp_transform_population.config_keys,
                           sp_transform_population.n_config_keys);
}

/* Runs both transforms; the demand's input is the population just made. */
static SpTables *run(SpTables *in, const char *text, GError **error)
{
    g_autoptr(SpConfig) config = sp_config_new();
    g_autoptr(SpSettings) settings = make_settings(config, text);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) population = sp_tables_new();
    if (!sp_transform_population.run(in, settings, population, quality, error)) {
        return NULL;
    }
    sp_tables_add(in, sp_tables_steal(population, "framskriving_befolkning"));
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpSettings) chosen = fixture_chosen("2030");
    return sp_transform_demand.run(in, chosen, out, quality, error) ? g_steal_pointer(&out) : NULL;
}

static void newest_base_is_found_and_both_tables_are_made(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = run(in, "[project]\nhorizon = 2030\n", &error);
    assert_no_error(error);
    SpTable *population = sp_tables_find(in, "framskriving_befolkning");
    assert_int_equal(sp_table_n_rows(population), 2 * 212 * 7);
    assert_string_equal(sp_table_code(population, 0, 3), "2024-01-01");
    SpTable *demand = sp_tables_find(out, "framskriving_behov");
    /* Institution alone has use by age here; six services follow persons. */
    /* Two kommuner, their fylke, the country, two classes of centrality. */
    assert_int_equal(sp_table_n_rows(demand), (2 + 1 + 1 + 2) * 7 * 7);
    assert_non_null(sp_tables_find(out, "framskriving_etterspoersel"));
}

static void assert_setting_refused(const char *text, SpErrorCode code, const char *part)
{
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(GError) error = NULL;
    assert_null(run(in, text, &error));
    if (error == NULL || error->code != (int)code || strstr(error->message, part) == NULL) {
        fail_msg("%s: got \"%s\"", text, error == NULL ? "no error" : error->message);
    }
}

static void wrong_settings_are_refused_by_name(void **state)
{
    (void)state;
    assert_setting_refused("[project]\n", SP_ERROR_CONFIG, "project.horizon");
    assert_setting_refused("[project]\nhorizon = 2020\n", SP_ERROR_CONFIG, "project.horizon");
    assert_setting_refused("[project]\nhorizon = 9999\n", SP_ERROR_CONFIG, "project.horizon");
    assert_setting_refused("[project]\nhorizon = 2030\nbase = now\n", SP_ERROR_CONFIG,
                           "project.base");
    assert_setting_refused("[project]\nhorizon = 2030\nbase = 2019\n", SP_ERROR_NO_INPUT,
                           "1 January 2019");
    assert_setting_refused("[project]\nhorizon = 2030\nboy_share = 51\n", SP_ERROR_CONFIG,
                           "project.boy_share");
    assert_setting_refused("[project]\nhorizon = 2030\nmigration_damping = x\n", SP_ERROR_CONFIG,
                           "project.migration_damping");
    assert_setting_refused("[project]\nhorizon = 2030\nfertility_level = 4\n", SP_ERROR_CONFIG,
                           "project.fertility_level");
    assert_setting_refused("[project]\nhorizon = 2030\nhistory_years = -1\n", SP_ERROR_CONFIG,
                           "project.history_years");
}

static SpExplanation *explain(const SpTransform *transform, const SpTables *in, const char *text,
                              GError **error)
{
    g_autoptr(SpConfig) config = sp_config_new();
    g_autoptr(SpSettings) settings = make_settings(config, "[project]\nhorizon = 2030\n");
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    g_autoptr(SpCell) cell = sp_cell_parse(text, error);
    if (cell == NULL || !transform->explain(in, settings, cell, explanation, error)) {
        return NULL;
    }
    return g_steal_pointer(&explanation);
}

/* The same of a cell that must be ours: of the population its keys alone are told. */
static SpExplanation *explained(const SpTransform *transform, SpTables *in, const char *keys)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text =
        transform == &sp_transform_population
            ? g_strconcat("framskriving_befolkning innbyggere region=1101 ", keys, NULL)
            : g_strconcat("framskriving_behov ", keys, NULL);
    SpExplanation *explanation = explain(transform, in, text, &error);
    assert_no_error(error);
    return explanation;
}

static gboolean has_input(const SpExplanation *explanation, const char *text)
{
    for (guint i = 0; i < explanation->inputs->len; i++) {
        g_autofree char *input = sp_cell_format(explanation->inputs->pdata[i]);
        if (strcmp(input, text) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static void base_cell_is_the_fact_itself(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(SpExplanation) why =
        explained(&sp_transform_population, in, "kjonn=1 alder=080 period=2024-01-01");
    assert_true(why->is_injective);
    assert_int_equal(why->inputs->len, 1);
    assert_true(
        has_input(why, "folkemengde innbyggere region=1101 kjonn=1 alder=080 period=2024-01-01"));
}

static void later_cell_is_the_cohort_a_year_younger_and_the_rates(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(SpExplanation) why =
        explained(&sp_transform_population, in, "kjonn=1 alder=080 period=2026-01-01");
    assert_false(why->is_injective);
    assert_true(has_input(why, "framskriving_befolkning innbyggere region=1101 kjonn=1 alder=079 "
                               "period=2025-01-01"));
    assert_false(has_input(why, "framskriving_befolkning innbyggere region=1101 kjonn=1 alder=080 "
                                "period=2025-01-01"));
    assert_true(has_input(why, "doedelighet doedsrate kjonn=1 alder=* period=*"));
    assert_true(has_input(why, "folkemengde innbyggere region=* kjonn=* alder=* period=*"));
    assert_int_equal(why->settings->len, sp_transform_population.n_config_keys);
}

static void open_age_has_two_cohorts_and_newborn_their_mothers(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(SpExplanation) old =
        explained(&sp_transform_population, in, "kjonn=2 alder=105 period=2026-01-01");
    assert_true(has_input(old, "framskriving_befolkning innbyggere region=1101 kjonn=2 alder=104 "
                               "period=2025-01-01"));
    assert_true(has_input(old, "framskriving_befolkning innbyggere region=1101 kjonn=2 alder=105 "
                               "period=2025-01-01"));
    g_autoptr(SpExplanation) young =
        explained(&sp_transform_population, in, "kjonn=1 alder=000 period=2026-01-01");
    assert_true(has_input(young, "framskriving_befolkning innbyggere region=1101 kjonn=2 alder=* "
                                 "period=2025-01-01"));
    assert_true(has_input(young, "fruktbarhet fruktbarhetsrate alder=* period=*"));
    assert_false(has_input(young, "framskriving_befolkning innbyggere region=1101 kjonn=1 "
                                  "alder=000 period=2025-01-01"));
}

static void demand_is_all_ages_and_the_use(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = run(in, "[project]\nhorizon = 2030\n", &error);
    assert_no_error(error);
    assert_non_null(out);
    g_autoptr(SpExplanation) users = explained(
        &sp_transform_demand, in, "brukere region=1101 tjeneste=institusjon period=2026-01-01");
    /* Two days of persons, the use, and the people of the years that have figures. */
    assert_int_equal(users->inputs->len, 4);
    assert_true(has_input(users, "folkemengde innbyggere region=* kjonn=* alder=* period=*"));
    assert_true(has_input(users, "framskriving_befolkning innbyggere region=1101 kjonn=* alder=* "
                                 "period=2026-01-01"));
    assert_true(has_input(users, "bruk bruk tjeneste=institusjon kjonn=* alder_fra=* alder_til=*"));
    g_autoptr(SpExplanation) index = explained(
        &sp_transform_demand, in, "indeks region=11 tjeneste=institusjon period=2026-01-01");
    assert_true(has_input(index, "framskriving_befolkning innbyggere region=1103 kjonn=* alder=* "
                                 "period=2024-01-01"));
    assert_int_equal(index->inputs->len, 6);
}

static void cell_of_others_is_not_explained(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(GError) first = NULL;
    g_autoptr(SpTables) out = run(in, "[project]\nhorizon = 2030\n", &first);
    assert_no_error(first);
    assert_non_null(out);
    const struct {
        const SpTransform *transform;
        const char *cell;
    } others[] = {
        {&sp_transform_population, "folkemengde innbyggere region=1101 kjonn=1 alder=080 "
                                   "period=2024-01-01"},
        {&sp_transform_population, "framskriving_befolkning innbyggere region=11 kjonn=1 alder=080 "
                                   "period=2026-01-01"},
        {&sp_transform_population, "framskriving_befolkning innbyggere region=1101 kjonn=1 "
                                   "alder=080 period=2031-01-01"},
        {&sp_transform_population, "framskriving_befolkning innbyggere region=1101 kjonn=1 "
                                   "alder=080 period=2023-01-01"},
        {&sp_transform_population, "framskriving_befolkning innbyggere region=1101"},
        {&sp_transform_demand, "framskriving_behov brukere region=99 tjeneste=institusjon "
                               "period=2026-01-01"},
        {&sp_transform_demand, "framskriving_behov brukere region=11 tjeneste=institusjon "
                               "period=2031-01-01"},
        {&sp_transform_demand, "framskriving_behov brukere region=11 tjeneste=lege "
                               "period=2026-01-01"},
        {&sp_transform_demand, "framskriving_behov aarsverk region=11 tjeneste=institusjon "
                               "period=2026-01-01"},
        {&sp_transform_demand, "framskriving_aarsverk_per_bruker indeks region=1101 "
                               "tjeneste=institusjon period=2026-01-01"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpExplanation) why = explain(others[i].transform, in, others[i].cell, &error);
        assert_null(why);
        assert_error(error, SP_ERROR_NO_INPUT, "no cell of this projection");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newest_base_is_found_and_both_tables_are_made),
        cmocka_unit_test(wrong_settings_are_refused_by_name),
        cmocka_unit_test(base_cell_is_the_fact_itself),
        cmocka_unit_test(later_cell_is_the_cohort_a_year_younger_and_the_rates),
        cmocka_unit_test(open_age_has_two_cohorts_and_newborn_their_mothers),
        cmocka_unit_test(demand_is_all_ages_and_the_use),
        cmocka_unit_test(cell_of_others_is_not_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
