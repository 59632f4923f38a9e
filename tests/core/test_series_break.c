/* Where a break stands in a table. */
#include "tests/check.h"
#include "tests/core/rows.h"

#include "core/series_break.h"

static void assert_break(const SpTable *table, const char *from, const char *expected)
{
    const char *found = sp_series_break(table, sp_table_find(table, "period"), from);
    if (expected == NULL) {
        assert_null(found);
    } else {
        assert_non_null(found);
        assert_string_equal(found, expected);
    }
}

static void the_period_of_the_break_is_that_of_its_year(void **state)
{
    (void)state;
    g_autoptr(SpTable) days = TABLE("t", "period:key n:sum", "2018-12-31 1", "2019-12-31 2");
    assert_break(days, "2019", "2019-12-31");
    g_autoptr(SpTable) first = TABLE("t", "period:key n:sum", "2019 1", "2020 2");
    assert_break(first, "2019", "2019");
}

static void a_year_that_is_not_there_gives_the_next_if_there_is_one_before(void **state)
{
    (void)state;
    g_autoptr(SpTable) gap = TABLE("t", "period:key n:sum", "2021 3", "2018 1");
    assert_break(gap, "2019", "2021");
    g_autoptr(SpTable) after = TABLE("t", "period:key n:sum", "2021 3", "2022 1");
    assert_break(after, "2019", NULL);
    assert_break(gap, "2022", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_period_of_the_break_is_that_of_its_year),
        cmocka_unit_test(a_year_that_is_not_there_gives_the_next_if_there_is_one_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
