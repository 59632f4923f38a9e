/* Shrinkage: what it must do whatever the data, and that it finds variances it was fed. */
#include "fixture.h"

#include "transforms/project/shrink.h"

/* Roughly normal numbers from a fixed linear congruential generator: the same in every run. */
static double draw(guint64 *seed)
{
    double sum = -6.0;
    for (guint i = 0; i < 12; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        sum += (double)(*seed >> 11) / 9007199254740992.0;
    }
    return sum;
}

static void variances_of_simulated_units_are_found(void **state)
{
    (void)state;
    enum { UNITS = 4000, YEARS = 6 };
    g_autofree double *deviation = g_new(double, (gsize)UNITS *YEARS);
    g_autofree double *exposure = g_new(double, (gsize)UNITS *YEARS);
    const double tau = 0.05, omega = 0.02, sigma2 = 0.3;
    guint64 seed = 7;
    for (gsize unit = 0; unit < UNITS; unit++) {
        double own = tau * draw(&seed);
        for (gsize year = 0; year < YEARS; year++) {
            double size = 50.0 + (double)(unit % 40) * 50;
            exposure[unit * YEARS + year] = size;
            deviation[unit * YEARS + year] =
                own + sqrt(omega * omega + sigma2 / size) * draw(&seed);
        }
    }
    SpShrink shrink;
    sp_shrink_fit(UNITS, YEARS, deviation, exposure, &shrink);
    assert_near(shrink.tau2, tau * tau, 0.0003);
    assert_near(shrink.omega2, omega * omega, 0.0001);
    assert_near(shrink.sigma2, sigma2, 0.02);
}

/* Two hundred countries of a hundred units: how their tau2 spread, and what each says of itself. */
static void standard_error_is_how_estimates_spread(void **state)
{
    (void)state;
    enum { COUNTRIES = 200, UNITS = 100, YEARS = 8 };
    double deviation[UNITS * YEARS], exposure[UNITS * YEARS], sum = 0, squares = 0, told = 0;
    guint64 seed = 11;
    for (guint country = 0; country < COUNTRIES; country++) {
        for (gsize unit = 0; unit < UNITS; unit++) {
            double own = 0.05 * draw(&seed), size = 100.0 + (double)(unit % 10) * 40;
            for (gsize year = 0; year < YEARS; year++) {
                exposure[unit * YEARS + year] = size;
                deviation[unit * YEARS + year] = own + sqrt(0.5 / size) * draw(&seed);
            }
        }
        SpShrink shrink;
        sp_shrink_fit(UNITS, YEARS, deviation, exposure, &shrink);
        sum += shrink.tau2 / COUNTRIES;
        squares += shrink.tau2 * shrink.tau2 / COUNTRIES;
        told += shrink.tau2_error / COUNTRIES;
    }
    double spread = sqrt(squares - sum * sum);
    print_message("tau2 spreads by %.6f, says %.6f\n", spread, told);
    assert_near(told, spread, 0.15 * spread);
}

static void small_unit_is_believed_less_than_large(void **state)
{
    (void)state;
    const SpShrink shrink = {.tau2 = 0.01, .omega2 = 0.001, .sigma2 = 1.0};
    const double deviation[] = {0.1, 0.1}, small[] = {10, 10}, large[] = {10000, 10000};
    double small_variance, large_variance;
    double a = sp_shrink_mean(&shrink, 1.0, 2, deviation, small, &small_variance);
    double b = sp_shrink_mean(&shrink, 1.0, 2, deviation, large, &large_variance);
    assert_near(a, 0.1 * 0.01 / (0.01 + (0.001 + 0.1) / 2), 1e-15);
    assert_true(a < b && b < 0.1);
    assert_true(small_variance > large_variance);
}

static void half_weight_shrinks_harder(void **state)
{
    (void)state;
    const SpShrink shrink = {.tau2 = 0.01, .omega2 = 0.0, .sigma2 = 1.0};
    const double deviation[] = {0.1}, exposure[] = {100};
    assert_near(sp_shrink_mean(&shrink, 1.0, 1, deviation, exposure, NULL), 0.05, 1e-15);
    assert_near(sp_shrink_mean(&shrink, 0.25, 1, deviation, exposure, NULL), 0.02, 1e-15);
    assert_near(sp_shrink_mean(&shrink, 0.0, 1, deviation, exposure, NULL), 0.0, 0);
}

static void year_without_exposure_is_no_observation(void **state)
{
    (void)state;
    const SpShrink shrink = {.tau2 = 0.01, .omega2 = 0.0, .sigma2 = 1.0};
    const double deviation[] = {0.1, 99, 0.1}, exposure[] = {100, 0, 100};
    const double two[] = {0.1, 0.1}, both[] = {100, 100};
    assert_near(sp_shrink_mean(&shrink, 1.0, 3, deviation, exposure, NULL),
                sp_shrink_mean(&shrink, 1.0, 2, two, both, NULL), 1e-15);
    const double none[] = {0, 0, 0};
    double variance;
    assert_near(sp_shrink_mean(&shrink, 1.0, 3, deviation, none, &variance), 0, 0);
    assert_near(variance, 0.01, 0);
}

/* Without noise what is assumed is two units more: (2 * 0.2^2 + 0.1^2 + 0.3^2) / (2 + 2). */
static void an_assumed_spread_counts_as_two_units_seen(void **state)
{
    (void)state;
    const double deviation[] = {0.1, -0.3}, exposure[] = {1e12, 1e12};
    SpShrink shrink;
    sp_shrink_fit_assumed(2, 1, deviation, exposure, 0.2, &shrink);
    assert_true(shrink.is_settled);
    assert_near(shrink.tau2, (2 * 0.04 + 0.01 + 0.09) / 4, 1e-9);
    sp_shrink_fit_assumed(0, 1, deviation, exposure, 0.2, &shrink);
    assert_true(shrink.is_settled);
    assert_near(shrink.tau2, 0.04, 1e-15);
}

/* 44 units of whom 0.02 persons each are expected to leave, and one does. */
static void one_person_says_little_where_a_spread_is_assumed(void **state)
{
    (void)state;
    double deviation[44], exposure[44];
    for (gsize i = 0; i < G_N_ELEMENTS(deviation); i++) {
        exposure[i] = 0.02;
        deviation[i] = (i == 0 ? 1 : 0) / exposure[i] - 1;
    }
    SpShrink alone, assumed;
    sp_shrink_fit(44, 1, deviation, exposure, &alone);
    sp_shrink_fit_assumed(44, 1, deviation, exposure, 0.25, &assumed);
    assert_true(assumed.is_settled);
    assert_true(sqrt(alone.tau2) > 2);
    assert_near(sqrt(assumed.tau2), 0.25, 0.02);
    assert_true(sp_shrink_mean(&assumed, 1, 1, deviation, exposure, NULL) < 0.1);
}

/* Many large units that do not differ outweigh what is assumed: their squares hold nothing but
 * noise of 0.01, so the estimate solves 2 (0.25^2 - t) / t^2 = 200 t / (t + 0.01)^2. */
static void an_assumed_spread_gives_way_to_many_units(void **state)
{
    (void)state;
    double deviation[200], exposure[200];
    for (gsize i = 0; i < G_N_ELEMENTS(deviation); i++) {
        exposure[i] = 100;
        deviation[i] = i % 2 == 0 ? 0.1 : -0.1; /* as chance alone would give */
    }
    SpShrink shrink;
    sp_shrink_fit_assumed(200, 1, deviation, exposure, 0.25, &shrink);
    assert_true(shrink.is_settled);
    double t = shrink.tau2;
    assert_near(2 * (0.0625 - t) / (t * t), 200 * t / pow(t + 0.01, 2), 1e-3);
    assert_true(t < 0.0625 / 10);
}

static void steady_units_are_believed_in_full(void **state)
{
    (void)state;
    const double deviation[] = {0.1, 0.1, -0.1, -0.1, 0.05, 0.05};
    const double exposure[] = {100, 100, 100, 100, 50, 50};
    SpShrink shrink;
    sp_shrink_fit(3, 2, deviation, exposure, &shrink);
    assert_near(sp_shrink_mean(&shrink, 1.0, 2, deviation, exposure, NULL), 0.1, 1e-9);
}

static void pure_noise_is_hardly_believed(void **state)
{
    (void)state;
    /* Each unit contradicts itself: products of its years are negative, so tau2 falls to its
     * minimum. */
    const double deviation[] = {0.2, -0.2, -0.1, 0.1, 0.3, -0.3};
    const double exposure[] = {100, 100, 200, 200, 50, 50};
    SpShrink shrink;
    sp_shrink_fit(3, 2, deviation, exposure, &shrink);
    assert_near(shrink.tau2, 1e-9, 0);
}

/* Three units of which whole rounds would swing between two solutions for ever, as those of fylker
 * did on real figures. */
static void rounds_settle_where_whole_steps_would_swing(void **state)
{
    (void)state;
    const double deviation[] = {0.008, 0.009, 0.008, -0.011, 0.003, 0.001, 0.008, -0.005, -0.002};
    const double exposure[] = {897, 897, 897, 318, 318, 318, 7339, 7339, 7339};
    SpShrink shrink;
    sp_shrink_fit(3, 3, deviation, exposure, &shrink);
    assert_true(shrink.is_settled);
    assert_near(shrink.omega2, 2.86041e-5, 1e-9);
    assert_near(shrink.sigma2, 0.00392830, 1e-7);
}

/* Rare, and the caller must hear of it: even half steps swing. */
static void rounds_that_do_not_settle_are_told(void **state)
{
    (void)state;
    const double deviation[] = {0.061, 0.019, -0.053, -0.018, 0.006, -0.008};
    const double exposure[] = {106, 106, 644, 644, 1335, 1335};
    SpShrink shrink;
    sp_shrink_fit(3, 2, deviation, exposure, &shrink);
    assert_false(shrink.is_settled);
    assert_true(shrink.omega2 >= 0.0 && shrink.sigma2 >= 0.0 && shrink.tau2 > 0.0);
}

static void one_year_is_taken_as_poisson(void **state)
{
    (void)state;
    const double deviation[] = {0.1, -0.1}, exposure[] = {400, 400};
    SpShrink shrink;
    sp_shrink_fit(2, 1, deviation, exposure, &shrink);
    assert_near(shrink.sigma2, 1.0, 0);
    assert_near(shrink.tau2, 0.01 - 1.0 / 400, 1e-12);
}

static void nothing_seen_gives_nothing(void **state)
{
    (void)state;
    const double deviation[] = {0, 0}, exposure[] = {0, 0};
    SpShrink shrink;
    sp_shrink_fit(1, 2, deviation, exposure, &shrink);
    assert_near(shrink.tau2, 1e-9, 0);
    assert_near(sp_shrink_mean(&shrink, 1.0, 2, deviation, exposure, NULL), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variances_of_simulated_units_are_found),
        cmocka_unit_test(standard_error_is_how_estimates_spread),
        cmocka_unit_test(small_unit_is_believed_less_than_large),
        cmocka_unit_test(half_weight_shrinks_harder),
        cmocka_unit_test(year_without_exposure_is_no_observation),
        cmocka_unit_test(an_assumed_spread_counts_as_two_units_seen),
        cmocka_unit_test(one_person_says_little_where_a_spread_is_assumed),
        cmocka_unit_test(an_assumed_spread_gives_way_to_many_units),
        cmocka_unit_test(steady_units_are_believed_in_full),
        cmocka_unit_test(pure_noise_is_hardly_believed),
        cmocka_unit_test(rounds_settle_where_whole_steps_would_swing),
        cmocka_unit_test(rounds_that_do_not_settle_are_told),
        cmocka_unit_test(one_year_is_taken_as_poisson),
        cmocka_unit_test(nothing_seen_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
