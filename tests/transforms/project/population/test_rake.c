/* Proportional fitting. */
#include "tests/check.h"

#include "transforms/project/population/rake.h"

static void one_margin_is_met_at_once(void **state)
{
    (void)state;
    double cells[] = {1, 2, 3, 4};
    const double columns[] = {8, 3};
    assert_true(sp_rake(2, 2, cells, NULL, columns));
    assert_near(cells[0], 2, 1e-15);
    assert_near(cells[1], 1, 1e-15);
    assert_near(cells[2], 6, 1e-15);
    assert_near(cells[3], 2, 1e-15);
}

/* Fitting keeps cross-product ratios: with both margins 50 and 50 and the ratio 9, the diagonal is
 * 37.5 and the rest 12.5 (x^2 / (50 - x)^2 = 9). */
static void both_margins_are_met_and_ratios_are_kept(void **state)
{
    (void)state;
    double cells[] = {9, 2, 3, 6};
    const double halves[] = {50, 50};
    assert_true(sp_rake(2, 2, cells, halves, halves));
    assert_near(cells[0], 37.5, 1e-6);
    assert_near(cells[1], 12.5, 1e-6);
    assert_near(cells[2], 12.5, 1e-6);
    assert_near(cells[3], 37.5, 1e-6);
}

static void nobody_stays_nobody_and_a_total_over_nobody_is_told(void **state)
{
    (void)state;
    double cells[] = {0, 2, 0, 4};
    const double columns[] = {5, 12};
    assert_false(sp_rake(2, 2, cells, NULL, columns));
    assert_near(cells[0], 0, 0);
    assert_near(cells[2], 0, 0);
    assert_near(cells[1], 4, 1e-15);
    assert_near(cells[3], 8, 1e-15);
}

static void margins_that_contradict_each_other_are_told(void **state)
{
    (void)state;
    double cells[] = {1, 1, 1, 1};
    const double rows[] = {10, 10}, columns[] = {5, 5};
    assert_false(sp_rake(2, 2, cells, rows, columns));
    for (gsize i = 0; i < 4; i++) {
        assert_true(isfinite(cells[i]) && cells[i] >= 0);
    }
}

static void no_cells_and_no_margins_are_met(void **state)
{
    (void)state;
    double cells[] = {3};
    assert_true(sp_rake(0, 0, cells, cells, cells));
    assert_true(sp_rake(1, 1, cells, NULL, NULL));
    assert_near(cells[0], 3, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_margin_is_met_at_once),
        cmocka_unit_test(both_margins_are_met_and_ratios_are_kept),
        cmocka_unit_test(nobody_stays_nobody_and_a_total_over_nobody_is_told),
        cmocka_unit_test(margins_that_contradict_each_other_are_told),
        cmocka_unit_test(no_cells_and_no_margins_are_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
