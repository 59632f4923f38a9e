/* Where kommuner lie in table plassering. */
#include "tests/transforms/vary/variation.h"

static void signal_names_the_limit_that_is_passed(void **state)
{
    (void)state;
    SpTable *values = values_new();
    /* Poisson around 40: 95 % from 28.0 to 52.9, 99.8 % from 22.0 to 60.9. */
    add_value(values, "antall", "1505", (Rate){sp_real(70.0), 400.0, 1000.0}, sp_real(40.0));
    add_value(values, "antall", "1506", (Rate){sp_real(55.0), 400.0, 1000.0}, sp_real(40.0));
    add_value(values, "antall", "1508", (Rate){sp_real(9.0), 400.0, 1000.0}, sp_real(40.0));
    add_value(values, "antall", "1511", (Rate){sp_real(26.0), 400.0, 1000.0}, sp_real(40.0));
    add_value(values, "antall", "1580", (Rate){sp_real(40.0), 400.0, 1000.0}, sp_real(40.0));
    g_auto(Made) made = make(values);
    assert_string_equal(signal_of(made.places, "1505"), "over_998");
    assert_string_equal(signal_of(made.places, "1506"), "over_95");
    assert_string_equal(signal_of(made.places, "1508"), "under_998");
    assert_string_equal(signal_of(made.places, "1511"), "under_95");
    assert_string_equal(signal_of(made.places, "1580"), "");
}

/* golden/08, pois,4,1: -0.2363, 0.0228, 1.9695, 2.7389 times the expected. */
static void limits_are_in_the_unit_of_the_value(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    assert_near(place(&made, "nedre_95", "antall", "1511").value, 0.0228096094267878 * 100.0, 1e-9);
    assert_near(place(&made, "oevre_95", "antall", "1511").value, 1.9694613422507 * 100.0, 1e-9);
    assert_near(place(&made, "oevre_998", "antall", "1511").value, 2.73898814962917 * 100.0, 1e-9);
}

static void limit_below_zero_is_shown_as_zero(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    assert_int_equal(place(&made, "nedre_998", "antall", "1511").status, SP_ZERO);
}

/* Binomial limits are narrower than Poisson ones, and end at the whole. */
static void share_has_binomial_limits_within_zero_and_one(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "andel", "1505", (Rate){sp_real(3.0), 3.0, 1.0}, sp_real(2.7));
    add_value(values, "andel", "1506", (Rate){sp_real(45.0), 50.0, 1.0}, sp_real(45.0));
    g_auto(Made) made = make(values);
    assert_true(place(&made, "oevre_998", "andel", "1505").value <= 1.0);
    assert_true(place(&made, "oevre_998", "andel", "1506").value <= 1.0);
    assert_true(place(&made, "nedre_998", "andel", "1506").value > 0.7);
}

static void suppressed_kommune_has_limits_but_no_place(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    assert_int_equal(place(&made, "verdi", "antall", "1580").status, SP_SUPPRESSED);
    assert_int_equal(place(&made, "ratio", "antall", "1580").status, SP_SUPPRESSED);
    assert_int_equal(place(&made, "krympet", "antall", "1580").status, SP_SUPPRESSED);
    assert_true(sp_real_is_number(place(&made, "oevre_95", "antall", "1580")));
    assert_string_equal(signal_of(made.places, "1580"), "");
}

static void shrunk_ratio_lies_between_its_own_and_the_common_and_is_marked_modelled(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    const SpReal shrunk = place(&made, "krympet", "antall", "1506");
    assert_near(place(&made, "ratio", "antall", "1506").value, 1.75, 1e-12);
    assert_true(shrunk.value > 1.0 && shrunk.value < 1.75);
    assert_int_equal(shrunk.flags, SP_FLAG_MODELLED);
}

/* Its denominator is below 25 persons: indikatorverdi has teller and forventet, but no verdi. */
static void kommune_whose_value_is_withheld_has_no_place_either(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "andel", "1505", (Rate){sp_real(20.0), 50.0, 1.0}, sp_real(15.0));
    add_value(values, "andel", "1506", (Rate){sp_real(25.0), 100.0, 1.0}, sp_real(30.0));
    add_value(values, "andel", "1508", (Rate){sp_real(24.0), 24.0, 1.0}, sp_real(7.2));
    sp_table_set_real(values, 2, 5, sp_real_none(SP_MISSING));
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "n_kommuner", "andel").value, 2.0, 0.0);
    assert_near(whole(&made, "n_utelatt", "andel").value, 3.0, 0.0);
    assert_int_equal(whole(&made, "andel_utenfor_998", "andel").status, SP_ZERO);
    assert_int_equal(place(&made, "ratio", "andel", "1508").status, SP_MISSING);
    assert_int_equal(place(&made, "krympet", "andel", "1508").status, SP_MISSING);
    assert_string_equal(signal_of(made.places, "1508"), "");
    assert_true(sp_real_is_number(place(&made, "oevre_998", "andel", "1508")));
}

static void flags_of_the_count_and_of_the_population_stay_on_the_place(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    const guint both = SP_FLAG_BREAK_BEFORE | SP_FLAG_MODELLED;
    sp_table_set_real(values, 0, 3, sp_real_flagged(20.0, SP_FLAG_BREAK_BEFORE));
    sp_table_set_real(values, 0, 4, sp_real_flagged(200.0, SP_FLAG_MODELLED));
    sp_table_set_real(values, 0, 5, sp_real_flagged(100.0, both));
    sp_table_set_real(values, 0, 6, sp_real_flagged(20.0, SP_FLAG_MODELLED));
    g_auto(Made) made = make(values);
    assert_int_equal(place(&made, "verdi", "antall", "1505").flags, both);
    assert_int_equal(place(&made, "ratio", "antall", "1505").flags, both);
    assert_int_equal(place(&made, "krympet", "antall", "1505").flags, both);
    assert_int_equal(place(&made, "oevre_95", "antall", "1505").flags, SP_FLAG_MODELLED);
    assert_int_equal(place(&made, "verdi", "antall", "1506").flags, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signal_names_the_limit_that_is_passed),
        cmocka_unit_test(limits_are_in_the_unit_of_the_value),
        cmocka_unit_test(limit_below_zero_is_shown_as_zero),
        cmocka_unit_test(share_has_binomial_limits_within_zero_and_one),
        cmocka_unit_test(suppressed_kommune_has_limits_but_no_place),
        cmocka_unit_test(shrunk_ratio_lies_between_its_own_and_the_common_and_is_marked_modelled),
        cmocka_unit_test(kommune_whose_value_is_withheld_has_no_place_either),
        cmocka_unit_test(flags_of_the_count_and_of_the_population_stay_on_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
