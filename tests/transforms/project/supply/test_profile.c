/* Curves over age from bands: the penalised spline and the polynomial. */
#include "tests/check.h"

#include "transforms/project/supply/poly5.h"
#include "transforms/project/supply/profile.h"
#include "transforms/project/supply/stock.h"

#include <gsl/gsl_errno.h>

enum { N = SP_N_WORK_AGES, FIRST = SP_FIRST_WORK_AGE, MAX_BANDS = N };
static const SpProfileShape share = {.is_share = TRUE, .falling_from = 60 - FIRST};

static double truth(double age)
{
    return 0.93 / (1.0 + exp((age - 64.0) / 2.2)) * (1.0 - exp(-(age - 14.0) / 4.0));
}

/* Bands of five years from 20 on, the last 70-75, of a thousand times `size` persons an age. */
static gsize five_year_bands(double (*of)(double age), double size, SpProfileBand bands[])
{
    gsize n = 0;
    for (guint age = 20; age <= 70; age += 5, n++) {
        guint last = age == 70 ? 75 : age + 4;
        double sum = 0.0;
        for (guint a = age; a <= last; a++) {
            sum += of(a);
        }
        bands[n] = (SpProfileBand){age - FIRST, last - FIRST, size * (last - age + 1),
                                   sum / (last - age + 1)};
    }
    return n;
}

static gsize single_ages(double (*of)(double age), double size, SpProfileBand bands[])
{
    for (guint i = 0; i < N; i++) {
        bands[i] = (SpProfileBand){i, i, size, of(FIRST + i)};
    }
    return N;
}

static void fit(const SpProfileBand bands[], gsize n, const SpProfileShape *shape, double curve[N],
                SpProfileFit *told)
{
    static const double even[N];
    const SpProfileData data = {N, even, bands, n};
    sp_profile_spline(&data, shape, curve, told);
}

static void a_smooth_share_is_found_between_bands(void **state)
{
    (void)state;
    SpProfileBand bands[MAX_BANDS];
    double curve[N];
    SpProfileFit told;
    gsize n = five_year_bands(truth, 1000, bands);
    fit(bands, n, &share, curve, &told);
    assert_true(told.is_settled);
    for (guint age = 22; age <= 72; age++) {
        assert_near(curve[age - FIRST], truth(age), 0.035);
    }
}

static double level(double age)
{
    (void)age;
    return 0.7;
}

static void a_level_share_stays_level(void **state)
{
    (void)state;
    SpProfileBand bands[MAX_BANDS];
    double curve[N];
    SpProfileFit told;
    fit(bands, five_year_bands(level, 100, bands), &share, curve, &told);
    for (guint i = 0; i < N; i++) {
        assert_near(curve[i], 0.7, 1e-6);
    }
}

static double line(double age)
{
    return 0.5 + 0.005 * (age - 45);
}

static void hours_on_a_line_stay_on_it(void **state)
{
    (void)state;
    static const SpProfileShape hours = {.is_share = FALSE, .falling_from = N};
    SpProfileBand bands[MAX_BANDS];
    double curve[N];
    SpProfileFit told;
    fit(bands, five_year_bands(line, 300, bands), &hours, curve, &told);
    for (guint i = 0; i < N; i++) {
        assert_near(curve[i], line(FIRST + i), 1e-5);
    }
}

static double rising(double age)
{
    return 0.3 + 0.008 * (age - 15);
}

static void a_share_never_rises_after_60(void **state)
{
    (void)state;
    SpProfileBand bands[MAX_BANDS];
    double curve[N];
    SpProfileFit told;
    fit(bands, five_year_bands(rising, 1000, bands), &share, curve, &told);
    for (guint i = 60 - FIRST; i < N; i++) {
        assert_true(curve[i] <= curve[i - 1]);
    }
    assert_true(curve[59 - FIRST] > curve[40 - FIRST]);
}

/* Nurses may retire at 62 and had to at 65: two steps. */
static double steps(double age)
{
    return age < 62 ? 0.85 : age < 65 ? 0.55 : 0.15;
}

static void a_special_retirement_age_is_a_step_where_the_data_say_so(void **state)
{
    (void)state;
    static const guint breaks[] = {62 - FIRST, 65 - FIRST};
    static const SpProfileShape stepped = {
        .is_share = TRUE, .falling_from = 60 - FIRST, .breaks = breaks, .n_breaks = 2};
    SpProfileBand bands[MAX_BANDS];
    double curve[N];
    SpProfileFit told;
    fit(bands, single_ages(steps, 800, bands), &stepped, curve, &told);
    assert_true(told.break_part < 1.0);
    for (guint i = 5; i < N; i++) {
        assert_near(curve[i], steps(FIRST + i), 0.02);
    }
}

static void no_step_is_made_where_the_data_have_none(void **state)
{
    (void)state;
    static const guint breaks[] = {62 - FIRST, 65 - FIRST};
    static const SpProfileShape stepped = {
        .is_share = TRUE, .falling_from = 60 - FIRST, .breaks = breaks, .n_breaks = 2};
    SpProfileBand bands[MAX_BANDS];
    double curve[N];
    SpProfileFit told;
    fit(bands, single_ages(truth, 800, bands), &stepped, curve, &told);
    for (guint age = 58; age <= 70; age++) {
        assert_near(curve[age - FIRST], truth(age), 0.01);
    }
}

static void bands_of_one_sort_or_none_make_no_trouble(void **state)
{
    (void)state;
    double curve[N];
    SpProfileFit told;
    const SpProfileBand none[] = {{5, 9, 0, 0}, {10, 14, 0, 0}};
    fit(none, 2, &share, curve, &told);
    assert_near(curve[7], 0, 0);
    const SpProfileBand everybody[] = {{5, 9, 10, 1}, {10, 14, 20, 1}};
    fit(everybody, 2, &share, curve, &told);
    assert_true(curve[7] > 0.999 && curve[7] <= 1.0);
    const SpProfileBand nobody[] = {{5, 9, 10, 0}};
    fit(nobody, 1, &share, curve, &told);
    assert_true(curve[7] >= 0.0 && curve[7] < 0.001);
}

static double polynomial(double age)
{
    static const double coefficients[SP_N_POLY5] = {1.5, 0.2, -1.8, -0.4, -1.2, -0.9};
    return sp_poly5_value(TRUE, coefficients, age);
}

static void the_polynomial_finds_a_polynomial_again(void **state)
{
    (void)state;
    SpProfileBand bands[MAX_BANDS];
    double curve[N];
    gsize n = single_ages(polynomial, 900, bands);
    static const double even[N];
    const SpProfileData data = {N, even, bands, n};
    sp_poly5_fit(&data, FIRST, TRUE, curve);
    for (guint i = 0; i < N; i++) {
        assert_near(curve[i], polynomial(FIRST + i), 1e-7);
    }
}

/* SSB, RAPP 2026/18: groups below 500 persons have the mean of 20-61 and of 62-75. */
static void a_small_group_has_two_means_by_the_polynomial(void **state)
{
    (void)state;
    static const double even[N];
    const SpProfileBand bands[] = {{20 - FIRST, 39 - FIRST, 100, 0.9},
                                   {40 - FIRST, 61 - FIRST, 100, 0.7},
                                   {62 - FIRST, 75 - FIRST, 50, 0.2}};
    const SpProfileData data = {N, even, bands, 3};
    double curve[N];
    sp_poly5_fit(&data, FIRST, TRUE, curve);
    assert_near(curve[25 - FIRST], 0.8, 1e-12);
    assert_near(curve[61 - FIRST], 0.8, 1e-12);
    assert_near(curve[62 - FIRST], 0.2, 1e-12);
}

static int quiet(void **state)
{
    (void)state;
    gsl_set_error_handler_off();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_smooth_share_is_found_between_bands),
        cmocka_unit_test(a_level_share_stays_level),
        cmocka_unit_test(hours_on_a_line_stay_on_it),
        cmocka_unit_test(a_share_never_rises_after_60),
        cmocka_unit_test(a_special_retirement_age_is_a_step_where_the_data_say_so),
        cmocka_unit_test(no_step_is_made_where_the_data_have_none),
        cmocka_unit_test(bands_of_one_sort_or_none_make_no_trouble),
        cmocka_unit_test(the_polynomial_finds_a_polynomial_again),
        cmocka_unit_test(a_small_group_has_two_means_by_the_polynomial),
    };
    return cmocka_run_group_tests(tests, quiet, NULL);
}
