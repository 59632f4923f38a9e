/* Mann-Kendall, tau-b and Sen's slope against R (golden set 15) and by hand; which periods lie
 * apart. */
#include "tests/transforms/vary/trend/series.h"

#include "transforms/vary/trend/kendall.h"

static void twelve_years_agree_with_r(void **state)
{
    (void)state;
    Series series;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) wanted = series_read(folder, &series);
    const SpKendall kendall = sp_trend_kendall(YEARS, series.count);
    const SpSen sen = sp_trend_sen(YEARS, series.year, series.count);
    assert_golden(kendall.s, golden_stat(wanted, "mk_S"), 1e-8);
    assert_golden(kendall.variance, golden_stat(wanted, "mk_varS"), 1e-8);
    assert_golden(kendall.z, golden_stat(wanted, "mk_z"), 1e-8);
    assert_golden(kendall.p, golden_stat(wanted, "mk_p"), 1e-8);
    assert_golden(kendall.tau_b, golden_stat(wanted, "kendall_tau_b"), 1e-8);
    assert_golden(sen.slope, golden_stat(wanted, "sen_slope"), 1e-8);
    assert_true(sen.low.value < sen.slope.value && sen.slope.value < sen.high.value);
}

/* 1 3 3 2 5: seven pairs rise, two fall, one is tied; variance (5 * 4 * 15 - 2 * 1 * 9) / 18. */
static void ties_count_in_neither_direction(void **state)
{
    (void)state;
    const double y[] = {1.0, 3.0, 3.0, 2.0, 5.0};
    const SpKendall kendall = sp_trend_kendall(5, y);
    assert_near(kendall.s.value, 5.0, 0.0);
    assert_near(kendall.variance.value, 282.0 / 18.0, 1e-14);
    assert_near(kendall.z.value, 4.0 / sqrt(282.0 / 18.0), 1e-14);
    assert_near(kendall.tau_b.value, 5.0 / sqrt(10.0 * 9.0), 1e-14);
}

/* Of the 24 orders of four figures two are as extreme as all rising; of the 120 of five, one pair
 * apart from that 2 (1 + 4). */
static void few_points_get_the_exact_probability(void **state)
{
    (void)state;
    const double four[] = {1.0, 2.0, 3.0, 4.0};
    const double five[] = {1.0, 2.0, 3.0, 5.0, 4.0};
    const double none[] = {1.0, 4.0, 3.0, 2.0, 5.0}; /* S is 4: not 0 */
    assert_near(sp_trend_kendall(4, four).p.value, 2.0 / 24.0, 1e-15);
    assert_near(sp_trend_kendall(5, five).p.value, 10.0 / 120.0, 1e-15);
    assert_near(sp_trend_kendall(5, none).s.value, 4.0, 0.0);
    /* Orders of five by falling pairs: 1 4 9 15 20 22 20 15 9 4 1; |S| >= 4 is at most 3 or at
     * least 7. */
    assert_near(sp_trend_kendall(5, none).p.value, 58.0 / 120.0, 1e-15);
}

/* Slopes between the points (0, 0), (1, 2), (2, 1), (4, 8): 2, 1/2, -1, 2, 2, 7/2. */
static void slope_is_the_median_of_all_pairs_whatever_their_distance(void **state)
{
    (void)state;
    const double time[] = {0.0, 1.0, 2.0, 4.0};
    const double y[] = {0.0, 2.0, 1.0, 8.0};
    assert_near(sp_trend_sen(4, time, y).slope.value, 2.0, 1e-15);
    assert_near(sp_trend_sen(3, time, y).slope.value, 0.5, 1e-15);
}

/* y = year with two years exchanged: 45 slopes, sd of S sqrt(125): ranks 22.5 -+ 10.96, 11.54 and
 * 34.46 of which the 12th and the 34th and their neighbours are all 1. */
static void limits_of_the_slope_are_slopes(void **state)
{
    (void)state;
    double time[10];
    double y[10];
    for (int i = 0; i < 10; i++) {
        time[i] = i;
        y[i] = i == 4 ? 5.0 : i == 5 ? 4.0 : i;
    }
    const SpSen sen = sp_trend_sen(10, time, y);
    assert_near(sen.slope.value, 1.0, 1e-15);
    assert_near(sen.low.value, 1.0, 1e-15);
    assert_near(sen.high.value, 1.0, 1e-15);
}

static void too_few_or_equal_figures_have_no_trend(void **state)
{
    (void)state;
    const double time[] = {1.0, 2.0, 3.0, 4.0};
    const double equal[] = {2.0, 2.0, 2.0, 2.0};
    const SpKendall flat = sp_trend_kendall(4, equal);
    assert_int_equal(flat.s.status, SP_ZERO);
    assert_int_equal(flat.z.status, SP_MISSING);
    assert_int_equal(flat.p.status, SP_MISSING);
    assert_int_equal(flat.tau_b.status, SP_MISSING);
    assert_int_equal(sp_trend_sen(4, time, equal).slope.status, SP_ZERO);
    assert_int_equal(sp_trend_kendall(2, time).s.status, SP_MISSING);
    assert_int_equal(sp_trend_sen(1, time, time).slope.status, SP_MISSING);
    assert_int_equal(sp_trend_sen(3, time, time).low.status, SP_MISSING);
}

/* Four-year means by year: 2016-2019 ... 2021-2024, and before them 2010-2013. */
static void periods_that_share_a_year_are_not_both_taken(void **state)
{
    (void)state;
    const double first[] = {2010.0, 2013.0, 2016.0, 2017.0, 2018.0, 2021.0};
    const double last[] = {2013.0, 2016.0, 2019.0, 2020.0, 2021.0, 2024.0};
    gsize chosen[6];
    assert_int_equal(sp_trend_apart(6, first, last, chosen), 3);
    assert_int_equal(chosen[0], 1);
    assert_int_equal(chosen[1], 3);
    assert_int_equal(chosen[2], 5);
    assert_int_equal(sp_trend_apart(6, last, last, chosen), 6);
    assert_int_equal(chosen[0], 0);
    assert_int_equal(sp_trend_apart(0, first, last, chosen), 0);
}

static void slope_of_what_has_not_changed_is_exactly_zero(void **state)
{
    const double time[] = {1, 2, 3, 4};
    const double same[] = {0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2};
    const double there_and_back[] = {0.3, 0.7, 0.7, 0.1 + 0.2};
    (void)state;
    assert_int_equal(sp_trend_sen(4, time, same).slope.status, SP_ZERO);
    assert_int_equal(sp_trend_sen(4, time, there_and_back).slope.status, SP_ZERO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twelve_years_agree_with_r),
        cmocka_unit_test(ties_count_in_neither_direction),
        cmocka_unit_test(few_points_get_the_exact_probability),
        cmocka_unit_test(slope_is_the_median_of_all_pairs_whatever_their_distance),
        cmocka_unit_test(limits_of_the_slope_are_slopes),
        cmocka_unit_test(too_few_or_equal_figures_have_no_trend),
        cmocka_unit_test(periods_that_share_a_year_are_not_both_taken),
        cmocka_unit_test(slope_of_what_has_not_changed_is_exactly_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
