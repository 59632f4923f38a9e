/* How yearly numbers vary. */
#include "tests/check.h"

#include "transforms/project/supply/numbers.h"

#include <math.h>

static SpNumbers numbers_of(gsize n, const double persons[])
{
    SpNumbers numbers = {.first = 2010};
    for (gsize i = 0; i < SP_N_PAST_YEARS; i++) {
        numbers.persons[i] = i < n ? persons[i] : (double)NAN;
    }
    return numbers;
}

/* Around 1, 2, ... 6 nobody lies off the line; two assumed years of .1 beside six less two are
 * left. */
static void a_trend_is_no_chance(void **state)
{
    (void)state;
    static const double rising[] = {100, 120, 140, 160, 180, 200};
    SpNumbers numbers = numbers_of(6, rising);
    assert_near(sp_numbers_sd(&numbers, 0.1), sqrt(2 * 0.01 / 6), 1e-12);
    numbers.persons[2] = NAN; /* nor is it where a year is not known */
    assert_near(sp_numbers_sd(&numbers, 0.1), sqrt(2 * 0.01 / 5), 1e-12);
}

/* 110, 90, 90, 110: no slope, and 10 % off the mean each year. */
static void years_off_the_line_are(void **state)
{
    (void)state;
    static const double uneven[] = {110, 90, 90, 110};
    SpNumbers numbers = numbers_of(4, uneven);
    assert_near(sp_numbers_sd(&numbers, 0), sqrt(4 * 0.01 / 4), 1e-12);
    assert_near(sp_numbers_sd(&numbers, 0.05), sqrt((2 * 0.0025 + 0.04) / 4), 1e-12);
}

static void two_years_tell_nothing(void **state)
{
    (void)state;
    static const double two[] = {100, 150};
    SpNumbers numbers = numbers_of(2, two);
    assert_near(sp_numbers_sd(&numbers, 0.07), 0.07, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trend_is_no_chance),
        cmocka_unit_test(years_off_the_line_are),
        cmocka_unit_test(two_years_tell_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
