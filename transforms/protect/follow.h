/** Figures that rest on one hidden figure are hidden with it. */
#ifndef SP_TRANSFORMS_PROTECT_FOLLOW_H
#define SP_TRANSFORMS_PROTECT_FOLLOW_H

#include "core/table.h"

/** What a table rests on: one row of config/skjermingsarv.csv. */
typedef struct {
    /** A measure of the table: rows where it is a number rest on `of`, others do not; "": all
     * do. */
    const char *only_if;
    const SpTable *of;
    const char *measure;
    const char *where; /* "kjonn=0+alder=000-105": which rows of `of` */
} SpFollow;

/**
 * Hides rows of `table` that rest on `of`, all their measures, where some row of that, chosen by
 * `where` and with the same code in each key column that both tables have but `period`, has a
 * suppressed `measure`. *n is how many rows it hid; SP_ERROR_CONFIG when a column is not there, or
 * when the tables have no such key column in common (*n is then unspecified).
 */
gboolean sp_protect_follow(SpTable *table, const SpFollow *follow, gsize *n, GError **error);

#endif
