#include "core/real.h"

#include "tests/check.h"

static void check_real(SpReal real, double value, SpStatus status, guint flags)
{
    assert_near(real.value, value, 0);
    assert_int_equal(real.status, status);
    assert_int_equal(real.flags, flags);
}

static void exact_zero_is_never_present(void **state)
{
    (void)state;
    check_real(sp_real(0.0), 0, SP_ZERO, 0);
    check_real(sp_real(-0.0), 0, SP_ZERO, 0);
    assert_false(signbit(sp_real(-0.0).value));
    check_real(sp_real(1e-300), 1e-300, SP_PRESENT, 0);
}

static void nan_and_infinity_are_missing(void **state)
{
    (void)state;
    check_real(sp_real(NAN), 0, SP_MISSING, 0);
    check_real(sp_real(INFINITY), 0, SP_MISSING, 0);
    check_real(sp_real_flagged(-(double)INFINITY, SP_FLAG_STALE), 0, SP_MISSING, SP_FLAG_STALE);
}

static void sum_of_nothing_is_not_applicable(void **state)
{
    (void)state;
    check_real(sp_real_sum(NULL, 0), 0, SP_NOT_APPLICABLE, 0);
}

static void sum_skips_not_applicable_with_its_flags(void **state)
{
    (void)state;
    SpReal closed = sp_real_none(SP_NOT_APPLICABLE);
    closed.flags = SP_FLAG_STALE;
    const SpReal reals[] = {closed, sp_real_flagged(3, SP_FLAG_MODELLED), closed, sp_real(4)};
    check_real(sp_real_sum(reals, G_N_ELEMENTS(reals)), 7, SP_PRESENT, SP_FLAG_MODELLED);
}

static void suppressed_is_stronger_than_missing_than_pending(void **state)
{
    (void)state;
    SpReal pending = sp_real_none(SP_PENDING), missing = sp_real_none(SP_MISSING),
           suppressed = sp_real_none(SP_SUPPRESSED);
    check_real(sp_real_add(pending, missing), 0, SP_MISSING, 0);
    check_real(sp_real_add(suppressed, missing), 0, SP_SUPPRESSED, 0);
    check_real(sp_real_add(sp_real(12), pending), 0, SP_PENDING, 0);
    check_real(sp_real_add(sp_real_none(SP_NOT_APPLICABLE), suppressed), 0, SP_SUPPRESSED, 0);
}

static void below_unit_adds_nothing_but_is_remembered_in_a_zero_sum(void **state)
{
    (void)state;
    SpReal below = sp_real_none(SP_BELOW_UNIT);
    check_real(sp_real_add(below, sp_real(5)), 5, SP_PRESENT, 0);
    check_real(sp_real_add(below, sp_real(0)), 0, SP_BELOW_UNIT, 0);
    check_real(sp_real_add(sp_real(0), sp_real(0)), 0, SP_ZERO, 0);
}

static void sum_that_cancels_out_is_zero(void **state)
{
    (void)state;
    check_real(sp_real_add(sp_real(2.5), sp_real(-2.5)), 0, SP_ZERO, 0);
}

static void sum_beyond_double_is_missing_not_infinite(void **state)
{
    (void)state;
    check_real(sp_real_add(sp_real(1.7e308), sp_real(1.7e308)), 0, SP_MISSING, 0);
}

static void rate_over_nobody_is_not_applicable(void **state)
{
    (void)state;
    check_real(sp_real_rate(sp_real(3), sp_real(0), 1000), 0, SP_NOT_APPLICABLE, 0);
    check_real(sp_real_rate(sp_real(3), sp_real_none(SP_BELOW_UNIT), 1000), 0, SP_NOT_APPLICABLE,
               0);
    check_real(sp_real_rate(sp_real(3), sp_real_none(SP_NOT_APPLICABLE), 1000), 0,
               SP_NOT_APPLICABLE, 0);
}

static void rate_keeps_the_stronger_status_and_both_flags(void **state)
{
    (void)state;
    SpReal suppressed = sp_real_none(SP_SUPPRESSED);
    suppressed.flags = SP_FLAG_PROVISIONAL;
    check_real(sp_real_rate(suppressed, sp_real_none(SP_MISSING), 1), 0, SP_SUPPRESSED,
               SP_FLAG_PROVISIONAL);
    check_real(
        sp_real_rate(sp_real_flagged(2, SP_FLAG_MODELLED), sp_real_flagged(8, SP_FLAG_STALE), 1000),
        250, SP_PRESENT, SP_FLAG_MODELLED | SP_FLAG_STALE);
    check_real(sp_real_rate(sp_real(0), sp_real(8), 1000), 0, SP_ZERO, 0);
}

static void signs_are_those_of_statistics_norway_both_ways(void **state)
{
    (void)state;
    SpStatus status;
    assert_string_equal(sp_status_sign(SP_PENDING), "...");
    assert_string_equal(sp_status_sign(SP_MISSING), "..");
    assert_string_equal(sp_status_sign(SP_NOT_APPLICABLE), ".");
    assert_string_equal(sp_status_sign(SP_SUPPRESSED), ":");
    assert_true(sp_status_find("...", &status));
    assert_int_equal(status, SP_PENDING);
    assert_true(sp_status_find("-", &status));
    assert_int_equal(status, SP_ZERO);
    assert_false(sp_status_find("....", &status));
    assert_false(sp_status_find("n/a", &status));
}

static void flags_have_one_fixed_order(void **state)
{
    (void)state;
    char text[SP_FLAGS_TEXT_SIZE];
    guint8 flags = 0;
    assert_string_equal(sp_flags_format(0, text), "");
    assert_string_equal(
        sp_flags_format(SP_FLAG_STALE | SP_FLAG_PROVISIONAL | SP_FLAG_BREAK_BEFORE, text), "pbs");
    assert_string_equal(sp_flags_format(SP_FLAG_SAMPLE | SP_FLAG_MODELLED, text), "mu");
    assert_string_equal(sp_flags_format(SP_FLAG_ROUNDED | SP_FLAG_SAMPLE, text), "ur");
    assert_true(sp_flags_parse("sbp", &flags));
    assert_int_equal(flags, SP_FLAG_STALE | SP_FLAG_PROVISIONAL | SP_FLAG_BREAK_BEFORE);
    assert_false(sp_flags_parse("px", &flags));
}

static void change_that_rounding_alone_has_made_is_zero(void **state)
{
    (void)state;
    assert_near(sp_real_change(0.3, 0.1 + 0.2), 0.0, 0.0);
    assert_near(sp_real_change(5000.0, 5000.0 * (1.0 + 9e-10)), 0.0, 0.0);
    assert_near(sp_real_change(5000.0, 5000.0 * (1.0 - 9e-10)), 0.0, 0.0);
    assert_near(sp_real_change(1.0, 1.0 + 2e-9), 2e-9, 1e-15);
    assert_near(sp_real_change(0.0, 1e-30), 1e-30, 0.0);
    assert_near(sp_real_change(3.0, 1.0), -2.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_zero_is_never_present),
        cmocka_unit_test(nan_and_infinity_are_missing),
        cmocka_unit_test(sum_of_nothing_is_not_applicable),
        cmocka_unit_test(sum_skips_not_applicable_with_its_flags),
        cmocka_unit_test(suppressed_is_stronger_than_missing_than_pending),
        cmocka_unit_test(below_unit_adds_nothing_but_is_remembered_in_a_zero_sum),
        cmocka_unit_test(sum_that_cancels_out_is_zero),
        cmocka_unit_test(sum_beyond_double_is_missing_not_infinite),
        cmocka_unit_test(rate_over_nobody_is_not_applicable),
        cmocka_unit_test(rate_keeps_the_stronger_status_and_both_flags),
        cmocka_unit_test(signs_are_those_of_statistics_norway_both_ways),
        cmocka_unit_test(flags_have_one_fixed_order),
        cmocka_unit_test(change_that_rounding_alone_has_made_is_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
