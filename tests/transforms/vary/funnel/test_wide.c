/* The law that holds the true differences, against sums over a fine grid of effects; and its tails
 * where chance alone is left. */
#include "tests/check.h"

#include "transforms/vary/funnel/wide.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

enum { STEPS = 4000 };

/* P(fewer) + P(as many) / 2, the law written out. */
static double lower_by_sum(const SpWide *law, guint count)
{
    double sum = 0.0;
    double weights = 0.0;
    for (int i = 0; i <= STEPS; i++) {
        const double v = -9.0 + 18.0 * i / STEPS;
        const double weight = exp(-v * v / 2.0);
        const double odds = exp(law->middle + law->sd * v);
        const double share = odds / (1.0 + odds);
        const double up_to = law->n > 0.0 ? gsl_cdf_binomial_P(count, share, (guint)law->n)
                                          : gsl_cdf_poisson_P(count, odds);
        const double at = law->n > 0.0 ? gsl_ran_binomial_pdf(count, share, (guint)law->n)
                                       : gsl_ran_poisson_pdf(count, odds);
        sum += weight * (up_to - at / 2.0);
        weights += weight;
    }
    return sum / weights;
}

static void check_tails(SpWide law, guint count)
{
    const SpTails tails = sp_wide_tails(&law, count);
    const double wanted = lower_by_sum(&law, count);
    assert_near(tails.lower.value, wanted, 1e-6 * wanted + 1e-12);
    assert_near(tails.lower.value + tails.upper.value, 1.0, 1e-12);
}

static void tails_of_counts_are_those_of_poisson_around_normal_effects(void **state)
{
    (void)state;
    check_tails((SpWide){.middle = log(0.5), .sd = 0.3}, 0);
    check_tails((SpWide){.middle = log(0.5), .sd = 0.3}, 3);
    check_tails((SpWide){.middle = log(7.0), .sd = 0.2}, 0);
    check_tails((SpWide){.middle = log(7.0), .sd = 0.2}, 15);
    check_tails((SpWide){.middle = log(400.0), .sd = 0.1}, 290);
    check_tails((SpWide){.middle = log(400.0), .sd = 1.0}, 60);
}

static void tails_of_parts_are_those_of_the_binomial_around_normal_log_odds(void **state)
{
    (void)state;
    check_tails((SpWide){.middle = log(3.0), .sd = 0.3, .n = 2.0}, 0);
    check_tails((SpWide){.middle = log(3.0), .sd = 0.3, .n = 2.0}, 2);
    check_tails((SpWide){.middle = log(0.25), .sd = 0.2, .n = 30.0}, 12);
    check_tails((SpWide){.middle = log(19.0), .sd = 0.4, .n = 1000.0}, 900);
}

static void without_effects_the_tails_are_nearly_those_of_chance(void **state)
{
    (void)state;
    static const double counts[] = {9.0, 14.0, 20.0, 31.0};
    const SpWide law = {.middle = log(20.0)};
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        const SpTails plain = sp_mid_p_poisson(counts[i], 20.0);
        const double off = fabs(sp_wide_tails(&law, counts[i]).lower.value - plain.lower.value);
        assert_true(off <= 0.06 * fmin(plain.lower.value, plain.upper.value));
    }
}

static void limit_is_the_count_with_that_tail(void **state)
{
    (void)state;
    static const SpWide laws[] = {{.middle = 2.0, .sd = 0.2},
                                  {.middle = 6.0, .sd = 0.5},
                                  {.middle = 1.5, .sd = 0.3, .n = 50.0},
                                  {.middle = -1.0, .sd = 0.1, .n = 3000.0}};
    static const double tails[] = {0.001, 0.025, 0.975, 0.999};
    for (gsize i = 0; i < G_N_ELEMENTS(laws); i++) {
        for (gsize k = 0; k < G_N_ELEMENTS(tails); k++) {
            const double limit = sp_wide_limit(&laws[i], tails[k]).value;
            const double tail = sp_wide_tails(&laws[i], limit).lower.value;
            assert_near(gsl_cdf_ugaussian_Pinv(tail), gsl_cdf_ugaussian_Pinv(tails[k]), 1e-3);
        }
    }
}

/* Of hard laws too: nobody or millions expected, kommuner alike or a thousandfold apart, parts that
 * are nearly nobody or nearly all. */
static void check_limit(const SpWide *law, double tail)
{
    const SpReal limit = sp_wide_limit(law, tail);
    assert_true(sp_real_is_number(limit));
    const SpTails at = sp_wide_tails(law, limit.value);
    if (limit.value <= 0.0) {
        assert_true(at.lower.value >= tail);
    } else if (law->n > 0.0 && limit.value >= law->n) {
        assert_true(at.lower.value <= tail);
    } else if (tail < 0.5) {
        assert_near(gsl_cdf_ugaussian_Pinv(at.lower.value), gsl_cdf_ugaussian_Pinv(tail), 1e-4);
    } else {
        assert_near(gsl_cdf_ugaussian_Qinv(at.upper.value), gsl_cdf_ugaussian_Pinv(tail), 1e-4);
    }
}

static void limit_settles_however_hard_the_law_is(void **state)
{
    (void)state;
    static const double spreads[] = {0.0, 1e-6, 0.01, 0.1, 0.3, 1.0, 2.0, 3.0};
    static const double middles[] = {1e-6, 1e-3, 0.05, 0.3, 0.7, 1.0,
                                     2.0,  5.0,  30.0, 1e3, 1e5, 1e6};
    static const double shares[] = {1e-6, 1e-3, 0.02, 0.3, 0.5, 0.9, 0.98, 0.999, 1.0 - 1e-6};
    static const double wholes[] = {2.0, 2.5, 3.0, 7.4, 40.0, 1e3, 1e5, 5e6};
    static const double tails[] = {1e-4, 0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999, 1.0 - 1e-4};
    for (gsize s = 0; s < G_N_ELEMENTS(spreads); s++) {
        for (gsize t = 0; t < G_N_ELEMENTS(tails); t++) {
            for (gsize m = 0; m < G_N_ELEMENTS(middles); m++) {
                check_limit(&(SpWide){.middle = log(middles[m]), .sd = spreads[s]}, tails[t]);
            }
            for (gsize k = 0; k < G_N_ELEMENTS(shares) * G_N_ELEMENTS(wholes); k++) {
                const double share = shares[k % G_N_ELEMENTS(shares)];
                check_limit(&(SpWide){.middle = log(share / (1.0 - share)),
                                      .sd = spreads[s],
                                      .n = wholes[k / G_N_ELEMENTS(shares)]},
                            tails[t]);
            }
        }
    }
}

/* exp(-2) / 2 is above 0.025: nobody is no alarm where two are expected. */
static void limits_end_where_nobody_or_all_are_no_alarm(void **state)
{
    (void)state;
    const SpWide few = {.middle = log(2.0), .sd = 0.1};
    const SpWide most = {.middle = log(19.0), .sd = 0.1, .n = 20.0};
    assert_int_equal(sp_wide_limit(&few, 0.025).status, SP_ZERO);
    assert_near(sp_wide_limit(&most, 0.975).value, 20.0, 0.0);
    assert_true(sp_wide_limit(&few, 0.2).value > 0.0 && sp_wide_limit(&few, 0.2).value < 1.0);
}

static void what_is_no_law_or_no_count_of_it_has_no_tail(void **state)
{
    (void)state;
    const SpWide none = {.middle = (double)NAN, .sd = 0.1};
    const SpWide alone = {.middle = 0.0, .sd = 0.1, .n = 1.0};
    const SpWide some = {.middle = 0.0, .sd = 0.1, .n = 10.0};
    assert_int_equal(sp_wide_tails(&none, 1.0).lower.status, SP_MISSING);
    assert_int_equal(sp_wide_limit(&none, 0.5).status, SP_MISSING);
    assert_int_equal(sp_wide_tails(&alone, 1.0).upper.status, SP_MISSING);
    assert_int_equal(sp_wide_tails(&some, 11.0).lower.status, SP_MISSING);
    assert_int_equal(sp_wide_tails(&some, -1.0).lower.status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_of_counts_are_those_of_poisson_around_normal_effects),
        cmocka_unit_test(tails_of_parts_are_those_of_the_binomial_around_normal_log_odds),
        cmocka_unit_test(without_effects_the_tails_are_nearly_those_of_chance),
        cmocka_unit_test(limit_is_the_count_with_that_tail),
        cmocka_unit_test(limit_settles_however_hard_the_law_is),
        cmocka_unit_test(limits_end_where_nobody_or_all_are_no_alarm),
        cmocka_unit_test(what_is_no_law_or_no_count_of_it_has_no_tail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
