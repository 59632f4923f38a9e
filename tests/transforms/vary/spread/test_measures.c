/* Measures of variation: the Scottish lip cancer areas (golden set 05), its edge cases, and cases
 * of our own. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/spread/measures.h"

#define TOLERANCE 1e-8

static void ratios(const double observed[], const double expected[], gsize n, double ratio[])
{
    for (gsize i = 0; i < n; i++) {
        ratio[i] = observed[i] / expected[i];
    }
}

static void lip_cancer_quotients_and_coefficients_agree_with_r(void **state)
{
    (void)state;
    g_auto(GoldenLip) lip = golden_lip();

    assert_golden(sp_measure_quotient(GOLDEN_AREAS, lip.ratio, 1),
                  golden_stat(lip.stats, "eq_max_min"), TOLERANCE);
    assert_golden(sp_measure_quotient(GOLDEN_AREAS, lip.ratio, 2),
                  golden_stat(lip.stats, "ft2_second"), TOLERANCE);
    assert_golden(sp_measure_quotient(GOLDEN_AREAS, lip.ratio, 3),
                  golden_stat(lip.stats, "ft3_third"), TOLERANCE);
    assert_golden(sp_measure_cv(GOLDEN_AREAS, lip.ratio), golden_stat(lip.stats, "cv_unweighted"),
                  TOLERANCE);
    assert_golden(sp_measure_cv_weighted(GOLDEN_AREAS, lip.ratio, lip.expected),
                  golden_stat(lip.stats, "cv_weighted"), TOLERANCE);
}

static void lip_cancer_scv_and_chi_square_agree_with_r(void **state)
{
    (void)state;
    g_auto(GoldenLip) lip = golden_lip();
    double scaled[GOLDEN_AREAS];
    for (gsize i = 0; i < GOLDEN_AREAS; i++) {
        scaled[i] = lip.expected[i] * (536.0 / 536.2); /* sum_observed, sum_expected */
    }

    assert_golden(sp_measure_scv(GOLDEN_AREAS, lip.observed, lip.expected, lip.expected, 0.0).value,
                  golden_stat(lip.stats, "scv_mcpherson"), TOLERANCE);
    assert_golden(sp_measure_scv(GOLDEN_AREAS, lip.observed, scaled, scaled, 0.0).value,
                  golden_stat(lip.stats, "scv_rescaled"), TOLERANCE);
    const SpChi2 plain =
        sp_measure_chi2(GOLDEN_AREAS, lip.observed, lip.expected, lip.expected, FALSE);
    assert_golden(plain.value, golden_stat(lip.stats, "chisq_lambda1"), TOLERANCE);
    assert_golden(plain.df, golden_stat(lip.stats, "chisq_lambda1_df"), 0.0);
    assert_golden_share(plain.p, golden_stat(lip.stats, "chisq_lambda1_p"), TOLERANCE);
    const SpChi2 rescaled = sp_measure_chi2(GOLDEN_AREAS, lip.observed, scaled, scaled, TRUE);
    assert_golden(rescaled.value, golden_stat(lip.stats, "chisq_rescaled"), TOLERANCE);
    assert_golden(rescaled.df, golden_stat(lip.stats, "chisq_rescaled_df"), 0.0);
    assert_golden_share(rescaled.p, golden_stat(lip.stats, "chisq_rescaled_p"), TOLERANCE);
}

static void lip_cancer_quantiles_and_potthoff_whittinghill_agree_with_r(void **state)
{
    (void)state;
    g_auto(GoldenLip) lip = golden_lip();

    assert_golden(sp_measure_quantile(GOLDEN_AREAS, lip.ratio, 0.25), golden_stat(lip.stats, "q1"),
                  TOLERANCE);
    assert_golden(sp_measure_quantile(GOLDEN_AREAS, lip.ratio, 0.5),
                  golden_stat(lip.stats, "median"), TOLERANCE);
    assert_golden(sp_measure_quantile(GOLDEN_AREAS, lip.ratio, 0.75), golden_stat(lip.stats, "q3"),
                  TOLERANCE);
    const SpPotthoff potthoff = sp_measure_potthoff(GOLDEN_AREAS, lip.observed, lip.expected);
    assert_golden_share(potthoff.value, golden_stat(lip.stats, "potthoff_whittinghill_T"),
                        TOLERANCE);
    assert_golden(potthoff.mean, golden_stat(lip.stats, "potthoff_whittinghill_mean"), 0.0);
    assert_golden(potthoff.variance, golden_stat(lip.stats, "potthoff_whittinghill_var"), 0.0);
}

/* One area, two areas with a zero, all equal. */
static void edge_cases_agree_with_r(void **state)
{
    (void)state;
    double observed[3];
    double expected[3];
    double ratio[3];
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) input = golden_read(folder, "05_small_area_variation/edge_input.csv");
    g_autoptr(GPtrArray) wanted = golden_read(folder, "05_small_area_variation/edge_expected.csv");
    guint row = 1;
    for (guint i = 1; i < wanted->len; i++) {
        gsize n = 0;
        for (;
             row < input->len && strcmp(golden_text(input, row, 0), golden_text(wanted, i, 0)) == 0;
             row++, n++) {
            assert_true(n < 3);
            observed[n] = golden_number(input, row, 1);
            expected[n] = golden_number(input, row, 2);
        }
        assert_near((double)n, golden_number(wanted, i, 1), 0.0);
        ratios(observed, expected, n, ratio);
        assert_golden(sp_measure_cv(n, ratio), golden_text(wanted, i, 2), TOLERANCE);
        /* The set takes one area's quotient with itself as 1; variation.md, which we follow, as
         * undefined. */
        const SpReal eq = sp_measure_quotient(n, ratio, 1);
        assert_golden(eq, n == 1 ? "" : golden_text(wanted, i, 3), TOLERANCE);
        assert_golden(sp_measure_scv(n, observed, expected, expected, 0.0).value,
                      golden_text(wanted, i, 4), TOLERANCE);
    }
}

static void quotient_with_a_zero_below_is_missing(void **state)
{
    (void)state;
    const double value[] = {0.0, 2.0, 4.0, 8.0};
    assert_int_equal(sp_measure_quotient(4, value, 1).status, SP_MISSING);
    assert_near(sp_measure_quotient(4, value, 2).value, 2.0, 0.0);
}

static void quotient_of_too_few_areas_is_missing(void **state)
{
    (void)state;
    const double value[] = {5.0, 1.0, 2.0, 3.0, 4.0};
    assert_int_equal(sp_measure_quotient(0, value, 1).status, SP_MISSING);
    assert_int_equal(sp_measure_quotient(1, value, 1).status, SP_MISSING);
    assert_int_equal(sp_measure_quotient(3, value, 2).status, SP_MISSING);
    assert_int_equal(sp_measure_quotient(5, value, 3).status, SP_MISSING);
    assert_near(sp_measure_quotient(5, value, 1).value, 5.0, 0.0);
}

static void coefficients_of_one_area_or_none_are_missing(void **state)
{
    (void)state;
    const double value[] = {3.0};
    const double weight[] = {2.0};
    assert_int_equal(sp_measure_cv(0, value).status, SP_MISSING);
    assert_int_equal(sp_measure_cv(1, value).status, SP_MISSING);
    assert_int_equal(sp_measure_cv_weighted(1, value, weight).status, SP_MISSING);
}

static void coefficients_of_nothing_but_zeros_are_missing(void **state)
{
    (void)state;
    const double zero[] = {0.0, 0.0};
    const double one[] = {1.0, 1.0};
    assert_int_equal(sp_measure_cv(2, zero).status, SP_MISSING);
    assert_int_equal(sp_measure_cv_weighted(2, zero, one).status, SP_MISSING);
    assert_int_equal(sp_measure_cv_weighted(2, one, zero).status, SP_MISSING);
}

static void equal_areas_have_a_coefficient_of_exactly_zero(void **state)
{
    (void)state;
    const double value[] = {2.0, 2.0, 2.0};
    const double weight[] = {1.0, 5.0, 9.0};
    assert_int_equal(sp_measure_cv(3, value).status, SP_ZERO);
    assert_int_equal(sp_measure_cv_weighted(3, value, weight).status, SP_ZERO);
}

static void scv_below_zero_is_printed_not_floored(void **state)
{
    (void)state;
    const double observed[] = {10.0, 10.0};
    const double expected[] = {10.0, 10.0};
    const SpScv scv = sp_measure_scv(2, observed, expected, expected, 0.0);
    assert_int_equal(scv.value.status, SP_PRESENT);
    assert_near(scv.value.value, -0.1, 1e-15);
}

/* 5 of 4.2: (0.64 - 4.2) / 17.64. It is allowed, and tells nothing. */
static void scv_of_one_area_is_a_figure(void **state)
{
    (void)state;
    const double observed[] = {5.0};
    const double expected[] = {4.2};
    assert_near(sp_measure_scv(1, observed, expected, expected, 0.0).value.value, -3.56 / 17.64,
                1e-15);
}

static void scv_leaves_out_small_areas_and_tells_their_share(void **state)
{
    (void)state;
    const double observed[] = {4.0, 20.0, 0.0, 9.0};
    const double expected[] = {4.999, 10.0, 0.0, 5.0};
    const SpScv scv = sp_measure_scv(4, observed, expected, expected, 5.0);
    assert_int_equal(scv.n_used, 2);
    assert_near(scv.share_left_out.value, 0.5, 0.0);
    assert_near(scv.value.value, ((100.0 - 10.0) / 100.0 + (16.0 - 5.0) / 25.0) / 2.0, 1e-15);
}

static void scv_never_divides_by_an_expected_zero(void **state)
{
    (void)state;
    const double observed[] = {1.0, 2.0};
    const double expected[] = {0.0, 0.0};
    const SpScv scv = sp_measure_scv(2, observed, expected, expected, 0.0);
    assert_int_equal(scv.value.status, SP_MISSING);
    assert_near(scv.share_left_out.value, 1.0, 0.0);
    assert_int_equal(sp_measure_scv(0, observed, expected, expected, 0.0).share_left_out.status,
                     SP_MISSING);
}

static void chi_square_without_a_degree_of_freedom_is_missing(void **state)
{
    (void)state;
    const double observed[] = {4.0, 7.0};
    const double expected[] = {4.0, 0.0};
    const SpChi2 scaled = sp_measure_chi2(2, observed, expected, expected, TRUE);
    assert_int_equal(scaled.value.status, SP_MISSING);
    assert_int_equal(scaled.df.status, SP_MISSING);
    const SpChi2 plain = sp_measure_chi2(2, observed, expected, expected, FALSE);
    assert_int_equal(plain.value.status, SP_ZERO);
    assert_near(plain.df.value, 1.0, 0.0);
}

static void chi_square_tells_how_many_areas_expect_less_than_one(void **state)
{
    (void)state;
    const double observed[] = {1.0, 0.0, 3.0};
    const double expected[] = {0.5, 0.999, 1.0};
    assert_int_equal(sp_measure_chi2(3, observed, expected, expected, FALSE).n_small, 2);
}

/* 20 of 50 and 25 of 100 persons, against 30 % of each. */
static const double some_of_whole[] = {20.0, 25.0};
static const double third_of_whole[] = {15.0, 30.0};
static const double binomial[] = {10.5, 21.0};

static void scv_of_shares_takes_away_the_binomial_variance(void **state)
{
    (void)state;
    const SpScv scv = sp_measure_scv(2, some_of_whole, third_of_whole, binomial, 5.0);
    assert_near(scv.value.value, ((25.0 - 10.5) / 225.0 + (25.0 - 21.0) / 900.0) / 2.0, 1e-15);
}

/* Pearson's statistic over both columns of the table, those with the property and those without. */
static void chi_square_of_shares_is_that_of_the_whole_table(void **state)
{
    (void)state;
    const SpChi2 chi2 = sp_measure_chi2(2, some_of_whole, third_of_whole, binomial, TRUE);
    assert_near(chi2.value.value, 25.0 / 15.0 + 25.0 / 35.0 + 25.0 / 30.0 + 25.0 / 70.0, 1e-14);
    assert_near(chi2.df.value, 1.0, 0.0);
}

static void area_that_chance_cannot_move_is_in_no_chi_square(void **state)
{
    (void)state;
    const double variance[] = {0.0, 21.0};
    const SpChi2 chi2 = sp_measure_chi2(2, some_of_whole, third_of_whole, variance, FALSE);
    assert_near(chi2.value.value, 25.0 / 21.0, 1e-15);
    assert_near(chi2.df.value, 1.0, 0.0);
    assert_int_equal(chi2.n_small, 0);
}

/* Type 7 of 1, 2, 4, 8 at three quarters: a quarter of the way from 4 to 8. */
static void quantile_lies_between_its_neighbours(void **state)
{
    (void)state;
    const double value[] = {8.0, 1.0, 4.0, 2.0};
    assert_near(sp_measure_quantile(4, value, 0.75).value, 5.0, 0.0);
    assert_near(sp_measure_quantile(4, value, 1.0).value, 8.0, 0.0);
    assert_int_equal(sp_measure_quantile(0, value, 0.5).status, SP_MISSING);
}

/* R: pchisq(3.841459, 1, lower.tail = FALSE) is 0.05. */
static void chi_square_tells_how_likely_it_is(void **state)
{
    (void)state;
    const double observed[] = {10.0 + sqrt(38.41459)};
    const double expected[] = {10.0};
    assert_near(sp_measure_chi2(1, observed, expected, expected, FALSE).p.value, 0.05, 1e-8);
    assert_int_equal(sp_measure_chi2(1, observed, expected, expected, TRUE).p.status, SP_MISSING);
}

/* 2 of 1 and 1 of 2 expected: T = 3 * (2 / 1 + 0), of 3 persons: mean 3 * 2, variance 2 * 3 * 2. */
static void potthoff_whittinghill_counts_pairs_of_persons(void **state)
{
    (void)state;
    const double observed[] = {2.0, 1.0, 9.0};
    const double expected[] = {1.0, 2.0, 0.0};
    const SpPotthoff potthoff = sp_measure_potthoff(3, observed, expected);
    assert_near(potthoff.value.value, 6.0, 0.0);
    assert_near(potthoff.mean.value, 6.0, 0.0);
    assert_near(potthoff.variance.value, 12.0, 0.0);
}

static void potthoff_whittinghill_of_one_person_is_missing(void **state)
{
    (void)state;
    const double observed[] = {1.0, 0.0};
    const double expected[] = {1.0, 2.0};
    const SpPotthoff potthoff = sp_measure_potthoff(2, observed, expected);
    assert_int_equal(potthoff.value.status, SP_MISSING);
    assert_int_equal(potthoff.mean.status, SP_MISSING);
    assert_int_equal(potthoff.variance.status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lip_cancer_quotients_and_coefficients_agree_with_r),
        cmocka_unit_test(lip_cancer_scv_and_chi_square_agree_with_r),
        cmocka_unit_test(lip_cancer_quantiles_and_potthoff_whittinghill_agree_with_r),
        cmocka_unit_test(edge_cases_agree_with_r),
        cmocka_unit_test(quotient_with_a_zero_below_is_missing),
        cmocka_unit_test(quotient_of_too_few_areas_is_missing),
        cmocka_unit_test(coefficients_of_one_area_or_none_are_missing),
        cmocka_unit_test(coefficients_of_nothing_but_zeros_are_missing),
        cmocka_unit_test(equal_areas_have_a_coefficient_of_exactly_zero),
        cmocka_unit_test(scv_below_zero_is_printed_not_floored),
        cmocka_unit_test(scv_of_one_area_is_a_figure),
        cmocka_unit_test(scv_leaves_out_small_areas_and_tells_their_share),
        cmocka_unit_test(scv_never_divides_by_an_expected_zero),
        cmocka_unit_test(chi_square_without_a_degree_of_freedom_is_missing),
        cmocka_unit_test(chi_square_tells_how_many_areas_expect_less_than_one),
        cmocka_unit_test(scv_of_shares_takes_away_the_binomial_variance),
        cmocka_unit_test(chi_square_of_shares_is_that_of_the_whole_table),
        cmocka_unit_test(area_that_chance_cannot_move_is_in_no_chi_square),
        cmocka_unit_test(quantile_lies_between_its_neighbours),
        cmocka_unit_test(chi_square_tells_how_likely_it_is),
        cmocka_unit_test(potthoff_whittinghill_counts_pairs_of_persons),
        cmocka_unit_test(potthoff_whittinghill_of_one_person_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
