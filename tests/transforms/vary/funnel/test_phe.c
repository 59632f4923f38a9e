/* Public Health England's classes and limits: golden set 10, and the rule by hand. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/funnel/phe.h"

static const char *const texts[] = {
    [SP_PHE_NOT_SIGNIFICANT] = "Not significant",
    [SP_PHE_LOW_025] = "Low (0.025)",
    [SP_PHE_LOW_001] = "Low (0.001)",
    [SP_PHE_HIGH_025] = "High (0.025)",
    [SP_PHE_HIGH_001] = "High (0.001)",
};

static void classes_agree_with_phe_in_every_row(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) rows = golden_read(folder, "10_phe_funnel/input_ratio_significance.csv");
    assert_true(rows->len > 250);
    for (guint i = 1; i < rows->len; i++) {
        const SpPheClass class = sp_phe_class(golden_number(rows, i, 0), golden_number(rows, i, 1));
        assert_string_equal(texts[class], golden_text(rows, i, 2));
    }
}

/* Within the set's tolerance, 1e-5 of the figure; but the package searches for its limits, and
 * stops up to 1e-7 events from them, which is more than that for 1 event at 99.8 % (-log(0.999) =
 * 0.0010005003, printed 0.001000547). */
static void assert_near_phe(double ratio, double observed, const GPtrArray *rows, guint row,
                            guint first)
{
    const double expected = observed / ratio;
    const double share = 1e-5 + 1e-7 / expected;
    assert_golden_share(sp_real(expected), golden_text(rows, row, first), share);
    assert_golden_share(sp_real(ratio * 100.0), golden_text(rows, row, first + 2), share);
}

static void limits_agree_with_phe_in_every_row(void **state)
{
    (void)state;
    /* Three columns a limit: the events expected, the ratio less 1, the ratio times 100. */
    enum { LOWER_2S = 1, UPPER_2S = 4, LOWER_3S = 7, UPPER_3S = 10 };
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) rows = golden_read(folder, "10_phe_funnel/expected_ratio_limits.csv");
    assert_true(rows->len > 50);
    for (guint i = 1; i < rows->len; i++) {
        const double observed = golden_number(rows, i, 0);
        const SpInterval narrow = sp_phe_ratio_limits(observed, 0.95);
        const SpInterval wide = sp_phe_ratio_limits(observed, 0.998);
        assert_near_phe(narrow.low.value, observed, rows, i, LOWER_2S);
        assert_near_phe(narrow.high.value, observed, rows, i, UPPER_2S);
        assert_near_phe(wide.low.value, observed, rows, i, LOWER_3S);
        assert_near_phe(wide.high.value, observed, rows, i, UPPER_3S);
    }
}

/* Byar's 95 % limits of 30 are 20.24 and 42.83, his 99.8 % limits 16.0 and 50.8 (R). */
static void a_class_is_where_the_limits_leave_out_one(void **state)
{
    (void)state;
    assert_int_equal(sp_phe_class(30.0, 30.0), SP_PHE_NOT_SIGNIFICANT);
    assert_int_equal(sp_phe_class(30.0, 20.0), SP_PHE_HIGH_025);
    assert_int_equal(sp_phe_class(30.0, 14.0), SP_PHE_HIGH_001);
    assert_int_equal(sp_phe_class(30.0, 44.0), SP_PHE_LOW_025);
    assert_int_equal(sp_phe_class(30.0, 53.0), SP_PHE_LOW_001);
}

/* -log(0.025) is 3.69, -log(0.001) is 6.91. */
static void nobody_is_low_where_enough_were_expected(void **state)
{
    (void)state;
    assert_int_equal(sp_phe_class(0.0, 3.6), SP_PHE_NOT_SIGNIFICANT);
    assert_int_equal(sp_phe_class(0.0, 3.8), SP_PHE_LOW_025);
    assert_int_equal(sp_phe_class(0.0, 7.0), SP_PHE_LOW_001);
    assert_int_equal(sp_phe_class(3.0, 0.0), SP_PHE_NOT_SIGNIFICANT);
    assert_int_equal(sp_phe_ratio_limits(0.0, 0.95).low.status, SP_ZERO);
    assert_int_equal(sp_phe_ratio_limits(0.0, 0.95).high.status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_agree_with_phe_in_every_row),
        cmocka_unit_test(limits_agree_with_phe_in_every_row),
        cmocka_unit_test(a_class_is_where_the_limits_leave_out_one),
        cmocka_unit_test(nobody_is_low_where_enough_were_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
