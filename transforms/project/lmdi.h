/** What a change (or an error) is made of: additive decomposition by the logarithmic mean. */
#ifndef SP_TRANSFORMS_PROJECT_LMDI_H
#define SP_TRANSFORMS_PROJECT_LMDI_H

#include <glib.h>

/**
 * Parts of the difference between two products of factors: effect[i] = L(prod to, prod from)
 * ln(to[i] / from[i]), L(x, y) = (x - y) / ln(x / y) and L(x, x) = x, whose sum is prod to - prod
 * from with nothing left over. LMDI-I additive: Ang, "The LMDI approach to decomposition analysis",
 * Energy Policy 33 (2005); design projections.md §7. With `from` what happened and `to` a forecast
 * it parts the error.
 *
 *   from, to  [n] factors
 *   effect    [n] in the unit of the products; unspecified when FALSE
 *
 * FALSE when a factor is not above 0: then there is no logarithm to part by.
 */
gboolean sp_lmdi(gsize n, const double from[], const double to[], double effect[]);

#endif
