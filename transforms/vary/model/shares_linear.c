/* Least squares by turns: the mean alone, with need, with need and constraint; squares of what each
 * leaves of areas that it has not seen. */
#include "transforms/vary/model/shares_linear.h"

#include "transforms/vary/model/folds.h"
#include "transforms/vary/model/least.h"
#include "transforms/vary/model/shares_interval.h"

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

/* Predicts every area by the first p covariates, without its part. */
static SpFit predict(const SpLinearSharesData *data, const guint fold[], gsize p,
                     double predicted[])
{
    g_autoptr(SpLeast) least = sp_least_new(p);
    g_autofree double *x = g_new(double, data->n *p);
    g_autofree double *value = g_new(double, data->n);
    g_autofree double *weight = g_new(double, data->n);
    g_autofree double *coefficient = g_new(double, p + 1);
    Others others = {p, data->n_need + data->n_constraint, 0, x, value, weight};
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
    return SP_FIT_GOOD;
}

/* A weighted mean of the areas' figures, and its standard error (Cochran, Sampling Techniques,
 * 1977, ch. 6, of a ratio). */
typedef struct {
    double mean, error;
} Mean;

static Mean mean_of(const SpLinearSharesData *data, const double figure[])
{
    double weights = 0.0;
    double squares = 0.0;
    Mean mean = {0};
    for (gsize i = 0; i < data->n; i++) {
        weights += weight_of(data, i);
        mean.mean += weight_of(data, i) * figure[i];
    }
    mean.mean /= weights;
    for (gsize i = 0; i < data->n; i++) {
        const double off = weight_of(data, i) / weights * (figure[i] - mean.mean);
        squares += off * off;
    }
    mean.error = sqrt(squares);
    return mean;
}

/* Squares of what a level leaves. */
static void square_left(const SpLinearSharesData *data, const double predicted[], double square[])
{
    for (gsize i = 0; i < data->n; i++) {
        square[i] = (data->value[i] - predicted[i]) * (data->value[i] - predicted[i]);
    }
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

/* The levels' squares [n] of areas not seen, and what they are in the mean. */
typedef struct {
    double *square[N_LEVELS];
    double left[N_LEVELS];
} Levels;

/* What is left is a mean square: its logarithm is nearly normal. */
static void set_interval(const SpLinearSharesData *data, const Levels *levels, double chance,
                         double typical, SpShares *shares)
{
    g_autofree double *explained = g_new(double, data->n);
    const Mean left = mean_of(data, levels->square[BOTH]);
    for (gsize i = 0; i < data->n; i++) {
        explained[i] = levels->square[ALONE][i] - levels->square[BOTH][i];
    }
    const Mean gone = mean_of(data, explained);
    const double factor = left.mean > 0.0 ? exp(SP_Z_95 * left.error / left.mean) : 1.0;
    const SpShareParts parts = {.unexplained = left.mean - chance,
                                .unexplained_low = fmax(0.0, left.mean / factor - chance),
                                .unexplained_high = fmax(0.0, left.mean * factor - chance),
                                .explained = fmax(0.0, gone.mean),
                                .explained_error = gone.error,
                                .chance = typical};
    const SpInterval interval = sp_shares_interval(&parts);
    shares->unexplained_low = interval.low;
    shares->unexplained_high = interval.high;
}

static void share_out(const SpLinearSharesData *data, const Levels *levels, SpShares *shares)
{
    const double *left = levels->left;
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
    set_interval(data, levels, chance, typical, shares);
}

static SpFit fit_levels(const SpLinearSharesData *data, double *predicted[N_LEVELS], Levels *levels)
{
    const gsize p[N_LEVELS] = {0, data->n_need, data->n_need + data->n_constraint};
    const gsize size = data->n * sizeof **predicted;
    g_autofree guint *fold = g_new(guint, data->n);
    if (data->n < (gsize)3 * SP_SHARES_FOLDS) {
        return SP_FIT_TOO_FEW;
    }
    sp_folds(data->n, data->size, SP_SHARES_FOLDS, fold);
    for (int k = 0; k < N_LEVELS; k++) {
        const SpFit fit = predict(data, fold, p[k], predicted[k]);
        if (fit != SP_FIT_GOOD) {
            return fit;
        }
        square_left(data, predicted[k], levels->square[k]);
        levels->left[k] = mean_of(data, levels->square[k]).mean;
        /* Covariates that predict worse than those before them are not used. */
        if (k > ALONE && !(levels->left[k] < levels->left[k - 1])) {
            levels->left[k] = levels->left[k - 1];
            memcpy(predicted[k], predicted[k - 1], size);
            memcpy(levels->square[k], levels->square[k - 1], size);
        }
    }
    return SP_FIT_GOOD;
}

SpShares *sp_linear_shares_new(const SpLinearSharesData *data)
{
    SpShares *shares = sp_shares_missing(SP_FIT_GOOD, SP_NOT_APPLICABLE);
    double *predicted[N_LEVELS];
    Levels levels;
    for (int k = 0; k < N_LEVELS; k++) {
        predicted[k] = g_new(double, data->n);
        levels.square[k] = g_new(double, data->n);
    }
    shares->fit = fit_levels(data, predicted, &levels);
    if (shares->fit == SP_FIT_GOOD) {
        share_out(data, &levels, shares);
        shares->predicted_need = g_steal_pointer(&predicted[NEED]);
        shares->predicted = g_steal_pointer(&predicted[BOTH]);
    }
    for (int k = 0; k < N_LEVELS; k++) {
        g_free(predicted[k]);
        g_free(levels.square[k]);
    }
    return shares;
}
