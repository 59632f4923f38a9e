/* The headline measure on simulated truth: 357 areas of the sizes that kommuner have. */
#include "tests/transforms/vary/golden.h"
#include "tests/transforms/vary/sizes.h"

#include "transforms/vary/spread/headline.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

enum { KOMMUNER = SIZES_KOMMUNER, PASTS = 100 };

typedef struct {
    double bias;     /* of the mean of the estimates over the truth, relative */
    double coverage; /* share of the intervals that hold the truth */
} Judged;

/* `rate`: what an inhabitant contributes on average. */
static Judged judge(double truth, double rate, gboolean is_share, unsigned long seed)
{
    double size[KOMMUNER];
    double expected[KOMMUNER];
    double observed[KOMMUNER];
    double sum = 0.0;
    int n_held = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, seed);
    kommune_sizes(size);
    for (int past = 0; past < PASTS; past++) {
        for (int i = 0; i < KOMMUNER; i++) {
            const double effect = gsl_ran_gaussian(rng, truth);
            size[i] = round(size[i]);
            expected[i] = rate * size[i];
            observed[i] =
                is_share ? gsl_ran_binomial(rng, 1.0 / (1.0 + (1.0 / rate - 1.0) * exp(-effect)),
                                            (unsigned)size[i])
                         : gsl_ran_poisson(rng, expected[i] * exp(effect));
        }
        const SpHeadline headline =
            sp_headline(&(SpHeadlineAreas){KOMMUNER, observed, expected, is_share ? size : NULL});
        assert_int_equal(headline.fit, SP_FIT_GOOD);
        sum += headline.sd.value / truth / PASTS;
        n_held += headline.sd_low.value <= truth && truth <= headline.sd_high.value ? 1 : 0;
    }
    gsl_rng_free(rng);
    print_message("sd %.2f, %.0f per 1 000, %s: bias %+.2f %%, intervals hold it in %.1f %%\n",
                  truth, 1000.0 * rate, is_share ? "shares" : "counts", 100.0 * (sum - 1.0),
                  100.0 * n_held / PASTS);
    return (Judged){sum - 1.0, (double)n_held / PASTS};
}

static void check(double truth, double rate, gboolean is_share, unsigned long seed)
{
    const Judged judged = judge(truth, rate, is_share, seed);
    assert_near(judged.bias, 0.0, 0.03);
    assert_near(judged.coverage, 0.95, 0.065); /* three standard errors of 100 pasts */
}

static void bias_is_below_three_per_cent_for_counts(void **state)
{
    (void)state;
    check(0.1, 0.01, FALSE, 1);
    check(0.2, 0.01, FALSE, 2);
    check(0.4, 0.002, FALSE, 3);
    check(0.8, 0.002, FALSE, 4);
}

static void bias_is_below_three_per_cent_for_shares(void **state)
{
    (void)state;
    check(0.2, 0.3, TRUE, 5);
    check(0.5, 0.02, TRUE, 6);
}

/* sqrt(2) times 0.6745 = 0.95387 per unit of sd: Larsen & Merlo's constant. */
static void median_ratio_follows_from_the_sd(void **state)
{
    (void)state;
    const double observed[] = {2.0, 9.0, 5.0, 31.0, 4.0, 14.0, 1.0, 22.0, 40.0, 3.0};
    const double expected[] = {10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0};
    const SpHeadline headline = sp_headline(&(SpHeadlineAreas){10, observed, expected, NULL});
    assert_near(log(headline.median_ratio.value) / headline.sd.value, 0.953872552, 1e-8);
    assert_true(headline.median_ratio_low.value < headline.median_ratio.value);
    assert_true(headline.median_ratio_high.value > headline.median_ratio.value);
}

static void areas_that_differ_by_chance_alone_have_a_ratio_of_one(void **state)
{
    (void)state;
    const double observed[] = {9.0, 10.0, 11.0, 10.0, 0.0};
    const double expected[] = {10.0, 10.0, 10.0, 10.0, 0.0};
    const SpHeadline headline = sp_headline(&(SpHeadlineAreas){5, observed, expected, NULL});
    assert_int_equal(headline.fit, SP_FIT_GOOD);
    assert_int_equal(headline.n_used, 4);
    assert_int_equal(headline.sd.status, SP_ZERO);
    assert_int_equal(headline.sd_low.status, SP_ZERO);
    assert_near(headline.median_ratio.value, 1.0, 0.0);
    assert_true(headline.median_ratio_high.value > 1.0);
}

static void what_cannot_be_told_is_missing_with_a_reason(void **state)
{
    (void)state;
    const double none[] = {0.0, 0.0, 0.0};
    const double some[] = {5.0, 5.0, 5.0};
    const SpHeadline empty = sp_headline(&(SpHeadlineAreas){3, none, some, NULL});
    const SpHeadline alone = sp_headline(&(SpHeadlineAreas){1, some, some, NULL});
    const SpHeadline nowhere = sp_headline(&(SpHeadlineAreas){3, some, some, some});
    assert_int_equal(empty.fit, SP_FIT_ALL_ZERO);
    assert_int_equal(empty.sd.status, SP_MISSING);
    assert_int_equal(alone.fit, SP_FIT_TOO_FEW);
    assert_int_equal(alone.median_ratio.status, SP_MISSING);
    assert_int_equal(nowhere.fit, SP_FIT_TOO_FEW);
    assert_int_equal(nowhere.n_used, 0);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bias_is_below_three_per_cent_for_counts),
        cmocka_unit_test(bias_is_below_three_per_cent_for_shares),
        cmocka_unit_test(median_ratio_follows_from_the_sd),
        cmocka_unit_test(areas_that_differ_by_chance_alone_have_a_ratio_of_one),
        cmocka_unit_test(what_cannot_be_told_is_missing_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
