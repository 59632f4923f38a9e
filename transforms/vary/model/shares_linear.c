/* Least squares by turns: the mean alone, with need, with need and constraint; squares of what each
 * leaves of areas that it has not seen. */
#include "transforms/vary/model/shares_linear.h"

#include "transforms/vary/model/folds.h"
#include "transforms/vary/model/least.h"
#include "transforms/vary/model/shares.h"

#include <math.h>
#include <string.h>

static const double squares_of_rounding = 1e-24;

/* The areas that one part is predicted from. */
typedef struct {
    gsize p, all;
    gsize n;
    double *x, *value, *weight;
} Others;

static double weight_of(const SpLinearSharesData *data, gsize i)
{
    return data->weight != NULL ? data->weight[i] : 1.0;
}

static void gather(const SpLinearSharesData *data, const guint fold[], guint left_out,
                   Others *others)
{
    others->n = 0;
    for (gsize i = 0; i < data->n; i++) {
        if (fold[i] == left_out) {
            continue;
        }
        others->value[others->n] = data->value[i];
        others->weight[others->n] = weight_of(data, i);
        for (gsize j = 0; j < others->p; j++) {
            others->x[others->n * others->p + j] = data->x[i * others->all + j];
        }
        others->n++;
    }
}

/* Predicts every area by the first p covariates, without its part. Returns the mean weighted square
 * of what is left. */
static SpFit predict(const SpLinearSharesData *data, const guint fold[], gsize p,
                     double predicted[], double *left)
{
    g_autoptr(SpLeast) least = sp_least_new(p);
    g_autofree double *x = g_new(double, data->n *p);
    g_autofree double *value = g_new(double, data->n);
    g_autofree double *weight = g_new(double, data->n);
    g_autofree double *coefficient = g_new(double, p + 1);
    Others others = {p, data->n_need + data->n_constraint, 0, x, value, weight};
    double sum = 0.0;
    *left = 0.0;
    for (guint part = 0; part < SP_SHARES_FOLDS; part++) {
        gather(data, fold, part, &others);
        const SpDesign design = {others.n, p, x};
        const SpFit fit = others.n > p + 1
                              ? sp_least_fit(least, &design, weight, value, coefficient)
                              : SP_FIT_TOO_FEW;
        if (fit != SP_FIT_GOOD) {
            return fit;
        }
        for (gsize i = 0; i < data->n; i++) {
            if (fold[i] == part) {
                predicted[i] = coefficient[0];
                for (gsize j = 0; j < p; j++) {
                    predicted[i] += coefficient[j + 1] * data->x[i * others.all + j];
                }
            }
        }
    }
    for (gsize i = 0; i < data->n; i++) {
        sum += weight_of(data, i);
        *left +=
            weight_of(data, i) * (data->value[i] - predicted[i]) * (data->value[i] - predicted[i]);
    }
    *left /= sum;
    return SP_FIT_GOOD;
}

/* Mean weighted variance that chance gives: what it is of the mean squares. */
static double chance_of(const SpLinearSharesData *data)
{
    double sum = 0.0;
    double chance = 0.0;
    for (gsize i = 0; i < data->n && data->variance != NULL; i++) {
        sum += weight_of(data, i);
        chance += weight_of(data, i) * data->variance[i];
    }
    return sum > 0.0 ? chance / sum : 0.0;
}

/* The variance that chance gives an area of typical size, as in model/shares.c. */
static double typical_chance(const SpLinearSharesData *data)
{
    double sum = 0.0;
    double squares = 0.0;
    for (gsize i = 0; i < data->n; i++) {
        const double weight = 1.0 / data->variance[i];
        sum += weight;
        squares += weight * weight;
    }
    return (double)(data->n - 1) * sum / (sum * sum - squares);
}

enum { ALONE, NEED, BOTH, N_LEVELS };

static void share_out(const SpLinearSharesData *data, const double left[N_LEVELS],
                      SpLinearShares *shares)
{
    double size = 0.0;
    for (gsize i = 0; i < data->n; i++) {
        size = fmax(size, fabs(data->value[i]));
    }
    if (!(left[ALONE] > squares_of_rounding * size * size)) {
        return;
    }
    /* Chance cannot be more than is left; the typical area's is less in the same proportion. */
    const double mean = chance_of(data);
    const double chance = fmin(mean, left[BOTH]);
    const double typical = mean > 0.0 ? typical_chance(data) * chance / mean : 0.0;
    const double all = left[ALONE] - chance + typical;
    shares->need = sp_real((left[ALONE] - left[NEED]) / all);
    shares->constraint = sp_real((left[NEED] - left[BOTH]) / all);
    shares->unexplained = sp_real((left[BOTH] - chance) / all);
    shares->random =
        data->variance != NULL ? sp_real(typical / all) : sp_real_none(SP_NOT_APPLICABLE);
}

static SpFit fit_levels(const SpLinearSharesData *data, double *predicted, double left[N_LEVELS])
{
    const gsize p[N_LEVELS] = {0, data->n_need, data->n_need + data->n_constraint};
    g_autofree guint *fold = g_new(guint, data->n);
    g_autofree double *tried = g_new(double, data->n);
    if (data->n < (gsize)3 * SP_SHARES_FOLDS) {
        return SP_FIT_TOO_FEW;
    }
    sp_folds(data->n, data->size, SP_SHARES_FOLDS, fold);
    for (int k = 0; k < N_LEVELS; k++) {
        const SpFit fit = predict(data, fold, p[k], tried, &left[k]);
        if (fit != SP_FIT_GOOD) {
            return fit;
        }
        /* Covariates that predict worse than those before them are not used. */
        if (k == ALONE || left[k] < left[k - 1]) {
            memcpy(predicted, tried, data->n * sizeof *predicted);
        } else {
            left[k] = left[k - 1];
        }
    }
    return SP_FIT_GOOD;
}

SpLinearShares *sp_linear_shares_new(const SpLinearSharesData *data)
{
    const SpReal none = sp_real_none(SP_MISSING);
    SpLinearShares *shares = g_new(SpLinearShares, 1);
    g_autofree double *predicted = g_new(double, data->n);
    double left[N_LEVELS] = {0.0};
    *shares = (SpLinearShares){SP_FIT_GOOD, none, none, none, none, NULL};
    shares->fit = fit_levels(data, predicted, left);
    if (shares->fit == SP_FIT_GOOD) {
        share_out(data, left, shares);
        shares->predicted = g_steal_pointer(&predicted);
    }
    return shares;
}

void sp_linear_shares_free(SpLinearShares *shares)
{
    if (shares == NULL) {
        return;
    }
    g_free(shares->predicted);
    g_free(shares);
}
