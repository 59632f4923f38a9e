/* Moran's I with its randomisation variance, and the empirical Bayes index. */
#include "transforms/vary/spread/moran.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { LEAST_AREAS = 4 }; /* the variance divides by (n - 1) (n - 2) (n - 3) */

/* Sums over the links, where the weight from an area is 1 / its neighbours. */
typedef struct {
    gsize n_linked; /* areas with neighbours; the sum of all weights (S0) too */
    double s1;      /* sum over pairs of (w_ij + w_ji)^2 / 2 */
    double s2;      /* sum over areas of (weights from it + weights to it)^2 */
    double *weight; /* [n] of each link from an area; 0 for an island */
} Weights;

static gboolean has_link(const SpLink links[], const gsize first[], guint from, guint to)
{
    for (gsize i = first[from]; i < first[from + 1]; i++) {
        if (links[i].to == to) {
            return TRUE;
        }
    }
    return FALSE;
}

static void weights_init(Weights *weights, gsize n, gsize n_links, const SpLink links[])
{
    g_autofree gsize *first = g_new(gsize, n + 1);
    g_autofree double *towards = g_new0(double, n);
    *weights = (Weights){.weight = g_new0(double, n)};
    sp_links_index(n, n_links, links, first);
    for (gsize i = 0; i < n; i++) {
        const gsize own = first[i + 1] - first[i];
        weights->weight[i] = own > 0 ? 1.0 / (double)own : 0.0;
        weights->n_linked += own > 0 ? 1 : 0;
    }
    for (gsize i = 0; i < n_links; i++) {
        const double weight = weights->weight[links[i].from];
        towards[links[i].to] += weight;
        weights->s1 += weight * weight;
        if (has_link(links, first, links[i].to, links[i].from)) {
            weights->s1 += weight * weights->weight[links[i].to];
        }
    }
    for (gsize i = 0; i < n; i++) {
        const double both = (weights->weight[i] > 0.0 ? 1.0 : 0.0) + towards[i];
        weights->s2 += both * both;
    }
}

/* Values about their mean, and their second and fourth moments. */
typedef struct {
    double *z;
    double squares;
    double fourths;
} Centred;

static void centred_init(Centred *centred, gsize n, const double value[])
{
    double sum = 0.0;
    gboolean is_flat = TRUE;
    *centred = (Centred){.z = g_new(double, n)};
    for (gsize i = 0; i < n; i++) {
        sum += value[i];
        is_flat = is_flat && value[i] == value[0];
    }
    for (gsize i = 0; i < n; i++) {
        /* The mean of equal values may be rounded, and what is left is no spread. */
        const double z = is_flat ? 0.0 : value[i] - sum / (double)n;
        centred->z[i] = z;
        centred->squares += z * z;
        centred->fourths += z * z * z * z;
    }
}

static double cross(const Centred *centred, const Weights *weights, gsize n_links,
                    const SpLink links[])
{
    double sum = 0.0;
    for (gsize i = 0; i < n_links; i++) {
        sum += weights->weight[links[i].from] * centred->z[links[i].from] * centred->z[links[i].to];
    }
    return sum;
}

/* Cliff and Ord, Spatial Processes, 1981, chapter 2; `k` is the values' kurtosis. */
static double randomisation_variance(const Weights *weights, double k)
{
    const double n = (double)weights->n_linked;
    const double s0 = n;
    const double plain =
        n * (weights->s1 * (n * n - 3.0 * n + 3.0) - n * weights->s2 + 3.0 * s0 * s0);
    const double peaked = k * (weights->s1 * (n * n - n) - 2.0 * n * weights->s2 + 6.0 * s0 * s0);
    const double expectation = -1.0 / (n - 1.0);
    return (plain - peaked) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0) -
           expectation * expectation;
}

static const SpMoran none = {.value = {.status = SP_MISSING},
                             .expectation = {.status = SP_MISSING},
                             .variance = {.status = SP_MISSING},
                             .z = {.status = SP_MISSING},
                             .p_greater = {.status = SP_MISSING}};

SpMoran sp_moran(gsize n, const double value[], gsize n_links, const SpLink links[])
{
    Weights weights;
    Centred centred;
    weights_init(&weights, n, n_links, links);
    centred_init(&centred, n, value);
    SpMoran moran = none;
    if (weights.n_linked >= LEAST_AREAS && centred.squares > 0.0) {
        const double kurtosis = (double)n * centred.fourths / (centred.squares * centred.squares);
        /* The areas counted and the sum of the weights are one number, and cancel. */
        const double i = cross(&centred, &weights, n_links, links) / centred.squares;
        const double expectation = -1.0 / ((double)weights.n_linked - 1.0);
        const double variance = randomisation_variance(&weights, kurtosis);
        const double z = (i - expectation) / sqrt(variance);
        moran = (SpMoran){.value = sp_real(i),
                          .expectation = sp_real(expectation),
                          .variance = sp_real(variance),
                          .z = sp_real(z),
                          .p_greater = sp_real(gsl_cdf_ugaussian_Q(z))};
    }
    moran.n_islands = n - weights.n_linked;
    g_free(weights.weight);
    g_free(centred.z);
    return moran;
}

/* Ratios over their standard deviation. Where areas vary less than chance makes them the variance
 * between them is negative, and an area for which that leaves none has chance's alone. */
static double *standardise(gsize n, const double observed[], const double expected[])
{
    double sum_observed = 0.0;
    double sum_expected = 0.0;
    double spread = 0.0;
    for (gsize i = 0; i < n; i++) {
        sum_observed += observed[i];
        sum_expected += expected[i];
    }
    const double b = sum_observed / sum_expected;
    for (gsize i = 0; i < n; i++) {
        const double distance = observed[i] / expected[i] - b;
        spread += expected[i] * distance * distance;
    }
    const double a = spread / sum_expected - b * (double)n / sum_expected;
    double *standard = g_new(double, n);
    for (gsize i = 0; i < n; i++) {
        const double chance = b / expected[i];
        const double variance = a + chance > 0.0 ? a + chance : chance;
        standard[i] = (observed[i] / expected[i] - b) / sqrt(variance);
    }
    return standard;
}

SpReal sp_moran_eb(gsize n, const double observed[], const double expected[], gsize n_links,
                   const SpLink links[])
{
    Weights weights;
    Centred centred;
    g_autofree double *standard = standardise(n, observed, expected);
    weights_init(&weights, n, n_links, links);
    centred_init(&centred, n, standard);
    SpReal index = sp_real_none(SP_MISSING);
    if (weights.n_linked >= LEAST_AREAS && centred.squares > 0.0) {
        index = sp_real((double)n / (double)weights.n_linked *
                        cross(&centred, &weights, n_links, links) / centred.squares);
    }
    g_free(weights.weight);
    g_free(centred.z);
    return index;
}
