/* Recruitment need on arrays. */
#include "tests/check.h"

#include "transforms/project/balance/recruitment.h"

static void the_rate_is_weighted_by_staff(void **state)
{
    (void)state;
    const double staff[] = {30, 10}, rate[] = {0.1, 0.5}, nobody[] = {0, 0};
    assert_near(sp_exit_rate(2, staff, rate), 0.2, 1e-15);
    assert_near(sp_exit_rate(2, nobody, rate), 0, 0);
}

static void need_is_growth_and_replacement_year_by_year(void **state)
{
    (void)state;
    const double staff[] = {100, 110, 90};
    SpRecruitment need[3];
    sp_recruitment(2, staff, 0.1, need);
    assert_near(need[0].growth + need[0].replaced, 0, 0);
    assert_near(need[1].growth, 10, 0);
    assert_near(need[1].replaced, 10, 1e-12);
    assert_near(need[2].growth, -10, 0);
    assert_near(need[2].replaced, 21, 1e-12); /* 10 of the 100, 11 of the 110 */
}

/* recruit(y) = staff(y+1) - staff(y) + exits(y), the design's own form. */
static void cumulated_need_is_the_sum_of_yearly_needs(void **state)
{
    (void)state;
    const double staff[] = {57, 61.5, 60, 72, 71.25};
    const double rate = 0.137;
    SpRecruitment need[5];
    double yearly = 0.0;
    sp_recruitment(4, staff, rate, need);
    for (gsize y = 0; y < 4; y++) {
        yearly += staff[y + 1] - staff[y] + rate * staff[y];
        assert_near(need[y + 1].growth + need[y + 1].replaced, yearly, 1e-12);
    }
}

static void nobody_needs_nobody(void **state)
{
    (void)state;
    const double staff[] = {0, 0, 0};
    SpRecruitment need[3];
    sp_recruitment(2, staff, 0.3, need);
    assert_near(need[2].growth, 0, 0);
    assert_near(need[2].replaced, 0, 0);
}

static void staff_as_it_was_has_not_grown(void **state)
{
    (void)state;
    const double staff[] = {0.3, 0.1 + 0.2};
    SpRecruitment need[2];
    sp_recruitment(1, staff, 0.1, need);
    assert_near(need[1].growth, 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rate_is_weighted_by_staff),
        cmocka_unit_test(need_is_growth_and_replacement_year_by_year),
        cmocka_unit_test(cumulated_need_is_the_sum_of_yearly_needs),
        cmocka_unit_test(nobody_needs_nobody),
        cmocka_unit_test(staff_as_it_was_has_not_grown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
