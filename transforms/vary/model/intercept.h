/**
 * Random-intercept model: each area has an effect of its own on the scale of the link, normal
 * around what covariates predict. Its standard deviation says how much areas differ beyond
 * covariates and chance. Fitted by maximum likelihood (transforms/vary/model/marginal.h); the
 * interval of the standard deviation is that of its profile likelihood.
 */
#ifndef SP_TRANSFORMS_VARY_MODEL_INTERCEPT_H
#define SP_TRANSFORMS_VARY_MODEL_INTERCEPT_H

#include "transforms/vary/model/glm.h"

/** Arrays are NULL, and numbers 0, unless `fit` is SP_FIT_GOOD. */
typedef struct {
    SpFit fit;
    double *coefficient; /* [p + 1] constant first */
    double sd;      /* of the areas' effects: 0 when they differ no more than chance makes them */
    double sd_low;  /* likelihood interval of 95 %; 0 when 0 is as likely as that */
    double sd_high; /* infinite where even 5 is as likely as that: counts too small to tell */
    double log_likelihood; /* its constants included */
    double *effect;        /* [n] expected effect of each area given its count */
} SpIntercept;

/** What is asked for besides the estimate. */
typedef enum {
    SP_INTERCEPT_ALL,      /* everything */
    SP_INTERCEPT_ESTIMATE, /* no interval: sd_low and sd_high are 0 */
    SP_INTERCEPT_LAPLACE,  /* the same by Laplace's approximation, as lme4's glmer without more: to
                              compare with it. For small counts its variance is a per cent or more
                              too small */
} SpInterceptWanted;

/**
 *   data   Poisson or binomial
 *   start  a fit of nearly the same data, from which the search begins; NULL: from the data
 *          themselves
 *
 * The fits of SpFit as sp_glm_new gives them; SP_FIT_NO_CONVERGENCE also when the search for sd has
 * not ended after 100 steps or has gone beyond 5.
 * Owned by the caller.
 */
SpIntercept *sp_intercept_new(const SpGlmData *data, const SpIntercept *start,
                              SpInterceptWanted wanted);
void sp_intercept_free(SpIntercept *intercept);

/** Median rate ratio (binomial: odds ratio) of two areas drawn at random, the larger over the
 * smaller: exp(sqrt(2) sd 0.6745), 1 when sd is 0. Larsen & Merlo, Am J Epidemiol 2005;161:81-8. */
double sp_median_ratio(double sd);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpIntercept, sp_intercept_free)

#endif
