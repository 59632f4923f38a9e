/** A made-up country in which what need, size and nothing give is known. */
#ifndef SP_TESTS_TRANSFORMS_VARY_EXPLAINED_H
#define SP_TESTS_TRANSFORMS_VARY_EXPLAINED_H

#include "tests/transforms/vary/compared.h"
#include "tests/transforms/vary/sizes.h"

#include "transforms/vary/vary.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

enum { KOMMUNER = SIZES_KOMMUNER };
static const char period[] = "2022-12-31";

/* Standard deviations of the logarithm of the ratio to the expected. */
typedef struct {
    double need, size, unexplained;
    double middle; /* expected of the kommune in the middle */
} Truth;

/* The expected count of a kommune, by its size: normal on the scale of the logarithm. */
static inline double size_of(const Truth *truth, guint i, double *z)
{
    /* 97 has no factor in common with 357: sizes are dealt out over the numbers. */
    *z = gsl_cdf_ugaussian_Pinv(((double)(i * 97 % KOMMUNER) + 0.5) / KOMMUNER);
    return truth->middle * exp(*z);
}

/** mean [KOMMUNER] what chance alone moves the figure around, in its unit; NULL: not asked for. */
static inline Compared explained_country(const char *indicator, const Truth *truth, gulong seed,
                                         double mean[])
{
    const gboolean is_share = strcmp(indicator, "andel") == 0;
    Compared compared = compared_new(KOMMUNER);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, seed);
    for (guint i = 0; i < KOMMUNER; i++) {
        double z = 0.0;
        const double expected = size_of(truth, i, &z);
        const double need = gsl_ran_ugaussian(rng);
        const double effect =
            truth->need * need + truth->size * z + gsl_ran_gaussian(rng, truth->unexplained);
        const double nevner = round(4.0 * expected);
        const double odds = exp(effect) / 3.0;
        const double count = is_share ? gsl_ran_binomial(rng, odds / (1.0 + odds), (guint)nevner)
                                      : gsl_ran_poisson(rng, expected * exp(effect));
        if (mean != NULL) {
            mean[i] = is_share ? odds / (1.0 + odds) : 1000.0 * expected * exp(effect) / nevner;
        }
        compared_add(&compared, "gamle", i, "2022-01-01",
                     (Rate){sp_real(1000.0 + 100.0 * need), 1e4, 1.0});
        compared_add_count(&compared, "folk", i, "2022-01-01", 20.0 * expected);
        const gsize row = compared_add(&compared, indicator, i, period,
                                       (Rate){sp_real(count), nevner, is_share ? 1.0 : 1000.0});
        compared_chance(&compared, row, is_share ? nevner / 4.0 : expected,
                        is_share ? nevner * 3.0 / 16.0 : expected);
    }
    gsl_rng_free(rng);
    return compared;
}

/** A table that sp_transform_shares makes. */
static inline SpTable *explained_run(const Compared *compared, const char *name, SpQuality *quality)
{
    const char *const assignments[] = {"covariate_classes=",
                                       "period_minimum_share=0.75",
                                       "shares_minimum_kommuner=200",
                                       "false_discovery=0.05",
                                       "pulled_in=0.1",
                                       "od_minimum_kommuner=100"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpSettings) settings =
        compared_settings(assignments, G_N_ELEMENTS(assignments), sp_transform_shares.config_keys,
                          sp_transform_shares.n_config_keys);
    sp_transform_shares.run(compared->in, settings, out, quality, &error);
    assert_no_error(error);
    return sp_tables_steal(out, name);
}

#endif
