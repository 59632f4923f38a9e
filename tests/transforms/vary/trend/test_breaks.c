/* Chow's test against R (golden set 15) and by hand. */
#include "tests/transforms/vary/trend/series.h"

#include "transforms/vary/trend/breaks.h"

static void a_break_in_2020_agrees_with_r(void **state)
{
    (void)state;
    Series series;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) wanted = series_read(folder, &series);
    double rate[YEARS];
    for (int i = 0; i < YEARS; i++) {
        rate[i] = series.count[i] / series.population[i];
    }
    const SpChow chow = sp_trend_chow(YEARS, series.year, rate, 2020.0);
    assert_golden(chow.f, golden_stat(wanted, "chow_F"), 1e-8);
    assert_golden(chow.p, golden_stat(wanted, "chow_p"), 1e-8);
    assert_true(chow.level.value > 0.0);
}

/* 0 1 0 | 10 11 10: each half is flat with squares 2/3; the squares around one line are all squares
 * less what its slope takes. */
static void a_jump_is_found_with_its_size(void **state)
{
    (void)state;
    const double time[] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
    const double y[] = {0.0, 1.0, 0.0, 10.0, 11.0, 10.0};
    const double total = 322.0 - 32.0 * 32.0 / 6.0;
    const double cross = 0.0 + 2.0 + 0.0 + 40.0 + 55.0 + 60.0 - 32.0 * 3.5;
    const double one_line = total - cross * cross / 17.5;
    const double parts = 4.0 / 3.0;
    const SpChow chow = sp_trend_chow(6, time, y, 4.0);
    assert_near(chow.f.value, (one_line - parts) / 2.0 / (parts / 2.0), 1e-10);
    /* F on 2 and 2 degrees of freedom exceeds f with probability 1 / (1 + f). */
    assert_near(chow.p.value, 1.0 / (1.0 + chow.f.value), 1e-12);
    assert_near(chow.level.value, 10.0, 1e-12);
}

static void parts_too_short_or_without_residual_are_not_judged(void **state)
{
    (void)state;
    const double time[] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
    const double y[] = {0.0, 1.0, 0.0, 10.0, 11.0, 10.0};
    const double lines[] = {0.0, 1.0, 2.0, 10.0, 11.0, 12.0};
    assert_int_equal(sp_trend_chow(6, time, y, 2.0).f.status, SP_MISSING);
    assert_int_equal(sp_trend_chow(6, time, y, 6.0).p.status, SP_MISSING);
    assert_int_equal(sp_trend_chow(4, time, y, 3.0).p.status, SP_MISSING);
    assert_int_equal(sp_trend_chow(6, time, lines, 4.0).f.status, SP_MISSING);
    assert_int_equal(sp_trend_chow(6, time, y, 5.0).f.status, SP_PRESENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_break_in_2020_agrees_with_r),
        cmocka_unit_test(a_jump_is_found_with_its_size),
        cmocka_unit_test(parts_too_short_or_without_residual_are_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
