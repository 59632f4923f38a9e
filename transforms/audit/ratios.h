/** Hidden figures that a division of shown ones gives back. */
#ifndef SP_TRANSFORMS_AUDIT_RATIOS_H
#define SP_TRANSFORMS_AUDIT_RATIOS_H

#include "core/table.h"

/** A published ratio, as `avledet` (tabell, maal, teller, nevner; all codes) has it: measures of
 * one table by their column. */
typedef struct {
    gsize ratio;
    gsize over;
    gsize under;
} SpRatio;

/** What the others of a ratio tell of a figure in a row that hides it. */
typedef struct {
    gsize row;
    gsize column;
    double value;
    guint ratio; /* which of the ratios */
} SpInferred;

/** Those of a table (SpRatio); ratios of measures that it does not have are passed over. NULL with
 * SP_ERROR_DATA if `avledet` lacks a column. The caller unrefs. */
GArray *sp_ratios_read(const SpTable *avledet, const SpTable *table, GError **error);

/** Hidden figures (SpInferred), row by row, of which two of ratio, numerator and denominator are
 * shown or follow in the same way. Counts come out whole. The caller unrefs. */
GArray *sp_ratios_infer(const SpTable *table, const GArray *ratios);

#endif
