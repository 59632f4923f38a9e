/* The funnel on simulated truth: how many alarms there are when nothing is the matter, and when
 * some stand out. Draws are seeded; the bars are nominal plus or minus
 * a fifth. */
#include "tests/check.h"

#include "transforms/vary/funnel/discovery.h"
#include "transforms/vary/funnel/mid_p.h"

#include <gsl/gsl_randist.h>

enum { N_AREAS = 357, N_ROUNDS = 400, N_STANDING_OUT = (N_AREAS + 9) / 10 };

/* Expected counts as kommuner have them: from `least` up to 400 times as many, evenly on a log
 * scale. */
static double size_of(gsize area, double least, double times)
{
    return least * pow(times, (double)area / (N_AREAS - 1));
}

typedef struct {
    double at_95;
    double at_998;
} Alarms;

static Alarms poisson_alarms(double least, double times)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    Alarms alarms = {0};
    for (gsize i = 0; i < (gsize)N_ROUNDS * N_AREAS; i++) {
        const double expected = size_of(i % N_AREAS, least, times);
        const SpTails tails = sp_mid_p_poisson(gsl_ran_poisson(rng, expected), expected);
        const double p = sp_mid_p_both(&tails).value;
        alarms.at_95 += p < 0.05;
        alarms.at_998 += p < 0.002;
    }
    gsl_rng_free(rng);
    alarms.at_95 /= (double)N_ROUNDS * N_AREAS;
    alarms.at_998 /= (double)N_ROUNDS * N_AREAS;
    return alarms;
}

static void kommuner_of_every_size_alarm_as_often_as_the_limits_say(void **state)
{
    (void)state;
    const Alarms alarms = poisson_alarms(3.0, 400.0);
    assert_near(alarms.at_95, 0.05, 0.01);
    assert_near(alarms.at_998, 0.002, 0.0004);
}

static void small_counts_do_too(void **state)
{
    (void)state;
    assert_near(poisson_alarms(2.0, 5.0).at_95, 0.05, 0.01);
}

/* 30 to 12 000 persons, of whom 28 % have the property. */
static void shares_do_too(void **state)
{
    (void)state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double alarms = 0.0;
    for (gsize i = 0; i < (gsize)N_ROUNDS * N_AREAS; i++) {
        const guint32 persons = (guint32)size_of(i % N_AREAS, 30.0, 400.0);
        const SpTails tails =
            sp_mid_p_binomial(gsl_ran_binomial(rng, 0.28, persons), persons, 0.28);
        alarms += sp_mid_p_both(&tails).value < 0.05;
    }
    gsl_rng_free(rng);
    assert_near(alarms / ((double)N_ROUNDS * N_AREAS), 0.05, 0.01);
}

/* ---- some stand out ---- */

/* One in ten has half as many again as expected. */
static void false_alarms_are_no_larger_a_share_than_promised(void **state)
{
    (void)state;
    static SpReal p[N_AREAS];
    static SpReal q[N_AREAS];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double share = 0.0;
    double found = 0.0;
    for (gsize round = 0; round < N_ROUNDS; round++) {
        double n_false = 0.0;
        double n_true = 0.0;
        for (gsize i = 0; i < N_AREAS; i++) {
            const double expected = size_of(i, 10.0, 400.0);
            const double true_ratio = i % 10 == 0 ? 1.5 : 1.0;
            const SpTails tails =
                sp_mid_p_poisson(gsl_ran_poisson(rng, expected * true_ratio), expected);
            p[i] = sp_mid_p_both(&tails);
        }
        sp_discovery(N_AREAS, p, q);
        for (gsize i = 0; i < N_AREAS; i++) {
            n_false += q[i].value <= 0.05 && i % 10 != 0;
            n_true += q[i].value <= 0.05 && i % 10 == 0;
        }
        share += n_false / MAX(1.0, n_false + n_true);
        found += n_true / N_STANDING_OUT;
    }
    gsl_rng_free(rng);
    assert_true(share / N_ROUNDS < 0.055);
    assert_true(found / N_ROUNDS > 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kommuner_of_every_size_alarm_as_often_as_the_limits_say),
        cmocka_unit_test(small_counts_do_too),
        cmocka_unit_test(shares_do_too),
        cmocka_unit_test(false_alarms_are_no_larger_a_share_than_promised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
