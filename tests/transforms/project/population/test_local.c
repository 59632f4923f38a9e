/* Levels of local deviations. */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/population/local.h"

enum { N = 24, N_YEARS = 5, MARKET = 6 };

/* Kommuner of one fylke in four labour markets of six; those of the second grow by two percent a
 * year, the others not; everybody lives. */
static SpTable *make_regions(gboolean has_markets)
{
    SpTable *regions = fixture_region();
    gsize market = SP_NO_COLUMN;
    if (has_markets) {
        market = sp_table_add_column(regions,
                                     &(SpColumn){.name = "arbeidsmarked", .kind = SP_COLUMN_CODE});
    }
    for (guint i = 0; i < N; i++) {
        char code[8];
        g_snprintf(code, sizeof code, "11%02u", i + 1);
        fixture_add_region(regions, code, "11", "");
        if (has_markets) {
            sp_table_set_code(regions, i, market, (const char *[]){"a", "b", "c", ""}[i / MARKET]);
        }
    }
    return regions;
}

static SpTable *make_people(void)
{
    SpTable *people = fixture_folkemengde();
    for (guint i = 0; i < N; i++) {
        char code[8];
        g_snprintf(code, sizeof code, "11%02u", i + 1);
        for (int year = 0; year <= N_YEARS; year++) {
            /* A little from year to year and kommune to kommune, of no direction. */
            double noise = 1 + 0.003 * (double)((year * 5 + (int)i * 7) % 4 - 1.5);
            fixture_add_kommune(people, code, 2019 + year,
                                floor(1000 * noise * pow(i / MARKET == 1 ? 1.02 : 1.0, year)));
        }
    }
    return people;
}

static SpLocal *fit(gboolean has_markets)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) people = make_people(), regions = make_regions(has_markets);
    g_autoptr(SpHistory) history = sp_history_new(people, 2024, N_YEARS, quality, &error);
    assert_no_error(error);
    g_autoptr(SpPlaces) places =
        sp_places_new(regions, (const char *const *)history->codes, history->n_regions, &error);
    assert_no_error(error);
    SpSurvival survival[N_YEARS];
    for (guint cell = 0; cell < N_YEARS * SP_N_SEXES * SP_N_AGES; cell++) {
        guint year = cell / (SP_N_SEXES * SP_N_AGES);
        survival[year].share[cell / SP_N_AGES % SP_N_SEXES][cell % SP_N_AGES] = 1.0;
    }
    g_auto(SpResiduals) residuals;
    sp_residuals_init(&residuals, history, survival);
    return sp_local_new(&residuals, places, 1.0, quality);
}

static void labour_markets_lend_strength_where_the_table_has_them(void **state)
{
    (void)state;
    guint group = sp_migration_group(40);
    g_autoptr(SpLocal) local = fit(TRUE);
    const SpLocalLevel *market = &local->levels[SP_LEVEL_LABOUR_MARKET];
    assert_int_equal(market->n_units, 3);
    assert_string_equal(market->codes[1], "b");
    /* A quarter of the kommuner grow by .02: the country by about .005. */
    assert_near(market->believed[1][group], 0.015, 0.003);
    assert_near(market->believed[0][group], -0.005, 0.003);
    assert_true(market->unit[N - 1] == SP_NO_PLACE);
    for (guint i = 0; i < N; i++) {
        double sum = 0;
        for (guint k = 0; k < SP_N_LEVELS; k++) {
            const SpLocalLevel *level = &local->levels[k];
            sum += level->n_units > 0 && level->unit[i] != SP_NO_PLACE
                       ? level->believed[level->unit[i]][group]
                       : 0.0;
        }
        assert_near(local->sum[i][group], sum, 1e-15);
    }
}

static void without_them_kommuner_stand_alone_below_their_fylke(void **state)
{
    (void)state;
    guint group = sp_migration_group(40);
    g_autoptr(SpLocal) local = fit(FALSE);
    assert_int_equal(local->levels[SP_LEVEL_LABOUR_MARKET].n_units, 0);
    assert_int_equal(local->levels[SP_LEVEL_CENTRALITY].n_units, 0);
    assert_near(local->sum[MARKET][group], 0.015, 0.005);
}

/* What is not known of a unit is less than what units differ by. */
static void variances_lie_between_none_and_the_spread(void **state)
{
    (void)state;
    g_autoptr(SpLocal) local = fit(TRUE);
    for (guint k = 0; k < SP_N_LEVELS; k++) {
        const SpLocalLevel *level = &local->levels[k];
        for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
            for (gsize unit = 0; unit < level->n_units; unit++) {
                assert_true(level->variance[unit][group] >= 0.0);
                assert_true(level->variance[unit][group] <= level->shrink[group].tau2);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labour_markets_lend_strength_where_the_table_has_them),
        cmocka_unit_test(without_them_kommuner_stand_alone_below_their_fylke),
        cmocka_unit_test(variances_lie_between_none_and_the_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
