/** Counts of person rows on the target division. For persons*.c alone. */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_TABLE_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_TABLE_H

#include "transforms/normalise/persons.h"

/**
 * Completes `whole`, as sp_persons_cells made it: the rows of `divided` kommuner are restated and
 * added to those of the kommuner that their parts are in now (an interval by the division of its
 * first day); figures of the `broken` fylker (persons_codes.h) are missing, also in intervals that
 * begin then; ratios are worked out; rows are sorted, keys unique.
 */
gboolean sp_persons_complete(SpTable *whole, const SpTable *divided, const SpPersonsInput *input,
                             GHashTable *broken, const SpTable *weights, GError **error);

#endif
