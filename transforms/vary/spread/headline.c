/* Expected counts become offsets of the model. */
#include "transforms/vary/spread/headline.h"

#include "transforms/vary/model/intercept.h"

#include <math.h>

/* The areas that expect somebody, in `count` and `offset` [n]. */
static SpGlmData counts_of(const SpHeadlineAreas *areas, double count[], double offset[])
{
    gsize n_used = 0;
    for (gsize i = 0; i < areas->n; i++) {
        if (areas->expected[i] > 0.0) {
            count[n_used] = areas->observed[i];
            offset[n_used] = log(areas->expected[i]);
            n_used++;
        }
    }
    return (SpGlmData){
        .family = SP_GLM_POISSON, .design = {.n = n_used}, .observed = count, .offset = offset};
}

/* The areas of whose part something is expected and not all; `trials` [n] besides. */
static SpGlmData shares_of(const SpHeadlineAreas *areas, double count[], double trials[],
                           double offset[])
{
    gsize n_used = 0;
    for (gsize i = 0; i < areas->n; i++) {
        const double left = areas->whole[i] - areas->expected[i];
        if (areas->expected[i] > 0.0 && left > 0.0) {
            count[n_used] = areas->observed[i];
            trials[n_used] = areas->whole[i];
            offset[n_used] = log(areas->expected[i] / left);
            n_used++;
        }
    }
    return (SpGlmData){.family = SP_GLM_BINOMIAL,
                       .design = {.n = n_used},
                       .observed = count,
                       .trials = trials,
                       .offset = offset};
}

static SpIntercept *fit(const SpHeadlineAreas *areas, SpInterceptWanted wanted, gsize *n_used)
{
    g_autofree double *count = g_new(double, areas->n);
    g_autofree double *trials = g_new(double, areas->n);
    g_autofree double *offset = g_new(double, areas->n);
    const SpGlmData data = areas->whole != NULL ? shares_of(areas, count, trials, offset)
                                                : counts_of(areas, count, offset);
    *n_used = data.design.n;
    return sp_intercept_new(&data, NULL, wanted);
}

SpHeadline sp_headline(const SpHeadlineAreas *areas)
{
    const SpReal none = sp_real_none(SP_MISSING);
    SpHeadline headline = {SP_FIT_GOOD, 0, none, none, none, none, none, none};
    g_autoptr(SpIntercept) intercept = fit(areas, SP_INTERCEPT_ALL, &headline.n_used);
    headline.fit = intercept->fit;
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

SpTypical sp_headline_typical(const SpHeadlineAreas *areas)
{
    gsize n_used = 0;
    g_autoptr(SpIntercept) intercept = fit(areas, SP_INTERCEPT_ESTIMATE, &n_used);
    SpTypical typical = {intercept->fit, 1.0, 0.0};
    if (intercept->fit == SP_FIT_GOOD) {
        typical.centre = exp(intercept->coefficient[0]);
        typical.sd = intercept->sd;
    }
    return typical;
}
