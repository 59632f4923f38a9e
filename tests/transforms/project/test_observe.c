/* Figures of kommuner by year. */
#include "tests/check.h"

#include "transforms/project/observe.h"

enum { KOMMUNER = 4, YEARS = 3 };

static void assert_newest(const char *const seen[KOMMUNER], gsize year)
{
    gboolean is_seen[KOMMUNER * YEARS];
    for (gsize i = 0; i < KOMMUNER * YEARS; i++) {
        is_seen[i] = seen[i / YEARS][i % YEARS] == '1';
    }
    assert_int_equal(sp_observed_newest(KOMMUNER, YEARS, is_seen), year);
}

static void the_first_to_report_are_not_the_country(void **state)
{
    (void)state;
    assert_newest((const char *const[]){"111", "111", "111", "111"}, 2);
    assert_newest((const char *const[]){"111", "110", "110", "110"}, 1);
    assert_newest((const char *const[]){"111", "111", "110", "110"}, 2);
    assert_newest((const char *const[]){"100", "101", "100", "000"}, 0);
    assert_newest((const char *const[]){"001", "000", "000", "000"}, 2);
    assert_newest((const char *const[]){"000", "000", "000", "000"}, YEARS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_to_report_are_not_the_country),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
