/* What the publication calendar expects on a day; and since when a source has failed. */
#include "tests/core/rows.h"

#include "core/io/files.h"
#include "pipeline/calendar.h"
#include "pipeline/catalogue.h"
#include "pipeline/ledger.h"

#define CALENDAR "dataset:attribute forventet:attribute periode:attribute"

static char *expected(const SpTable *calendar, const char *dataset, SpDay day)
{
    char *period = NULL;
    SpDay due = 0;
    g_autoptr(GError) error = NULL;
    assert_true(sp_calendar_expected(calendar, dataset, day, &period, &due, &error));
    assert_no_error(error);
    assert_true(period == NULL || due <= day);
    return period;
}

static void a_period_is_expected_from_its_day_on(void **state)
{
    (void)state;
    g_autoptr(SpTable) calendar = TABLE("k", CALENDAR, "ssb/a 03-01 {0}-01-01", "ssb/b 06-30 {-1}");
    static const struct {
        const char *dataset;
        SpDay day;
        const char *period;
    } cases[] = {
        {"ssb/a", 20260228, "2025-01-01"}, {"ssb/a", 20260301, "2026-01-01"},
        {"ssb/b", 20260629, "2024"},       {"ssb/b", 20260630, "2025"},
        {"ssb/b", 20261231, "2025"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *period = expected(calendar, cases[i].dataset, cases[i].day);
        assert_string_equal(period, cases[i].period);
    }
    assert_null(expected(calendar, "ssb/c", 20260630));
}

static void of_several_days_a_year_the_newest_period_counts(void **state)
{
    (void)state;
    g_autoptr(SpTable) calendar =
        TABLE("k", CALENDAR, "ssb/a 02-15 {-1}K4", "ssb/a 05-15 {0}K1", "ssb/a 08-15 {0}K2");
    g_autofree char *winter = expected(calendar, "ssb/a", 20260301);
    g_autofree char *summer = expected(calendar, "ssb/a", 20260701);
    assert_string_equal(winter, "2025K4");
    assert_string_equal(summer, "2026K1");
}

static void facts_without_the_period_are_late(void **state)
{
    (void)state;
    assert_true(sp_calendar_is_late("2025-01-01", "2026-01-01"));
    assert_false(sp_calendar_is_late("2026-01-01", "2026-01-01"));
    assert_false(sp_calendar_is_late("2026-07-01", "2026-01-01"));
    assert_true(sp_calendar_is_late("", "2026-01-01"));
    assert_true(sp_calendar_is_late(NULL, "2026-01-01"));
}

static void rows_that_are_wrong_are_refused_by_number(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"ssb/a 13-01 {0}", "row 2: forventet \"13-01\""},
        {"ssb/a snart {0}", "row 2: forventet"},
        {"ssb/a 03-01 2026", "row 2: periode"},
        {"ssb/a 03-01 {0}-02-30", "row 2: periode"},
        {"ssb/a 03-01 {x}", "row 2: periode"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(SpTable) calendar = TABLE("k", CALENDAR, bad[i][0]);
        g_autoptr(GError) error = NULL;
        char *period = NULL;
        SpDay due = 0;
        assert_false(sp_calendar_expected(calendar, "ssb/a", 20260301, &period, &due, &error));
        assert_error(error, SP_ERROR_CONFIG, bad[i][1]);
        assert_null(period);
    }
}

/* Leap days are no day of most years: a calendar must not name one. */
static void the_calendar_that_ships_can_be_read(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", SP_CALENDAR_FILE, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) calendar = sp_catalogue_read(path, "kalender", NULL, &error);
    assert_no_error(error);
    assert_true(sp_table_n_rows(calendar) > 0);
    for (gsize row = 0; row < sp_table_n_rows(calendar); row++) {
        g_autofree char *period = expected(calendar, sp_table_code(calendar, row, 0), 20260228);
        assert_non_null(period);
    }
}

static void note(SpLedger *ledger, const char *unit, SpOutcome outcome, gint64 when)
{
    const SpExecution execution = {.stage = "fetch",
                                   .unit = unit,
                                   .key = "",
                                   .content = "",
                                   .outcome = outcome,
                                   .started = when};
    g_autoptr(GError) error = NULL;
    assert_true(sp_ledger_note(ledger, 1, &execution, NULL, 0, &error));
    assert_no_error(error);
}

static gint64 since(SpLedger *ledger, const char *unit)
{
    gint64 when = -1;
    g_autoptr(GError) error = NULL;
    assert_true(sp_ledger_failing_since(ledger, "fetch", unit, &when, &error));
    assert_no_error(error);
    return when;
}

static void failures_count_from_the_first_after_a_success(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("statpakke-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "ledger.db", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLedger) ledger = sp_ledger_open(path, &error);
    gint64 run = 0;
    assert_no_error(error);
    assert_true(sp_ledger_begin_run(ledger, "test", 1, &run, NULL));
    assert_int_equal(since(ledger, "ssb/a"), 0);
    note(ledger, "ssb/a", SP_OUTCOME_FAILED, 100);
    note(ledger, "ssb/a", SP_OUTCOME_REUSED, 200);
    assert_int_equal(since(ledger, "ssb/a"), 0);
    note(ledger, "ssb/a", SP_OUTCOME_FAILED, 300);
    note(ledger, "ssb/b", SP_OUTCOME_MADE, 350);
    note(ledger, "ssb/a", SP_OUTCOME_FAILED, 400);
    assert_int_equal(since(ledger, "ssb/a"), 300);
    assert_int_equal(since(ledger, "ssb/b"), 0);
    sp_ledger_close(g_steal_pointer(&ledger));
    assert_true(sp_folder_remove(folder, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_period_is_expected_from_its_day_on),
        cmocka_unit_test(of_several_days_a_year_the_newest_period_counts),
        cmocka_unit_test(facts_without_the_period_are_late),
        cmocka_unit_test(rows_that_are_wrong_are_refused_by_number),
        cmocka_unit_test(the_calendar_that_ships_can_be_read),
        cmocka_unit_test(failures_count_from_the_first_after_a_success),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
