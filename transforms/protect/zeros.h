/** Rows of nobody: where zeros are hidden, a row that is not there would tell one. */
#ifndef SP_TRANSFORMS_PROTECT_ZEROS_H
#define SP_TRANSFORMS_PROTECT_ZEROS_H

#include "transforms/protect/layers.h"

/**
 * The table with a row for every choice of the codes that its rows have in the nested columns, of
 * every region that has a row with the same other keys, behind its own rows:
 * additive measures and those that a layer counts are 0 there, others not applicable. A choice that
 * cannot occur is not known from one in which nobody is. The caller owns it.
 *
 *   layers     SpLayer*
 *   structure  sammenheng: tabell, kolonne, hel, del; regions are nested, too
 *
 * SP_ERROR_CONFIG for more rows than 20 million.
 */
SpTable *sp_zeros_fill(const SpTable *table, const GPtrArray *layers, const SpTable *structure,
                       GError **error);

#endif
