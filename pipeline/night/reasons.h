/** Why a unit is another than the one that was made: the manifest of that one held against what the
 * unit declares now. */
#ifndef SP_PIPELINE_NIGHT_REASONS_H
#define SP_PIPELINE_NIGHT_REASONS_H

#include "pipeline/stage.h"

/** Adds to `reasons` (char*) a line for the program, the libraries, each setting and each input
 * that is new, gone or another: old -> new, hashes by their first twelve digits. None if they are
 * the same. */
void sp_reasons_find(const SpManifest *before, const SpUnit *now, GPtrArray *reasons);

#endif
