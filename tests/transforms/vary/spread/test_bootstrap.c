/* Bootstrap of the measures: estimates against R (golden set 05), replicates against plain lists of
 * the areas drawn. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/spread/bootstrap.h"

#include <stdlib.h>

static void lip_cancer_estimates_agree_with_r(void **state)
{
    (void)state;
    g_auto(GoldenLip) lip = golden_lip();
    SpReal estimate[SP_BOOT_N];
    const SpBootAreas areas = {GOLDEN_AREAS, lip.ratio,    lip.expected, lip.observed,
                               lip.expected, lip.expected, 0.0};
    sp_bootstrap_estimates(&areas, estimate);
    assert_golden(estimate[SP_BOOT_CV], golden_stat(lip.stats, "cv_unweighted"), 1e-8);
    assert_golden(estimate[SP_BOOT_CV_WEIGHTED], golden_stat(lip.stats, "cv_weighted"), 1e-8);
    assert_golden(estimate[SP_BOOT_GINI], golden_stat(lip.stats, "gini_ratio"), 1e-8);
    assert_golden(estimate[SP_BOOT_GINI_WEIGHTED],
                  golden_stat(lip.stats, "gini_weighted_by_expected"), 1e-8);
    assert_golden(estimate[SP_BOOT_THEIL], golden_stat(lip.stats, "theil_T_weighted"), 1e-8);
    assert_golden(estimate[SP_BOOT_SCV], golden_stat(lip.stats, "scv_mcpherson"), 1e-8);
    assert_golden(estimate[SP_BOOT_MARSHALL], golden_stat(lip.stats, "marshall_a_var"), 1e-8);
    assert_int_equal(estimate[SP_BOOT_MLD].status, SP_MISSING);
}

enum { AREAS = 7, REPLICATES = 400 };
static const double observed_of[AREAS] = {12.0, 5.0, 30.0, 8.0, 21.0, 8.0, 3.0};
static const double expected_of[AREAS] = {10.0, 9.0, 24.0, 8.0, 15.0, 16.0, 4.0};
static const double variance_of[AREAS] = {9.0, 8.5, 20.0, 7.5, 13.0, 15.0, 4.0};

static void fill(SpBootAreas *areas, double value[AREAS])
{
    for (int i = 0; i < AREAS; i++) {
        value[i] = observed_of[i] / expected_of[i];
    }
    *areas = (SpBootAreas){AREAS, value, expected_of, observed_of, expected_of, variance_of, 5.0};
}

static int rising(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return a < b ? -1 : a > b ? 1 : 0;
}

/* Measures of a list of areas, each formula as it stands in the textbook. */
static void measure_list(const int at[AREAS], const double value[AREAS], double measure[SP_BOOT_N])
{
    double x[AREAS];
    double mean = 0.0, squares = 0.0, mass = 0.0, weight = 0.0, gaps = 0.0, weighted_gaps = 0.0;
    double theil = 0.0, mld = 0.0, weighted = 0.0, scv = 0.0, n_scv = 0.0;
    double o = 0.0, e = 0.0, spread = 0.0, chance = 0.0;
    for (int i = 0; i < AREAS; i++) {
        x[i] = value[at[i]];
        mean += x[i] / AREAS;
        mass += expected_of[at[i]] * x[i];
        weight += expected_of[at[i]];
        o += observed_of[at[i]];
        e += expected_of[at[i]];
    }
    for (int i = 0; i < AREAS; i++) {
        const double w = expected_of[at[i]];
        squares += (x[i] - mean) * (x[i] - mean);
        weighted += w * pow(x[i] - mass / weight, 2.0) / weight;
        theil += w * x[i] / mass * log(x[i] / (mass / weight));
        mld += w / weight * log(mass / weight / x[i]);
        spread += w * pow(x[i] - o / e, 2.0) / e;
        chance += o / e * variance_of[at[i]] / w / e;
        if (w >= 5.0) {
            scv += (pow(observed_of[at[i]] - w, 2.0) - variance_of[at[i]]) / (w * w);
            n_scv += 1.0;
        }
        for (int j = 0; j < AREAS; j++) {
            gaps += fabs(x[i] - x[j]);
            weighted_gaps += w * expected_of[at[j]] * fabs(x[i] - x[j]);
        }
    }
    measure[SP_BOOT_CV] = sqrt(squares / (AREAS - 1)) / mean;
    measure[SP_BOOT_CV_WEIGHTED] = sqrt(weighted) / (mass / weight);
    measure[SP_BOOT_GINI] = gaps / (2.0 * AREAS * AREAS * mean);
    measure[SP_BOOT_GINI_WEIGHTED] = weighted_gaps / (2.0 * weight * mass);
    measure[SP_BOOT_THEIL] = theil;
    measure[SP_BOOT_MLD] = mld;
    measure[SP_BOOT_SCV] = n_scv > 0.0 ? scv / n_scv : (double)NAN;
    measure[SP_BOOT_MARSHALL] = fmax(spread - chance, 0.0);
}

/* Draws as the contract of core/random.h gives them; areas are numbered in order of value. */
static void draw_list(SpRandom key, guint replicate, const int in_order[AREAS], int at[AREAS])
{
    for (int i = 0; i < AREAS; i++) {
        guint32 words[SP_RANDOM_WORDS];
        sp_random_block(sp_random_numbered(key, replicate), (guint64)i / 4, words);
        at[i] = in_order[(guint64)words[i % 4] * AREAS >> 32];
    }
}

static double type_7(double values[], gsize n, double share)
{
    qsort(values, n, sizeof *values, rising);
    const double h = (double)(n - 1) * share;
    const gsize i = (gsize)h;
    return values[i] + (h - (double)i) * (values[MIN(i + 1, n - 1)] - values[i]);
}

static void intervals_are_quantiles_over_the_lists_drawn(void **state)
{
    (void)state;
    static double lists[SP_BOOT_N][REPLICATES];
    gsize n_defined[SP_BOOT_N] = {0};
    double value[AREAS];
    int in_order[AREAS];
    int each[AREAS];
    SpBootAreas areas;
    SpBootInterval interval[SP_BOOT_N];
    double estimate[SP_BOOT_N];
    const SpRandom key = sp_random_named(sp_random_seed(7), "2022");
    fill(&areas, value);
    for (int i = 0; i < AREAS; i++) {
        int rank = 0;
        for (int j = 0; j < AREAS; j++) {
            rank += value[j] < value[i] ? 1 : 0;
        }
        in_order[rank] = i;
        each[i] = i;
    }
    for (guint r = 0; r < REPLICATES; r++) {
        int at[AREAS];
        double measure[SP_BOOT_N];
        draw_list(key, r, in_order, at);
        measure_list(at, value, measure);
        for (int k = 0; k < SP_BOOT_N; k++) {
            if (isfinite(measure[k])) {
                lists[k][n_defined[k]++] = measure[k];
            }
        }
    }
    sp_bootstrap(&areas, key, REPLICATES, interval);
    measure_list(each, value, estimate);
    for (int k = 0; k < SP_BOOT_N; k++) {
        assert_near(interval[k].estimate.value, estimate[k], 1e-12);
        assert_int_equal(interval[k].n_defined, n_defined[k]);
        assert_near(interval[k].low.value, type_7(lists[k], n_defined[k], 0.025), 1e-12);
        assert_near(interval[k].high.value, type_7(lists[k], n_defined[k], 0.975), 1e-12);
    }
}

static void the_key_alone_decides_the_draws(void **state)
{
    (void)state;
    double value[AREAS];
    SpBootAreas areas;
    SpBootInterval first[SP_BOOT_N];
    SpBootInterval again[SP_BOOT_N];
    SpBootInterval other[SP_BOOT_N];
    fill(&areas, value);
    sp_bootstrap(&areas, sp_random_seed(1), 100, first);
    sp_bootstrap(&areas, sp_random_seed(1), 100, again);
    sp_bootstrap(&areas, sp_random_seed(2), 100, other);
    assert_true(first[SP_BOOT_CV].low.value == again[SP_BOOT_CV].low.value);
    assert_true(first[SP_BOOT_CV].low.value != other[SP_BOOT_CV].low.value);
}

static void without_chance_what_rests_on_it_does_not_apply(void **state)
{
    (void)state;
    double value[AREAS];
    SpBootAreas areas;
    SpBootInterval interval[SP_BOOT_N];
    fill(&areas, value);
    areas.observed = NULL;
    areas.expected = NULL;
    areas.variance = NULL;
    sp_bootstrap(&areas, sp_random_seed(1), 100, interval);
    assert_int_equal(interval[SP_BOOT_SCV].estimate.status, SP_NOT_APPLICABLE);
    assert_int_equal(interval[SP_BOOT_MARSHALL].high.status, SP_NOT_APPLICABLE);
    assert_true(sp_real_is_number(interval[SP_BOOT_CV].high));
}

static void zeros_leave_the_logarithm_missing_and_are_part_of_the_rest(void **state)
{
    (void)state;
    const double value[] = {0.0, 0.0, 0.0, 2.0, 3.0, 4.0, 5.0};
    const double weight[] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0};
    const SpBootAreas areas = {.n = 7, .value = value, .weight = weight};
    SpBootInterval interval[SP_BOOT_N];
    sp_bootstrap(&areas, sp_random_seed(1), 200, interval);
    assert_int_equal(interval[SP_BOOT_MLD].estimate.status, SP_MISSING);
    assert_int_equal(interval[SP_BOOT_MLD].low.status, SP_MISSING);
    /* Sum of all gaps between pairs over 2 n^2 times the mean: 2 (3 (2+3+4+5) + 10) / (2 * 7 *
     * 14). */
    assert_near(interval[SP_BOOT_GINI].estimate.value, 104.0 / 196.0, 1e-14);
    /* Shares of 1/7 hold 2, 3, 4, 5 of 14. */
    const double theil =
        2.0 / 14 * log(1.0) + 3.0 / 14 * log(1.5) + 4.0 / 14 * log(2.0) + 5.0 / 14 * log(2.5);
    assert_near(interval[SP_BOOT_THEIL].estimate.value, theil, 1e-14);
}

static void none_one_or_empty_areas_have_no_measures(void **state)
{
    (void)state;
    const double none[] = {0.0, 0.0, 0.0};
    const double weight[] = {1.0, 2.0, 3.0};
    const SpBootAreas zero = {.n = 3, .value = none, .weight = weight};
    const SpBootAreas one = {.n = 1, .value = weight, .weight = weight};
    const SpBootAreas empty = {.n = 0};
    SpBootInterval interval[SP_BOOT_N];
    sp_bootstrap(&empty, sp_random_seed(1), 10, interval);
    assert_int_equal(interval[SP_BOOT_GINI].estimate.status, SP_MISSING);
    sp_bootstrap(&one, sp_random_seed(1), 10, interval);
    assert_int_equal(interval[SP_BOOT_CV].estimate.status, SP_MISSING);
    assert_int_equal(interval[SP_BOOT_CV].high.status, SP_MISSING);
    sp_bootstrap(&zero, sp_random_seed(1), 10, interval);
    assert_int_equal(interval[SP_BOOT_CV].estimate.status, SP_MISSING);
    assert_int_equal(interval[SP_BOOT_GINI].estimate.status, SP_MISSING);
    assert_int_equal(interval[SP_BOOT_THEIL].estimate.status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lip_cancer_estimates_agree_with_r),
        cmocka_unit_test(intervals_are_quantiles_over_the_lists_drawn),
        cmocka_unit_test(the_key_alone_decides_the_draws),
        cmocka_unit_test(without_chance_what_rests_on_it_does_not_apply),
        cmocka_unit_test(zeros_leave_the_logarithm_missing_and_are_part_of_the_rest),
        cmocka_unit_test(none_one_or_empty_areas_have_no_measures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
