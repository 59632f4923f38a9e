/** Which kommuner a delivery has rows of, period by period, and which it does not. */
#ifndef SP_TRANSFORMS_NORMALISE_REPORTERS_H
#define SP_TRANSFORMS_NORMALISE_REPORTERS_H

#include "core/regions.h"

typedef struct SpReporters SpReporters;

/** `regions` may be NULL: no kommune is then known. `division` is the day whose kommuner all
 * periods have, NULL: each that of its own. Both are borrowed for its life. */
SpReporters *sp_reporters_new(const SpRegions *regions, const char *division);
void sp_reporters_free(SpReporters *reporters);

/**
 * A row of a period (NULL: of none) and a region (NULL: of none). FALSE for a region that is
 * neither a kommune of the period's division nor another kind of region that we know.
 */
gboolean sp_reporters_add(SpReporters *reporters, const char *period, const char *region);

/** Periods (char*) with a row, in order. g_ptr_array_unref; strings borrowed. */
GPtrArray *sp_reporters_periods(const SpReporters *reporters);
/** Kommuner (char*) of the period's division with a row in it, in order. g_ptr_array_unref; strings
 * borrowed. */
GPtrArray *sp_reporters_of(const SpReporters *reporters, const char *period);
/**
 * Kommuner (char*, borrowed from the regions) of the period's division without one, in order: of
 * those fylker alone that the rows are about when they are about one. `day` gets the division's.
 * NULL for a text that is no period, and where no row of any period is of a kommune.
 * g_ptr_array_unref.
 */
GPtrArray *sp_reporters_silent(const SpReporters *reporters, const char *period, SpDay *day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpReporters, sp_reporters_free)

#endif
