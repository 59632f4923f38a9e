/** What SpRegions knows, for regions*.c alone: spans of validity and the list of changes. */
#ifndef SP_CORE_REGIONS_HISTORY_H
#define SP_CORE_REGIONS_HISTORY_H

#include "core/regions.h"

/** A code over one stretch of days with one name. */
typedef struct {
    const char *name;
    SpDay first; /* 0: since before the first change */
    SpDay until; /* excluded; G_MAXINT32: after the last change too */
} SpRegionSpan;

/** One row of the list of changes; strings lie in the string chunk, NULL: none. */
typedef struct {
    SpDay day;
    const char *old_code;
    const char *old_name;
    const char *new_code;
    const char *new_name;
} SpRegionChange;

struct SpRegions {
    GStringChunk *strings;
    GHashTable *spans; /* code -> GArray* of SpRegionSpan */
    GArray *changes;   /* SpRegionChange, by day, old and new code */
};

/** First change of a later day than that of change `i`. */
guint sp_region_changes_end_of_day(const GArray *changes, guint i);
/** First change after a day: those of the day itself have taken place in its codes. */
guint sp_region_changes_first_after(const GArray *changes, SpDay day);

#endif
