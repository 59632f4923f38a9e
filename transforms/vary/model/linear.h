/** Ordinary and weighted least squares with what tells how far each area lies from the line:
 * docs/methods/variation.md#need. */
#ifndef SP_TRANSFORMS_VARY_MODEL_LINEAR_H
#define SP_TRANSFORMS_VARY_MODEL_LINEAR_H

#include "core/real.h"
#include "transforms/vary/model/fit.h"

/** Arrays are NULL, and numbers 0, unless `fit` is SP_FIT_GOOD. */
typedef struct {
    SpFit fit;
    double *coefficient; /* [p + 1] constant first */
    double *se;          /* [p + 1] their standard errors */
    double sigma; /* standard deviation of a residual of weight 1, n - p - 1 degrees of freedom */
    double r2,
        r2_adjusted;  /* 0-1 (adjusted may be negative) around the weighted mean; 0 when y does not
                      * vary */
    double *fitted;   /* [n] in the unit of y */
    double *leverage; /* [n] diagonal of the hat matrix, 0-1 */
    SpReal
        *rstudent; /* [n] residual over its standard error in a fit without the area; missing where
                         the area alone decides the line (leverage 1) or the others lie on it */
} SpLinear;

/**
 *   weight [n] > 0, in inverse proportion to the variance of y; NULL: all 1
 *   y      [n] finite
 *
 * SP_FIT_TOO_FEW unless n > p + 1; SP_FIT_COLLINEAR as sp_least_fit. Owned by the caller.
 */
SpLinear *sp_linear_new(const SpDesign *design, const double weight[], const double y[]);
void sp_linear_free(SpLinear *linear);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLinear, sp_linear_free)

#endif
