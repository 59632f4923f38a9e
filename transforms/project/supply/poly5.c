/* The polynomial of degree 5. */
#include "transforms/project/supply/poly5.h"

#include <gsl/gsl_multifit.h>
#include <math.h>

enum { MAX_ROUNDS = 50, PARTED_AT = 62 };
static const double middle = 47.5, half = 27.5, far_logit = 12.0, close_enough = 1e-9;

static double polynomial(const double coefficients[SP_N_POLY5], double z)
{
    double value = 0.0;
    for (gsize k = SP_N_POLY5; k-- > 0;) {
        value = value * z + coefficients[k];
    }
    return value;
}

static double logistic(double value)
{
    return 1.0 / (1.0 + exp(-value));
}

double sp_poly5_value(gboolean is_share, const double coefficients[SP_N_POLY5], double age)
{
    double value = polynomial(coefficients, (age - middle) / half);
    return is_share ? logistic(value) : value;
}

static double band_z(const SpProfileBand *band, guint first)
{
    return ((double)first + (band->first + band->last) / 2.0 - middle) / half;
}

/* Means of the two bands of a small group, as the source. */
static void two_means(gsize n_ages, guint first, const SpProfileBand bands[], gsize n_bands,
                      double curve[])
{
    double sum[2] = {0, 0}, size[2] = {0, 0};
    for (gsize b = 0; b < n_bands; b++) {
        gsize part = (double)first + (bands[b].first + bands[b].last) / 2.0 >= PARTED_AT ? 1 : 0;
        sum[part] += bands[b].size * bands[b].mean;
        size[part] += bands[b].size;
    }
    for (gsize a = 0; a < n_ages; a++) {
        gsize part = first + a >= PARTED_AT ? 1 : 0;
        curve[a] = size[part] > 0.0 ? sum[part] / size[part] : 0.0;
    }
}

/* One weighted fit; FALSE when it cannot be made. */
static gboolean solve(const gsl_matrix *x, const gsl_vector *weight, const gsl_vector *y,
                      double coefficients[SP_N_POLY5])
{
    gsl_vector *c = gsl_vector_alloc(x->size2);
    gsl_matrix *cov = gsl_matrix_alloc(x->size2, x->size2);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(x->size1, x->size2);
    double squares;
    gboolean is_good = gsl_multifit_wlinear(x, weight, y, c, cov, &squares, work) == GSL_SUCCESS;
    for (gsize k = 0; k < SP_N_POLY5; k++) {
        coefficients[k] = k < x->size2 ? gsl_vector_get(c, k) : 0.0;
        is_good = is_good && isfinite(coefficients[k]);
    }
    gsl_multifit_linear_free(work);
    gsl_matrix_free(cov);
    gsl_vector_free(c);
    return is_good;
}

static void fit(guint first, const SpProfileBand bands[], gsize n_bands, gboolean is_share,
                double coefficients[SP_N_POLY5])
{
    gsize degree = MIN((gsize)SP_N_POLY5, MAX(n_bands, 2) - 1);
    gsl_matrix *x = gsl_matrix_alloc(n_bands, degree);
    gsl_vector *weight = gsl_vector_alloc(n_bands), *y = gsl_vector_alloc(n_bands);
    double change = 1.0;
    for (guint round = 0; round < MAX_ROUNDS && change > close_enough; round++) {
        for (gsize b = 0; b < n_bands; b++) {
            double z = band_z(&bands[b], first), power = 1.0;
            double eta = CLAMP(polynomial(coefficients, z), -far_logit, far_logit);
            double value = is_share ? logistic(eta) : eta;
            double slope = is_share ? MAX(value * (1.0 - value), 1e-9) : 1.0;
            gsl_vector_set(weight, b, bands[b].size * slope);
            gsl_vector_set(y, b, is_share ? eta + (bands[b].mean - value) / slope : bands[b].mean);
            for (gsize k = 0; k < degree; k++, power *= z) {
                gsl_matrix_set(x, b, k, power);
            }
        }
        double next[SP_N_POLY5];
        if (!solve(x, weight, y, next)) {
            break;
        }
        change = 0.0;
        for (gsize k = 0; k < SP_N_POLY5; k++) {
            change = MAX(change, fabs(next[k] - coefficients[k]));
            coefficients[k] = next[k];
        }
    }
    gsl_vector_free(y);
    gsl_vector_free(weight);
    gsl_matrix_free(x);
}

void sp_poly5_fit(const SpProfileData *data, guint first, gboolean is_share, double curve[])
{
    double coefficients[SP_N_POLY5] = {0}, size = 0.0;
    g_autofree SpProfileBand *told = g_new(SpProfileBand, data->n_bands);
    gsize n_ages = data->n_ages, n_told = 0;
    for (gsize b = 0; b < data->n_bands; b++) {
        size += data->bands[b].size;
        if (data->bands[b].size > 0.0) {
            told[n_told++] = data->bands[b];
        }
    }
    if (size < SP_POLY5_LEAST || n_told < 2) {
        two_means(n_ages, first, told, n_told, curve);
        return;
    }
    fit(first, told, n_told, is_share, coefficients);
    for (gsize a = 0; a < n_ages; a++) {
        curve[a] = MAX(0.0, sp_poly5_value(is_share, coefficients, (double)(first + a)));
    }
}
