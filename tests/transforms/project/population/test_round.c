/* SSB's rounds: which is read, what it does to the path, and totals. */
#include "small.h"

#include "transforms/project/project.h"

enum { ROUND_LAST = 2027, N_DAYS = 6 }; /* the base and five years; the round ends before */

/* `persons` at every sex and age of a region on a day, of an alternative of a round. */
static void add_day(SpTable *table, const char *region, const char *alternative, int edition,
                    int year, double persons)
{
    for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
        char text[16];
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, region);
        sp_table_set_code(table, row, 1, alternative);
        sp_table_set_code(table, row, 2, cell < SP_N_AGES ? "1" : "2");
        sp_table_set_code(table, row, 3, fixture_age(cell % SP_N_AGES, text));
        g_snprintf(text, sizeof text, "%d-01-01", year);
        sp_table_set_code(table, row, 4, text);
        g_snprintf(text, sizeof text, "%d", edition);
        sp_table_set_code(table, row, 5, text);
        sp_table_set_real(table, row, 6, sp_real(persons));
    }
}

/* Rounds of 2022, 2024 and 2026 with 1101, 1103, the fylke 11 and the country; two alternatives. */
static SpTables *with_rounds(void)
{
    static const char *const keys[] = {"region", "alternativ", "kjonn",
                                       "alder",  "period",     "utgave"};
    static const char *const measures[] = {"innbyggere"};
    SpTables *in = small_country();
    SpTable *table = fixture_table("ssb_framskriving_ettaarig", keys, 6, measures, 1);
    for (int edition = 2022; edition <= 2026; edition += 2) {
        for (int year = edition; year <= ROUND_LAST; year++) {
            add_day(table, "1101", "MMMM", edition, year, 500 + edition - 2022);
            add_day(table, "1103", "MMMM", edition, year, 3000 + edition - 2022);
            add_day(table, "1101", "HHMH", edition, year, 700);
            add_day(table, "11", "MMMM", edition, year, 4000);
            add_day(table, "0", "MMMM", edition, year, 5000);
        }
    }
    sp_tables_add(in, table);
    return in;
}

static SpPopulationOptions options_of(const char *population)
{
    SpPopulationOptions options = small_options(SMALL_BASE + N_DAYS - 1);
    g_autoptr(GError) error = NULL;
    assert_true(sp_round_parse("project.population", population, &options.round, &error));
    assert_no_error(error);
    return options;
}

static double age_40(const SpPersons path[], gsize region, gsize day)
{
    return path[region * N_DAYS + day].count[SP_MEN][40];
}

static void choices_are_read_and_others_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "x", "ssb:", "ssb@", "ssb@x", "ssbb", "ssb:MMMM@20x4", "ssb:MMMMMMMMMMMMMMMMMMMM"};
    SpRoundChoice choice;
    g_autoptr(GError) error = NULL;
    assert_true(sp_round_parse("project.population", "ssb:HHMH@2024", &choice, &error));
    assert_true(choice.is_used);
    assert_string_equal(choice.alternative, "HHMH");
    assert_int_equal(choice.edition, 2024);
    assert_true(sp_round_parse("project.population", "own@2024", &choice, &error));
    assert_false(choice.is_used);
    assert_string_equal(choice.alternative, "MMMM");
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) refusal = NULL;
        assert_false(sp_round_parse("project.population", wrong[i], &choice, &refusal));
        assert_error(refusal, SP_ERROR_CONFIG, "project.population");
    }
}

/* The newest round that was known; our own steps go on from its last day, and for kommuner that it
 * has not. */
static void days_of_the_round_are_the_rounds_and_the_rest_ours(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = with_rounds();
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions own_options = options_of("own"), options = options_of("ssb");
    g_autoptr(SpPopulationModel) own = small_model(in, &own_options, quality);
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    g_autofree SpPersons *ours = small_path(own, quality), *path = small_path(model, quality);
    assert_int_equal(model->round->edition, 2024);
    assert_near(age_40(path, 0, 0), age_40(ours, 0, 0), 0);
    for (gsize day = 1; day <= 3; day++) {
        assert_near(age_40(path, 0, day), 502, 0);
        assert_near(age_40(path, 1, day), 3002, 0);
    }
    double of_step = age_40(path, 0, 4) / 502;
    assert_true(of_step != 1.0 && of_step > 0.9 && of_step < 1.1);
    assert_near(age_40(path, 2, 1), age_40(ours, 2, 1), 1e-9 * age_40(ours, 2, 1));
    assert_int_equal(sp_quality_count(quality, "ssb_lacking"), 3);
    assert_int_equal(sp_quality_count(quality, "ssb_older_round"), 0);
}

static void alternative_and_older_round_can_be_named(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = with_rounds();
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions high = options_of("ssb:HHMH"), old = options_of("ssb@2022");
    g_autoptr(SpPopulationModel) of_high = small_model(in, &high, quality);
    g_autofree SpPersons *high_path = small_path(of_high, quality);
    assert_near(age_40(high_path, 0, 1), 700, 0);
    g_autoptr(SpPopulationModel) of_old = small_model(in, &old, quality);
    g_autofree SpPersons *old_path = small_path(of_old, quality);
    assert_near(age_40(old_path, 0, 1), 500, 0);
    assert_int_equal(sp_quality_count(quality, "ssb_older_round"), 1);
}

static void assert_refused(const char *population, gint code, const char *part)
{
    g_autoptr(SpTables) in = with_rounds();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    const SpPopulationOptions options = options_of(population);
    assert_null(sp_population_model_new(in, &options, quality, &error));
    assert_error(error, code, part);
}

static void round_that_was_not_known_or_is_not_there_is_refused(void **state)
{
    (void)state;
    assert_refused("ssb@2026", SP_ERROR_NO_INPUT, "2026 was not known");
    assert_refused("ssb@2023", SP_ERROR_NO_INPUT, "has no round of 2023; there are 2022,");
    assert_refused("ssb:LLLL", SP_ERROR_NO_INPUT, "no alternative \"LLLL\"; there are HHMH, MMMM");
}

/* The round of 2022 is asked for and tells of no day after the base. */
static void round_that_ends_before_the_base_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = with_rounds();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    const SpPopulationOptions options = options_of("ssb@2022");
    SpTable *table = sp_tables_find(in, "ssb_framskriving_ettaarig");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 5), "2022") == 0) {
            sp_table_set_code(table, row, 4, "2023-01-01");
        }
    }
    assert_null(sp_population_model_new(in, &options, quality, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "the round of 2022 has no whole day after 1 January");
}

/* A day with a hole is no day, and less than nobody is an error with its row. */
static void holes_are_ours_and_negatives_are_errors(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = with_rounds();
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = options_of("ssb");
    SpTable *table = sp_tables_find(in, "ssb_framskriving_ettaarig");
    gsize hole = SP_NO_COLUMN;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 5), "2024") == 0 &&
            strcmp(sp_table_code(table, row, 4), "2025-01-01") == 0 && hole == SP_NO_COLUMN) {
            hole = row;
        }
    }
    sp_table_set_real(table, hole, 6, sp_real_none(SP_MISSING));
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    assert_false(model->round->has[1]);
    assert_true(model->round->has[2]);
    sp_table_set_real(table, hole, 6, sp_real(-1));
    g_autoptr(GError) error = NULL;
    assert_null(sp_population_model_new(in, &options, quality, &error));
    assert_error(error, SP_ERROR_DATA, "row");
}

static double area_cell(const SpPersons path[], gsize first, gsize last, gsize day, guint age)
{
    double sum = 0;
    for (gsize region = first; region <= last; region++) {
        sum += path[region * N_DAYS + day].count[SP_WOMEN][age];
    }
    return sum;
}

static void kommuner_sum_to_the_totals_when_asked(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = with_rounds();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpPopulationOptions options = options_of("own");
    options.reconcile = SP_RECONCILE_FYLKE;
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    g_autofree SpPersons *path = small_path(model, quality);
    for (guint age = 0; age < SP_N_AGES; age++) {
        assert_near(area_cell(path, 0, 1, 2, age), 4000, 1e-6);
    }
    /* The fylke without totals and the years after the round keep what they have. */
    assert_true(fabs(area_cell(path, 2, 4, 2, 40) - 4000) > 100);
    assert_true(fabs(area_cell(path, 0, 1, 5, 40) - 4000) > 1);
    model->options.reconcile = SP_RECONCILE_COUNTRY;
    g_autofree SpPersons *national = small_path(model, quality);
    assert_near(area_cell(national, 0, 4, 1, 85), 5000, 1e-6);
    assert_near(small_sum(&national[4 * N_DAYS + 3]), 0, 0); /* nobody stays nobody */
    assert_int_equal(sp_quality_count(quality, "not_reconciled"), 0);
}

/* With both margins a kommune's share of its area's persons is what it was. */
static void kommuner_can_keep_their_shares(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = with_rounds();
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpPopulationOptions options = options_of("own");
    g_autoptr(SpPopulationModel) free_model = small_model(in, &options, quality);
    g_autofree SpPersons *before = small_path(free_model, quality);
    options.reconcile = SP_RECONCILE_FYLKE;
    options.reconcile_keeps_kommuner = TRUE;
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    g_autofree SpPersons *path = small_path(model, quality);
    double own = small_sum(&before[1]) / (small_sum(&before[1]) + small_sum(&before[N_DAYS + 1]));
    double now = small_sum(&path[1]) / (small_sum(&path[1]) + small_sum(&path[N_DAYS + 1]));
    assert_near(now, own, 1e-6);
    assert_near(area_cell(path, 0, 1, 1, 30), 4000, 1e-3);
}

static SpExplanation *explain(const SpTables *in, const char *settings_text, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    assert_true(sp_config_add(config, "test", settings_text, &error));
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, "project", sp_transform_population.config_keys,
                        sp_transform_population.n_config_keys);
    g_autoptr(SpCell) cell = sp_cell_parse(text, &error);
    SpExplanation *explanation = sp_explanation_new();
    sp_transform_population.explain(in, settings, cell, explanation, &error);
    assert_no_error(error);
    return explanation;
}

static gboolean has_input(const SpExplanation *explanation, const char *table, const char *region)
{
    gboolean has = FALSE;
    for (guint i = 0; i < explanation->inputs->len; i++) {
        const SpCell *cell = explanation->inputs->pdata[i];
        const char *code = sp_cell_code(cell, "region");
        has = has || (strcmp(cell->table, table) == 0 && g_strcmp0(code, region) == 0);
    }
    return has;
}

/* A figure of SSB's names SSB's cell and none of ours; a step of ours none of SSB's; and a total
 * that it was brought to is behind either. */
static void explanation_names_whose_figure_it_is(void **state)
{
    (void)state;
    static const char theirs[] = "framskriving_befolkning innbyggere region=1101 kjonn=1 "
                                 "alder=040 period=2026-01-01";
    static const char ours[] = "framskriving_befolkning innbyggere region=1505 kjonn=1 "
                               "alder=040 period=2026-01-01";
    g_autoptr(SpTables) in = with_rounds();
    static const char ssb[] = "[project]\nhorizon = 2029\npopulation = ssb\n";
    g_autoptr(SpExplanation) of_theirs = explain(in, ssb, theirs);
    assert_true(has_input(of_theirs, "ssb_framskriving_ettaarig", "1101"));
    assert_false(has_input(of_theirs, "framskriving_befolkning", "1101"));
    g_autoptr(SpExplanation) of_ours = explain(in, ssb, ours);
    assert_false(has_input(of_ours, "ssb_framskriving_ettaarig", "1505"));
    assert_true(has_input(of_ours, "framskriving_befolkning", "1505"));
    g_autoptr(SpExplanation) of_total =
        explain(in, "[project]\nhorizon = 2029\nreconcile = fylke\n", theirs);
    assert_true(has_input(of_total, "ssb_framskriving_ettaarig", "11"));
    assert_true(has_input(of_total, "framskriving_befolkning", "1101"));
    assert_non_null(strstr(of_total->method, "#totals"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(choices_are_read_and_others_refused),
        cmocka_unit_test(days_of_the_round_are_the_rounds_and_the_rest_ours),
        cmocka_unit_test(alternative_and_older_round_can_be_named),
        cmocka_unit_test(round_that_was_not_known_or_is_not_there_is_refused),
        cmocka_unit_test(round_that_ends_before_the_base_is_refused),
        cmocka_unit_test(holes_are_ours_and_negatives_are_errors),
        cmocka_unit_test(kommuner_sum_to_the_totals_when_asked),
        cmocka_unit_test(kommuner_can_keep_their_shares),
        cmocka_unit_test(explanation_names_whose_figure_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
