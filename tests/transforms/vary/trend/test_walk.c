/* The drift of a walk by hand, and alarms of short series without a trend. */
#include "tests/check.h"

#include "transforms/vary/trend/kendall.h"
#include "transforms/vary/trend/walk.h"

#include <gsl/gsl_randist.h>
#include <math.h>

enum { MOST_POINTS = 8, SERIES = 2000 };

/* Shares of series that are said to have a trend at 5 %. */
typedef struct {
    double kendall, walk;
    double both; /* the larger of the two, as table utvikling judges */
} Alarms;

static Alarms count_alarms(gsize n, gboolean wanders)
{
    Alarms alarms = {0.0, 0.0, 0.0};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 7);
    for (guint s = 0; s < SERIES; s++) {
        double time[MOST_POINTS];
        double y[MOST_POINTS];
        for (gsize i = 0; i < n; i++) {
            time[i] = (double)i;
            y[i] = gsl_ran_ugaussian(rng) + (wanders && i > 0 ? y[i - 1] : 0.0);
        }
        const double kendall = sp_trend_kendall(n, y).p.value;
        const double walk = sp_trend_walk(n, time, y).value;
        alarms.kendall += kendall <= 0.05 ? 1.0 / SERIES : 0.0;
        alarms.walk += walk <= 0.05 ? 1.0 / SERIES : 0.0;
        alarms.both += fmax(kendall, walk) <= 0.05 ? 1.0 / SERIES : 0.0;
    }
    gsl_rng_free(rng);
    print_message("%" G_GSIZE_FORMAT " points, %s, alarms at 5 %%: Mann-Kendall %.1f %%, walk "
                  "%.1f %%, both %.1f %%\n",
                  n, wanders ? "wandering" : "independent", 100.0 * alarms.kendall,
                  100.0 * alarms.walk, 100.0 * alarms.both);
    return alarms;
}

/* Three standard errors of a share of 5 in 2 000 series. */
static const double three_errors = 0.015;

static void check_alarms(gsize n, double least_to_mend)
{
    const Alarms independent = count_alarms(n, FALSE);
    const Alarms wandering = count_alarms(n, TRUE);
    assert_true(wandering.kendall > least_to_mend);
    assert_near(wandering.walk, 0.05, three_errors);
    assert_true(wandering.both <= 0.05 + three_errors);
    assert_true(independent.both <= 0.05 + three_errors);
}

static void short_series_that_wander_alarm_as_often_as_they_should(void **state)
{
    (void)state;
    check_alarms(5, 0.08);
    check_alarms(6, 0.15);
    check_alarms(8, 0.25);
}

/* Steps 2, 1, 2, 1 around 1.5: their variance is 4 (1/4) / 3, the drift's error the root of a
 * fourth of it; p by t on 3 degrees of freedom, in closed form. */
static void drift_is_held_against_the_steps(void **state)
{
    (void)state;
    const double time[] = {2015.0, 2016.0, 2017.0, 2018.0, 2019.0};
    const double y[] = {0.0, 2.0, 3.0, 5.0, 6.0};
    const double t = 1.5 / sqrt(1.0 / 3.0 / 4.0) / sqrt(3.0);
    const double p = 1.0 - M_2_PI * (atan(t) + t / (1.0 + t * t));
    assert_near(sp_trend_walk(5, time, y).value, p, 1e-12);
}

/* A year that is not told of is a step of two years: of variance two. */
static void steps_over_two_years_weigh_by_their_time(void **state)
{
    (void)state;
    const double time[] = {0.0, 1.0, 3.0};
    const double y[] = {0.0, 2.0, 3.0}; /* drift 1: left over are 1 in a year and -1 in two */
    const double t = 1.0 / sqrt((1.0 + 0.5) / 3.0);
    assert_near(sp_trend_walk(3, time, y).value, 1.0 - M_2_PI * atan(t), 1e-12);
}

static void a_straight_line_is_certain_and_equal_figures_are_not_judged(void **state)
{
    (void)state;
    const double time[] = {0.0, 1.0, 2.0};
    const double line[] = {1.0, 2.0, 3.0};
    const double equal[] = {2.0, 2.0, 2.0};
    assert_int_equal(sp_trend_walk(3, time, line).status, SP_ZERO);
    assert_int_equal(sp_trend_walk(3, time, equal).status, SP_MISSING);
    assert_int_equal(sp_trend_walk(2, time, line).status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_series_that_wander_alarm_as_often_as_they_should),
        cmocka_unit_test(drift_is_held_against_the_steps),
        cmocka_unit_test(steps_over_two_years_weigh_by_their_time),
        cmocka_unit_test(a_straight_line_is_certain_and_equal_figures_are_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
