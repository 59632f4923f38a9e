/* Whole persons divided by weights. */
#include "tests/check.h"

#include "transforms/normalise/apportion.h"

static void largest_remainders_get_what_is_left(void **state)
{
    (void)state;
    const double weights[] = {3, 3, 4};
    double parts[3];
    /* Exact shares of 7: 2.1, 2.1, 2.8. */
    sp_apportion(7, weights, 3, parts);
    assert_near(parts[0], 2, 0);
    assert_near(parts[1], 2, 0);
    assert_near(parts[2], 3, 0);
}

static void equal_remainders_go_to_the_first_part(void **state)
{
    (void)state;
    const double weights[] = {1, 1, 1};
    double parts[3];
    sp_apportion(2, weights, 3, parts);
    assert_near(parts[0], 1, 0);
    assert_near(parts[1], 1, 0);
    assert_near(parts[2], 0, 0);
}

static void a_part_without_weight_gets_nobody(void **state)
{
    (void)state;
    const double weights[] = {0, 7, 0};
    double parts[3];
    sp_apportion(5, weights, 3, parts);
    assert_near(parts[0], 0, 0);
    assert_near(parts[1], 5, 0);
    assert_near(parts[2], 0, 0);
}

static void a_negative_count_is_divided_as_its_opposite(void **state)
{
    (void)state;
    const double weights[] = {3, 1};
    double parts[2];
    sp_apportion(-5, weights, 2, parts);
    assert_near(parts[0], -4, 0);
    assert_near(parts[1], -1, 0);
    sp_apportion(-1, weights, 2, parts);
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
        cmocka_unit_test(largest_remainders_get_what_is_left),
        cmocka_unit_test(equal_remainders_go_to_the_first_part),
        cmocka_unit_test(a_part_without_weight_gets_nobody),
        cmocka_unit_test(a_negative_count_is_divided_as_its_opposite),
        cmocka_unit_test(parts_are_whole_sum_to_the_whole_and_stay_within_one_of_their_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
