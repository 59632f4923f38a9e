/* What a source changed without saying so, on tables small enough to read. */
#include "tests/core/rows.h"

#include "transforms/normalise/controls/drift.h"

#define COLUMNS "region:key period:key n:sum m:other"

static const SpDriftLimits strict = {.total = {0.0, 0.5},
                                     .level = {0.0, 0.2},
                                     .zeros = {0.0, 0.2},
                                     .kommuner = {0.0, 0.3},
                                     .revised = {0.0, HUGE_VAL},
                                     .codes = {0.0, HUGE_VAL},
                                     .copied = {0.0, 0.6},
                                     .growth = {0.2, HUGE_VAL},
                                     .factor = 10.0};

typedef struct {
    SpQuality *quality;
    SpJudge judge;
    SpTable *findings;
} Drift;

static void drift_clear(Drift *drift)
{
    sp_judge_clear(&drift->judge);
    sp_quality_free(drift->quality);
    sp_table_free(drift->findings);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Drift, drift_clear)

static Drift compare(const SpTable *now, const SpTable *before)
{
    Drift drift = {.quality = sp_quality_new()};
    sp_judge_init(&drift.judge, drift.quality, 1);
    if (before != NULL) {
        sp_drift_snapshots(now, before, &strict, &drift.judge);
    } else {
        sp_drift_periods(now, &strict, &drift.judge);
    }
    drift.findings = sp_quality_table(drift.quality);
    return drift;
}

/* "kind subject" is among the findings, with this text. */
static void assert_found(const Drift *drift, const char *kind, const char *subject,
                         const char *text)
{
    const SpTable *table = drift->findings;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), kind) == 0 &&
            strcmp(sp_table_code(table, row, 1), subject) == 0) {
            assert_non_null(strstr(sp_table_code(table, row, 2), text));
            return;
        }
    }
    fail_msg("no finding %s %s", kind, subject);
}

static void the_same_snapshot_again_says_nothing(void **state)
{
    (void)state;
    g_autoptr(SpTable) now = TABLE("t", COLUMNS, "0301 2023 10 1", "1103 2023 : 2.5");
    g_autoptr(SpTable) before = TABLE("t", COLUMNS, "0301 2023 10 1", "1103 2023 : 2.5");
    g_auto(Drift) drift = compare(now, before);
    assert_int_equal(sp_table_n_rows(drift.findings), 0);
}

static void revisions_are_counted_and_a_tenfold_is_a_break(void **state)
{
    (void)state;
    g_autoptr(SpTable) now =
        TABLE("t", COLUMNS, "0301 2023 100 1", "1103 2023 21 2", "1508 2023 5 3");
    g_autoptr(SpTable) before =
        TABLE("t", COLUMNS, "0301 2023 10 1", "1103 2023 20 2", "1508 2023 5 3");
    g_auto(Drift) drift = compare(now, before);
    assert_found(&drift, "revised", "n", "2 of 3");
    assert_found(&drift, "level_break", "n", "1 of 3");
    assert_found(&drift, "total_changed", "n", "from 35 to 126");
    assert_string_equal(drift.judge.kind, "level_break");
    assert_int_equal(sp_table_n_rows(drift.findings), 3);
}

static void a_zero_that_was_a_figure_is_told_and_a_missing_one_is_not(void **state)
{
    (void)state;
    g_autoptr(SpTable) now = TABLE("t", COLUMNS, "0301 2023 - 1", "1103 2023 .. 2");
    g_autoptr(SpTable) before = TABLE("t", COLUMNS, "0301 2023 10 1", "1103 2023 20 2");
    g_auto(Drift) drift = compare(now, before);
    assert_found(&drift, "zero_was_figure", "n", "1 of 1");
}

static void a_kommune_and_a_code_that_vanished_are_named(void **state)
{
    (void)state;
    g_autoptr(SpTable) now =
        TABLE("t", "region:key yrke:key period:key n:sum", "0301 a 2023 1", "0301 c 2023 1");
    g_autoptr(SpTable) before = TABLE("t", "region:key yrke:key period:key n:sum", "0301 a 2023 1",
                                      "1103 a 2023 1", "1103 b 2022 1", "1103 b 2023 1");
    g_auto(Drift) drift = compare(now, before);
    assert_found(&drift, "kommune_vanished", "region 1103", "not in this");
    assert_found(&drift, "kommune_vanished", "kommuner", "1 of 2");
    assert_found(&drift, "code_vanished", "yrke b", "not in this");
    assert_found(&drift, "code_vanished", "period 2022", "not in this");
    assert_found(&drift, "code_appeared", "yrke c", "not in the snapshot before");
    assert_string_equal(drift.judge.kind, "kommune_vanished");
}

static void the_only_employee_of_a_kommune_may_leave(void **state)
{
    (void)state;
    g_autoptr(SpTable) now = TABLE("t", COLUMNS, "0301 2023 10 1");
    g_autoptr(SpTable) before = TABLE("t", COLUMNS, "0301 2023 10 1", "1103 2023 4 1");
    sp_table_set_marks(before, SP_MARK_SENSITIVE);
    g_auto(Drift) drift = compare(now, before);
    g_autoptr(SpTable) findings = sp_table_copy(drift.findings);
    for (gsize row = 0; row < sp_table_n_rows(findings); row++) {
        assert_string_not_equal(sp_table_code(findings, row, sp_table_find(findings, "kind")),
                                "kommune_vanished");
    }
}

static void columns_and_measures_that_vanished_are_named(void **state)
{
    (void)state;
    g_autoptr(SpTable) now = TABLE("t", "region:key period:key n:sum p:sum", "0301 2023 .. 4");
    g_autoptr(SpTable) before = TABLE("t", COLUMNS, "0301 2023 10 1");
    g_auto(Drift) drift = compare(now, before);
    assert_found(&drift, "column_vanished", "m", "");
    assert_found(&drift, "column_appeared", "p", "");
    assert_found(&drift, "measure_vanished", "n", "");
}

static void a_year_that_only_one_has_does_not_change_the_total(void **state)
{
    (void)state;
    g_autoptr(SpTable) now = TABLE("t", COLUMNS, "0301 2023 10 1", "0301 2024 900 1");
    g_autoptr(SpTable) before = TABLE("t", COLUMNS, "0301 2022 700 1", "0301 2023 10 1");
    g_auto(Drift) drift = compare(now, before);
    assert_found(&drift, "code_vanished", "period 2022", "");
    assert_found(&drift, "code_appeared", "period 2024", "");
    assert_found(&drift, "codes_vanished", "period", "1 of 2");
    assert_int_equal(sp_table_n_rows(drift.findings), 3);
}

#define MANY "region:key period:key a:sum b:sum c:sum"

static void last_years_figures_sent_again_are_found_kommune_by_kommune(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("t", MANY, "0301 2022 10 20 30", "0301 2023 10 20 30", "1103 2022 10 20 30",
              "1103 2023 10 20 40", "1508 2022 10 20 ..", "1508 2023 10 20 ..");
    g_auto(Drift) drift = compare(table, NULL);
    assert_found(&drift, "copied", "region 0301", "all 3 figures equal those of 2022");
    assert_found(&drift, "copied", "kommuner", "1 of 2");
    assert_int_equal(sp_table_n_rows(drift.findings), 2);
    assert_null(drift.judge.why);
}

/* One employee stands at every level of a person-level table: her figures say nothing of copying,
 * and nor does one figure that many rows have. */
static void small_or_single_figures_that_repeat_are_no_copy(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", MANY, "0301 2022 1 2 3", "0301 2023 1 2 3",
                                     "1103 2022 10 10 10", "1103 2023 10 10 10");
    g_auto(Drift) drift = compare(table, NULL);
    assert_int_equal(sp_table_n_rows(drift.findings), 0);
}

static void many_copies_stop(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("t", MANY, "0301 2022 10 20 30", "0301 2023 10 20 30",
                                     "1103 2022 40 50 60", "1103 2023 40 50 60");
    g_auto(Drift) drift = compare(table, NULL);
    assert_string_equal(drift.judge.kind, "copied");
}

static void periods_tell_growth_zeros_and_who_is_missing(void **state)
{
    (void)state;
    g_autoptr(SpTable) table =
        TABLE("t", "region:key period:key n:sum", "0301 2021 1", "0301 2022 10", "0301 2023 20",
              "1103 2022 10", "1508 2022 40", "1508 2023 -", "1580 2022 4", "1580 2023 -");
    g_auto(Drift) drift = compare(table, NULL);
    assert_found(&drift, "growth", "n", "from 54 to 20");
    assert_found(&drift, "zero_after_figure", "n", "1 of 2");
    assert_found(&drift, "kommune_without_newest", "region 1103", "not in the newest");
}

static void one_period_or_no_region_is_nothing_to_compare(void **state)
{
    (void)state;
    g_autoptr(SpTable) one = TABLE("t", "region:key period:key n:sum", "0301 2021 1");
    g_autoptr(SpTable) none = TABLE("t", "alder:key period:key n:sum", "005 2021 1", "005 2022 9");
    g_auto(Drift) first = compare(one, NULL);
    g_auto(Drift) second = compare(none, NULL);
    assert_int_equal(sp_table_n_rows(first.findings), 0);
    assert_int_equal(sp_table_n_rows(second.findings), 0);
}

static void the_newest_two_periods_are_found_in_any_order(void **state)
{
    (void)state;
    const char *newest = NULL;
    const char *before = NULL;
    g_autoptr(SpTable) table =
        TABLE("t", "region:key period:key n:sum", "0301 2022 1", "0301 2023 1", "0301 2021 1");
    sp_drift_newest(table, &newest, &before);
    assert_string_equal(newest, "2023");
    assert_string_equal(before, "2022");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_snapshot_again_says_nothing),
        cmocka_unit_test(revisions_are_counted_and_a_tenfold_is_a_break),
        cmocka_unit_test(a_zero_that_was_a_figure_is_told_and_a_missing_one_is_not),
        cmocka_unit_test(a_kommune_and_a_code_that_vanished_are_named),
        cmocka_unit_test(the_only_employee_of_a_kommune_may_leave),
        cmocka_unit_test(columns_and_measures_that_vanished_are_named),
        cmocka_unit_test(a_year_that_only_one_has_does_not_change_the_total),
        cmocka_unit_test(last_years_figures_sent_again_are_found_kommune_by_kommune),
        cmocka_unit_test(small_or_single_figures_that_repeat_are_no_copy),
        cmocka_unit_test(many_copies_stop),
        cmocka_unit_test(periods_tell_growth_zeros_and_who_is_missing),
        cmocka_unit_test(one_period_or_no_region_is_nothing_to_compare),
        cmocka_unit_test(the_newest_two_periods_are_found_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
