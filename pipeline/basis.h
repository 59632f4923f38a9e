/** What an edition is made from, and the edition that it is compared with: known to all units of
 * the stage package alike, and a part of their keys. */
#ifndef SP_PIPELINE_BASIS_H
#define SP_PIPELINE_BASIS_H

#include "pipeline/previous.h"
#include "pipeline/stage.h"

typedef struct {
    SpTable *table; /* `grunnlag` (transforms/compare/causes.h) */
    SpPrevious previous;
    GHashTable
        *tells; /* table -> SpTellBefore (transforms/compare/changes.h), of those looked at; for
                          pipeline/compare.c */
} SpBasis;

/**
 * Finds it for the first unit that asks and declares it as an input of each. Of every published
 * table it has the units behind it, from their manifests, and of those the snapshots, settings,
 * files and programs. What a hash would help to guess has none:
 *
 *   a sensitive snapshot that is named by no key   its own time
 *   korreksjoner.csv, which has figures            the number of its rows and its last day
 *   history/                                       no row: what was shown decides what is hidden,
 *                                                  and grows with each edition
 *
 * SP_ERROR_NO_INPUT when a unit is not there.
 */
gboolean sp_basis_need(SpUnit *unit, GError **error);
/** Of a unit that has declared it. Borrowed. */
const SpBasis *sp_basis_of(const SpUnit *unit);

#endif
