/* The block bootstrap of a trend on series without one, whose neighbours are alike. */
#include "tests/check.h"

#include "transforms/vary/trend/blocks.h"
#include "transforms/vary/trend/kendall.h"

#include <gsl/gsl_randist.h>

enum { POINTS = 20, POOLED = 4, SERIES = 400, REPLICATES = 200 };

typedef struct {
    double kendall, blocks,
        apart; /* shares of series that are said to have a trend at 5 %; apart: Mann-Kendall over
                                      every fourth point */
} Alarms;

/* Series of one kind after another, none with a trend. */
static Alarms count_alarms(void (*make)(gsl_rng *rng, double y[POINTS]), gsize length)
{
    Alarms alarms = {0.0, 0.0, 0.0};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 3);
    for (guint s = 0; s < SERIES; s++) {
        double y[POINTS];
        double apart[POINTS / POOLED];
        make(rng, y);
        for (gsize i = 0; i < POINTS / POOLED; i++) {
            apart[i] = y[i * POOLED];
        }
        const SpReal p = sp_trend_blocks(POINTS, y, length,
                                         sp_random_numbered(sp_random_seed(1), s), REPLICATES);
        alarms.kendall += sp_trend_kendall(POINTS, y).p.value < 0.05 ? 1.0 / SERIES : 0.0;
        alarms.apart +=
            sp_trend_kendall(POINTS / POOLED, apart).p.value < 0.05 ? 1.0 / SERIES : 0.0;
        alarms.blocks += p.value < 0.05 ? 1.0 / SERIES : 0.0;
    }
    gsl_rng_free(rng);
    print_message(
        "alarms at 5 %%: Mann-Kendall %.1f %%, blocks %.1f %%, every fourth point %.1f %%\n",
        100.0 * alarms.kendall, 100.0 * alarms.blocks, 100.0 * alarms.apart);
    return alarms;
}

/* Each year holds half of the last year's deviation. */
static void make_following(gsl_rng *rng, double y[POINTS])
{
    double deviation = gsl_ran_gaussian(rng, 1.0);
    for (int i = 0; i < POINTS; i++) {
        deviation = 0.5 * deviation + gsl_ran_gaussian(rng, sqrt(0.75));
        y[i] = 50.0 + deviation;
    }
}

/* Means of four years, one beginning each year. */
static void make_pooled(gsl_rng *rng, double y[POINTS])
{
    double year[POINTS + POOLED];
    for (int i = 0; i < POINTS + POOLED; i++) {
        year[i] = gsl_ran_gaussian(rng, 1.0);
    }
    for (int i = 0; i < POINTS; i++) {
        y[i] = (year[i] + year[i + 1] + year[i + 2] + year[i + 3]) / POOLED;
    }
}

static void make_independent(gsl_rng *rng, double y[POINTS])
{
    for (int i = 0; i < POINTS; i++) {
        y[i] = gsl_ran_gaussian(rng, 1.0);
    }
}

static void years_that_follow_each_other_alarm_less_by_blocks(void **state)
{
    (void)state;
    const Alarms alarms = count_alarms(make_following, 0);
    assert_true(alarms.kendall > 0.15); /* or there would be nothing to mend */
    assert_true(alarms.blocks < 0.75 * alarms.kendall);
}

/* Blocks mend part of it; only points that share no year have the alarms they claim (of five
 * points, 2 in 120). */
static void means_that_share_years_alarm_less_by_blocks_and_rightly_when_apart(void **state)
{
    (void)state;
    const Alarms alarms = count_alarms(make_pooled, (gsize)2 * POOLED);
    assert_true(alarms.kendall > 0.25);
    assert_true(alarms.blocks < 0.75 * alarms.kendall);
    assert_near(alarms.apart, 2.0 / 120.0, 0.02);
}

static void independent_years_alarm_as_often_as_they_should(void **state)
{
    (void)state;
    const Alarms alarms = count_alarms(make_independent, 1);
    assert_near(alarms.blocks, 0.05, 0.033); /* three standard errors of 400 series */
}

static void a_clear_trend_is_found(void **state)
{
    (void)state;
    double y[POINTS];
    for (int i = 0; i < POINTS; i++) {
        y[i] = 2.0 * i + (i % 3);
    }
    assert_true(sp_trend_blocks(POINTS, y, 0, sp_random_seed(1), 999).value < 0.01);
}

/* One block is the series turned round. Of the twelve turns of 1 2 ... 12, by r places, S is
 * 66 - 2 r (12 - r): one has |S| = 66. */
static void a_block_keeps_its_points_together(void **state)
{
    (void)state;
    const double y[] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0};
    const SpReal p = sp_trend_blocks(12, y, 12, sp_random_seed(1), 9999);
    assert_near(p.value, 1.0 / 12.0, 0.0084); /* three standard errors */
}

static void equal_figures_and_a_short_series_are_not_judged(void **state)
{
    (void)state;
    const double equal[12] = {0.0};
    const double y[] = {1.0, 0.0, 3.0, 2.0, 5.0, 4.0, 7.0, 6.0, 9.0, 8.0, 11.0, 10.0};
    assert_int_equal(sp_trend_blocks(12, equal, 0, sp_random_seed(1), 100).status, SP_MISSING);
    assert_int_equal(sp_trend_blocks(6, y, 0, sp_random_seed(1), 100).status, SP_MISSING);
    assert_int_equal(sp_trend_blocks(11, y, 0, sp_random_seed(1), 100).status, SP_MISSING);
    assert_int_equal(sp_trend_blocks(12, y, 0, sp_random_seed(1), 100).status, SP_PRESENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_that_follow_each_other_alarm_less_by_blocks),
        cmocka_unit_test(means_that_share_years_alarm_less_by_blocks_and_rightly_when_apart),
        cmocka_unit_test(independent_years_alarm_as_often_as_they_should),
        cmocka_unit_test(a_clear_trend_is_found),
        cmocka_unit_test(a_block_keeps_its_points_together),
        cmocka_unit_test(equal_figures_and_a_short_series_are_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
