/**
 * From leaves and records to the table: one level after the other, so that no more than one level's
 * cells are in memory beside the table. For persons*.c alone.
 *
 * A sum of a cell is that of its leaves. A person who has one leaf in a period is counted in that
 * leaf, and so in each cell that holds it; whoever has several is looked at in each level, and
 * counted once in each cell that holds one of them. So every distinct count is exact at its own
 * level.
 */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_CELLS_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_CELLS_H

#include "transforms/normalise/persons_rows.h"

/**
 * *whole gets the rows of kommuner, fylker and country; *divided those of divided kommuner (the
 * mark before their code taken away), with the same columns: keys, then measures, no ratios yet.
 * Rows of a period have the measures of the year that follows as not applicable, and rows of an
 * interval ("2023-12-01--2024-12-01") all others. Changes read->rows. SP_ERROR_DATA when a sum is
 * beyond 64 bits. Both tables are owned by the caller, also after an error, and may be NULL then.
 */
gboolean sp_persons_cells(const SpPersonsRead *read, SpTable **whole, SpTable **divided,
                          GError **error);

#endif
