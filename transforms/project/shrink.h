/**
 * Borrowing strength: how much of a unit's own mean deviation is to be believed, estimated from how
 * deviations vary within and between units over the years (empirical Bayes by moments).
 *
 * Model: deviation[u][t] = delta[u] + noise, var(delta) = tau2, var(noise) = omega2 + sigma2 /
 * exposure. Source: population-model.md §5 step 3 of the design;
 * docs/methods/population.md#shrinkage.
 */
#ifndef SP_TRANSFORMS_PROJECT_SHRINK_H
#define SP_TRANSFORMS_PROJECT_SHRINK_H

#include <glib.h>

typedef struct {
    double tau2;       /* variance of the true deviations, at least 1e-9 */
    double tau2_error; /* its standard error, about */
    double omega2;     /* yearly noise that does not fall with size */
    double sigma2;     /* yearly noise per unit of exposure */
    /* FALSE if the rounds ended before the estimates stood still: they are then those of the last
     * round, and the caller owes the quality report a finding. */
    gboolean is_settled;
} SpShrink;

/**
 * Estimates the three variances by weighted least squares in rounds, at most 200, from omega2 = 0
 * and sigma2 = 1 and from the plain mean of the squares for tau2; omega2 and sigma2 are at least 0,
 * tau2 at least 1e-9. Rounds end when nothing changes by more than 1e-10 of itself.
 *
 *   deviation [n_units][n_years]  dimensionless, mean about 0
 *   exposure  [n_units][n_years]  expected persons, >= 0; where it is 0 there is no observation
 *
 * Units with one year tell nothing of the noise. If no unit has two years the noise is taken as
 * Poisson (sigma2 = 1), which is more than any estimate seen, so that little is believed. Without
 * any observation tau2 is its minimum.
 */
void sp_shrink_fit(gsize n_units, gsize n_years, const double deviation[], const double exposure[],
                   SpShrink *shrink);

/**
 * As sp_shrink_fit, with an `assumed` standard deviation of the true deviations that counts as
 * SP_STEP_ASSUMED_CHANGES (steps.h) units whose own was seen without noise: a few units of hardly
 * any exposure then say little. 0 assumes nothing. Without any observation tau2 is what is assumed.
 */
void sp_shrink_fit_assumed(gsize n_units, gsize n_years, const double deviation[],
                           const double exposure[], double assumed, SpShrink *shrink);

/**
 * The believed deviation of one unit: k * mean(deviation), k = weight tau2 / (weight tau2 + V). 0
 * without observations.
 *
 *   weight    multiplies tau2; 1 believes the estimate, less shrinks harder
 *   variance  not NULL: gets the posterior variance k V (weight tau2 without observations)
 */
double sp_shrink_mean(const SpShrink *shrink, double weight, gsize n_years,
                      const double deviation[], const double exposure[], double *variance);

#endif
