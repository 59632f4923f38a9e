/* The country's shares of professions: as they have moved, or as they are. */
#include "country.h"

#include <math.h>

static const double moved = 0.05; /* log a year, nurses over helsefagarbeidere */

/* Nurses of care grow beside helsefagarbeidere, who stay; nothing else says much of shares. Until
 * the year `last`. */
static SpTables *moving_country(int last)
{
    static const char *const measures[] = {"drift",   "drift_sd",   "steg_sd", "dempning",
                                           "aldring", "aldring_sd", "beholdt", NULL};
    static const char *const growth[] = {"bruk * 0 1e-9 0.02 0.9 1 1e-9 1",
                                         "aarsverk * 0 1e-9 0.02 0.9 1 1e-9 1",
                                         "andel * 0 0.2 0.0001 0.9 1 1e-9 1", NULL};
    g_autoptr(GPtrArray) staff = g_ptr_array_new_with_free_func(g_free);
    SpTables *in = country(0.0);
    for (guint i = 0; i < N; i++) {
        for (int year = last - 3; year <= last; year++) {
            double size = i + 1.0;
            g_ptr_array_add(staff, g_strdup_printf("%s omsorg SYK %d %.9f", kommuner[i], year,
                                                   40 * size * exp(moved * (year - last))));
            g_ptr_array_add(staff,
                            g_strdup_printf("%s omsorg HFA %d %.9f", kommuner[i], year, 70 * size));
            g_ptr_array_add(staff,
                            g_strdup_printf("%s helse HSY %d %.9f", kommuner[i], year, 2 * size));
        }
    }
    g_ptr_array_add(staff, NULL);
    replace(in, small_staff((const char *const *)staff->pdata));
    replace(in, small_table("utvikling",
                            "slag navn drift drift_sd steg_sd dempning aldring aldring_sd beholdt",
                            measures, growth));
    return in;
}

static double all_of(const SpDemandPaths *paths, const char *profession, gsize day)
{
    double sum = 0;
    for (guint i = 0; i < N; i++) {
        sum += small_need(paths, SP_NEED_TODAY, kommuner[i], profession, day);
    }
    return sum;
}

static double nurses_beside(const SpDemandPaths *paths, gsize day)
{
    return all_of(paths, "SYK", day) / all_of(paths, "HFA", day);
}

static SpDemandPaths *held(const SpTables *in)
{
    SpDemandOptions options;
    sp_demand_options_init(&options);
    options.composition = SP_COMPOSITION_CONSTANT;
    return small_model(in, &options);
}

/* Each year nine tenths of the year before's; the area's årsverk are what they were. */
static void shares_go_on_as_they_have_moved(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = moving_country(BASE - 1);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    g_autoptr(SpDemandPaths) still = held(in);
    double gone = 0;
    assert_near(nurses_beside(paths, 0), 40.0 / 70, 1e-9);
    for (gsize day = 1; day < paths->n_days; day++) {
        gone += moved * pow(0.9, (double)day);
        assert_near(nurses_beside(paths, day), 40.0 / 70 * exp(gone), 1e-4);
        assert_near(nurses_beside(still, day), 40.0 / 70, 1e-9);
        assert_near(all_of(paths, "SYK", day) + all_of(paths, "HFA", day),
                    all_of(still, "SYK", day) + all_of(still, "HFA", day), 1e-6);
    }
}

/* Two years without figures are years in which shares have gone on. */
static void shares_are_carried_to_the_base(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = moving_country(BASE - 3);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    double gone = moved * (0.9 + 0.81);
    assert_near(nurses_beside(paths, 0), 40.0 / 70 * exp(gone), 1e-4);
    assert_near(nurses_beside(paths, 1), 40.0 / 70 * exp(gone + moved * 0.729), 1e-4);
}

/* What is held against the past is less sure by what is left out of it. */
static void a_slope_that_is_held_is_not_known_to_have_ended(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = moving_country(BASE - 1);
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    g_autoptr(SpDemandPaths) still = held(in);
    gsize at = small_find(paths->areas, "omsorg") * paths->n_professions +
               small_find(paths->professions, "SYK");
    double mean = paths->share_drift[at].mean;
    /* Nurses were 40 exp(-.15) of 70 beside them three years before. */
    double before = 40 * exp(-0.15) / (40 * exp(-0.15) + 70);
    assert_near(mean, log(40.0 / 110 / before) / 3, 1e-5);
    assert_near(still->share_drift[at].mean, 0, 0);
    assert_near(still->share_drift[at].variance, paths->share_drift[at].variance + mean * mean,
                1e-12);
}

/* Specialised nurses were a part of nurses that grew by 10 % a year while nurses stood still. Their
 * need goes with the nurses', so what was seen of them beside is not in the path but in what is not
 * known. */
static void a_part_that_moved_within_its_whole_is_not_known_to_stand_still(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_with_parts();
    SpTable *staff = sp_tables_find(in, "stab");
    for (gsize row = 0; row < sp_table_n_rows(staff); row++) {
        double year = fixture_number(sp_table_code(staff, row, 3));
        gboolean is_part = strcmp(sp_table_code(staff, row, 2), "SSP") == 0;
        SpReal real = sp_table_real(staff, row, 4);
        if (is_part) {
            sp_table_set_real(staff, row, 4, sp_real(real.value * exp(0.1 * (year - BASE))));
        }
    }
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    gsize first = small_find(paths->areas, "omsorg") * paths->n_professions;
    const SpDrift *part = &paths->share_drift[first + small_find(paths->professions, "SSP")];
    const SpDrift *whole = &paths->share_drift[first + small_find(paths->professions, "SYK")];
    assert_near(part->mean, whole->mean, 0);
    g_autoptr(SpDemandPaths) still = held(in);
    const SpDrift *held_part = &still->share_drift[first + small_find(still->professions, "SSP")];
    assert_true(part->variance > 0.5 * held_part->variance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_go_on_as_they_have_moved),
        cmocka_unit_test(shares_are_carried_to_the_base),
        cmocka_unit_test(a_slope_that_is_held_is_not_known_to_have_ended),
        cmocka_unit_test(a_part_that_moved_within_its_whole_is_not_known_to_stand_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
