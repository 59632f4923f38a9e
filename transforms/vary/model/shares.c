/* Random-intercept models by turns: without covariates, with need, with need and constraint; and
 * each area's prediction by models that have not seen it. */
#include "transforms/vary/model/shares.h"

#include "transforms/vary/model/folds.h"
#include "transforms/vary/model/intercept.h"
#include "transforms/vary/model/shares_interval.h"

#include <math.h>
#include <string.h>

/* (16 sqrt 3 / (15 pi))^2: how much an effect of variance one draws the mean of a logistic towards
 * 1/2. Zeger, Liang & Albert, Biometrics 1988;44:1049-60. */
static const double logistic_drawn = 0.345843;

/* One set of covariates: the first `p` of all. */
typedef struct {
    const SpSharesData *data;
    gsize p, all;
    guint *fold;            /* [n] borrowed */
    double *predictor;      /* [n] of models that have not seen the area, offset included */
    double *predicted;      /* [n] persons, likewise */
    double sd;              /* between areas around `predictor` */
    double sd_low, sd_high; /* 95 %; of the first level, and of the last when all are fitted */
} Level;

/* The areas outside fold `left_out`, or (G_MAXUINT) all, with the first p covariates; its arrays
 * are freed by part_clear. */
typedef struct {
    SpGlmData data;
    double *x, *observed, *trials, *offset;
} Part;

static double offset_of(const SpSharesData *data, gsize i)
{
    return data->offset != NULL ? data->offset[i] : 0.0;
}

static Part part_make(const Level *level, guint left_out)
{
    const SpSharesData *data = level->data;
    Part part = {.x = g_new(double, data->n * level->p),
                 .observed = g_new(double, data->n),
                 .trials = g_new(double, data->n),
                 .offset = g_new(double, data->n)};
    gsize k = 0;
    for (gsize i = 0; i < data->n; i++) {
        if (level->fold[i] == left_out) {
            continue;
        }
        part.observed[k] = data->observed[i];
        part.offset[k] = offset_of(data, i);
        part.trials[k] = data->trials != NULL ? data->trials[i] : 0.0;
        for (gsize j = 0; j < level->p; j++) {
            part.x[k * level->p + j] = data->x[i * level->all + j];
        }
        k++;
    }
    part.data = (SpGlmData){.family = data->family,
                            .design = {.n = k, .p = level->p, .x = part.x},
                            .observed = part.observed,
                            .trials = part.trials,
                            .offset = part.offset};
    return part;
}

static void part_clear(Part *part)
{
    g_free(part->x);
    g_free(part->observed);
    g_free(part->trials);
    g_free(part->offset);
}

/* Expected count over the effects that areas of this predictor may have. */
static double expect(const SpSharesData *data, gsize i, double predictor, double sd)
{
    if (data->family == SP_GLM_BINOMIAL) {
        return data->trials[i] / (1.0 + exp(-predictor / sqrt(1.0 + logistic_drawn * sd * sd)));
    }
    return exp(predictor + 0.5 * sd * sd);
}

/* Predicts the areas of one fold from the others; the search begins at the fit of all. */
static SpFit predict_fold(Level *level, guint fold, const SpIntercept *of_all)
{
    const SpSharesData *data = level->data;
    Part part = part_make(level, fold);
    g_autoptr(SpIntercept) intercept = sp_intercept_new(&part.data, of_all, SP_INTERCEPT_ESTIMATE);
    part_clear(&part);
    for (gsize i = 0; i < data->n && intercept->fit == SP_FIT_GOOD; i++) {
        if (level->fold[i] == fold) {
            double predictor = offset_of(data, i) + intercept->coefficient[0];
            for (gsize j = 0; j < level->p; j++) {
                predictor += intercept->coefficient[j + 1] * data->x[i * level->all + j];
            }
            level->predictor[i] = predictor;
            level->predicted[i] = expect(data, i, predictor, intercept->sd);
        }
    }
    return intercept->fit;
}

static void take_sd(Level *level, const SpIntercept *intercept)
{
    level->sd = intercept->sd;
    level->sd_low = intercept->sd_low;
    level->sd_high = intercept->sd_high;
}

/* sd around the level's predictors, with a constant of its own. */
static SpFit spread_around(Level *level, SpInterceptWanted wanted)
{
    const SpSharesData *data = level->data;
    const SpGlmData around = {.family = data->family,
                              .design = {.n = data->n},
                              .observed = data->observed,
                              .trials = data->trials,
                              .offset = level->predictor};
    g_autoptr(SpIntercept) intercept = sp_intercept_new(&around, NULL, wanted);
    take_sd(level, intercept);
    return intercept->fit;
}

static SpFit level_fit(Level *level)
{
    Part whole = part_make(level, G_MAXUINT);
    g_autoptr(SpIntercept) of_all = sp_intercept_new(
        &whole.data, NULL, level->p > 0 ? SP_INTERCEPT_ESTIMATE : SP_INTERCEPT_ALL);
    part_clear(&whole);
    SpFit fit = of_all->fit;
    for (guint fold = 0; fold < SP_SHARES_FOLDS && fit == SP_FIT_GOOD; fold++) {
        fit = predict_fold(level, fold, of_all);
    }
    if (fit == SP_FIT_GOOD && level->p > 0) {
        return spread_around(level, SP_INTERCEPT_ESTIMATE);
    }
    take_sd(level, of_all);
    return fit;
}

/* The variance that chance gives a typical area, on the scale of the link: Higgins & Thompson, Stat
 * Med 2002;21:1539-58, equation 9, with weights 1 / variance, which for counts is the variance of
 * the count. */
static double chance_variance(const SpSharesData *data, const double fitted[])
{
    double sum = 0.0;
    double squares = 0.0;
    for (gsize i = 0; i < data->n; i++) {
        const double w = data->family == SP_GLM_BINOMIAL
                             ? fitted[i] * (1.0 - fitted[i] / data->trials[i])
                             : fitted[i];
        sum += w;
        squares += w * w;
    }
    return (double)(data->n - 1) * sum / (sum * sum - squares);
}

/* Covariates that predict worse than those before them are not used. */
static void keep_better(Level *level, const Level *before)
{
    if (level->sd > before->sd) {
        level->sd = before->sd;
        memcpy(level->predictor, before->predictor, level->data->n * sizeof *level->predictor);
        memcpy(level->predicted, before->predicted, level->data->n * sizeof *level->predicted);
    }
}

enum { ALONE, NEED, BOTH, N_LEVELS };

/* The standard error that an interval of sd gives its square. */
static double square_error(const Level *level)
{
    return (level->sd_high * level->sd_high - level->sd_low * level->sd_low) / (2.0 * SP_Z_95);
}

/* What is explained is the difference of two variances: the more the less is left. Their estimates
 * share what is left, so that the variance of the difference is that of their variances. */
static void set_interval(SpShares *shares, const Level level[N_LEVELS], double chance)
{
    const double all = square_error(&level[ALONE]);
    const double left = square_error(&level[BOTH]);
    const SpShareParts parts = {.unexplained = level[BOTH].sd * level[BOTH].sd,
                                .unexplained_low = level[BOTH].sd_low * level[BOTH].sd_low,
                                .unexplained_high = level[BOTH].sd_high * level[BOTH].sd_high,
                                .explained = level[ALONE].sd * level[ALONE].sd -
                                             level[BOTH].sd * level[BOTH].sd,
                                .explained_error = all > left ? sqrt(all * all - left * left) : 0.0,
                                .chance = chance};
    const SpInterval interval = sp_shares_interval(&parts);
    shares->unexplained_low = interval.low;
    shares->unexplained_high = interval.high;
    shares->median_after_low = sp_real(sp_median_ratio(level[BOTH].sd_low));
    shares->median_after_high = sp_real(sp_median_ratio(level[BOTH].sd_high));
}

static void share_out(SpShares *shares, const Level level[N_LEVELS], double chance)
{
    const double before = level[ALONE].sd * level[ALONE].sd;
    const double need = level[NEED].sd * level[NEED].sd;
    const double both = level[BOTH].sd * level[BOTH].sd;
    shares->need = sp_real((before - need) / (before + chance));
    shares->constraint = sp_real((need - both) / (before + chance));
    shares->random = sp_real(chance / (before + chance));
    shares->unexplained = sp_real(both / (before + chance));
    shares->median_before = sp_real(sp_median_ratio(level[ALONE].sd));
    shares->median_need = sp_real(sp_median_ratio(level[NEED].sd));
    shares->median_after = sp_real(sp_median_ratio(level[BOTH].sd));
    if (before > 0.0) {
        shares->pcv = sp_real(1.0 - both / before);
    }
    set_interval(shares, level, chance);
}

static SpFit fit_levels(const SpSharesData *data, Level level[N_LEVELS], double *chance)
{
    const SpGlmData alone = {
        data->family, {.n = data->n}, data->observed, data->trials, data->offset};
    if (data->n < (gsize)3 * SP_SHARES_FOLDS) {
        return SP_FIT_TOO_FEW;
    }
    g_autoptr(SpGlm) glm = sp_glm_new(&alone);
    if (glm->fit != SP_FIT_GOOD) {
        return glm->fit;
    }
    *chance = chance_variance(data, glm->fitted);
    sp_folds(data->n, glm->fitted, SP_SHARES_FOLDS, level[ALONE].fold);
    for (int k = 0; k < N_LEVELS; k++) {
        const SpFit fit = level_fit(&level[k]);
        if (fit != SP_FIT_GOOD) {
            return fit;
        }
        if (k > 0) {
            keep_better(&level[k], &level[k - 1]);
        }
    }
    if (level[BOTH].sd < level[ALONE].sd) {
        return spread_around(&level[BOTH], SP_INTERCEPT_ALL);
    }
    level[BOTH].sd_low = level[ALONE].sd_low;
    level[BOTH].sd_high = level[ALONE].sd_high;
    return SP_FIT_GOOD;
}

SpShares *sp_shares_missing(SpFit fit, SpStatus medians)
{
    const SpReal none = sp_real_none(SP_MISSING);
    const SpReal median = sp_real_none(medians);
    SpShares *shares = g_new0(SpShares, 1);
    shares->fit = fit;
    shares->need = shares->constraint = shares->random = shares->unexplained = none;
    shares->unexplained_low = shares->unexplained_high = none;
    shares->median_before = shares->median_need = shares->median_after = median;
    shares->median_after_low = shares->median_after_high = shares->pcv = median;
    return shares;
}

SpShares *sp_shares_new(const SpSharesData *data)
{
    const gsize p[N_LEVELS] = {0, data->n_need, data->n_need + data->n_constraint};
    g_autofree guint *fold = g_new(guint, data->n);
    Level level[N_LEVELS];
    double chance = 0.0;
    SpShares *shares = sp_shares_missing(SP_FIT_GOOD, SP_MISSING);
    for (int k = 0; k < N_LEVELS; k++) {
        level[k] = (Level){.data = data,
                           .p = p[k],
                           .all = p[BOTH],
                           .fold = fold,
                           .predictor = g_new(double, data->n),
                           .predicted = g_new(double, data->n)};
    }
    shares->fit = fit_levels(data, level, &chance);
    if (shares->fit == SP_FIT_GOOD) {
        share_out(shares, level, chance);
        shares->predicted_need = g_steal_pointer(&level[NEED].predicted);
        shares->predicted = g_steal_pointer(&level[BOTH].predicted);
    }
    for (int k = 0; k < N_LEVELS; k++) {
        g_free(level[k].predictor);
        g_free(level[k].predicted);
    }
    return shares;
}

void sp_shares_free(SpShares *shares)
{
    if (shares == NULL) {
        return;
    }
    g_free(shares->predicted_need);
    g_free(shares->predicted);
    g_free(shares);
}
