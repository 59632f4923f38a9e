/* Projections without rates. */
#include "small.h"

#include "transforms/project/population/hamilton_perry.h"

static SpTables *without(const char *first, const char *second)
{
    SpTables *in = small_country();
    sp_table_free(sp_tables_steal(in, first));
    if (second != NULL) {
        sp_table_free(sp_tables_steal(in, second));
    }
    return in;
}

/* A kommune whose cohorts lose a tenth each year up to 74: projected on, they go on so, and
 * children stay as many per woman. */
static void cohorts_go_on_as_they_did(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = sp_tables_new();
    SpTable *folkemengde = fixture_folkemengde(), *region = fixture_region();
    fixture_add_region(region, "0301", "03", "S1");
    for (int year = 2022; year <= 2024; year++) {
        for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
            fixture_add_persons(folkemengde, "0301", cell / SP_N_AGES, cell % SP_N_AGES, year,
                                sp_real(1e6 * pow(0.9, cell % SP_N_AGES)));
        }
    }
    sp_tables_add(in, folkemengde);
    sp_tables_add(in, region);
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = small_options(2030);
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    g_autofree SpPersons *path = small_path(model, quality);
    for (guint age = 0; age < 104; age++) {
        assert_near(path[6].count[SP_WOMEN][age] / (1e6 * pow(0.9, age)), 1.0, 0.06);
        assert_near(path[6].count[SP_WOMEN][age + 1] / path[5].count[SP_WOMEN][age], 0.9, 1e-9);
    }
    assert_int_equal(sp_quality_count(quality, "hamilton_perry"), 2);
}

static void ratios_are_kept_within_bounds(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = small_country();
    SpTable *folkemengde = sp_tables_find(in, "folkemengde");
    for (gsize i = 0; i < SMALL_N; i++) {
        for (int year = 2021; year <= SMALL_BASE; year++) {
            sp_table_set_real(folkemengde,
                              fixture_find(folkemengde, small_kommuner[i].code, SP_MEN, 20, year),
                              4, sp_real(9000));
        }
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = small_options(2025);
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    SpSurvival change;
    assert_true(sp_cohort_change(model->history, &change));
    assert_near(change.share[SP_MEN][19], 1.2, 0);
    assert_near(change.share[SP_MEN][20], 0.8, 0);
    assert_true(change.share[SP_WOMEN][20] > 0.95 && change.share[SP_WOMEN][20] < 1.05);
    for (guint age = 0; age < SP_N_AGES; age++) {
        assert_true(change.share[SP_WOMEN][age] > 0 && change.share[SP_WOMEN][age] <= 1.2);
    }
}

static void one_of_the_two_may_be_missing(void **state)
{
    (void)state;
    const SpPopulationOptions options = small_options(2030);
    static const char *const absent[] = {"doedelighet", "fruktbarhet"};
    for (gsize i = 0; i < G_N_ELEMENTS(absent); i++) {
        g_autoptr(SpTables) in = without(absent[i], NULL);
        g_autoptr(SpQuality) quality = sp_quality_new();
        g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
        g_autofree SpPersons *path = small_path(model, quality);
        assert_int_equal(sp_quality_count(quality, "hamilton_perry"), 1);
        double first = small_sum(&path[7]), last = small_sum(&path[7 + 6]);
        assert_true(last > 0.7 * first && last < 1.4 * first);
    }
}

static void without_rates_and_history_is_an_error_that_says_what_to_fetch(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = without("doedelighet", "fruktbarhet");
    SpPopulationOptions options = small_options(2030);
    options.history_years = 0;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_null(sp_population_model_new(in, &options, quality, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "fetch one of the two");
}

/* A table that is there and wrong is no table that is missing. */
static void damaged_rates_are_an_error_all_the_same(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = small_country();
    SpTable *births = sp_tables_find(in, "fruktbarhet");
    sp_table_set_real(births, 0, 2, sp_real_none(SP_MISSING));
    const SpPopulationOptions options = small_options(2030);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_null(sp_population_model_new(in, &options, quality, &error));
    assert_error(error, SP_ERROR_DATA, "fruktbarhet");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cohorts_go_on_as_they_did),
        cmocka_unit_test(ratios_are_kept_within_bounds),
        cmocka_unit_test(one_of_the_two_may_be_missing),
        cmocka_unit_test(without_rates_and_history_is_an_error_that_says_what_to_fetch),
        cmocka_unit_test(damaged_rates_are_an_error_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
