/* Sizes of yearly steps: what is assumed and what is seen. */
#include "tests/check.h"

#include "transforms/project/steps.h"

#include <math.h>

static void without_two_values_it_is_what_is_assumed(void **state)
{
    (void)state;
    static const double one[] = {0.1};
    assert_near(sp_fading_sd(0.03, 0, 0, NULL, 0), 0.03, 0);
    assert_near(sp_fading_sd(0.03, 0, 1, one, 0), 0.03, 0);
}

/* Changes of log 0.01, 0.03 and 0.02: squares around their mean sum to 0.0002. */
static void seen_and_assumed_count_by_their_number(void **state)
{
    (void)state;
    static const double change[] = {0.01, 0.03, 0.02};
    assert_near(sp_fading_sd(0.03, 0, 3, change, 0), sqrt((2 * 0.0009 + 0.0002) / (2 + 2)), 1e-12);
}

/* Growth that is the same every year is a slope, not steps. */
static void steady_growth_makes_steps_small(void **state)
{
    (void)state;
    double change[20];
    for (int year = 0; year < 20; year++) {
        change[year] = 0.05;
    }
    assert_near(sp_fading_sd(0.03, 0, 20, change, 0), 0.03 * sqrt(2.0 / 21), 1e-12);
}

/* Where nothing is kept it is the rule of steps; where much is, a few years in a row hold less of
 * the spread, by what their mean has: of two, (1 + kept) / 2. */
static void years_that_are_alike_hide_some_of_the_spread(void **state)
{
    (void)state;
    static const double three[] = {0.01, 0.03, 0.02}, two[] = {0.01, 0.03};
    assert_near(sp_fading_in_mean(0, 3), 1.0 / 3, 1e-12);
    assert_near(sp_fading_in_mean(0.8, 2), 0.9, 1e-12);
    assert_near(sp_fading_sd(0.03, 0, 3, three, 0), sqrt((2 * 0.0009 + 0.0002) / 4), 1e-12);
    assert_near(sp_fading_sd(0.03, 0.8, 2, two, 0), sqrt((2 * 0.0009 + 0.0002) / 2.2), 1e-12);
    assert_near(sp_fading_sd(0.03, 0.8, 1, two, 0), 0.03, 0);
}

/* Of squares around the mean of .0002 half is chance; no less than none is left. */
static void chance_is_no_step(void **state)
{
    (void)state;
    static const double change[] = {0.01, 0.02, 0.03};
    assert_near(sp_fading_sd(0.03, 0, 3, change, 0.0001), sqrt((2 * 0.0009 + 0.0001) / 4), 1e-12);
    assert_near(sp_fading_sd(0.03, 0, 3, change, 0.01), sqrt(2 * 0.0009 / 4), 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_two_values_it_is_what_is_assumed),
        cmocka_unit_test(seen_and_assumed_count_by_their_number),
        cmocka_unit_test(years_that_are_alike_hide_some_of_the_spread),
        cmocka_unit_test(steady_growth_makes_steps_small),
        cmocka_unit_test(chance_is_no_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
