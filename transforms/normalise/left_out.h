/** Rows that have no place on the target division: counted and told, never lost in silence. */
#ifndef SP_TRANSFORMS_NORMALISE_LEFT_OUT_H
#define SP_TRANSFORMS_NORMALISE_LEFT_OUT_H

#include "core/quality.h"
#include "core/regions.h"
#include "core/table.h"

typedef struct SpLeftOut SpLeftOut;

/** Borrows `facts` for its life; `region` is its column of codes. */
SpLeftOut *sp_left_out_new(const SpTable *facts, gsize region);
void sp_left_out_free(SpLeftOut *left);

/** Counts a row of a region without a place (9999, Rest, a fylke that is no more). */
void sp_left_out_add(SpLeftOut *left, gsize row);
/** One finding `region_left_out` a region, with the sums of its additive measures. */
void sp_left_out_note(const SpLeftOut *left, SpQuality *quality);

/**
 * A row of a kommune outside its lifetime, `day` being that of its period. Not applicable is how
 * sources say so and passes silently; zero, below unit, missing and pending are a finding
 * `outside_lifetime` (SSB's files give 0 for codes that are no more). A figure or a suppressed one
 * means that the code is of another division: SP_ERROR_DATA naming the nearest day on which there
 * was such a kommune.
 */
gboolean sp_left_out_outside(const SpLeftOut *left, gsize row, const SpRegions *regions, SpDay day,
                             SpQuality *quality, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLeftOut, sp_left_out_free)

#endif
