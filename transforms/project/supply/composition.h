/** Ages and sexes of a profession in each labour-market region.
 * docs/methods/supply.md#shrinkage. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_COMPOSITION_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_COMPOSITION_H

#include <glib.h>

/**
 * Draws what each region's persons are of towards what the country's are, by how many persons the
 * region has: (count + kappa x country's share) / (persons + kappa), kappa by moments over regions
 * and cells (beta.h). Few persons have ages by chance, and a stock that believed them would grow or
 * shrink as no other does. Then raked, so that each region has its persons and the country its
 * cells as before.
 *
 *   persons  [n_regions][n_cells]  of one profession by sex and age band, >= 0; replaced. A region
 *            without persons stays so
 */
void sp_composition(gsize n_regions, gsize n_cells, double persons[]);

#endif
