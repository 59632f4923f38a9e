/**
 * Generalised linear models of counts, by iteratively reweighted least squares: how much of what
 * differs between areas is explained by covariates. Formulas and sources:
 * docs/methods/variation.md#need.
 */
#ifndef SP_TRANSFORMS_VARY_MODEL_GLM_H
#define SP_TRANSFORMS_VARY_MODEL_GLM_H

#include "transforms/vary/model/fit.h"

typedef enum {
    SP_GLM_POISSON,           /* log link, variance mu */
    SP_GLM_BINOMIAL,          /* logit link, variance n p (1 - p) */
    SP_GLM_NEGATIVE_BINOMIAL, /* log link, variance mu + alpha mu^2, alpha by maximum likelihood */
} SpGlmFamily;

typedef struct {
    SpGlmFamily family;
    SpDesign design;
    const double *observed; /* [n] persons, >= 0, at most trials */
    const double *trials;   /* [n] persons they come from, > 0: binomial only */
    const double
        *offset; /* [n] finite, on the scale of the link: log of the expected count, or (binomial)
                               logit of the expected share; NULL: 0 */
} SpGlmData;

/** Arrays are NULL, and numbers 0, unless `fit` is SP_FIT_GOOD. */
typedef struct {
    SpFit fit;
    double *coefficient; /* [p + 1] constant first */
    double *covariance; /* [(p + 1) * (p + 1)] at dispersion 1, alpha taken as known; by the weights
                             before the last step, as R's */
    double *fitted;     /* [n] expected counts, persons */
    double deviance;
    double null_deviance;  /* of the constant and the offset alone, at the same alpha */
    double pearson;        /* sum (O - mu)^2 / V */
    double log_likelihood; /* its constants included */
    double alpha;          /* negative binomial: 0 when the counts vary no more than Poisson */
    gsize df;              /* n - p - 1; pearson / df is the dispersion */
} SpGlm;

/**
 * SP_FIT_TOO_FEW unless n > p + 1, SP_FIT_ALL_ZERO, SP_FIT_COLLINEAR, SP_FIT_SEPARATED when the
 * deviance stands still while some area's expected count runs towards 0 or the whole,
 * SP_FIT_NO_CONVERGENCE after 60 rounds or when alpha is above 100. The result is owned by the
 * caller.
 */
SpGlm *sp_glm_new(const SpGlmData *data);
void sp_glm_free(SpGlm *glm);

/** Share of the deviance that the covariates explain, 0-1: 1 - deviance / null_deviance; 0 when
 * there is none to explain. */
double sp_glm_explained(const SpGlm *glm);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpGlm, sp_glm_free)

#endif
