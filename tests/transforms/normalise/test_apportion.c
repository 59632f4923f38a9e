/* Whole persons divided by weights. */
#include "tests/check.h"

#include "transforms/normalise/apportion.h"

static void what_is_left_goes_to_the_largest_remainders_the_first_of_equal_ones(void **state)
{
    (void)state;
    static const struct {
        double whole;
        gsize n;
        double weights[3];
        double parts[3];
    } cases[] = {
        {7, 3, {3, 3, 4}, {2, 2, 3}}, /* exact shares: 2.1, 2.1, 2.8 */
        {2, 3, {1, 1, 1}, {1, 1, 0}},
        {5, 3, {0, 7, 0}, {0, 5, 0}}, /* no weight, nobody */
        {-5, 2, {3, 1}, {-4, -1}},    /* divided as its opposite */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        double parts[3];
        sp_apportion(cases[i].whole, cases[i].weights, cases[i].n, parts);
        for (gsize k = 0; k < cases[i].n; k++) {
            assert_near(parts[k], cases[i].parts[k], 0);
        }
    }
}

static void nobody_is_no_negative_zero(void **state)
{
    (void)state;
    const double weights[] = {3, 1};
    double parts[2];
    sp_apportion(-1, weights, 2, parts);
    assert_near(parts[1], 0, 0);
    assert_false(signbit(parts[1]));
}

static void parts_are_whole_sum_to_the_whole_and_stay_within_one_of_their_share(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(1507);
    for (int i = 0; i < 20000; i++) {
        double weights[8] = {0};
        double parts[8] = {0};
        double total = 0.0;
        double sum = 0.0;
        gsize n = (gsize)g_rand_int_range(rand, 1, 9);
        double whole = g_rand_int_range(rand, 0, i % 2 == 0 ? 12 : 1000000);
        for (gsize k = 0; k < n; k++) {
            weights[k] = g_rand_int_range(rand, 0, 4) * (i % 3 == 0 ? 1.0 : g_rand_double(rand));
            total += weights[k];
        }
        weights[0] += total > 0.0 ? 0.0 : 1.0;
        total += total > 0.0 ? 0.0 : 1.0;
        sp_apportion(whole, weights, n, parts);
        for (gsize k = 0; k < n; k++) {
            assert_near(parts[k], floor(parts[k]), 0);
            assert_near(parts[k], whole * weights[k] / total, 1.0);
            assert_true(parts[k] >= 0.0);
            sum += parts[k];
        }
        assert_near(sum, whole, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_goes_to_the_largest_remainders_the_first_of_equal_ones),
        cmocka_unit_test(nobody_is_no_negative_zero),
        cmocka_unit_test(parts_are_whole_sum_to_the_whole_and_stay_within_one_of_their_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
