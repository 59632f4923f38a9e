/* Periods by their text. */
#include "tests/check.h"

#include "core/period.h"

static void check(const char *text, SpPeriodKind kind, SpDay first, SpDay last)
{
    SpPeriod period = {SP_PERIOD_DATE, 0, 0};
    if (!sp_period_parse(text, &period)) {
        fail_msg("%s is no period", text);
    }
    assert_int_equal(period.kind, kind);
    assert_int_equal(period.first, first);
    assert_int_equal(period.last, last);
}

static void check_none(const char *text)
{
    SpPeriod period = {SP_PERIOD_MONTH, 1, 2};
    if (sp_period_parse(text, &period)) {
        fail_msg("\"%s\" is taken for a period", text);
    }
    assert_int_equal(period.kind, SP_PERIOD_MONTH);
    assert_int_equal(period.first, 1);
}

static void date_is_one_day(void **state)
{
    (void)state;
    check("2024-01-01", SP_PERIOD_DATE, 20240101, 20240101);
    check("2024-02-29", SP_PERIOD_DATE, 20240229, 20240229);
}

static void year_runs_from_new_year_to_new_years_eve(void **state)
{
    (void)state;
    check("1838", SP_PERIOD_YEAR, 18380101, 18381231);
}

static void halves_meet_at_midsummer(void **state)
{
    (void)state;
    check("2024H1", SP_PERIOD_HALF_YEAR, 20240101, 20240630);
    check("2024H2", SP_PERIOD_HALF_YEAR, 20240701, 20241231);
}

static void quarters_have_three_months(void **state)
{
    (void)state;
    check("2024K1", SP_PERIOD_QUARTER, 20240101, 20240331);
    check("2024K4", SP_PERIOD_QUARTER, 20241001, 20241231);
}

static void february_ends_on_its_last_day(void **state)
{
    (void)state;
    check("2024M02", SP_PERIOD_MONTH, 20240201, 20240229);
    check("2023M02", SP_PERIOD_MONTH, 20230201, 20230228);
    check("1900M02", SP_PERIOD_MONTH, 19000201, 19000228);
    check("2024M12", SP_PERIOD_MONTH, 20241201, 20241231);
}

static void school_year_runs_from_august_to_july(void **state)
{
    (void)state;
    check("2023/24", SP_PERIOD_SCHOOL_YEAR, 20230801, 20240731);
    check("1999/00", SP_PERIOD_SCHOOL_YEAR, 19990801, 20000731);
}

static void interval_has_both_its_days(void **state)
{
    (void)state;
    check("2022-12-01--2023-12-01", SP_PERIOD_INTERVAL, 20221201, 20231201);
}

static void moving_mean_has_both_its_years(void **state)
{
    (void)state;
    check("2021-2024", SP_PERIOD_MOVING_MEAN, 20210101, 20241231);
}

static void day_outside_the_calendar_is_none(void **state)
{
    (void)state;
    check_none("2023-02-29");
    check_none("1900-02-29");
    check_none("2024-13-01");
    check_none("2024-00-01");
    check_none("2024-04-31");
    check_none("2024-01-00");
    check_none("2022-12-01--2023-02-30");
}

static void part_outside_the_year_is_none(void **state)
{
    (void)state;
    check_none("2024H0");
    check_none("2024H3");
    check_none("2024K0");
    check_none("2024K5");
    check_none("2024M00");
    check_none("2024M13");
}

static void stretch_that_does_not_run_forwards_is_none(void **state)
{
    (void)state;
    check_none("2024-2024");
    check_none("2024-2021");
    check_none("2023-12-01--2022-12-01");
    check_none("2023-12-01--2023-12-01");
    check_none("2023/23");
    check_none("2023/25");
}

static void hostile_texts_are_none(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        " ",
        "2",
        "202",
        "0999",
        "2024 ",
        " 2024",
        "2024h1",
        "2024Q1",
        "2024M1",
        "2024M001",
        "20240101",
        "2024-1-1",
        "2024/01/01",
        "+024",
        "-024",
        "2024-01-0x",
        "2024-01-01T",
        "2024-01-01Z",
        "２０２４",
        "2024U01",
        "2024M0\xc3",
        "2022-12-01-",
        "2021–2024",
        "2024-01-01--2024",
        "2022-12-01-/2023-12-01",
        "1e3x",
        "2024-01-01\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        check_none(texts[i]);
    }
}

static void day_reads_back_as_its_text(void **state)
{
    (void)state;
    SpDay day = 0;
    char buffer[SP_DAY_SIZE];
    assert_true(sp_day_parse("2024-07-31", &day));
    assert_int_equal(day, 20240731);
    assert_string_equal(sp_day_format(day, buffer), "2024-07-31");
    assert_int_equal(sp_day_year(day), 2024);
}

static void text_around_a_day_is_no_day(void **state)
{
    (void)state;
    SpDay day = 7;
    assert_false(sp_day_parse("2024-07-31 ", &day));
    assert_false(sp_day_parse("2024-07-31T00:00:00Z", &day));
    assert_false(sp_day_parse("2024-07", &day));
    assert_int_equal(day, 7);
}

static void day_before_crosses_months_and_leap_years(void **state)
{
    (void)state;
    assert_int_equal(sp_day_before(20240102), 20240101);
    assert_int_equal(sp_day_before(20240101), 20231231);
    assert_int_equal(sp_day_before(20240301), 20240229);
    assert_int_equal(sp_day_before(20230301), 20230228);
}

static void distance_is_the_same_both_ways(void **state)
{
    (void)state;
    assert_int_equal(sp_day_distance(20240101, 20250101), 366);
    assert_int_equal(sp_day_distance(20250101, 20240101), 366);
    assert_int_equal(sp_day_distance(20240101, 20240101), 0);
}

static void told_year_is_round_and_at_most_ten_years_on(void **state)
{
    (void)state;
    assert_int_equal(sp_told_year(2024), 2030);
    assert_int_equal(sp_told_year(2025), 2035);
    assert_int_equal(sp_told_year(2026), 2035);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(date_is_one_day),
        cmocka_unit_test(year_runs_from_new_year_to_new_years_eve),
        cmocka_unit_test(halves_meet_at_midsummer),
        cmocka_unit_test(quarters_have_three_months),
        cmocka_unit_test(february_ends_on_its_last_day),
        cmocka_unit_test(school_year_runs_from_august_to_july),
        cmocka_unit_test(interval_has_both_its_days),
        cmocka_unit_test(moving_mean_has_both_its_years),
        cmocka_unit_test(day_outside_the_calendar_is_none),
        cmocka_unit_test(part_outside_the_year_is_none),
        cmocka_unit_test(stretch_that_does_not_run_forwards_is_none),
        cmocka_unit_test(hostile_texts_are_none),
        cmocka_unit_test(day_reads_back_as_its_text),
        cmocka_unit_test(text_around_a_day_is_no_day),
        cmocka_unit_test(day_before_crosses_months_and_leap_years),
        cmocka_unit_test(distance_is_the_same_both_ways),
        cmocka_unit_test(told_year_is_round_and_at_most_ten_years_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
