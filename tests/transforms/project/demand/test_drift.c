/* How the country's level has moved, whoever told of it. */
#include "country.h"

#include "core/random.h"
#include "transforms/project/demand/drift.h"

#include <math.h>

enum { N_YEARS = 6, N_PLACES = 3 };

/* Three kommuner of sizes 10, 20, 30 whose shares are a half, a fifth and a tenth. */
typedef struct {
    double observed[N_PLACES * N_YEARS], driver[N_PLACES * N_YEARS];
    gboolean is_seen[N_PLACES * N_YEARS];
} Past;

static SpDriftData past_init(Past *past, const double growth[N_YEARS])
{
    static const double share[N_PLACES] = {0.5, 0.2, 0.1};
    for (gsize i = 0; i < (gsize)N_PLACES * N_YEARS; i++) {
        gsize kommune = i / N_YEARS;
        past->driver[i] = 10.0 * (double)(kommune + 1);
        past->observed[i] = past->driver[i] * share[kommune] * growth[i % N_YEARS];
        past->is_seen[i] = TRUE;
    }
    return (SpDriftData){.n_kommuner = N_PLACES,
                         .n_years = N_YEARS,
                         .observed = past->observed,
                         .is_seen = past->is_seen,
                         .driver = past->driver};
}

static void leave_out_of(Past *past, gsize kommune, gsize year)
{
    past->is_seen[kommune * N_YEARS + year] = FALSE;
}

static const double still[N_YEARS] = {1, 1, 1, 1, 1, 1};

/* The first year is told by the two with few, the second and the last by those with many; nobody
 * has moved. Of the sums of who reported, the slope would be ln(0.2167 / 0.14) / 5 = 8.7 % a
 * year. */
static void who_reports_when_is_no_movement(void **state)
{
    (void)state;
    Past past;
    const SpDriftData data = past_init(&past, still);
    leave_out_of(&past, 0, 0);
    leave_out_of(&past, 2, 1);
    leave_out_of(&past, 1, 3);
    const SpDriftSeen seen = sp_drift_seen(&data, 0.03);
    assert_near(seen.slope, 0, 1e-15);
    assert_int_equal(seen.n_intervals, 5);
    assert_int_equal(seen.lag, 0);
    /* Five changes of 0 beside two assumed squares. */
    assert_near(seen.step_sd, sqrt(2 * 0.0009 / (2 + 4)), 1e-15);
}

/* 3 % a year and a step of 0.06 up in the third year, whoever tells of it. */
static void what_all_who_tell_have_moved_by_is_the_slope(void **state)
{
    (void)state;
    double growth[N_YEARS];
    for (int year = 0; year < N_YEARS; year++) {
        growth[year] = exp(0.03 * year + (year >= 2 ? 0.06 : 0));
    }
    Past past;
    const SpDriftData data = past_init(&past, growth);
    leave_out_of(&past, 0, 0);
    leave_out_of(&past, 2, 4);
    const SpDriftSeen seen = sp_drift_seen(&data, 0.03);
    assert_near(seen.slope, 0.03 + 0.06 / 5, 1e-12);
    /* Changes of .03 four times and .09 once: squares around their mean .042 sum to .00288. */
    assert_near(seen.step_sd, sqrt((2 * 0.0009 + 0.00288) / (2 + 4)), 1e-12);
}

/* Nobody tells of the first year and of the last two, and of years without common kommuner no
 * change is seen. */
static void years_without_figures_are_gone_past(void **state)
{
    (void)state;
    Past past;
    const SpDriftData data = past_init(&past, still);
    for (gsize u = 0; u < N_PLACES; u++) {
        leave_out_of(&past, u, 0);
        leave_out_of(&past, u, 4);
        leave_out_of(&past, u, 5);
        leave_out_of(&past, u, u == 0 ? 1 : 3);
    }
    SpDriftSeen seen = sp_drift_seen(&data, 0.03);
    assert_int_equal(seen.lag, 2);
    assert_int_equal(seen.n_intervals, 0); /* 1 has the last two, 3 the first */
    assert_near(seen.slope, 0, 0);
    for (gsize i = 0; i < (gsize)N_PLACES * N_YEARS; i++) {
        past.is_seen[i] = FALSE;
    }
    seen = sp_drift_seen(&data, 0.03);
    assert_int_equal(seen.lag, 0);
    assert_near(seen.step_sd, 0.03, 0);
}

enum { MANY = 500, MANY_YEARS = 9 };

/* Kommuner whose figures of a small profession vary by a half of themselves, each for itself, while
 * the country stands still or moves by 0.1 up and down; and the covariance of two such figures
 * that are alike. */
static SpDriftSeen see_many(guint64 seed, double moves, double *alike)
{
    enum { N_CELLS = MANY * MANY_YEARS };
    g_autofree double *observed = g_new(double, N_CELLS);
    g_autofree double *driver = g_new(double, N_CELLS);
    g_autofree gboolean *is_seen = g_new(gboolean, N_CELLS);
    SpRandom random = sp_random_seed(seed);
    for (gsize i = 0; i < N_CELLS; i++) {
        double z = sqrt(12) * (sp_random_uniform(random, i) - 0.5);
        driver[i] = 10;
        observed[i] = 2 * (1 + 0.5 * z) * (i % MANY_YEARS % 2 == 0 ? exp(moves) : 1);
        is_seen[i] = TRUE;
    }
    const SpDriftData data = {.n_kommuner = MANY,
                              .n_years = MANY_YEARS,
                              .observed = observed,
                              .is_seen = is_seen,
                              .driver = driver};
    g_autoptr(SpDriftMoves) one = sp_drift_moves_new(&data);
    g_autoptr(SpDriftMoves) other = sp_drift_moves_new(&data);
    *alike = sp_drift_together(one, other, 1, 1);
    return sp_drift_seen(&data, 1e-9);
}

/* The country's change has a standard deviation of 0.5 sqrt(2 / 500) = 0.032 that is not its own.
 * Eight squared changes are seen beside two assumed ones; where chance makes fewer than are taken
 * away they are none, so that a little is left on the average. */
static void what_kommuner_change_by_each_for_itself_is_no_step(void **state)
{
    (void)state;
    enum { SEEDS = 40 };
    double all = 0.5 * sqrt(2.0 / MANY), at_rest = 0, moving = 0, slope = 0;
    double alike = 0, moved = 0, together = 0;
    for (guint64 seed = 1; seed <= SEEDS; seed++) {
        const SpDriftSeen none = see_many(seed, 0, &alike), some = see_many(seed, 0.1, &moved);
        together += alike / SEEDS;
        at_rest += none.step_sd * none.step_sd / SEEDS;
        moving += some.step_sd * some.step_sd / SEEDS;
        slope += (none.slope_variance - none.step_sd * none.step_sd / 8) / SEEDS;
    }
    assert_true(at_rest < 0.36 * all * all);
    /* The mean of a sum of squares less what is expected: 8 changes of variance all^2, 40 times. */
    assert_near(together, 0, 4 * all * all * sqrt(2.0 / 8 / SEEDS));
    assert_near(moving, 8 * 0.1 * 0.1 / 9, 0.001);
    assert_near(sqrt(slope), all / 8, 0.05 * all / 8);
}

/* The sum of products around the means. */
static double around(gsize n, const double a[], const double b[])
{
    double sum[2] = {0}, products = 0;
    for (gsize i = 0; i < n; i++) {
        sum[0] += a[i];
        sum[1] += b[i];
        products += a[i] * b[i];
    }
    return products - sum[0] * sum[1] / (double)n;
}

/* Users and årsverk of which the kommuner share all movement: covariance and both steps hold two
 * assumed years, in which the two move apart. Årsverk tell of no movement to the fifth year. */
static void movements_of_the_same_years_are_correlated(void **state)
{
    (void)state;
    static const double use[] = {0.02, -0.01, 0.03, 0.0, -0.02};
    static const double staff[] = {-0.01, 0.02, -0.03, 0.01, 0.04};
    double users[N_YEARS] = {1}, need[N_YEARS] = {1};
    for (gsize year = 1; year < N_YEARS; year++) {
        users[year] = users[year - 1] * exp(use[year - 1]);
        need[year] = need[year - 1] * exp(staff[year - 1]);
    }
    Past past[2];
    const SpDriftData of_users = past_init(&past[0], users), of_need = past_init(&past[1], need);
    g_autoptr(SpDriftMoves) one = sp_drift_moves_new(&of_users);
    g_autoptr(SpDriftMoves) all = sp_drift_moves_new(&of_need);
    double sds[2] = {sp_drift_seen(&of_users, 0.02).step_sd, sp_drift_seen(&of_need, 0.03).step_sd};
    assert_near(sds[0], sqrt((2 * 0.0004 + around(5, use, use)) / 6), 1e-12);
    assert_near(sp_drift_together(one, all, sds[0], sds[1]),
                around(5, use, staff) / 6 / (sds[0] * sds[1]), 1e-10);
    for (gsize u = 0; u < N_PLACES; u++) {
        leave_out_of(&past[1], u, 5);
    }
    g_autoptr(SpDriftMoves) early = sp_drift_moves_new(&of_need);
    assert_near(sp_drift_together(one, early, sds[0], sds[1]),
                around(4, use, staff) / 5 / (sds[0] * sds[1]), 1e-10);
    for (gsize u = 0; u < N_PLACES; u++) {
        leave_out_of(&past[1], u, 1);
        leave_out_of(&past[1], u, 3);
    }
    g_autoptr(SpDriftMoves) none = sp_drift_moves_new(&of_need);
    assert_near(sp_drift_together(one, none, sds[0], sds[1]), 0, 0);
}

/* What futures are drawn with: two years after a base that is two years after the newest figure,
 * half of a drift is left each year, so the slope has .125 + .0625 to go. */
static void variance_is_of_what_is_left_after_the_base(void **state)
{
    (void)state;
    const SpDrift drift = {.variance = 0.0004, .innovation = 0.0001, .damping = 0.5, .lag = 2};
    assert_near(sp_drift_variance(&drift, 2), 0.0004 * 0.1875 * 0.1875 + 2 * 0.0001, 1e-15);
    assert_near(sp_drift_variance(&drift, 0), 0, 0);
    /* Of the slopes that come 1 - .25 is new each year: the first's moves 1 and 1.5, the second's
       1. */
    const SpDrift renewed = {.slopes = 0.0004, .damping = 0.5, .lag = 2};
    assert_near(sp_drift_variance(&renewed, 2), 0.0004 * 0.75 * (1.5 * 1.5 + 1), 1e-15);
    const SpDrift for_ever = {.slopes = 0.0004, .damping = 1};
    assert_near(sp_drift_variance(&for_ever, 9), 0, 0);
}

/* A kommune of a tenth of the people, with half as many HFA to its SYK as the others, alone tells
 * of 2020. It is neither the country's level nor its movement: all is as if the row were not
 * there. */
static void a_year_that_one_tells_of_moves_no_share(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    g_autoptr(SpTables) thin = country(0.0);
    static const char *const figures[][3] = {{"omsorg", "SYK", "60"}, {"omsorg", "HFA", "20"}};
    SpTable *staff = sp_tables_find(thin, "stab");
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
        gsize row = sp_table_add_row(staff);
        sp_table_set_code(staff, row, 0, "1101");
        sp_table_set_code(staff, row, 1, figures[i][0]);
        sp_table_set_code(staff, row, 2, figures[i][1]);
        sp_table_set_code(staff, row, 3, "2020");
        sp_table_set_real(staff, row, 4, sp_real(fixture_number(figures[i][2])));
    }
    g_autoptr(SpDemandPaths) one = small_model(thin, NULL);
    g_autoptr(SpDemandPaths) other = small_model(in, NULL);
    for (gsize i = 0; i < one->n_areas * one->n_professions; i++) {
        assert_near(one->share_drift[i].variance, other->share_drift[i].variance, 1e-15);
        assert_near(one->share_drift[i].innovation, other->share_drift[i].innovation, 1e-15);
    }
    for (gsize area = 0; area < one->n_areas; area++) {
        assert_near(one->need_drift[area].mean, other->need_drift[area].mean, 1e-15);
        assert_near(one->need_drift[area].innovation, other->need_drift[area].innovation, 1e-15);
    }
}

/* HSY alone in health, since nobody counts nurses there: its share of the area is 1 on every
 * day. */
static void the_only_profession_of_an_area_has_no_share_to_move(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country(0.0);
    SpTable *staff = sp_tables_find(in, "stab");
    for (gsize row = 0; row < sp_table_n_rows(staff); row++) {
        if (strcmp(sp_table_code(staff, row, 1), "helse") == 0 &&
            strcmp(sp_table_code(staff, row, 2), "SYK") == 0) {
            sp_table_set_code(staff, row, 1, "annet");
        }
    }
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    gsize n_g = paths->n_professions, g = small_find(paths->professions, "HSY");
    gsize helse = small_find(paths->areas, "helse"), omsorg = small_find(paths->areas, "omsorg");
    const SpDrift *alone = &paths->share_drift[helse * n_g + g];
    assert_near(alone->variance, 0, 0);
    assert_near(alone->innovation, 0, 0);
    for (gsize u = 0; u < paths->n_kommuner; u++) {
        for (gsize t = 0; t < paths->n_days; t++) {
            gsize cell = ((u * paths->n_areas + helse) * n_g + g) * paths->n_days + t;
            assert_near(paths->share_sd[cell], 0, 0);
        }
    }
    gsize nurses = small_find(paths->professions, "SYK");
    assert_true(paths->share_drift[omsorg * n_g + nurses].innovation > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_reports_when_is_no_movement),
        cmocka_unit_test(what_all_who_tell_have_moved_by_is_the_slope),
        cmocka_unit_test(years_without_figures_are_gone_past),
        cmocka_unit_test(what_kommuner_change_by_each_for_itself_is_no_step),
        cmocka_unit_test(movements_of_the_same_years_are_correlated),
        cmocka_unit_test(variance_is_of_what_is_left_after_the_base),
        cmocka_unit_test(a_year_that_one_tells_of_moves_no_share),
        cmocka_unit_test(the_only_profession_of_an_area_has_no_share_to_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
