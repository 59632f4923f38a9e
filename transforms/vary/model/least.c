/* Centred normal equations, by GSL's Cholesky with pivots. */
#include "transforms/vary/model/least.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

/* Of a covariate's variance, what must be its own; and of its squares, what must not be its
 * mean. */
static const double least_own = 1e-10, least_spread = 1e-24;

struct SpLeast {
    gsize p;
    double weight;     /* sum */
    double *mean;      /* [p] weighted means of the covariates */
    double *scale;     /* [p] square roots of their centred squares */
    double *around;    /* [p] one area's covariates around their means */
    gsl_matrix *cross; /* p x p correlations, then their LDL' */
    gsl_matrix *inverse;
    gsl_vector *slope; /* [p] on the scaled covariates */
    gsl_permutation *order;
};

SpLeast *sp_least_new(gsize p)
{
    SpLeast *least = g_new0(SpLeast, 1);
    least->p = p;
    least->mean = g_new0(double, p);
    least->scale = g_new0(double, p);
    least->around = g_new0(double, p);
    if (p > 0) {
        least->cross = gsl_matrix_alloc(p, p);
        least->inverse = gsl_matrix_alloc(p, p);
        least->slope = gsl_vector_alloc(p);
        least->order = gsl_permutation_alloc(p);
    }
    return least;
}

void sp_least_free(SpLeast *least)
{
    if (least == NULL) {
        return;
    }
    if (least->p > 0) {
        gsl_matrix_free(least->cross);
        gsl_matrix_free(least->inverse);
        gsl_vector_free(least->slope);
        gsl_permutation_free(least->order);
    }
    g_free(least->mean);
    g_free(least->scale);
    g_free(least->around);
    g_free(least);
}

static double weight_of(const double weight[], gsize i)
{
    return weight != NULL ? weight[i] : 1.0;
}

/* Sums weights, means and centred cross products; returns the mean of y. FALSE in `is_good` when a
 * covariate does not vary. */
static double gather(SpLeast *least, const SpDesign *design, const double weight[],
                     const double y[], gboolean *is_good)
{
    const gsize p = least->p;
    double mean_y = 0.0;
    least->weight = 0.0;
    for (gsize j = 0; j < p; j++) {
        least->mean[j] = 0.0;
    }
    for (gsize i = 0; i < design->n; i++) {
        const double w = weight_of(weight, i);
        least->weight += w;
        mean_y += w * y[i];
        for (gsize j = 0; j < p; j++) {
            least->mean[j] += w * design->x[i * p + j];
        }
    }
    *is_good = least->weight > 0.0 && isfinite(least->weight);
    mean_y /= least->weight;
    for (gsize j = 0; j < p; j++) {
        least->mean[j] /= least->weight;
    }
    return mean_y;
}

static void add_products(SpLeast *least, const SpDesign *design, const double weight[],
                         const double y[], double mean_y)
{
    const gsize p = least->p;
    double *cross = least->cross->data; /* dense: gsl_matrix_alloc leaves no gap between rows */
    gsl_matrix_set_zero(least->cross);
    gsl_vector_set_zero(least->slope);
    for (gsize i = 0; i < design->n; i++) {
        const double w = weight_of(weight, i);
        for (gsize j = 0; j < p; j++) {
            least->around[j] = design->x[i * p + j] - least->mean[j];
        }
        for (gsize j = 0; j < p; j++) {
            const double weighted = w * least->around[j];
            least->slope->data[j] += weighted * (y[i] - mean_y);
            for (gsize k = 0; k <= j; k++) {
                cross[j * p + k] += weighted * least->around[k];
            }
        }
    }
}

static gboolean solve_slopes(SpLeast *least)
{
    const gsize p = least->p;
    for (gsize j = 0; j < p; j++) {
        const double squares = gsl_matrix_get(least->cross, j, j);
        const double at_mean = least->weight * least->mean[j] * least->mean[j];
        if (!(squares > least_spread * at_mean) || !(squares > 0.0)) {
            return FALSE;
        }
        least->scale[j] = sqrt(squares);
    }
    for (gsize j = 0; j < p; j++) {
        least->slope->data[j] /= least->scale[j];
        for (gsize k = 0; k <= j; k++) {
            const double correlation =
                gsl_matrix_get(least->cross, j, k) / (least->scale[j] * least->scale[k]);
            gsl_matrix_set(least->cross, j, k, correlation);
            gsl_matrix_set(least->cross, k, j, correlation);
        }
    }
    gsl_linalg_pcholesky_decomp(least->cross, least->order);
    for (gsize j = 0; j < p; j++) {
        if (!(gsl_matrix_get(least->cross, j, j) > least_own)) {
            return FALSE;
        }
    }
    gsl_linalg_pcholesky_svx(least->cross, least->order, least->slope);
    return TRUE;
}

SpFit sp_least_fit(SpLeast *least, const SpDesign *design, const double weight[], const double y[],
                   double coefficient[])
{
    gboolean is_good = FALSE;
    const double mean_y = gather(least, design, weight, y, &is_good);
    if (!is_good) {
        return SP_FIT_COLLINEAR;
    }
    coefficient[0] = mean_y;
    if (least->p == 0) {
        return SP_FIT_GOOD;
    }
    add_products(least, design, weight, y, mean_y);
    if (!solve_slopes(least)) {
        return SP_FIT_COLLINEAR;
    }
    for (gsize j = 0; j < least->p; j++) {
        coefficient[j + 1] = least->slope->data[j] / least->scale[j];
        coefficient[0] -= coefficient[j + 1] * least->mean[j];
    }
    return SP_FIT_GOOD;
}

void sp_least_inverse(SpLeast *least, double inverse[])
{
    const gsize p = least->p;
    const gsize side = p + 1;
    inverse[0] = 1.0 / least->weight;
    if (p == 0) {
        return;
    }
    gsl_linalg_pcholesky_invert(least->cross, least->order, least->inverse);
    for (gsize j = 0; j < p; j++) {
        double with_constant = 0.0;
        for (gsize k = 0; k < p; k++) {
            const double value =
                gsl_matrix_get(least->inverse, j, k) / (least->scale[j] * least->scale[k]);
            inverse[(j + 1) * side + k + 1] = value;
            with_constant -= value * least->mean[k];
        }
        inverse[j + 1] = with_constant;
        inverse[(j + 1) * side] = with_constant;
        inverse[0] -= with_constant * least->mean[j];
    }
}
