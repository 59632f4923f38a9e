/**
 * A figure of all kommuner over the years, and its expected path: users of a service, or årsverk of
 * an area or a profession. One rule for all of them:
 *
 *   figure[u,t] = nation x driver[u,t] x (1 + level[u,t]) x exp(drift of t)
 *   driver[u,t] = ageing x by_age[u,t] + (1 - ageing) x own use x heads[u,t]
 *
 * where own use is by_age / heads of the kommune on the last day: kommuner are compared by the ages
 * of their people then, and only a change of ages is damped.
 *
 * docs/methods/demand.md#one-rule.
 */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_SERIES_H
#define SP_TRANSFORMS_PROJECT_DEMAND_SERIES_H

#include "transforms/project/demand/drift.h"
#include "transforms/project/level.h"

/** All borrowed; year t of [n_kommuner][n_years] is first_year + t, and a figure of the end of a
 * year goes with the people of the following 1 January. */
typedef struct {
    gsize n_kommuner, n_years; /* the last year is the one to project from */
    const double *observed;    /* [u][t] >= 0 */
    const gboolean *is_seen;   /* [u][t] */
    const double *heads;       /* [u][t] persons; 0 where they are not known */
    const double *by_age;      /* [u][t] expected by use by age, in any unit */
    gsize n_groups;            /* of kommuner, that lend each other strength */
    const guint32 *group;      /* [u] */
} SpDemandSeriesData;

typedef struct {
    SpDriftPrior drift;
    double ageing, ageing_sd; /* how much of a change in ages shows; sd > 0 */
    double kept;              /* of a kommune's distance to its group a year later, 0-1 */
} SpDemandSeriesPrior;

typedef struct {
    double ageing; /* believed, 0-1 */
    double
        ageing_seen; /* what the kommuner's changes say, and its standard error; 0 and infinite */
    double ageing_error; /*                                        when there is no change to see */
    SpDriftMoves *moves; /* the nation's beyond the driver, year by year */
    SpDriftSeen seen;    /* of the nation beyond the driver in the years there are */
    SpDrift estimated;   /* of what is seen and the prior, whatever the scenario says */
    SpDrift drift;       /* as the scenario says */
    double nation;   /* figure per unit of driver in the newest year with figures; 1 without any */
    double *own_use; /* [u] by_age per head on the last day, 0 where there is nobody */
    double mean_use; /* the same of the nation */
    SpLevelModel levels;
    SpLevelState *now; /* [u] */
    guint32 *group;
    gsize n_kommuner;
} SpDemandSeries;

/**
 * Estimates ageing, drift and levels. A series without any figure has ageing and drift as the
 * prior's, levels 0 (variance 1e-6), nation 1. Years without figures at the end are gone through as
 * the projection goes on: by drift, and levels grow uncertain. Call sp_demand_series_clear in any
 * case.
 *
 *   options  ageing, use_drift or intensity_drift (`drift`) and damping of a scenario
 */
void sp_demand_series_fit(const SpDemandSeriesData *data, const SpDemandSeriesPrior *prior,
                          const SpSize *ageing, const SpSize *drift, const SpSize *damping,
                          SpDemandSeries *series);
void sp_demand_series_clear(SpDemandSeries *series);

/**
 * The expected path. The country's sum is that of nation x driver x drift: local levels say who has
 * more and who less.
 *
 *   heads, by_age  [u][n_days] from the day of the last figure on, units as in the data
 *   figure         [u][n_days] written
 *   sd             [u][n_days] of the log of a kommune's own factor, written; NULL: not asked for
 */
void sp_demand_series_project(const SpDemandSeries *series, gsize n_days, const double heads[],
                              const double by_age[], double figure[], double sd[]);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpDemandSeries, sp_demand_series_clear)

#endif
