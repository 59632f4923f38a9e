/**
 * Weighted least squares, the step that all models here are made of.
 *
 * Covariates are centred by their weighted means and scaled to length one, so that what is solved
 * is their correlation matrix: years around 2020 or populations in thousands lose no digits, and a
 * pivot is what is left of a covariate when the others have explained what they can (1 - R^2).
 */
#ifndef SP_TRANSFORMS_VARY_MODEL_LEAST_H
#define SP_TRANSFORMS_VARY_MODEL_LEAST_H

#include "transforms/vary/model/fit.h"

typedef struct SpLeast SpLeast;

/** Room for fits with `p` covariates; owned by the caller. */
SpLeast *sp_least_new(gsize p);
void sp_least_free(SpLeast *least);

/**
 * Minimises sum w (y - constant - x b)^2.
 *
 *   weight      [n]     >= 0; NULL: all 1
 *   y           [n]     finite
 *   coefficient [p + 1] constant first; written by this function
 *
 * SP_FIT_COLLINEAR when no weight is above 0, a covariate is constant, or less than 1e-10 of its
 * variance is its own; `coefficient` is then unspecified. How many areas there are is the caller's
 * to judge.
 */
SpFit sp_least_fit(SpLeast *least, const SpDesign *design, const double weight[], const double y[],
                   double coefficient[]);

/** (X'WX)^-1 of the last good fit, constant first: inverse [(p + 1) * (p + 1)]. Times the variance
 * of a residual of weight 1 it is the covariance of the coefficients. */
void sp_least_inverse(SpLeast *least, double inverse[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLeast, sp_least_free)

#endif
