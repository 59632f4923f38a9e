/** Bands of age from the table `aldersgrupper`, and the parting of ages that all of them are sums
 * of. */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_BANDS_H
#define SP_TRANSFORMS_PROJECT_POPULATION_BANDS_H

#include "transforms/project/population/draws.h"

typedef struct {
    const char *code;  /* "067-079"; borrowed from the table */
    guint from, to;    /* ages, both included */
    guint first, last; /* groups of the parting, both included */
} SpAgeBand;

typedef struct {
    GArray *bands;         /* SpAgeBand in the order of the table */
    SpPersonGroups groups; /* both sexes alike; ages in no band in no group */
} SpAgeBands;

/**
 *   table  code columns liste, kode, fra, til (three digits; a `til` beyond 105 is 105)
 *   lists  names in the column liste, parted by '+'
 * SP_ERROR_CONFIG when a list has no row; SP_ERROR_DATA on a missing column or ages that are none.
 * `bands` may be cleared whether it succeeds or not.
 */
gboolean sp_age_bands_init(SpAgeBands *bands, const SpTable *table, const char *lists,
                           GError **error);
void sp_age_bands_clear(SpAgeBands *bands);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpAgeBands, sp_age_bands_clear)

#endif
