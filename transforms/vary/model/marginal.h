/**
 * The likelihood of counts whose areas each have an effect of their own, normal with standard
 * deviation sd, integrated away by adaptive Gauss-Hermite quadrature: around the mode of each
 * area's integrand, with its curvature (Pinheiro & Bates, J Comput Graph Stat 1995;4:12-35).
 * Derivatives are those of the integral (Louis, J R Stat Soc B 1982;44:226-33): expectations over
 * the same nodes. Formulas: docs/methods/variation.md#headline.
 */
#ifndef SP_TRANSFORMS_VARY_MODEL_MARGINAL_H
#define SP_TRANSFORMS_VARY_MODEL_MARGINAL_H

#include "transforms/vary/model/glm.h"

typedef struct SpMarginal SpMarginal;

/** `data` is borrowed for the life of the result; its family is Poisson or binomial. Covariates are
 * centred and scaled inside. is_laplace: each integral by its mode and curvature alone, as other
 * programs do; the information is that of the quadrature. */
SpMarginal *sp_marginal_new(const SpGlmData *data, gboolean is_laplace);
void sp_marginal_free(SpMarginal *marginal);

/** Coefficients on the covariates as given, to those on the covariates as scaled inside, and back:
 * from, to [p + 1]. */
void sp_marginal_scale(const SpMarginal *marginal, const double from[], double to[]);
void sp_marginal_unscale(const SpMarginal *marginal, const double from[], double to[]);

/**
 * The log-likelihood, its constants included.
 *
 *   parameter   [p + 2] scaled coefficients, constant first; last sd >= 0
 *   gradient    [p + 2] written
 *   information [(p + 2) * (p + 2)] minus the second derivatives; written, both triangles
 */
double sp_marginal_evaluate(SpMarginal *marginal, const double parameter[], double gradient[],
                            double information[]);

/** Expected effect of each area given its count: effect [n], on the scale of the link. */
void sp_marginal_effects(SpMarginal *marginal, const double parameter[], double effect[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpMarginal, sp_marginal_free)

#endif
