/* Figures of kommuner by year. */
#include "tests/check.h"

#include "transforms/project/observe.h"

enum { KOMMUNER = 4, YEARS = 3 };

static void assert_newest(const char *const seen[KOMMUNER], gsize year)
{
    gboolean is_seen[KOMMUNER * YEARS];
    for (gsize i = 0; i < KOMMUNER * YEARS; i++) {
        is_seen[i] = seen[i / YEARS][i % YEARS] == 'x';
    }
    assert_int_equal(sp_observed_newest(KOMMUNER, YEARS, is_seen), year);
}

static void the_first_to_report_are_not_the_country(void **state)
{
    (void)state;
    assert_newest((const char *const[]){"xxx", "xxx", "xxx", "xxx"}, 2);
    assert_newest((const char *const[]){"xxx", "xx.", "xx.", "xx."}, 1);
    assert_newest((const char *const[]){"xxx", "xxx", "xx.", "xx."}, 2);
    assert_newest((const char *const[]){"x..", "x.x", "x..", "..."}, 0);
    assert_newest((const char *const[]){"..x", "...", "...", "..."}, 2);
    assert_newest((const char *const[]){"...", "...", "...", "..."}, YEARS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_to_report_are_not_the_country),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
