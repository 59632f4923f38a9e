/* Gini, Theil and mean log deviation: golden sets 05 and 07 (R), edge cases, textbook figures. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/spread/inequality.h"

enum { MAX_AREAS = 500, MAX_GROUPS = 100 };
static const double ones[] = {1.0, 1.0, 1.0, 1.0};

/* Numbers the distinct codes of a column in the order they come. */
static guint read_groups(const GPtrArray *rows, guint column, guint group[])
{
    const char *codes[MAX_GROUPS];
    guint n_groups = 0;
    for (guint i = 1; i < rows->len; i++) {
        const char *code = golden_text(rows, i, column);
        guint g = 0;
        while (g < n_groups && strcmp(codes[g], code) != 0) {
            g++;
        }
        if (g == n_groups) {
            assert_true(n_groups < MAX_GROUPS);
            codes[n_groups++] = code;
        }
        group[i - 1] = g;
    }
    return n_groups;
}

static void costs_of_kommuner_agree_with_r_by_every_grouping(void **state)
{
    (void)state;
    static double cost[MAX_AREAS];
    static double people[MAX_AREAS];
    static guint group[MAX_AREAS];
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) input = golden_read(folder, "07_theil_decomposition/input.csv");
    g_autoptr(GPtrArray) rows = golden_read(folder, "07_theil_decomposition/expected.csv");
    const gsize n = input->len - 1;
    assert_true(n > 400 && n <= MAX_AREAS);
    for (guint i = 0; i < n; i++) {
        people[i] = golden_number(input, i + 1, 3);
        cost[i] = golden_number(input, i + 1, 4);
    }
    assert_int_equal(rows->len, 3);
    for (guint i = 1; i < rows->len; i++) {
        const guint column = strcmp(golden_text(rows, i, 1), "fylke") == 0 ? 1 : 2;
        const guint n_groups = read_groups(input, column, group);
        const SpInequality theil = sp_inequality_theil(n, cost, people, group, n_groups);
        const SpInequality mld = sp_inequality_mld(n, cost, people, group, n_groups);
        assert_golden(theil.total, golden_text(rows, i, 2), 1e-10);
        assert_golden(theil.between, golden_text(rows, i, 3), 1e-10);
        assert_golden(theil.within, golden_text(rows, i, 4), 1e-10);
        assert_golden(mld.total, golden_text(rows, i, 5), 1e-10);
        assert_golden(mld.between, golden_text(rows, i, 6), 1e-10);
        assert_golden(mld.within, golden_text(rows, i, 7), 1e-10);
        assert_golden(sp_inequality_gini(n, cost, people), golden_text(rows, i, 8), 1e-10);
    }
}

static void lip_cancer_areas_agree_with_r(void **state)
{
    (void)state;
    g_auto(GoldenLip) lip = golden_lip();
    double one[GOLDEN_AREAS];
    for (gsize i = 0; i < GOLDEN_AREAS; i++) {
        one[i] = 1.0;
    }
    assert_golden(sp_inequality_gini(GOLDEN_AREAS, lip.ratio, one),
                  golden_stat(lip.stats, "gini_ratio"), 1e-8);
    assert_golden(sp_inequality_gini(GOLDEN_AREAS, lip.observed, lip.expected),
                  golden_stat(lip.stats, "gini_weighted_by_expected"), 1e-8);
    assert_golden(sp_inequality_theil(GOLDEN_AREAS, lip.ratio, one, NULL, 0).total,
                  golden_stat(lip.stats, "theil_T_unweighted"), 1e-8);
    assert_golden(sp_inequality_theil(GOLDEN_AREAS, lip.observed, lip.expected, NULL, 0).total,
                  golden_stat(lip.stats, "theil_T_weighted"), 1e-8);
}

static void edge_cases_of_gini_agree_with_r(void **state)
{
    (void)state;
    const double one[] = {5.0 / 4.2};
    const double two[] = {0.0, 2.0};
    const double equal[] = {1.0, 1.0, 1.0};
    assert_int_equal(sp_inequality_gini(1, one, ones).status, SP_ZERO);
    assert_near(sp_inequality_gini(2, two, ones).value, 0.5, 1e-15);
    assert_int_equal(sp_inequality_gini(3, equal, ones).status, SP_ZERO);
}

/* 1, 2, 3, 4: mean difference 5/3 of all pairs over twice the mean 2.5, with the pairs of an area
 * with itself. */
static void gini_is_half_the_mean_difference(void **state)
{
    (void)state;
    const double amount[] = {4.0, 1.0, 3.0, 2.0};
    assert_near(sp_inequality_gini(4, amount, ones).value, 0.25, 1e-15);
}

static void an_area_of_two_counts_as_two_areas(void **state)
{
    (void)state;
    const double whole[] = {1.0, 6.0};
    const double size[] = {1.0, 2.0};
    const double parts[] = {1.0, 3.0, 3.0};
    assert_near(sp_inequality_gini(2, whole, size).value, sp_inequality_gini(3, parts, ones).value,
                1e-15);
    assert_near(sp_inequality_theil(2, whole, size, NULL, 0).total.value,
                sp_inequality_theil(3, parts, ones, NULL, 0).total.value, 1e-15);
    assert_near(sp_inequality_mld(2, whole, size, NULL, 0).total.value,
                sp_inequality_mld(3, parts, ones, NULL, 0).total.value, 1e-15);
}

/* 1 and 3: half and one and a half of the mean. */
static void indices_of_two_areas_are_those_of_the_formula(void **state)
{
    (void)state;
    const double amount[] = {1.0, 3.0};
    const SpInequality theil = sp_inequality_theil(2, amount, ones, NULL, 0);
    const SpInequality mld = sp_inequality_mld(2, amount, ones, NULL, 0);
    assert_near(theil.total.value, 0.5 * (0.5 * log(0.5) + 1.5 * log(1.5)), 1e-15);
    assert_near(mld.total.value, -0.5 * (log(0.5) + log(1.5)), 1e-15);
    assert_int_equal(theil.between.status, SP_MISSING);
    assert_int_equal(theil.within.status, SP_MISSING);
}

/* {1, 3} and {2, 6} have means 2 and 4 of 3, and the same inequality within. */
static void the_parts_are_between_the_means_and_within_the_groups(void **state)
{
    (void)state;
    const double amount[] = {1.0, 2.0, 3.0, 6.0};
    const guint group[] = {0, 2, 0, 2};
    const SpInequality theil = sp_inequality_theil(4, amount, ones, group, 3);
    const SpInequality mld = sp_inequality_mld(4, amount, ones, group, 3);
    assert_near(theil.between.value, (log(2.0 / 3.0) + 2.0 * log(4.0 / 3.0)) / 3.0, 1e-15);
    assert_near(theil.within.value, 0.5 * (0.5 * log(0.5) + 1.5 * log(1.5)), 1e-15);
    assert_near(theil.total.value, theil.between.value + theil.within.value, 1e-15);
    assert_near(mld.between.value, -0.5 * (log(2.0 / 3.0) + log(4.0 / 3.0)), 1e-15);
    assert_near(mld.within.value, -0.5 * (log(0.5) + log(1.5)), 1e-15);
}

/* ineq's Theil would leave the area out of the mean too, and give 0. */
static void area_with_nothing_counts_in_theil_and_undoes_the_log_deviation(void **state)
{
    (void)state;
    const double amount[] = {0.0, 2.0};
    const guint group[] = {0, 1};
    assert_near(sp_inequality_theil(2, amount, ones, NULL, 0).total.value, log(2.0), 1e-15);
    assert_int_equal(sp_inequality_mld(2, amount, ones, group, 2).total.status, SP_MISSING);
    assert_int_equal(sp_inequality_mld(2, amount, ones, group, 2).between.status, SP_MISSING);
}

static void nothing_anywhere_has_no_inequality(void **state)
{
    (void)state;
    const double amount[] = {0.0, 0.0};
    assert_int_equal(sp_inequality_gini(2, amount, ones).status, SP_MISSING);
    assert_int_equal(sp_inequality_theil(2, amount, ones, NULL, 0).total.status, SP_MISSING);
    assert_int_equal(sp_inequality_gini(0, NULL, NULL).status, SP_MISSING);
    assert_int_equal(sp_inequality_theil(0, NULL, NULL, NULL, 0).total.status, SP_MISSING);
    assert_int_equal(sp_inequality_mld(0, NULL, NULL, NULL, 0).total.status, SP_MISSING);
}

static void equal_rates_are_never_below_zero(void **state)
{
    (void)state;
    const double amount[] = {0.1, 0.3, 0.7};
    const double size[] = {1.0, 3.0, 7.0};
    const SpReal theil = sp_inequality_theil(3, amount, size, NULL, 0).total;
    assert_true(theil.value >= 0.0 && theil.value < 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(costs_of_kommuner_agree_with_r_by_every_grouping),
        cmocka_unit_test(lip_cancer_areas_agree_with_r),
        cmocka_unit_test(edge_cases_of_gini_agree_with_r),
        cmocka_unit_test(gini_is_half_the_mean_difference),
        cmocka_unit_test(an_area_of_two_counts_as_two_areas),
        cmocka_unit_test(indices_of_two_areas_are_those_of_the_formula),
        cmocka_unit_test(the_parts_are_between_the_means_and_within_the_groups),
        cmocka_unit_test(area_with_nothing_counts_in_theil_and_undoes_the_log_deviation),
        cmocka_unit_test(nothing_anywhere_has_no_inequality),
        cmocka_unit_test(equal_rates_are_never_below_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
