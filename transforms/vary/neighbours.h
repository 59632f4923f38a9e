/** Which kommuner are neighbours, from a list of their codes (config/naboer.csv). */
#ifndef SP_TRANSFORMS_VARY_NEIGHBOURS_H
#define SP_TRANSFORMS_VARY_NEIGHBOURS_H

#include "core/quality.h"
#include "core/table.h"
#include "transforms/vary/areas.h"
#include "transforms/vary/links.h"

typedef struct SpNeighbours SpNeighbours;

/**
 *   list      code columns `from` and `to`, a row each way; others are not read. Borrowed for the
 *             life of the result
 *   kommuner  char*, those of the division, borrowed likewise
 *
 * Rows with a code that is no kommune of the division are left out, so that a list may hold several
 * divisions. Findings: neighbours_unknown, subject a kommune of the division without a neighbour
 * left. SP_ERROR_DATA when a column is not there; SP_ERROR_CONFIG names a row that leads to
 * where it comes from, stands twice, or has no row the other way.
 */
SpNeighbours *sp_neighbours_new(const SpTable *list, const GPtrArray *kommuner, SpQuality *quality,
                                GError **error);
void sp_neighbours_free(SpNeighbours *neighbours);

/** Links between the kommuner that enter, by their number among them (0 to areas->n - 1), as
 * links.h wants them. Kommuner counted together have the neighbours of all of them. g_free. */
SpLink *sp_neighbours_links(const SpNeighbours *neighbours, const SpAreas *areas, gsize *n_links);

/** char*, the neighbours of a kommune in the order of the list, borrowed from it;
 * g_ptr_array_unref. */
GPtrArray *sp_neighbours_of(const SpNeighbours *neighbours, const char *kommune);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpNeighbours, sp_neighbours_free)

#endif
