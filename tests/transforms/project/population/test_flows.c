/* Moves to and from abroad. */
#include "small.h"

#include "transforms/project/population/flows.h"

static SpTable *empty_flows(void)
{
    static const char *const keys[] = {"region", "period"};
    static const char *const measures[] = {"innvandring", "utvandring"};
    return fixture_table("befolkningsendring", keys, 2, measures, 2);
}

static void add_flow(SpTable *table, const char *region, const char *period, double in, double out)
{
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, region);
    sp_table_set_code(table, row, 1, period);
    sp_table_set_real(table, row, 2, sp_real(in));
    sp_table_set_real(table, row, 3, sp_real(out));
}

/* Every kommune gets a thousandth of its people from abroad in each year but the last, then
 * three. */
static SpTable *rising_flows(const SpHistory *history)
{
    SpTable *table = empty_flows();
    for (gsize region = 0; region < history->n_regions; region++) {
        for (int year = 2020; year < SMALL_BASE; year++) {
            char text[8];
            double persons = small_sum(sp_history_persons(history, region, year));
            g_snprintf(text, sizeof text, "%d", year);
            add_flow(table, history->codes[region], text,
                     persons * (year == SMALL_BASE - 1 ? 0.004 : 0.002), persons * 0.001);
        }
        add_flow(table, history->codes[region], "2024", 1e9, 0);
        add_flow(table, "0", "2023", 1e9, 0);
    }
    return table;
}

static void level_of_the_newest_year_is_that_of_registered_moves(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = small_country();
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = small_options(2030);
    g_autoptr(SpPopulationModel) without = small_model(in, &options, quality);
    sp_tables_add(in, rising_flows(without->history));
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    /* .003 over the mean of .001, .001, .001 and .003; what is of the base's year is not read. */
    assert_near(model->migration->newest_level, 0.003 / 0.0015, 1e-9);
    assert_true(fabs(without->migration->newest_level - 2) > 0.01);
    for (gsize region = 0; region < SMALL_N; region++) {
        assert_near(model->migration->foreign[region], 0, 1e-9); /* all are alike */
    }
}

static void own_share_of_moves_from_abroad_is_found_and_sums_to_nothing(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = small_country();
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = small_options(2030);
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    g_autoptr(SpTable) table = empty_flows();
    double share[SMALL_N] = {0.02, 0.004, 0.01, 0.001, 0};
    for (gsize region = 0; region < 4; region++) {
        for (int year = 2020; year < SMALL_BASE; year++) {
            char text[8];
            double persons = small_sum(sp_history_persons(model->history, region, year));
            double noise = 0.0005 * (double)((year + (int)region * 3) % 3 - 1);
            g_snprintf(text, sizeof text, "%d", year);
            add_flow(table, model->history->codes[region], text,
                     persons * (share[region] + noise + 0.001), persons * 0.001);
        }
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFlows) flows = sp_flows_new(table, model->history, &error);
    assert_no_error(error);
    double own[SMALL_N], sum = 0;
    assert_true(sp_flows_own(flows, model->history, own));
    for (gsize region = 0; region < SMALL_N; region++) {
        for (int year = 2020; year < SMALL_BASE; year++) {
            sum += own[region] * small_sum(sp_history_persons(model->history, region, year));
        }
    }
    assert_near(sum, 0, 1e-6);
    assert_near(own[0] - own[1], 0.016, 0.002);
    assert_near(own[1] - own[3], 0.003, 0.001);
}

static void absent_column_is_an_error_with_its_name(void **state)
{
    (void)state;
    static const char *const keys[] = {"region", "period"};
    static const char *const measures[] = {"innvandring"};
    g_autoptr(SpTables) in = small_country();
    sp_tables_add(in, fixture_table("befolkningsendring", keys, 2, measures, 1));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    const SpPopulationOptions options = small_options(2030);
    assert_null(sp_population_model_new(in, &options, quality, &error));
    assert_error(error, SP_ERROR_DATA, "utvandring");
}

/* A suppressed figure is no figure, and with a year lacking in all the country the level is that
 * of the residuals. */
static void years_without_figures_leave_the_level_to_the_residuals(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = small_country();
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = small_options(2030);
    g_autoptr(SpPopulationModel) without = small_model(in, &options, quality);
    SpTable *table = rising_flows(without->history);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 1), "2021") == 0) {
            sp_table_set_real(table, row, 2, sp_real_none(SP_SUPPRESSED));
        }
    }
    sp_tables_add(in, table);
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    assert_near(model->migration->newest_level, without->migration->newest_level, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(level_of_the_newest_year_is_that_of_registered_moves),
        cmocka_unit_test(own_share_of_moves_from_abroad_is_found_and_sums_to_nothing),
        cmocka_unit_test(absent_column_is_an_error_with_its_name),
        cmocka_unit_test(years_without_figures_leave_the_level_to_the_residuals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
