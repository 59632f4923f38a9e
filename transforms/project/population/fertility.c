/* Births from national rates, held to the children seen. */
#include "transforms/project/population/fertility.h"

#include <math.h>

/* Children of age 0 that rates and survival give at the end of a year. */
static double expect_children(const SpPersons *start, const SpPersons *end,
                              const SpBirthYear *births, double newborn_survival)
{
    double sum = 0.0;
    for (guint age = 0; age < SP_N_AGES; age++) {
        sum += births->rate[age] * (start->count[SP_WOMEN][age] + end->count[SP_WOMEN][age]) / 2;
    }
    return sum * newborn_survival;
}

/* Adds one year to each kommune's [n_regions] children seen and expected, the latter at the
 * country's level of the year. Returns that level, 0 when no kommune has the interval. */
static double add_year(const SpHistory *history, int year, const SpBirthYear *births,
                       double newborn_survival, double seen[], double expected[])
{
    g_autofree double *here = g_new0(double, history->n_regions);
    double all_seen = 0, all_expected = 0;
    for (gsize region = 0; region < history->n_regions; region++) {
        if (!sp_history_has_interval(history, region, year)) {
            continue;
        }
        const SpPersons *end = sp_history_persons(history, region, year + 1);
        here[region] = expect_children(sp_history_persons(history, region, year), end, births,
                                       newborn_survival);
        double children = end->count[SP_MEN][0] + end->count[SP_WOMEN][0];
        seen[region] += children;
        all_seen += children;
        all_expected += here[region];
    }
    if (all_expected <= 0.0 || all_seen <= 0.0) {
        return 0.0;
    }
    for (gsize region = 0; region < history->n_regions; region++) {
        expected[region] += here[region] * all_seen / all_expected;
    }
    return all_seen / all_expected;
}

/* Each kommune's ratio of seen to expected, shrunk towards 1 as Poisson counts, then set to 1 on
 * the mean of the country. */
static void shrink_factors(gsize n, const double seen[], const double expected[],
                           SpFertility *fertility, SpQuality *quality)
{
    double *factor = fertility->factor;
    g_autofree double *deviation = g_new(double, n);
    for (gsize region = 0; region < n; region++) {
        deviation[region] = expected[region] > 0.0 ? seen[region] / expected[region] - 1 : 0.0;
    }
    SpShrink shrink;
    sp_shrink_fit(n, 1, deviation, expected, &shrink);
    if (!shrink.is_settled) {
        sp_quality_note(quality, "unsettled_estimate", "births", 0,
                        "the estimate of spread did not settle; its last round is used");
    }
    double all = 0, weighted = 0;
    for (gsize region = 0; region < n; region++) {
        factor[region] = 1 + sp_shrink_mean(&shrink, 1.0, 1, &deviation[region], &expected[region],
                                            &fertility->variance[region]);
        all += expected[region];
        weighted += expected[region] * factor[region];
    }
    for (gsize region = 0; all > 0.0 && region < n; region++) {
        factor[region] *= all / weighted;
    }
}

static double children_per_woman(const SpBirthYear *year)
{
    double sum = 0;
    for (guint age = 0; age < SP_N_AGES; age++) {
        sum += year->rate[age];
    }
    return sum;
}

/* Changes per year, so that a year without rates is no jump; around their mean. */
static double find_yearly_sd(const GArray *births)
{
    double change = 0, square = 0;
    guint n = 0;
    for (guint i = births->len - MIN(births->len, (guint)SP_FERTILITY_YEARS); i + 1 < births->len;
         i++) {
        const SpBirthYear *from = &g_array_index(births, SpBirthYear, i);
        const SpBirthYear *to = &g_array_index(births, SpBirthYear, i + 1);
        double before = children_per_woman(from), after = children_per_woman(to);
        if (before > 0.0 && after > 0.0) {
            double here = log(after / before) / (to->year - from->year);
            change += here;
            square += here * here;
            n++;
        }
    }
    return n < SP_LEAST_FERTILITY_YEARS ? 0.0
                                        : sqrt(MAX(square - change * change / n, 0.0) / (n - 1));
}

SpFertility *sp_fertility_new(const SpHistory *history, const GArray *births,
                              const SpSurvival survival[], double boy_share, SpQuality *quality)
{
    gsize n = history->n_regions;
    const SpBirthYear *newest = sp_birth_years_at(births, history->base);
    SpFertility *fertility = g_new0(SpFertility, 1);
    fertility->rate_year = newest->year;
    for (guint age = 0; age < SP_N_AGES; age++) {
        fertility->rate[age] = newest->rate[age];
    }
    fertility->calibration = 1.0;
    fertility->factor = g_new(double, n);
    fertility->variance = g_new0(double, n);
    fertility->yearly_sd = find_yearly_sd(births);
    g_autofree double *seen = g_new0(double, n);
    g_autofree double *expected = g_new0(double, n);
    for (gsize i = 0; i + 1 < history->n_days; i++) {
        int year = history->first_year + (int)i;
        double newborn = boy_share * survival[i].newborn[SP_MEN] +
                         (1 - boy_share) * survival[i].newborn[SP_WOMEN];
        double level =
            add_year(history, year, sp_birth_years_at(births, year), newborn, seen, expected);
        fertility->calibration = level > 0.0 ? level : fertility->calibration;
    }
    shrink_factors(n, seen, expected, fertility, quality);
    return fertility;
}

void sp_fertility_free(SpFertility *fertility)
{
    if (fertility != NULL) {
        g_free(fertility->factor);
        g_free(fertility->variance);
        g_free(fertility);
    }
}
