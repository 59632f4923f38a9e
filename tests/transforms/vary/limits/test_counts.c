/* Limits of counts and shares: golden sets 01 and 02 (R), published tables, and the ends. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/limits/binomial.h"
#include "transforms/vary/limits/poisson.h"

static void poisson_limits_agree_with_r_in_every_row(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) rows = golden_read(folder, "01_poisson_ci/expected.csv");
    assert_true(rows->len > 20);
    for (guint i = 1; i < rows->len; i++) {
        const double count = golden_number(rows, i, 0);
        const double confidence = golden_number(rows, i, 1);
        const SpInterval exact = sp_limits_poisson_exact(count, confidence);
        const SpInterval byar = sp_limits_poisson_byar(count, confidence);
        assert_golden_share(exact.low, golden_text(rows, i, 2), 1e-9);
        assert_golden_share(exact.high, golden_text(rows, i, 3), 1e-9);
        assert_golden_share(byar.low, golden_text(rows, i, 4), 1e-9);
        assert_golden_share(byar.high, golden_text(rows, i, 5), 1e-9);
    }
}

static void binomial_limits_agree_with_r_in_every_row(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) rows = golden_read(folder, "02_binomial_ci/expected.csv");
    assert_true(rows->len > 10);
    for (guint i = 1; i < rows->len; i++) {
        const double count = golden_number(rows, i, 0);
        const double n = golden_number(rows, i, 1);
        const double confidence = golden_number(rows, i, 2);
        const SpInterval exact = sp_limits_binomial_exact(count, n, confidence);
        const SpInterval wilson = sp_limits_binomial_wilson(count, n, confidence);
        /* The tool's exact limits come from a search for a root: the set's tolerance for them. */
        assert_golden(exact.low, golden_text(rows, i, 3), 1e-6);
        assert_golden(exact.high, golden_text(rows, i, 4), 1e-6);
        assert_golden(wilson.low, golden_text(rows, i, 5), 1e-9);
        assert_golden(wilson.high, golden_text(rows, i, 6), 1e-9);
    }
}

/* Garwood, Biometrika 1936;28:437-42, table 1: 95 % limits of 10 are 4.80 and 18.39. */
static void exact_poisson_limits_are_those_garwood_published(void **state)
{
    (void)state;
    const SpInterval limits = sp_limits_poisson_exact(10.0, 0.95);
    assert_near(limits.low.value, 4.80, 5e-3);
    assert_near(limits.high.value, 18.39, 5e-3);
}

/* Newcombe, Stat Med 1998;17:857-72, table I: 81 of 263 and 15 of 148, methods 3 and 5. */
static void limits_of_shares_are_those_newcombe_published(void **state)
{
    (void)state;
    const SpInterval wilson = sp_limits_binomial_wilson(81.0, 263.0, 0.95);
    const SpInterval exact = sp_limits_binomial_exact(15.0, 148.0, 0.95);
    assert_near(wilson.low.value, 0.2553, 5e-5);
    assert_near(wilson.high.value, 0.3662, 5e-5);
    assert_near(exact.low.value, 0.0578, 5e-5);
    assert_near(exact.high.value, 0.1617, 5e-5);
}

/* Nobody among a mean m has the chance exp(-m): the upper limit is -log(0.025). */
static void a_count_of_none_has_zero_below_and_a_limit_above(void **state)
{
    (void)state;
    const SpInterval exact = sp_limits_poisson_exact(0.0, 0.95);
    const SpInterval byar = sp_limits_poisson_byar(0.0, 0.95);
    assert_int_equal(exact.low.status, SP_ZERO);
    assert_near(exact.high.value, -log(0.025), 1e-12);
    assert_int_equal(byar.low.status, SP_MISSING);
    assert_int_equal(byar.high.status, SP_PRESENT);
}

static void byar_below_zero_is_missing_not_negative(void **state)
{
    (void)state;
    assert_int_equal(sp_limits_poisson_byar(0.1, 0.998).low.status, SP_MISSING);
}

/* None of n: the chance of that is (1 - p)^n. */
static void none_and_all_of_a_share_end_at_zero_and_one(void **state)
{
    (void)state;
    const SpInterval none = sp_limits_binomial_exact(0.0, 30.0, 0.95);
    const SpInterval all = sp_limits_binomial_wilson(30.0, 30.0, 0.95);
    const SpInterval none_by_score = sp_limits_binomial_wilson(0.0, 30.0, 0.95);
    assert_int_equal(none.low.status, SP_ZERO);
    assert_near(none.high.value, 1.0 - pow(0.025, 1.0 / 30.0), 1e-12);
    assert_near(all.high.value, 1.0, 0.0);
    assert_int_equal(none_by_score.low.status, SP_ZERO);
    assert_near(sp_limits_binomial_exact(30.0, 30.0, 0.95).high.value, 1.0, 0.0);
}

static void share_of_nobody_has_no_limits(void **state)
{
    (void)state;
    assert_int_equal(sp_limits_binomial_exact(0.0, 0.0, 0.95).high.status, SP_MISSING);
    assert_int_equal(sp_limits_binomial_wilson(0.0, 0.0, 0.95).low.status, SP_MISSING);
}

/* R 4.2.2, qgamma(0.975, 25001); GSL 2.7's own inverse gives 30873. */
static void large_counts_have_limits_too(void **state)
{
    (void)state;
    assert_near(sp_limits_poisson_exact(25000.0, 0.95).high.value, 25311.8497767051, 1e-6);
    /* Among 700 000 the score limits lie within a hundredth of a standard deviation. */
    const SpInterval exact = sp_limits_binomial_exact(100000.0, 700000.0, 0.998);
    const SpInterval wilson = sp_limits_binomial_wilson(100000.0, 700000.0, 0.998);
    assert_near(exact.low.value, wilson.low.value, 4e-6);
    assert_near(exact.high.value, wilson.high.value, 4e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(poisson_limits_agree_with_r_in_every_row),
        cmocka_unit_test(binomial_limits_agree_with_r_in_every_row),
        cmocka_unit_test(exact_poisson_limits_are_those_garwood_published),
        cmocka_unit_test(limits_of_shares_are_those_newcombe_published),
        cmocka_unit_test(a_count_of_none_has_zero_below_and_a_limit_above),
        cmocka_unit_test(byar_below_zero_is_missing_not_negative),
        cmocka_unit_test(none_and_all_of_a_share_end_at_zero_and_one),
        cmocka_unit_test(share_of_nobody_has_no_limits),
        cmocka_unit_test(large_counts_have_limits_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
