/* Trends of counts against R (golden set 15) and by hand. */
#include "tests/transforms/vary/trend/series.h"

#include "transforms/vary/trend/rates.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>

static void twelve_years_agree_with_r(void **state)
{
    (void)state;
    Series series;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) wanted = series_read(folder, &series);
    const SpArmitage armitage =
        sp_trend_armitage(YEARS, series.year, series.count, series.population);
    const SpLogLinear trend =
        sp_trend_log_linear(YEARS, series.year, series.count, series.population);
    assert_golden(armitage.chi2, golden_stat(wanted, "cochran_armitage_chisq"), 1e-8);
    assert_golden(armitage.p, golden_stat(wanted, "cochran_armitage_p"), 1e-8);
    assert_int_equal(trend.fit, SP_FIT_GOOD);
    assert_golden(trend.slope, golden_stat(wanted, "poisson_slope"), 1e-8);
    assert_golden(trend.se, golden_stat(wanted, "poisson_se"), 1e-8);
    assert_golden(sp_real(100.0 * trend.change.value), golden_stat(wanted, "annual_change_pct"),
                  1e-6);
}

/* Two years, 10 of 100 and 20 of 100: the chi-square of the fourfold table, 200 (10 * 80 - 20 *
 * 90)^2 / (30 * 170 * 100^2). */
static void two_years_are_the_fourfold_table(void **state)
{
    (void)state;
    const double time[] = {2020.0, 2021.0};
    const double observed[] = {10.0, 20.0};
    const double population[] = {100.0, 100.0};
    const SpArmitage armitage = sp_trend_armitage(2, time, observed, population);
    assert_near(armitage.chi2.value, 200.0 * 1e6 / (30.0 * 170.0 * 1e4), 1e-12);
    assert_near(armitage.difference.value, 0.1, 1e-15);
}

/* 10, 40 and 30 of 100: (O - 80/3)^2 sums to 1400/3, of which the line, 0.1 a year, has 200. On 1
 * and 1 degrees of freedom P(F > f) is 1 - 2/pi atan(sqrt(f)). */
static void years_off_the_line_widen_the_probability_of_a_share(void **state)
{
    (void)state;
    const double time[] = {2020.0, 2021.0, 2022.0};
    const double observed[] = {10.0, 40.0, 30.0};
    const double population[] = {100.0, 100.0, 100.0};
    const double variance = 100.0 * (80.0 / 300.0) * (220.0 / 300.0);
    const SpArmitage armitage = sp_trend_armitage(3, time, observed, population);
    const double left = 1400.0 / 3.0 - 200.0;
    assert_near(armitage.chi2.value, 200.0 / variance, 1e-12);
    assert_near(armitage.dispersion.value, left / variance, 1e-12);
    assert_near(armitage.p_wide.value, 1.0 - M_2_PI * atan(sqrt(200.0 / left)), 1e-12);
    assert_int_equal(sp_trend_armitage(2, time, observed, population).p_wide.status, SP_MISSING);
}

/* Six years of 500 persons, whose odds a year moves by a fifth either way. */
static void years_that_move_together_are_seldom_told_as_a_trend_of_the_share(void **state)
{
    (void)state;
    enum { SERIES = 1000, LENGTH = 6, PERSONS = 500 };
    guint plain = 0;
    guint wide = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 5);
    for (guint s = 0; s < SERIES; s++) {
        double time[LENGTH];
        double observed[LENGTH];
        double population[LENGTH];
        for (guint t = 0; t < LENGTH; t++) {
            const double odds = 0.5 * exp(gsl_ran_gaussian(rng, 0.2));
            time[t] = t;
            population[t] = PERSONS;
            observed[t] = gsl_ran_binomial(rng, odds / (1.0 + odds), PERSONS);
        }
        const SpArmitage armitage = sp_trend_armitage(LENGTH, time, observed, population);
        plain += armitage.p.value <= 0.05 ? 1 : 0;
        wide += armitage.p_wide.value <= 0.05 ? 1 : 0;
    }
    gsl_rng_free(rng);
    print_message("alarms at 5 %%: by persons' chance %.1f %%, widened %.1f %%\n",
                  100.0 * plain / SERIES, 100.0 * wide / SERIES);
    assert_true(plain > SERIES / 4); /* or there would be nothing to mend */
    assert_true(wide <= SERIES / 10);
}

static void a_rate_that_doubles_each_year_changes_by_one(void **state)
{
    (void)state;
    const double time[] = {2020.0, 2021.0, 2022.0, 2023.0};
    const double observed[] = {10.0, 40.0, 40.0, 160.0};
    const double population[] = {1000.0, 2000.0, 1000.0, 2000.0};
    const SpLogLinear trend = sp_trend_log_linear(4, time, observed, population);
    assert_near(trend.change.value, 1.0, 1e-9);
    assert_near(trend.dispersion.value, 0.0, 1e-9);
    assert_true(trend.change_low.value < 1.0 && trend.change_high.value > 1.0);
}

/* Counts that jump about the line more than chance widen the interval, not the estimate. */
static void overdispersion_widens_the_interval(void **state)
{
    (void)state;
    const double time[] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
    const double observed[] = {100.0, 160.0, 90.0, 170.0, 100.0, 180.0};
    const double population[] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0};
    const SpLogLinear trend = sp_trend_log_linear(6, time, observed, population);
    const double half = 0.5 * (log1p(trend.change_high.value) - log1p(trend.change_low.value));
    assert_true(trend.dispersion.value > 5.0);
    assert_near(half, 1.959963984540054 * trend.se.value * sqrt(trend.dispersion.value), 1e-12);
}

static void what_has_no_trend_is_missing(void **state)
{
    (void)state;
    const double time[] = {1.0, 2.0, 3.0};
    const double same_time[] = {1.0, 1.0, 1.0};
    const double none[] = {0.0, 0.0, 0.0};
    const double some[] = {1.0, 2.0, 1.0};
    const double population[] = {5.0, 5.0, 5.0};
    assert_int_equal(sp_trend_armitage(3, time, none, population).chi2.status, SP_MISSING);
    assert_int_equal(sp_trend_armitage(3, time, population, population).p.status, SP_MISSING);
    assert_int_equal(sp_trend_armitage(3, same_time, some, population).p.status, SP_MISSING);
    assert_int_equal(sp_trend_armitage(0, time, none, population).chi2.status, SP_MISSING);
    assert_int_equal(sp_trend_log_linear(3, time, none, population).fit, SP_FIT_ALL_ZERO);
    assert_int_equal(sp_trend_log_linear(3, same_time, some, population).fit, SP_FIT_COLLINEAR);
    assert_int_equal(sp_trend_log_linear(2, time, some, population).fit, SP_FIT_TOO_FEW);
    assert_int_equal(sp_trend_log_linear(2, time, some, population).slope.status, SP_MISSING);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twelve_years_agree_with_r),
        cmocka_unit_test(two_years_are_the_fourfold_table),
        cmocka_unit_test(years_off_the_line_widen_the_probability_of_a_share),
        cmocka_unit_test(years_that_move_together_are_seldom_told_as_a_trend_of_the_share),
        cmocka_unit_test(a_rate_that_doubles_each_year_changes_by_one),
        cmocka_unit_test(overdispersion_widens_the_interval),
        cmocka_unit_test(what_has_no_trend_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
