/* What a change is made of. */
#include "tests/check.h"

#include "transforms/project/lmdi.h"

#include <math.h>

static void parts_of_an_error_sum_to_it(void **state)
{
    const double from[] = {1000, 0.2, 0.5, 0.3}, to[] = {1100, 0.18, 0.6, 0.3};
    double effect[4], before = 1000 * 0.2 * 0.5 * 0.3, after = 1100 * 0.18 * 0.6 * 0.3;
    (void)state;
    assert_true(sp_lmdi(4, from, to, effect));
    double mean = (after - before) / log(after / before);
    assert_near(effect[0], mean * log(1.1), 1e-12);
    assert_near(effect[1], mean * log(0.9), 1e-12);
    assert_near(effect[2], mean * log(1.2), 1e-12);
    assert_near(effect[3], 0, 0);
    assert_near(effect[0] + effect[1] + effect[2] + effect[3], after - before, 1e-12);
}

static void equal_products_of_other_factors_part_without_a_division_by_zero(void **state)
{
    const double from[] = {10, 0.2}, to[] = {20, 0.1}, none[] = {10, 0};
    double effect[2];
    (void)state;
    assert_true(sp_lmdi(2, from, to, effect));
    assert_near(effect[0], 2 * log(2), 1e-12);
    assert_near(effect[0] + effect[1], 0, 1e-12);
    assert_false(sp_lmdi(2, from, none, effect));
}

/* Products that differ by 1e-9 of themselves: the parts still sum to what they differ by, to the
 * digits that doubles have of it. */
static void parts_of_a_small_change_keep_their_digits(void **state)
{
    const double from[] = {1000, 0.5}, to[] = {1000 * (1 + 3e-9), 0.5 * (1 - 2e-9)};
    double effect[2], change = to[0] * to[1] - from[0] * from[1];
    (void)state;
    assert_true(sp_lmdi(2, from, to, effect));
    assert_near(effect[0] + effect[1], change, 1e-12);
    assert_near(effect[0] / 1.5e-6, 1, 1e-6);
    assert_near(effect[1] / -1e-6, 1, 1e-6);
}

static void factor_that_is_as_it_was_has_no_part(void **state)
{
    const double from[] = {1000, 0.3}, to[] = {1100, 0.1 + 0.2};
    double effect[2];
    (void)state;
    assert_true(sp_lmdi(2, from, to, effect));
    assert_near(effect[0], 30, 1e-12);
    assert_near(effect[1], 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_an_error_sum_to_it),
        cmocka_unit_test(equal_products_of_other_factors_part_without_a_division_by_zero),
        cmocka_unit_test(parts_of_a_small_change_keep_their_digits),
        cmocka_unit_test(factor_that_is_as_it_was_has_no_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
