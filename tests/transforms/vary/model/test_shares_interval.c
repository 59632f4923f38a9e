/* Limits of the unexplained share from those of its parts. */
#include "tests/check.h"

#include "transforms/vary/model/shares_interval.h"

static const SpShareParts parts = {.unexplained = 0.8,
                                   .unexplained_low = 0.72,
                                   .unexplained_high = 0.88,
                                   .explained_error = 0.01,
                                   .chance = 0.19};

/* 0.19 of 0.99 is chance: whatever else is explained, chance alone cannot be behind the rest. */
static void little_that_is_explained_moves_the_limits_little(void **state)
{
    (void)state;
    static const double explained[] = {0.0, 1e-6, 1e-4, 1e-3, 3e-3, 0.01, 0.02, 0.05};
    double low = 0.0, high = 0.0;
    for (gsize i = 0; i < G_N_ELEMENTS(explained); i++) {
        SpShareParts of = parts;
        of.explained = explained[i];
        const SpInterval interval = sp_shares_interval(&of);
        assert_true(interval.low.value > 0.7 && interval.high.value < 0.9);
        if (i > 0) {
            const double moved = explained[i] - explained[i - 1];
            assert_near(interval.low.value, low, moved + 1e-3);
            assert_near(interval.high.value, high, moved + 0.01);
        }
        low = interval.low.value;
        high = interval.high.value;
    }
}

/* With one part alone uncertain the limits are the share at its limits. */
static void one_uncertain_part_gives_the_share_at_its_limits(void **state)
{
    (void)state;
    SpShareParts of = parts;
    of.explained = 0.2;
    of.explained_error = 0.0;
    SpInterval interval = sp_shares_interval(&of);
    assert_near(interval.low.value, 0.72 / (0.72 + 0.2 + 0.19), 1e-12);
    assert_near(interval.high.value, 0.88 / (0.88 + 0.2 + 0.19), 1e-12);
    of.unexplained_low = of.unexplained_high = of.unexplained;
    of.explained_error = 0.05;
    interval = sp_shares_interval(&of);
    assert_near(interval.low.value, 0.8 / (0.8 + 0.2 + 0.05 * 1.959963984540054 + 0.19), 1e-12);
    assert_near(interval.high.value, 0.8 / (0.8 + 0.2 - 0.05 * 1.959963984540054 + 0.19), 1e-12);
}

static void nothing_has_no_limits(void **state)
{
    (void)state;
    const SpInterval interval = sp_shares_interval(&(SpShareParts){0});
    assert_int_equal(interval.low.status, SP_MISSING);
    assert_int_equal(interval.high.status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(little_that_is_explained_moves_the_limits_little),
        cmocka_unit_test(one_uncertain_part_gives_the_share_at_its_limits),
        cmocka_unit_test(nothing_has_no_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
