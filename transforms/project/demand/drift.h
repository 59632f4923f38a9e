/** How a national level moves: what the long run says and what the newest years say, each by its
 * precision. docs/methods/demand.md#drift. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_DRIFT_H
#define SP_TRANSFORMS_PROJECT_DEMAND_DRIFT_H

#include "transforms/project/demand/options.h"
#include "transforms/project/demand/paths.h"

/** What is known beside the newest years (config/framskriving/utvikling.csv). */
typedef struct {
    double mean;    /* log a year */
    double sd;      /* of the mean, log a year; > 0 */
    double step_sd; /* assumed of a yearly movement around the path, log; > 0 */
    double damping; /* of a drift a year later, 0-1 */
} SpDriftPrior;

/** A figure of all kommuner over the years before the base, and what it follows; borrowed. */
typedef struct {
    gsize n_kommuner, n_years; /* the last year is the one to project from */
    const double *observed;    /* [u][year] >= 0 */
    const gboolean *is_seen;   /* [u][year] */
    const double *driver;      /* [u][year] any unit; 0 where it is not known */
} SpDriftData;

/** How the country's level, figure over driver, has moved. */
typedef struct {
    double slope; /* log a year from the first year with figures to the newest; 0 without two */
    double slope_variance; /* of it around the country's drift: steps, and what kommuner changed by
                              each for itself */
    guint n_intervals;     /* years between those two; 0: no slope is seen */
    guint lag;             /* years from the newest to the last; 0 when no year has figures */
    double step_sd; /* of a yearly movement, log: as seen beyond what kommuner change by each for
                       itself, and as assumed (steps.h) */
} SpDriftSeen;

/** How the country's level has moved from one year to the next. */
typedef struct {
    gsize n_kommuner, n_years;
    gboolean *is_seen; /* [year] that there is a change from the year before */
    /* [year][1 + n_kommuner] log of the country's, and what each kommune adds that is not the
       country's, linearised; those sum to 0. */
    double *change;
    double tell; /* kommuner with figures of more than one year */
} SpDriftMoves;

/** Two years are compared by the kommuner that have figures in both: who reports when is no
 * movement of the country. The caller frees. */
SpDriftMoves *sp_drift_moves_new(const SpDriftData *data);
void sp_drift_moves_free(SpDriftMoves *moves);

/**
 * Correlation of the yearly movements of two figures of the same kommuner and years, -1 to 1: their
 * covariance by the rule of steps (steps.h), that is with two years assumed in which they move
 * apart, without what kommuner change by each for itself, over both `step_sd` as seen. 0 where
 * fewer than two years have both.
 */
double sp_drift_together(const SpDriftMoves *one, const SpDriftMoves *other, double one_sd,
                         double other_sd);

/** `assumed` is the step that nothing is seen of, > 0. */
SpDriftSeen sp_drift_seen(const SpDriftData *data, double assumed);

/**
 * Mean and variance of the drift when the newest years moved as seen: the precision of their slope
 * is 1 / slope_variance, that of the prior 1 / sd^2. Steps are those seen.
 */
SpDrift sp_drift_estimate(const SpDriftPrior *prior, const SpDriftSeen *seen);

/** As the scenario says: none is 0 with the same steps, a number stands as it is. */
SpDrift sp_drift_choose(const SpDrift *estimated, const SpSize *drift, const SpSize *damping);

/** Sum of a drift of 1 over `years`: damping + ... + damping^years. */
double sp_drift_sum(const SpDrift *drift, guint years);

/** Variance of the log level `years` after the base, as futures are drawn: slope error over what is
 * left of the drift then, s(years + lag) - s(lag), slopes that come after the base, and steps. */
double sp_drift_variance(const SpDrift *drift, guint years);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDriftMoves, sp_drift_moves_free)

#endif
