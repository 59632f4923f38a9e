/** The sums that hold hidden figures of one measure: what the attack works on. */
#ifndef SP_TRANSFORMS_AUDIT_SYSTEM_H
#define SP_TRANSFORMS_AUDIT_SYSTEM_H

#include <glib.h>

/**
 * Unknown figures [n_unknowns] and the sums [n_sums] that hold at least one of them. Of sum i the
 * unknowns are entries[starts[i]] to entries[starts[i + 1]], each once, a part as SP_ENTRY_PART and
 * the whole, if it is unknown, as SP_ENTRY_WHOLE:
 *
 *   parts − whole  =  rest[i]     (>= where is_at_most[i]: parts may count a person twice)
 *
 *   rest    [n_sums]  the shown whole less the shown parts
 *   whole   [n_sums]  the shown whole, INFINITY where it is unknown
 *   largest [n_sums]  of the shown parts, 0 without any
 *   starts  [n_sums + 1]
 */
typedef struct {
    gsize n_unknowns;
    gsize n_sums;
    guint32 *starts;
    guint32 *entries;
    double *rest;
    double *whole;
    double *largest;
    gboolean *is_at_most;
} SpSystem;

#define SP_ENTRY_PART(unknown) ((unknown)*2)
#define SP_ENTRY_WHOLE(unknown) ((unknown)*2 + 1)
#define SP_ENTRY_UNKNOWN(entry) ((entry) / 2)
#define SP_ENTRY_IS_WHOLE(entry) (((entry)&1) != 0)

/**
 * The sums of each unknown: result[i] to result[i + 1] of `sums` (g_free both). Sums stand in their
 * order. The result is [n_unknowns + 2], the last for the work alone.
 */
guint32 *sp_system_sums_of(const SpSystem *system, guint32 **sums);

#endif
