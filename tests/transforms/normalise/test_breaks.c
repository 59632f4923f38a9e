/* Known breaks become flags. */
#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/breaks.h"

#define BREAK_COLUMNS "tabell:key kolonne:key fra:key nb:attribute"

static SpTable *users(void)
{
    return TABLE("brukere", "region:key period:key bolig:other inst:other", "0301 2018-12-31 1 2",
                 "0301 2019-12-31 3 4", "0301 2020-12-31 5 6", "1103 2019-12-31 : -");
}

static void flag_all(SpTable *table, SpTable *breaks, SpQuality *quality)
{
    g_autoptr(SpTable) taken = breaks;
    g_autoptr(GError) error = NULL;
    sp_normalise_breaks(table, taken, quality, &error);
    assert_no_error(error);
}

static void the_first_period_of_one_measure_is_flagged(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = users();
    g_autoptr(SpQuality) quality = sp_quality_new();
    flag_all(table,
             TABLE("brudd", BREAK_COLUMNS, "brukere bolig 2019 Nytt", "andre inst 2019 Nytt"),
             quality);
    assert_rows(table, "0301 2018-12-31 1 2", "0301 2019-12-31 3/b 4", "0301 2020-12-31 5 6",
                "1103 2019-12-31 : -");
    assert_true(has_finding(quality, "break", "bolig 2019-12-31", "1 figures: Nytt"));
}

static void no_measure_named_means_all_and_zero_is_a_figure(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = users();
    g_autoptr(SpQuality) quality = sp_quality_new();
    flag_all(table, TABLE("brudd", BREAK_COLUMNS, "brukere _ 2019 Nytt"), quality);
    assert_rows(table, "0301 2018-12-31 1 2", "0301 2019-12-31 3/b 4/b", "0301 2020-12-31 5 6",
                "1103 2019-12-31 : -/b");
}

/* A gap moves the flag to the next period there is; a table that begins later has no break, and one
 * that begins with it has. */
static void the_flag_stands_where_the_series_meets_the_break(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) gap =
        TABLE("t", "region:key period:key n:other", "0301 2017 1", "0301 2020 2", "0301 2021 3");
    flag_all(gap, TABLE("brudd", BREAK_COLUMNS, "t _ 2019 Nytt"), quality);
    assert_rows(gap, "0301 2017 1", "0301 2020 2/b", "0301 2021 3");
    g_autoptr(SpTable) late = TABLE("t", "region:key period:key n:other", "0301 2020 2");
    flag_all(late, TABLE("brudd", BREAK_COLUMNS, "t _ 2019 Nytt"), quality);
    assert_rows(late, "0301 2020 2");
    g_autoptr(SpTable) first = TABLE("t", "region:key period:key n:other", "0301 2019 2");
    flag_all(first, TABLE("brudd", BREAK_COLUMNS, "t _ 2019 Nytt"), quality);
    assert_rows(first, "0301 2019 2/b");
    g_autoptr(SpTable) timeless = TABLE("t", "region:key n:other", "0301 2");
    flag_all(timeless, TABLE("brudd", BREAK_COLUMNS, "t _ 2019 Nytt"), quality);
    assert_rows(timeless, "0301 2");
}

static void a_measure_that_is_not_there_is_a_configuration_slip_told_with_the_file(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = users();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) wrong = TABLE("brudd", BREAK_COLUMNS, "brukere hus 2019 Nytt");
    assert_false(sp_normalise_breaks(table, wrong, quality, &error));
    assert_error(error, SP_ERROR_CONFIG, "brudd.csv");
    g_clear_error(&error);
    g_autoptr(SpTable) narrow = TABLE("brudd", "tabell:key fra:key", "brukere 2019");
    assert_false(sp_normalise_breaks(table, narrow, quality, &error));
    assert_error(error, SP_ERROR_CONFIG, "kolonne");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_period_of_one_measure_is_flagged),
        cmocka_unit_test(no_measure_named_means_all_and_zero_is_a_figure),
        cmocka_unit_test(the_flag_stands_where_the_series_meets_the_break),
        cmocka_unit_test(a_measure_that_is_not_there_is_a_configuration_slip_told_with_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
