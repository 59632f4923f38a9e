/* Clayton and Kaldor's iteration. */
#include "transforms/vary/shrink/gamma.h"

#include <math.h>

#define TOLERANCE 1e-12
/* A variance below this share of the squared mean is on its way to 0. */
#define LEAST_VARIANCE 1e-9
enum { MAX_STEPS = 20000 };

typedef struct {
    double nu;
    double alpha;
} Parameters;

/* Of the areas that enter. */
typedef struct {
    gsize n;
    double *observed;
    double *expected;
    double *theta; /* present estimates of their ratios */
} Areas;

static gboolean of_moments(double mean, double variance, Parameters *parameters)
{
    if (!(variance > LEAST_VARIANCE * mean * mean)) {
        return FALSE;
    }
    *parameters = (Parameters){.nu = mean * mean / variance, .alpha = mean / variance};
    return TRUE;
}

static double mean_of(const Areas *areas)
{
    double sum = 0.0;
    for (gsize i = 0; i < areas->n; i++) {
        sum += areas->theta[i];
    }
    return sum / (double)areas->n;
}

/* Parameters from the estimates; alpha 0 for the first ones, which are the plain ratios. */
static gboolean update(const Areas *areas, double alpha, Parameters *parameters)
{
    const double mean = mean_of(areas);
    double sum = 0.0;
    for (gsize i = 0; i < areas->n; i++) {
        const double distance = areas->theta[i] - mean;
        sum += (1.0 + alpha / areas->expected[i]) * distance * distance;
    }
    return of_moments(mean, sum / (double)(areas->n - 1), parameters);
}

static gboolean is_near(double a, double b)
{
    return fabs(a - b) <= TOLERANCE * a;
}

static gboolean iterate(const Areas *areas, Parameters *parameters)
{
    gboolean is_found = update(areas, 0.0, parameters);
    for (gsize step = 0; is_found && step < MAX_STEPS; step++) {
        const Parameters before = *parameters;
        for (gsize i = 0; i < areas->n; i++) {
            areas->theta[i] =
                (areas->observed[i] + before.nu) / (areas->expected[i] + before.alpha);
        }
        is_found = update(areas, before.alpha, parameters);
        if (is_found && is_near(before.nu, parameters->nu) &&
            is_near(before.alpha, parameters->alpha)) {
            return TRUE;
        }
    }
    return FALSE;
}

static void areas_init(Areas *areas, gsize n, const double observed[], const double expected[])
{
    *areas = (Areas){
        .observed = g_new(double, n), .expected = g_new(double, n), .theta = g_new(double, n)};
    for (gsize i = 0; i < n; i++) {
        if (expected[i] > 0.0) {
            areas->observed[areas->n] = observed[i];
            areas->expected[areas->n] = expected[i];
            areas->theta[areas->n] = observed[i] / expected[i];
            areas->n++;
        }
    }
}

static void areas_clear(Areas *areas)
{
    g_free(areas->observed);
    g_free(areas->expected);
    g_free(areas->theta);
}

SpGamma sp_shrink_gamma(gsize n, const double observed[], const double expected[], SpReal shrunk[])
{
    Areas areas;
    Parameters found = {0};
    areas_init(&areas, n, observed, expected);
    const gboolean is_found = areas.n >= 2 && iterate(&areas, &found);
    areas_clear(&areas);
    for (gsize i = 0; i < n; i++) {
        shrunk[i] = is_found && expected[i] > 0.0
                        ? sp_real((observed[i] + found.nu) / (expected[i] + found.alpha))
                        : sp_real_none(SP_MISSING);
    }
    const SpReal none = sp_real_none(SP_MISSING);
    return (SpGamma){.nu = is_found ? sp_real(found.nu) : none,
                     .alpha = is_found ? sp_real(found.alpha) : none,
                     .variance = is_found ? sp_real(found.nu / found.alpha / found.alpha) : none};
}
