/* Expected counts become offsets of the model. */
#include "transforms/vary/spread/headline.h"

#include "transforms/vary/model/intercept.h"

#include <math.h>

static SpHeadline fit(const SpGlmData *data)
{
    g_autoptr(SpIntercept) intercept = sp_intercept_new(data, NULL, SP_INTERCEPT_ALL);
    const SpReal none = sp_real_none(SP_MISSING);
    SpHeadline headline = {intercept->fit, data->design.n, none, none, none, none, none, none};
    if (intercept->fit == SP_FIT_GOOD) {
        headline.sd = sp_real(intercept->sd);
        headline.sd_low = sp_real(intercept->sd_low);
        headline.sd_high = sp_real(intercept->sd_high);
        headline.median_ratio = sp_real(sp_median_ratio(intercept->sd));
        headline.median_ratio_low = sp_real(sp_median_ratio(intercept->sd_low));
        headline.median_ratio_high = sp_real(sp_median_ratio(intercept->sd_high));
    }
    return headline;
}

/* The areas that expect somebody, in `count` and `offset` [n]. */
static SpGlmData counts_of(gsize n, const double observed[], const double expected[],
                           double count[], double offset[])
{
    gsize n_used = 0;
    for (gsize i = 0; i < n; i++) {
        if (expected[i] > 0.0) {
            count[n_used] = observed[i];
            offset[n_used] = log(expected[i]);
            n_used++;
        }
    }
    return (SpGlmData){
        .family = SP_GLM_POISSON, .design = {.n = n_used}, .observed = count, .offset = offset};
}

SpHeadline sp_headline_counts(gsize n, const double observed[], const double expected[])
{
    g_autofree double *count = g_new(double, n);
    g_autofree double *offset = g_new(double, n);
    const SpGlmData data = counts_of(n, observed, expected, count, offset);
    return fit(&data);
}

SpTypical sp_headline_typical(gsize n, const double observed[], const double expected[])
{
    g_autofree double *count = g_new(double, n);
    g_autofree double *offset = g_new(double, n);
    const SpGlmData data = counts_of(n, observed, expected, count, offset);
    g_autoptr(SpIntercept) intercept = sp_intercept_new(&data, NULL, SP_INTERCEPT_ESTIMATE);
    SpTypical typical = {intercept->fit, 1.0, 0.0};
    if (intercept->fit == SP_FIT_GOOD) {
        typical.centre = exp(intercept->coefficient[0]);
        typical.sd = intercept->sd;
    }
    return typical;
}

SpHeadline sp_headline_shares(gsize n, const double observed[], const double expected[],
                              const double population[])
{
    g_autofree double *count = g_new(double, n);
    g_autofree double *trials = g_new(double, n);
    g_autofree double *offset = g_new(double, n);
    gsize n_used = 0;
    for (gsize i = 0; i < n; i++) {
        if (expected[i] > 0.0 && expected[i] < population[i]) {
            count[n_used] = observed[i];
            trials[n_used] = population[i];
            offset[n_used] = log(expected[i] / (population[i] - expected[i]));
            n_used++;
        }
    }
    const SpGlmData data = {.family = SP_GLM_BINOMIAL,
                            .design = {.n = n_used},
                            .observed = count,
                            .trials = trials,
                            .offset = offset};
    return fit(&data);
}
