/* Trends of counts over a population. */
#include "transforms/vary/trend/rates.h"

#include "transforms/vary/limits/interval.h"
#include "transforms/vary/model/glm.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* How far the years lie from the line, over what the binomial gives: what is left of the chi-square
 * of the whole table when the line's is taken away, per degree of freedom. */
static double dispersion_of(gsize n, const double observed[], const double population[],
                            double share, double chi2)
{
    double whole = 0.0;
    for (gsize i = 0; i < n; i++) {
        const double left = observed[i] - population[i] * share;
        whole += left * left / (population[i] * share * (1.0 - share));
    }
    return fmax(0.0, whole - chi2) / (double)(n - 2);
}

SpArmitage sp_trend_armitage(gsize n, const double time[], const double observed[],
                             const double population[])
{
    const SpReal none = sp_real_none(SP_MISSING);
    double all = 0.0;
    double with = 0.0;
    double mean = 0.0;
    for (gsize i = 0; i < n; i++) {
        all += population[i];
        with += observed[i];
        mean += population[i] * time[i];
    }
    mean /= all;
    const double share = with / all;
    double cross = 0.0;
    double squares = 0.0;
    for (gsize i = 0; i < n; i++) {
        cross += (time[i] - mean) * observed[i];
        squares += population[i] * (time[i] - mean) * (time[i] - mean);
    }
    if (n < 2 || !(share > 0.0 && share < 1.0) || !(squares > 0.0)) {
        return (SpArmitage){none, none, none, none, none};
    }
    const double chi2 = cross * cross / (share * (1.0 - share) * squares);
    SpArmitage armitage = {.chi2 = sp_real(chi2),
                           .p = sp_real(gsl_cdf_chisq_Q(chi2, 1.0)),
                           .difference = sp_real(cross / squares),
                           .dispersion = none,
                           .p_wide = none};
    if (n > 2) {
        const double dispersion = dispersion_of(n, observed, population, share, chi2);
        armitage.dispersion = sp_real(dispersion);
        armitage.p_wide =
            sp_real(gsl_cdf_fdist_Q(chi2 / fmax(dispersion, 1.0), 1.0, (double)(n - 2)));
    }
    return armitage;
}

SpLogLinear sp_trend_log_linear(gsize n, const double time[], const double observed[],
                                const double population[])
{
    const SpReal none = sp_real_none(SP_MISSING);
    SpLogLinear trend = {SP_FIT_GOOD, none, none, none, none, none, none};
    g_autofree double *offset = g_new(double, n);
    for (gsize i = 0; i < n; i++) {
        offset[i] = log(population[i]);
    }
    const SpGlmData data = {.family = SP_GLM_POISSON,
                            .design = {.n = n, .p = 1, .x = time},
                            .observed = observed,
                            .offset = offset};
    g_autoptr(SpGlm) glm = sp_glm_new(&data);
    trend.fit = glm->fit;
    if (glm->fit == SP_FIT_GOOD) {
        const double slope = glm->coefficient[1];
        const double se = sqrt(glm->covariance[3]);
        const double dispersion = glm->pearson / (double)glm->df;
        const double reach = SP_Z_95 * se * sqrt(fmax(dispersion, 1.0));
        trend.slope = sp_real(slope);
        trend.se = sp_real(se);
        trend.change = sp_real(expm1(slope));
        trend.change_low = sp_real(expm1(slope - reach));
        trend.change_high = sp_real(expm1(slope + reach));
        trend.dispersion = sp_real(dispersion);
    }
    return trend;
}
