/* Moves that last a while. */
#include "tests/transforms/project/fixture.h"

#include "core/normal.h"
#include "transforms/project/population/momentum.h"
#include "transforms/project/steps.h"

enum { N_KOMMUNER = 400, N_YEARS = 8, GROUP = 3 };

static const double kept = 0.8;

/* Deviations of one group: a constant, what fades, noise of the year, noise of chance. */
static void make(SpHistory *history, SpResiduals *residuals, double spread, double noise)
{
    static SpNormals normals;
    float normal[N_KOMMUNER * (2 * N_YEARS + 1)];
    gsize cells = (gsize)SP_N_MIGRATION_GROUPS * N_KOMMUNER * N_YEARS;
    *history = (SpHistory){.n_regions = N_KOMMUNER};
    *residuals = (SpResiduals){.history = history, .n_years = N_YEARS};
    residuals->expected = g_new0(double, cells);
    residuals->deviation = g_new0(double, cells);
    sp_normals_init(&normals);
    sp_normals_draw(&normals, sp_random_seed(5), 0, G_N_ELEMENTS(normal), normal);
    for (gsize u = 0; u < N_KOMMUNER; u++) {
        const float *z = &normal[u * (2 * N_YEARS + 1)];
        double fading = spread * (double)z[0], expected = 100.0 * (1.0 + (double)(u % 50));
        for (gsize year = 0; year < N_YEARS; year++) {
            gsize at = sp_residuals_place(residuals, GROUP, u, year);
            double chance = sqrt(noise * noise + 0.1 / expected) * (double)z[2 + 2 * year];
            fading = kept * fading + spread * sqrt(1 - kept * kept) * (double)z[1 + 2 * year];
            residuals->expected[at] = expected;
            residuals->deviation[at] = 0.02 * (double)(u % 3) + fading + chance;
        }
    }
}

static void what_fades_is_told_from_noise(void **state)
{
    (void)state;
    SpHistory history;
    g_auto(SpResiduals) residuals;
    SpMomentum momentum;
    make(&history, &residuals, 0.010, 0.005);
    assert_true(sp_momentum_fit(&residuals, GROUP, kept, &momentum));
    print_message("spread %.4f, noise %.4f, chance %.3f\n", sqrt(momentum.spread2),
                  sqrt(momentum.omega2), momentum.sigma2);
    assert_near(sqrt(momentum.spread2), 0.010, 0.001);
    assert_near(sqrt(momentum.omega2), 0.005, 0.002);
    assert_near(momentum.sigma2, 0.1, 0.03);
}

static void noise_does_not_fade(void **state)
{
    (void)state;
    SpHistory history;
    g_auto(SpResiduals) residuals;
    SpMomentum momentum;
    make(&history, &residuals, 0.0, 0.010);
    assert_true(sp_momentum_fit(&residuals, GROUP, kept, &momentum));
    assert_true(sqrt(momentum.spread2) < 0.003);
    assert_near(sqrt(momentum.omega2), 0.010, 0.001);
}

static void short_history_tells_nothing(void **state)
{
    (void)state;
    SpHistory history;
    g_auto(SpResiduals) residuals;
    SpMomentum momentum = {.omega2 = 3.0};
    make(&history, &residuals, 0.010, 0.005);
    residuals.n_years = SP_LEAST_MOMENTUM_YEARS - 1;
    assert_false(sp_momentum_fit(&residuals, GROUP, kept, &momentum));
    residuals.n_years = N_YEARS;
    assert_false(sp_momentum_fit(&residuals, GROUP, 1.0, &momentum));
    assert_near(momentum.omega2, 3.0, 0);
}

/* Sums over all pairs of years. */
static void means_hold_what_their_years_do(void **state)
{
    (void)state;
    double pairs = 0, newest = 0;
    for (int i = 0; i < N_YEARS; i++) {
        newest += pow(kept, N_YEARS - 1 - i) / N_YEARS;
        for (int k = 0; k < N_YEARS; k++) {
            pairs += pow(kept, abs(i - k)) / (N_YEARS * N_YEARS);
        }
    }
    assert_near(sp_fading_in_mean(kept, N_YEARS), pairs, 1e-12);
    assert_near(sp_momentum_with_newest(kept, N_YEARS), newest, 1e-12);
    assert_near(sp_fading_in_mean(kept, 1), 1, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fades_is_told_from_noise),
        cmocka_unit_test(noise_does_not_fade),
        cmocka_unit_test(short_history_tells_nothing),
        cmocka_unit_test(means_hold_what_their_years_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
