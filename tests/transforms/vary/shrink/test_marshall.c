/* Marshall's empirical Bayes: golden sets 05 (parameters) and 06 (areas), and degenerate cases. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/shrink/marshall.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

static void lip_cancer_areas_agree_with_spdep(void **state)
{
    (void)state;
    g_auto(GoldenLip) lip = golden_lip();
    SpReal shrunk[GOLDEN_AREAS];
    g_autoptr(GPtrArray) areas = golden_read(lip.folder, "06_empirical_bayes/expected.csv");
    assert_int_equal(areas->len, GOLDEN_AREAS + 1);

    const SpMarshall marshall =
        sp_shrink_marshall(GOLDEN_AREAS, lip.observed, lip.expected, lip.expected, shrunk);
    assert_golden(marshall.a, golden_stat(lip.stats, "marshall_a_var"), 1e-8);
    assert_golden(marshall.b, golden_stat(lip.stats, "marshall_b"), 1e-8);
    for (guint i = 0; i < GOLDEN_AREAS; i++) {
        assert_golden(shrunk[i], golden_text(areas, i + 1, 4), 1e-8);
    }
}

/* Between-area variance of golden/05's edge_expected.csv: one area, two with a zero, all equal. */
static void edge_cases_agree_with_spdep(void **state)
{
    (void)state;
    SpReal shrunk[3];
    const double one_o[] = {5.0};
    const double one_e[] = {4.2};
    const double two_o[] = {0.0, 3.0};
    const double two_e[] = {1.5, 1.5};
    const double equal[] = {10.0, 20.0, 30.0};
    assert_int_equal(sp_shrink_marshall(1, one_o, one_e, one_e, shrunk).a.status, SP_ZERO);
    assert_near(shrunk[0].value, 5.0 / 4.2, 1e-15);
    assert_near(sp_shrink_marshall(2, two_o, two_e, two_e, shrunk).a.value, 1.0 / 3.0, 1e-15);
    assert_int_equal(sp_shrink_marshall(3, equal, equal, equal, shrunk).a.status, SP_ZERO);
    assert_near(shrunk[2].value, 1.0, 1e-15);
}

static void less_variation_than_chance_draws_every_area_to_the_common_ratio(void **state)
{
    (void)state;
    const double observed[] = {9.0, 11.0};
    const double expected[] = {10.0, 10.0};
    SpReal shrunk[2];
    const SpMarshall marshall = sp_shrink_marshall(2, observed, expected, expected, shrunk);
    assert_int_equal(marshall.a.status, SP_ZERO);
    assert_near(shrunk[0].value, 1.0, 0.0);
    assert_near(shrunk[1].value, 1.0, 0.0);
}

static void nobody_anywhere_gives_zero_not_a_nan(void **state)
{
    (void)state;
    const double observed[] = {0.0, 0.0};
    const double expected[] = {3.0, 4.0};
    SpReal shrunk[2];
    const SpMarshall marshall = sp_shrink_marshall(2, observed, expected, expected, shrunk);
    assert_int_equal(marshall.b.status, SP_ZERO);
    assert_int_equal(shrunk[0].status, SP_ZERO);
    assert_int_equal(shrunk[1].status, SP_ZERO);
}

static void area_without_expected_is_missing_and_moves_nobody(void **state)
{
    (void)state;
    const double observed[] = {30.0, 7.0, 5.0};
    const double expected[] = {10.0, 0.0, 10.0};
    const double observed_alone[] = {30.0, 5.0};
    const double expected_alone[] = {10.0, 10.0};
    SpReal shrunk[3];
    SpReal alone[2];
    sp_shrink_marshall(3, observed, expected, expected, shrunk);
    sp_shrink_marshall(2, observed_alone, expected_alone, expected_alone, alone);
    assert_int_equal(shrunk[1].status, SP_MISSING);
    assert_near(shrunk[0].value, alone[0].value, 0.0);
    assert_near(shrunk[2].value, alone[1].value, 0.0);
}

static void no_areas_have_no_parameters(void **state)
{
    (void)state;
    const SpMarshall marshall = sp_shrink_marshall(0, NULL, NULL, NULL, NULL);
    assert_int_equal(marshall.a.status, SP_MISSING);
    assert_int_equal(marshall.b.status, SP_MISSING);
}

/* 20 of 50 and 25 of 100 persons against 30 %: the ratios spread by 25/450, chance gives 14/450 (it
 * would be 20/450 if they were Poisson counts). */
static void shares_are_drawn_by_their_binomial_variance(void **state)
{
    (void)state;
    const double observed[] = {20.0, 25.0};
    const double expected[] = {15.0, 30.0};
    const double binomial[] = {10.5, 21.0};
    SpReal shrunk[2];
    const SpMarshall marshall = sp_shrink_marshall(2, observed, expected, binomial, shrunk);
    assert_near(marshall.a.value, 11.0 / 450.0, 1e-15);
    assert_near(marshall.b.value, 1.0, 0.0);
    assert_near(shrunk[0].value, 1.0 + 11.0 / 96.0, 1e-14);
    assert_near(shrunk[1].value, 1.0 - 11.0 / 129.0, 1e-14);
}

static void area_that_chance_cannot_move_keeps_its_own_ratio(void **state)
{
    (void)state;
    const double observed[] = {20.0, 25.0};
    const double expected[] = {15.0, 30.0};
    const double variance[] = {0.0, 1.0};
    SpReal shrunk[2];
    sp_shrink_marshall(2, observed, expected, variance, shrunk);
    assert_near(shrunk[0].value, 20.0 / 15.0, 1e-15);
}

enum { AREAS = 357, PASTS = 100 };

/* Areas of whom the middle one expects `middle`, true ratios normal on the scale of the logarithm.
 * The share of the limits that hold them. */
static double held(double middle, double sd, gboolean is_share, unsigned long seed)
{
    static double observed[AREAS], expected[AREAS], variance[AREAS], truth[AREAS];
    static SpReal shrunk[AREAS], reach[AREAS];
    const SpCounts counts = {AREAS, observed, expected, variance};
    gsize n_held = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, seed);
    for (int past = 0; past < PASTS; past++) {
        for (gsize i = 0; i < AREAS; i++) {
            expected[i] = middle * exp(gsl_cdf_ugaussian_Pinv(((double)i + 0.5) / AREAS));
            const double whole = round(4.0 * expected[i]);
            const double odds = exp(gsl_ran_gaussian(rng, sd)) / 3.0;
            expected[i] = is_share ? whole / 4.0 : expected[i];
            variance[i] = is_share ? expected[i] * 0.75 : expected[i];
            truth[i] = is_share ? 4.0 * odds / (1.0 + odds) : 3.0 * odds;
            observed[i] = is_share ? gsl_ran_binomial(rng, odds / (1.0 + odds), (guint)whole)
                                   : gsl_ran_poisson(rng, expected[i] * truth[i]);
        }
        const SpMarshall marshall = sp_shrink_marshall(AREAS, observed, expected, variance, shrunk);
        sp_shrink_marshall_reach(&marshall, &counts, reach);
        for (gsize i = 0; i < AREAS; i++) {
            n_held += fabs(truth[i] - shrunk[i].value) <= reach[i].value ? 1 : 0;
        }
    }
    gsl_rng_free(rng);
    const double share = (double)n_held / AREAS / PASTS;
    print_message("%s, %.0f expected in the middle, sd %.2f: limits hold %.1f %%\n",
                  is_share ? "shares" : "counts", middle, sd, 100.0 * share);
    return share;
}

/* Also where the variance between areas is hardly seen behind chance: there limits that take it as
 * known hold 88 of 100. */
static void limits_hold_the_true_ratio_where_few_are_expected(void **state)
{
    (void)state;
    static const double middles[] = {1.0, 2.0, 4.0, 10.0};
    static const double spreads[] = {0.2, 0.3, 0.5, 0.8};
    static const double least = 0.915, most = 0.99;
    for (gsize m = 0; m < G_N_ELEMENTS(middles); m++) {
        for (gsize s = 0; s < G_N_ELEMENTS(spreads); s++) {
            const double counts = held(middles[m], spreads[s], FALSE, 1 + 10 * m + s);
            const double shares = held(middles[m] + 1.0, spreads[s], TRUE, 2 + 10 * m + s);
            assert_true(counts > least && counts < most);
            assert_true(shares > least && shares < most);
        }
    }
}

/* Of areas that are alike the limits are wide rather than none: they may differ by a little. */
static void limits_of_areas_that_hardly_differ_hold_more(void **state)
{
    (void)state;
    assert_true(held(4.0, 0.05, FALSE, 3) > 0.95);
    assert_true(held(100.0, 0.0, FALSE, 4) > 0.95);
}

/* By hand: b = 1, c = 1/10 each, spread 0.09 of all, so a = 0, its error is 0.1 and b's sqrt(1/20);
 * the variance is taken as the mean of a normal number of a's error above 0, 0.1 sqrt(2 / pi). */
static void reach_is_by_what_is_left_and_by_what_is_not_known_of_it(void **state)
{
    (void)state;
    const double observed[] = {13.0, 7.0};
    const double expected[] = {10.0, 10.0};
    const SpCounts counts = {2, observed, expected, expected};
    SpReal shrunk[2], reach[2];
    const SpMarshall marshall = sp_shrink_marshall(2, observed, expected, expected, shrunk);
    sp_shrink_marshall_reach(&marshall, &counts, reach);
    const double a = 0.1 * sqrt(2.0 / G_PI);
    const double drawn = 0.1 / (a + 0.1);
    const double by_a = 0.1 * drawn * 0.3 / (a + 0.1);
    assert_int_equal(marshall.a.status, SP_ZERO);
    assert_near(reach[0].value,
                1.959963984540054 * sqrt(a * drawn + by_a * by_a + drawn * drawn / 20.0), 1e-14);
    assert_near(reach[1].value, reach[0].value, 1e-14);
}

static void nobody_anywhere_has_no_reach(void **state)
{
    (void)state;
    const double observed[] = {0.0, 0.0};
    const double expected[] = {3.0, 0.0};
    const SpCounts counts = {2, observed, expected, expected};
    SpReal shrunk[2], reach[2];
    const SpMarshall marshall = sp_shrink_marshall(2, observed, expected, expected, shrunk);
    sp_shrink_marshall_reach(&marshall, &counts, reach);
    assert_int_equal(reach[0].status, SP_MISSING);
    assert_int_equal(reach[1].status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lip_cancer_areas_agree_with_spdep),
        cmocka_unit_test(edge_cases_agree_with_spdep),
        cmocka_unit_test(less_variation_than_chance_draws_every_area_to_the_common_ratio),
        cmocka_unit_test(nobody_anywhere_gives_zero_not_a_nan),
        cmocka_unit_test(area_without_expected_is_missing_and_moves_nobody),
        cmocka_unit_test(no_areas_have_no_parameters),
        cmocka_unit_test(shares_are_drawn_by_their_binomial_variance),
        cmocka_unit_test(area_that_chance_cannot_move_keeps_its_own_ratio),
        cmocka_unit_test(limits_hold_the_true_ratio_where_few_are_expected),
        cmocka_unit_test(limits_of_areas_that_hardly_differ_hold_more),
        cmocka_unit_test(reach_is_by_what_is_left_and_by_what_is_not_known_of_it),
        cmocka_unit_test(nobody_anywhere_has_no_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
