/* Figures of kommuner by year. */
#include "tests/check.h"

#include "transforms/project/observe.h"

enum { KOMMUNER = 4, YEARS = 3, CELLS = KOMMUNER * YEARS };

static const double alike[KOMMUNER] = {5, 5, 5, 5}, one_large[KOMMUNER] = {70, 10, 10, 10};

static void read_seen(const char *const seen[KOMMUNER], gboolean is_seen[])
{
    for (gsize i = 0; i < CELLS; i++) {
        is_seen[i] = seen[i / YEARS][i % YEARS] == '1';
    }
}

static void assert_newest_of(const double heads[KOMMUNER], const char *const seen[KOMMUNER],
                             gsize year)
{
    gboolean is_seen[CELLS];
    read_seen(seen, is_seen);
    assert_int_equal(sp_observed_newest(KOMMUNER, YEARS, is_seen, heads), year);
}

static void assert_newest(const char *const seen[KOMMUNER], gsize year)
{
    assert_newest_of(alike, seen, year);
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

/* Three kommuner of four are not the country when most people live in the fourth; it alone is. */
static void people_tell_whether_a_year_is_the_country(void **state)
{
    (void)state;
    assert_newest_of(one_large, (const char *const[]){"110", "111", "111", "111"}, 1);
    assert_newest_of(one_large, (const char *const[]){"111", "110", "110", "110"}, 2);
    assert_newest_of(one_large, (const char *const[]){"000", "110", "110", "011"}, 1);
}

static void assert_thin(const char *const seen[KOMMUNER], const char *thin)
{
    gboolean is_seen[CELLS], is_thin[YEARS];
    read_seen(seen, is_seen);
    sp_observed_find_thin_years(KOMMUNER, YEARS, is_seen, one_large, is_thin);
    for (gsize year = 0; year < YEARS; year++) {
        assert_int_equal(is_thin[year], thin[year] == '1');
    }
}

static void the_newest_year_is_none_that_is_thin(void **state)
{
    (void)state;
    assert_thin((const char *const[]){"110", "111", "111", "111"}, "001");
    assert_thin((const char *const[]){"010", "111", "111", "110"}, "101");
    assert_thin((const char *const[]){"000", "110", "110", "010"}, "000");
    assert_thin((const char *const[]){"000", "000", "000", "000"}, "000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_to_report_are_not_the_country),
        cmocka_unit_test(people_tell_whether_a_year_is_the_country),
        cmocka_unit_test(the_newest_year_is_none_that_is_thin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
