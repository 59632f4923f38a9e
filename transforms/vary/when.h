/** Which periods of a table stand beside a period of an indicator. */
#ifndef SP_TRANSFORMS_VARY_WHEN_H
#define SP_TRANSFORMS_VARY_WHEN_H

#include "transforms/vary/formula_term.h"

/**
 * The periods, by code number in `periods` (of the table's period column; guint32), whose figures
 * are added; empty when none stands beside. `is_used` [codes]: periods that have a figure, others
 * are not looked at. Owned by the caller (g_array_unref). NULL with SP_ERROR_DATA when a period is
 * asked for by its time and `period` is none.
 */
GArray *sp_when_find(const SpFormulaTerm *term, const SpCodes *periods, const gboolean is_used[],
                     const char *period, GError **error);

/** The indicator's own periods, in byte order, when its first term is `term`: the table's used
 * ones, or with @year the years that have a figure. char*, g_ptr_array_unref. */
GPtrArray *sp_when_list(const SpFormulaTerm *term, const SpCodes *periods,
                        const gboolean is_used[]);

#endif
