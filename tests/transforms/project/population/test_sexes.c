/* Men and women parted along cohorts. */
#include "small.h"

/* The kommuner of 2020 and 2021 with men and women together, as in SSB's older exports. */
static SpTables *with_joined_years(void)
{
    SpTables *in = small_country();
    SpTable *apart = sp_tables_steal(in, "folkemengde");
    SpTable *joined = fixture_folkemengde();
    for (gsize row = 0; row < sp_table_n_rows(apart); row++) {
        char year = sp_table_code(apart, row, 3)[3];
        gboolean is_women = strcmp(sp_table_code(apart, row, 1), "2") == 0;
        if (year <= '1' && is_women) {
            continue; /* in the row of the men */
        }
        gsize to = sp_table_add_row(joined);
        for (gsize column = 0; column < 4; column++) {
            sp_table_set_code(joined, to, column, sp_table_code(apart, row, column));
        }
        double persons = sp_table_real(apart, row, 4).value;
        sp_table_set_real(joined, to, 4, sp_real(year <= '1' ? 2 * persons : persons));
        if (year <= '1') {
            sp_table_set_code(joined, to, 1, "0");
        }
    }
    sp_table_free(apart);
    sp_tables_add(in, joined);
    return in;
}

static void cohorts_are_parted_as_they_are_later(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = with_joined_years();
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = small_options(2030);
    /* In 2022 a quarter of those aged 52 are men. */
    SpTable *table = sp_tables_find(in, "folkemengde");
    sp_table_set_real(table, fixture_find(table, "1103", SP_MEN, 52, 2022), 4, sp_real(1000));
    sp_table_set_real(table, fixture_find(table, "1103", SP_WOMEN, 52, 2022), 4, sp_real(3000));
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    const SpHistory *history = model->history;
    const SpPersons *at_51 = sp_history_persons(history, 1, 2021);
    const SpPersons *at_50 = sp_history_persons(history, 1, 2020);
    /* The made-up death rates (fixture.h) of one year, half of each age. */
    double m = (exp(0.095 * 51) + exp(0.095 * 52)) / 2 * exp(-0.015 * 16);
    double men = 1000 / exp(-4e-5 * m), women = 3000 / exp(-3e-5 * m);
    double both = at_51->count[SP_MEN][51] + at_51->count[SP_WOMEN][51];
    assert_near(at_51->count[SP_MEN][51] / both, men / (men + women), 1e-9);
    assert_near(at_50->count[SP_MEN][50] / (at_50->count[SP_MEN][50] + at_50->count[SP_WOMEN][50]),
                0.25, 0.001);
    assert_int_equal(sp_quality_count(quality, "sexes_modelled"), 1);
}

static void parted_years_are_history(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = with_joined_years(), apart = small_country();
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = small_options(2030);
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    g_autoptr(SpPopulationModel) whole = small_model(apart, &options, quality);
    assert_int_equal(model->migration->n_intervals, 4);
    assert_near(model->migration->newest_level, whole->migration->newest_level, 1e-3);
    assert_near(model->fertility->calibration, whole->fertility->calibration, 1e-9);
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        assert_near(model->migration->national[age], whole->migration->national[age], 0.01);
    }
}

/* The base must tell men from women. */
static void base_with_men_and_women_together_is_no_base(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = with_joined_years();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    SpPopulationOptions options = small_options(2030);
    options.base = 2021;
    assert_null(sp_population_model_new(in, &options, quality, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "1 January 2021");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cohorts_are_parted_as_they_are_later),
        cmocka_unit_test(parted_years_are_history),
        cmocka_unit_test(base_with_men_and_women_together_is_no_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
