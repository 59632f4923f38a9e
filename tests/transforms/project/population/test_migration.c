/* Net migration on a made-up country in which the answer is known. */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/population/migration.h"

/* A country of `n` kommuner in two fylker where everyone lives and `net(kommune)` of each cohort
 * moves in every year. */
typedef struct {
    SpTable *folkemengde;
    SpTable *region;
    SpHistory *history;
    SpPlaces *places;
    SpSurvival *survival;
    SpQuality *quality;
} Country;

static void country_init(Country *country, guint n, guint n_years, double (*net)(guint kommune))
{
    country->folkemengde = fixture_folkemengde();
    country->region = fixture_region();
    country->quality = sp_quality_new();
    for (guint i = 0; i < n; i++) {
        char code[8];
        g_snprintf(code, sizeof code, "%s%02u", i < n / 2 ? "11" : "15", i + 1);
        fixture_add_region(country->region, code, i < n / 2 ? "11" : "15", "");
        for (guint year = 0; year <= n_years; year++) {
            fixture_add_kommune(country->folkemengde, code, 2024 - (int)n_years + (int)year,
                                1000 * pow(1 + net(i), year));
        }
    }
    g_autoptr(GError) error = NULL;
    country->history =
        sp_history_new(country->folkemengde, 2024, n_years, country->quality, &error);
    assert_no_error(error);
    country->places = sp_places_new(country->region, (const char *const *)country->history->codes,
                                    country->history->n_regions, &error);
    assert_no_error(error);
    /* From 89 to 90 the made-up kommune falls to a tenth; the open age gets two cohorts and keeps
     * one. */
    country->survival = g_new(SpSurvival, n_years + 1);
    for (guint year = 0; year <= n_years; year++) {
        for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
            guint age = cell % SP_N_AGES;
            country->survival[year].share[cell / SP_N_AGES][age] = age == 89    ? 0.1
                                                                   : age >= 104 ? 0.5
                                                                                : 1.0;
        }
        country->survival[year].newborn[SP_MEN] = country->survival[year].newborn[SP_WOMEN] = 1;
    }
}

static void country_clear(Country *country)
{
    sp_table_free(country->folkemengde);
    sp_table_free(country->region);
    sp_history_free(country->history);
    sp_places_free(country->places);
    sp_quality_free(country->quality);
    g_free(country->survival);
}

static SpMigration *fit(const Country *country, double local_weight, double damping)
{
    const SpMigrationOptions options = {.local_weight = local_weight, .damping = damping};
    const SpMigrationInput input = {.history = country->history,
                                    .places = country->places,
                                    .survival = country->survival,
                                    .has_mortality = TRUE};
    return sp_migration_new(&input, &options, country->quality);
}

static double everywhere_two_percent(guint kommune)
{
    (void)kommune;
    return 0.02;
}

static double own_pace(guint kommune)
{
    return 0.01 * (1 + kommune);
}

static void even_migration_is_national_alone(void **state)
{
    (void)state;
    Country country;
    country_init(&country, 4, 3, everywhere_two_percent);
    g_autoptr(SpMigration) migration = fit(&country, 1.0, 1.0);
    assert_int_equal(migration->n_intervals, 3);
    assert_near(migration->newest_level, 1.0, 1e-9);
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        assert_near(migration->national[age], 0.02, 1e-9);
        assert_near(migration->local->sum[2][sp_migration_group(age)], 0.0, 1e-9);
    }
    country_clear(&country);
}

static void steady_local_migration_is_believed(void **state)
{
    (void)state;
    Country country;
    country_init(&country, 4, 4, own_pace);
    g_autoptr(SpMigration) migration = fit(&country, 1.0, 1.0);
    double deviation[SP_N_START_AGES], leaving[SP_N_AGES];
    const double mean[SP_N_START_AGES] = {0};
    for (gsize region = 0; region < 4; region++) {
        sp_migration_deviations(migration, region, 0, deviation);
        sp_migration_leaving(migration, 0, deviation, mean, leaving);
        /* The country's newest level stands a little above its mean, as the faster kommuner grow.
         */
        assert_near(-leaving[41], own_pace((guint)region), 0.002);
        assert_near(leaving[0], 0, 0);
    }
    country_clear(&country);
}

/* All ages of a kommune move alike here: all that sets it apart is overall, and fades. */
static void overall_deviation_fades(void **state)
{
    (void)state;
    Country country;
    country_init(&country, 4, 4, own_pace);
    g_autoptr(SpMigration) migration = fit(&country, 1.0, 0.5);
    double first[SP_N_START_AGES], later[SP_N_START_AGES];
    sp_migration_deviations(migration, 3, 0, first);
    sp_migration_deviations(migration, 3, 2, later);
    assert_near(migration->overall[3], first[30], 1e-12);
    assert_near(later[30], first[30] / 4, 1e-12);
    assert_near(later[70], first[70], 0);
    country_clear(&country);
}

/* Students come and go: what is left when the overall deviation is gone is the pattern. */
static void age_pattern_stays(void **state)
{
    (void)state;
    double sum[1][SP_N_MIGRATION_GROUPS] = {{0}}, overall[1] = {0.01}, foreign[1] = {0.004};
    guint young = sp_migration_group(20), older = sp_migration_group(27);
    guint old = sp_migration_group(70);
    sum[0][young] = 0.10;
    sum[0][older] = -0.05;
    sum[0][old] = 0.02;
    SpLocal local = {.n_regions = 1, .sum = sum};
    const SpMigration migration = {
        .local = &local, .overall = overall, .foreign = foreign, .options = {.damping = 0.8}};
    double now[SP_N_START_AGES], later[SP_N_START_AGES];
    sp_migration_deviations(&migration, 0, 0, now);
    sp_migration_deviations(&migration, 0, 200, later);
    assert_near(now[20], 0.10, 0);
    assert_near(later[20], 0.09, 1e-15);
    assert_near(later[27], -0.06, 1e-15);
    assert_near(later[70], 0.02, 0);
}

/* Of an overall deviation of .01 a kommune gets .004 from abroad: the scenario's factor takes that
 * part alone, and the domestic one the rest with the age pattern. */
static void scenarios_take_foreign_and_domestic_apart(void **state)
{
    (void)state;
    double sum[1][SP_N_MIGRATION_GROUPS] = {{0}}, overall[1] = {0.01}, foreign[1] = {0.004};
    sum[0][sp_migration_group(20)] = 0.10;
    sum[0][sp_migration_group(70)] = 0.02;
    SpLocal local = {.n_regions = 1, .sum = sum};
    SpMigration migration = {.local = &local,
                             .overall = overall,
                             .foreign = foreign,
                             .base = 2024,
                             .options = {.damping = 0.8}};
    migration.options.foreign = (SpPath){2, {2024, 2026}, {1.0, 3.0}};
    double deviation[SP_N_START_AGES], leaving[SP_N_AGES];
    const double none[SP_N_START_AGES] = {0};
    sp_migration_deviations(&migration, 0, 1, deviation);
    /* 2025: factor 2, fading .8: 2 * .004 * .8 + .1 - .004 - .006 * .2. */
    assert_near(deviation[20], 2 * 0.004 * 0.8 + 0.1 - 0.004 - 0.006 * 0.2, 1e-15);
    assert_near(deviation[70], 0.02, 0);
    migration.options.foreign = (SpPath){0};
    migration.options.domestic = (SpPath){1, {0}, {0.5}};
    sp_migration_deviations(&migration, 0, 1, deviation);
    assert_near(deviation[20], 0.004 * 0.8 + 0.5 * (0.1 - 0.004 - 0.006 * 0.2), 1e-15);
    assert_near(deviation[70], 0.01, 0);
    /* The country's share is foreign below 67. */
    migration.options.foreign = (SpPath){1, {0}, {0.5}};
    migration.national[40] = 0.02;
    migration.national[80] = 0.02;
    sp_migration_leaving(&migration, 1, none, none, leaving);
    assert_near(leaving[41], -0.01, 1e-15);
    assert_near(leaving[81], -0.02, 1e-15);
}

/* With no weight on the kommune level its two kommuner have their fylke's deviation in common below
 * 67, and their own above. */
static void local_weight_holds_below_67_only(void **state)
{
    (void)state;
    Country country;
    country_init(&country, 4, 4, own_pace);
    g_autoptr(SpMigration) migration = fit(&country, 0.0, 1.0);
    guint young = sp_migration_group(40), old = sp_migration_group(70);
    assert_near(migration->local->sum[0][young], migration->local->sum[1][young], 0);
    assert_true(fabs(migration->local->sum[0][young] - migration->local->sum[2][young]) > 0.005);
    assert_true(fabs(migration->local->sum[0][old] - migration->local->sum[1][old]) > 0.005);
    country_clear(&country);
}

static void ratio_stays_within_its_limits(void **state)
{
    (void)state;
    SpMigration migration = {.options = {.damping = 1.0}};
    migration.national[40] = 5;
    migration.national[41] = -0.9;
    const double none[SP_N_START_AGES] = {0};
    double leaving[SP_N_AGES];
    sp_migration_leaving(&migration, 0, none, none, leaving);
    assert_near(leaving[41], -1.0, 0);
    assert_near(leaving[42], 0.7, 1e-15);
}

static void no_history_moves_nobody_and_says_so(void **state)
{
    (void)state;
    Country country;
    country_init(&country, 2, 0, own_pace);
    g_autoptr(SpMigration) migration = fit(&country, 1.0, 1.0);
    assert_int_equal(migration->n_intervals, 0);
    assert_near(migration->national[40], 0, 0);
    assert_near(migration->local->sum[1][5], 0, 0);
    assert_int_equal(sp_quality_count(country.quality, "no_history"), 1);
    country_clear(&country);
}

static double everyone_leaves_slowly(guint kommune)
{
    (void)kommune;
    return -0.01;
}

static void falling_population_keeps_its_mean(void **state)
{
    (void)state;
    Country country;
    country_init(&country, 2, 3, everyone_leaves_slowly);
    g_autoptr(SpMigration) migration = fit(&country, 1.0, 1.0);
    assert_near(migration->newest_level, 1.0, 0);
    assert_near(migration->national[40], -0.01, 1e-9);
    assert_int_equal(sp_quality_count(country.quality, "migration_level"), 1);
    country_clear(&country);
}

static void groups_begin_where_the_method_says(void **state)
{
    (void)state;
    const guint first[] = {0, 5, 15, 18, 20, 23, 26, 30, 35, 45, 55, 67, 80, 90};
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        assert_int_equal(sp_migration_group(first[group]), group);
        assert_true(group == 0 || sp_migration_group(first[group] - 1) == group - 1);
    }
    assert_int_equal(sp_migration_group(SP_N_START_AGES - 1), SP_N_MIGRATION_GROUPS - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(even_migration_is_national_alone),
        cmocka_unit_test(steady_local_migration_is_believed),
        cmocka_unit_test(overall_deviation_fades),
        cmocka_unit_test(age_pattern_stays),
        cmocka_unit_test(scenarios_take_foreign_and_domestic_apart),
        cmocka_unit_test(local_weight_holds_below_67_only),
        cmocka_unit_test(ratio_stays_within_its_limits),
        cmocka_unit_test(no_history_moves_nobody_and_says_so),
        cmocka_unit_test(falling_population_keeps_its_mean),
        cmocka_unit_test(groups_begin_where_the_method_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
