/* Exits from two or more years of the stock. */
#include "transforms/project/supply/exits.h"

#include <math.h>

gboolean sp_exits_extra(gsize n_units, gsize n_years, const double expected[],
                        const double observed[], double extra[], double error[])
{
    gsize n = n_units * n_years;
    g_autofree double *deviation = g_new0(double, n);
    SpShrink shrink;
    for (gsize i = 0; i < n; i++) {
        deviation[i] = expected[i] > 0.0 ? (expected[i] - observed[i]) / expected[i] : 0.0;
    }
    sp_shrink_fit(n_units, n_years, deviation, expected, &shrink);
    for (gsize u = 0; u < n_units; u++) {
        double variance;
        extra[u] = sp_shrink_mean(&shrink, 1.0, n_years, deviation + u * n_years,
                                  expected + u * n_years, &variance);
        error[u] = sqrt(variance);
    }
    return shrink.is_settled;
}

void sp_exit_year(const SpMortality *mortality, gsize n_professions, const double beyond[],
                  int year, double leaves[])
{
    double survival[2][SP_N_AGES], newborn;
    for (guint sex = 0; sex < 2; sex++) {
        sp_mortality_survival(mortality, NULL, sex, year, survival[sex], &newborn);
    }
    for (gsize i = 0; i < n_professions * SP_N_STOCK; i++) {
        gsize sex = i / SP_N_WORK_AGES % 2, a = i % SP_N_WORK_AGES;
        double deaths = 1.0 - survival[sex][a + SP_FIRST_WORK_AGE];
        leaves[i] = MIN(1.0, deaths + beyond[i / SP_N_STOCK * SP_N_WORK_AGES + a]);
    }
}
