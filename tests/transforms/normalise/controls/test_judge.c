/* Limits: what warns, what stops, and what is too little to stop by. */
#include "tests/core/rows.h"

#include "transforms/normalise/controls/judge.h"

static void limits_are_two_numbers_or_never(void **state)
{
    (void)state;
    SpLimits limits = {1, 2};
    assert_true(sp_limits_parse("0.05 0.5", &limits));
    assert_near(limits.warn, 0.05, 0.0);
    assert_near(limits.stop, 0.5, 0.0);
    assert_true(sp_limits_parse("0 -", &limits));
    assert_true(isinf(limits.stop));
    static const char *const bad[] = {"",    "0.5",   "0.5 0.1",  "-1 2",
                                      "a b", "1 2 3", "0.1  0.2", "- 1"};
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        assert_false(sp_limits_parse(bad[i], &limits));
    }
    assert_true(isinf(limits.stop));
}

static void a_share_warns_above_one_limit_and_stops_above_the_other(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(SpJudge) judge;
    sp_judge_init(&judge, quality, 10);
    const SpLimits limits = {.warn = 0.1, .stop = 0.5};
    assert_int_equal(sp_judge_share(&judge, "k", "none", (SpShare){0, 100, "x"}, &limits),
                     SP_VERDICT_PASS);
    assert_int_equal(sp_judge_share(&judge, "k", "at", (SpShare){10, 100, "x"}, &limits),
                     SP_VERDICT_PASS);
    assert_int_equal(sp_judge_share(&judge, "k", "above", (SpShare){11, 100, "x"}, &limits),
                     SP_VERDICT_WARN);
    assert_null(judge.why);
    assert_int_equal(sp_judge_share(&judge, "k", "far", (SpShare){51, 100, "x"}, &limits),
                     SP_VERDICT_STOP);
    assert_string_equal(judge.kind, "k");
    assert_string_equal(judge.why, "far: 51 of 100 x, the limit is 0.5");
    g_autoptr(SpTable) table = sp_quality_table(quality);
    assert_int_equal(sp_table_n_rows(table), 2);
}

static void few_units_warn_and_never_stop(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(SpJudge) judge;
    sp_judge_init(&judge, quality, 25);
    const SpLimits limits = {.warn = 0.0, .stop = 0.1};
    assert_int_equal(sp_judge_share(&judge, "k", "few", (SpShare){3, 4, "x"}, &limits),
                     SP_VERDICT_WARN);
    assert_int_equal(sp_judge_share(&judge, "k", "enough", (SpShare){3, 25, "x"}, &limits),
                     SP_VERDICT_STOP);
}

static void a_change_counts_either_way_and_from_nothing_has_no_size(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(SpJudge) judge;
    sp_judge_init(&judge, quality, 25);
    const SpLimits limits = {.warn = 0.05, .stop = 0.5};
    assert_int_equal(sp_judge_change(&judge, "k", "up", 100, 106, &limits), SP_VERDICT_WARN);
    assert_int_equal(sp_judge_change(&judge, "k", "down", 100, 94, &limits), SP_VERDICT_WARN);
    assert_int_equal(sp_judge_change(&judge, "k", "same", 100, 100, &limits), SP_VERDICT_PASS);
    assert_int_equal(sp_judge_change(&judge, "k", "new", 0, 100, &limits), SP_VERDICT_PASS);
    assert_int_equal(sp_judge_change(&judge, "k", "gone", 100, 0, &limits), SP_VERDICT_STOP);
    /* Sums of figures near the largest number there is. */
    double beyond = HUGE_VAL;
    assert_int_equal(sp_judge_change(&judge, "k", "huge", 100, beyond, &limits), SP_VERDICT_STOP);
    assert_int_equal(sp_judge_change(&judge, "k", "was huge", beyond, 100, &limits),
                     SP_VERDICT_STOP);
    assert_int_equal(sp_judge_change(&judge, "k", "both", beyond, beyond, &limits),
                     SP_VERDICT_PASS);
    assert_string_equal(judge.why, "gone: from 100 to 0, the limit is 0.5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_two_numbers_or_never),
        cmocka_unit_test(a_share_warns_above_one_limit_and_stops_above_the_other),
        cmocka_unit_test(few_units_warn_and_never_stop),
        cmocka_unit_test(a_change_counts_either_way_and_from_nothing_has_no_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
