/* No hidden figure is nearly known. */
#include "tests/transforms/protect/made_up.h"
#include "transforms/protect/intervals.h"
#include "transforms/protect/widen.h"

enum { WIDTH = 4 };

static void every_hidden_figure_may_be_anything_within_the_width(void **state)
{
    gsize n_added = 0;
    (void)state;
    for (guint64 seed = 1; seed <= 15; seed++) {
        g_auto(MadeUp) made = made_up(seed, 6.0);
        gboolean is_secondary[MADE_CELLS], is_unsafe[MADE_CELLS], is_narrow[MADE_CELLS];
        gboolean is_hidden[MADE_CELLS];
        const SpGauss problem = {.design = made.design,
                                 .is_primary = made.is_primary,
                                 .order = made.order,
                                 .n_order = MADE_CELLS};
        const SpWidened widened =
            sp_widen(&problem, made.inner, WIDTH, is_secondary, is_unsafe, is_narrow);
        n_added += widened.n_added;
        assert_int_equal(widened.n_narrow, 0);
        for (gsize i = 0; i < MADE_CELLS; i++) {
            is_hidden[i] = made.is_primary[i] || is_secondary[i];
        }
        g_autoptr(SpIntervals) intervals = sp_intervals_new(made.design, made.inner, is_hidden);
        for (guint32 cell = 0; cell < MADE_CELLS; cell++) {
            SpInterval interval;
            if (is_hidden[cell]) {
                assert_true(sp_intervals_find(intervals, cell, &interval, NULL));
                assert_true(interval.high - interval.low >= WIDTH - 1e-6);
                assert_true(interval.low <= made.cell[cell] + 1e-6);
                assert_true(interval.high >= made.cell[cell] - 1e-6);
                assert_false(made_up_follows(made.design, is_hidden, cell));
            }
        }
    }
    assert_in_range(n_added, 10, 15 * MADE_CELLS / 2); /* the method alone leaves some */
}

/* One hidden of two in a row whose sum and whose other is known before: nothing helps. */
static void what_is_known_before_is_told_to_be_narrow(void **state)
{
    const SpDesignEntry entries[] = {{0, 0, 1}, {1, 1, 1}, {0, 2, 1}, {1, 2, 1}};
    const gboolean is_primary[] = {TRUE, FALSE, FALSE};
    const gboolean is_forced[] = {FALSE, TRUE, TRUE};
    const double inner[] = {2, 9};
    gboolean is_secondary[3], is_unsafe[3], is_narrow[3];
    (void)state;
    g_autoptr(SpDesign) design = sp_design_new(2, 3, entries, G_N_ELEMENTS(entries));
    const SpGauss problem = {.design = design, .is_primary = is_primary, .is_forced = is_forced};
    const SpWidened widened = sp_widen(&problem, inner, WIDTH, is_secondary, is_unsafe, is_narrow);
    assert_int_equal(widened.n_narrow, 1);
    assert_true(is_narrow[0] && is_unsafe[0]);
    assert_int_equal(widened.n_secondary, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hidden_figure_may_be_anything_within_the_width),
        cmocka_unit_test(what_is_known_before_is_told_to_be_narrow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
