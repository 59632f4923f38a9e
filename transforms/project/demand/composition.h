/** The mix of professions within a service. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_COMPOSITION_H
#define SP_TRANSFORMS_PROJECT_DEMAND_COMPOSITION_H

#include <glib.h>

/**
 * Shares `years` on: base + trend x years, those below 0 set to 0, all scaled to sum to 1.
 *
 *   base   [n] shares >= 0 that sum to 1; a trend of sum 0 keeps the sum
 *   trend  [n] change of the share a year
 *   share  [n] written; may be `base`
 */
void sp_composition_at(gsize n, const double base[], const double trend[], double years,
                       double share[]);

#endif
