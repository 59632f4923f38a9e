/** Counts of person rows on the target division. For persons*.c alone. */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_TABLE_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_TABLE_H

#include "transforms/normalise/persons.h"

/**
 * `counted` with the rows of divided kommuner (marked as in persons_codes.h) restated and added to
 * those of the kommuner that their parts are in now; `broken` as there. Takes nothing.
 */
SpTable *sp_persons_restate(const SpTable *counted, const SpPersonsInput *input, GHashTable *broken,
                            const SpTable *weights, GError **error);

#endif
