/** What every model of variation is given, and why one could not be fitted. */
#ifndef SP_TRANSFORMS_VARY_MODEL_FIT_H
#define SP_TRANSFORMS_VARY_MODEL_FIT_H

#include <glib.h>

/** How a fit ended. Anything but SP_FIT_GOOD means that the figures of the fit are missing, and
 * why. */
typedef enum {
    SP_FIT_GOOD,
    SP_FIT_TOO_FEW,   /* no more areas than coefficients, nothing left to judge the fit by; or fewer
                       than are asked for */
    SP_FIT_COLLINEAR, /* a covariate is constant or follows from the others */
    SP_FIT_ALL_ZERO,  /* nobody anywhere has the outcome, or (binomial) everybody has */
    SP_FIT_SEPARATED, /* a covariate tells some areas' outcome for sure: its best coefficient is
                       * infinite */
    SP_FIT_NO_CONVERGENCE, /* the largest number of rounds was not enough */
} SpFit;

/** The word of it, as in findings. */
const char *sp_fit_word(SpFit fit);

/** Areas and covariates. Every model has a constant besides, as coefficient 0; covariate j has
 * coefficient j + 1. */
typedef struct {
    gsize n;         /* areas */
    gsize p;         /* covariates; 0: the constant alone */
    const double *x; /* [n * p] finite, area by area; NULL when p is 0 */
} SpDesign;

#endif
