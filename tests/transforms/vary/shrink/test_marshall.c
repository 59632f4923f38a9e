/* Marshall's empirical Bayes: golden sets 05 (parameters) and 06 (areas), and degenerate cases. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/shrink/marshall.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
