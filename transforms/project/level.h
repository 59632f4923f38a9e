/**
 * The one model of local levels: how far a unit lies from what is expected of it, how much of that
 * is to be believed, and how it may have moved some years on. Users, årsverk per user and shares of
 * professions all use it. docs/methods/demand.md#local-levels.
 *
 * Model, unit u of group c, years t:
 *   observed / expected - 1 = d[u,t] + noise           var(noise) = s^2 v0 + s v1 / expected
 *   d[u,t+1] - m[c] = kept (d[u,t] - m[c]) + change    var(change) = s^2 (q0 + lasting) + s q1 /
 *                                                      expected, the part `lasting` goes on the
 *                                                      year after
 *   d[u,first] - m[c]                                  variance tau2
 *   s = (3 + sum of observed) / (3 + sum of expected): a unit changes in proportion to its own size
 *
 * The caller takes the nation's own level out of `expected` before (sp_level_expect). All results
 * are the same in whatever order units come, but for the last digits of sums.
 */
#ifndef SP_TRANSFORMS_PROJECT_LEVEL_H
#define SP_TRANSFORMS_PROJECT_LEVEL_H

#include <glib.h>

/** What was seen; all borrowed. */
typedef struct {
    gsize n_units;
    gsize n_years;          /* in a row, the last is the one to project from */
    const double *observed; /* [n_units][n_years] >= 0; 0 is a figure like any other */
    const double *expected; /* [n_units][n_years] same unit; 0 where there is no observation */
    gsize n_groups;         /* at least 1 */
    const guint32 *group;   /* [n_units] number of the group below n_groups */
} SpLevelData;

typedef struct {
    double q0, q1, v0, v1; /* variances as above, all >= 0 */
    double lasting;        /* of a year's change that goes on */
    double tau2;           /* of levels within a group, at least 1e-6 */
    double kept;           /* 0-1, of the distance to the group's mean a year later */
    double *mean;          /* [n_groups] of levels, shrunk towards 0; owned */
    gsize n_groups;
    gboolean is_fitted;  /* FALSE: no unit had two years, and the variances are those assumed */
    gboolean is_settled; /* FALSE: rounds ended first; the caller owes a finding */
} SpLevelModel;

/** A unit's level at the last year. */
typedef struct {
    double level; /* d; -1 is nothing at all, never below that */
    double variance;
    double scale; /* its size over what is expected of it, that its changes go with; 0: 1 */
} SpLevelState;

/** What is assumed, alone when no unit has two years to compare and else as two squares beside
 * those seen: noise as in counts, and changes of the size that nurses and users of 2016-2019 had
 * (antatt for other series). */
#define SP_LEVEL_ASSUMED_V1 1.0
#define SP_LEVEL_ASSUMED_Q0 0.001
#define SP_LEVEL_ASSUMED_Q1 0.25
/** What goes on of a change that does, a year later (antatt). */
#define SP_LEVEL_GOES_ON 0.7

/**
 * Expected figures with the nation's level of each year: driver x (sum of observed / sum of driver)
 * over the units seen that year.
 *
 *   data      n_units, n_years and observed are read; its `expected` may be the one written
 *   driver    [n_units][n_years] what the figure follows, any unit; <= 0: not known
 *   is_observed [n_units][n_years] whether there is an observation
 *   expected  [n_units][n_years] written; 0 where there is no observation or no driver
 *   nation    [n_years] sum of observed / sum of driver; 0 in a year without any
 */
void sp_level_expect(const SpLevelData *data, const gboolean is_observed[], const double driver[],
                     double expected[], double nation[]);

/**
 * Variances by the moments of differences between all pairs of years of a unit, over s:
 * E(difference^2) = h q0 + h q1 / e + 2 v0 + 2 v1 / e + lasting (h + 2 sum over k < h of (h - k)
 * r^k), r = SP_LEVEL_GOES_ON, e the geometric mean of the two expected times s (moments.h), in
 * persons or nearly so: one more is 1 / e. With two years in all,
 * change and noise cannot be told apart and are taken as equal. tau2 and means from products and
 * means of a unit's years; a group's mean is shrunk as if three more units of its kind stood at 0.
 *
 *   kept  of the distance to the group's mean a year later, 0-1
 * sp_level_model_clear frees what the model owns.
 */
void sp_level_fit(const SpLevelData *data, double kept, SpLevelModel *model);
void sp_level_model_clear(SpLevelModel *model);

/** Kalman filter over the years of one unit, from its group's mean. `data` need not be that of the
 * fit. Without observations: the group's mean and tau2. */
SpLevelState sp_level_estimate(const SpLevelModel *model, const SpLevelData *data, gsize unit);

/**
 * The level `years` on, and its variance, estimation included; the variance is that of differences
 * so many years apart (`kept` brings the path back, and is not known well enough to narrow the
 * spread).
 *
 *   group     of the unit
 *   expected  of the unit then, > 0: sets the size of yearly changes
 */
SpLevelState sp_level_ahead(const SpLevelModel *model, SpLevelState now, guint32 group,
                            double expected, guint years);

/**
 * Variance of a year's own observation around the unit's level, over the square of that level; at
 * most 1, since of a level smaller than its noise no more can be said.
 *
 *   expected  of the unit then, > 0
 */
double sp_level_noise(const SpLevelModel *model, const SpLevelState *state, double expected);

/** Standard deviation of the log of the unit's factor 1 + level: a relative spread larger than the
 * level itself says no more. 0 where there is nothing at all. */
double sp_level_log_sd(const SpLevelState *state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpLevelModel, sp_level_model_clear)

#endif
