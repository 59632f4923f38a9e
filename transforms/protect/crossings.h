/** Which columns a table is told by at once: small regions by one or two at a time, since a cell of
 * all of them would be of few, and would take larger ones with it. */
#ifndef SP_TRANSFORMS_PROTECT_CROSSINGS_H
#define SP_TRANSFORMS_PROTECT_CROSSINGS_H

#include "core/table.h"

typedef struct SpCrossings SpCrossings;

/**
 *   rows     code columns table, level (kommune, fylke), columns ("yrke kjonn",
 *            "tjeneste=hjemme|sykehjem alder=080-105"): a row of that level is told if the columns
 *            in which it is no sum of all are among those of one of these, with one of the codes,
 *            if there are any; a level that is not named is told whole. NULL: everything is told
 *   columns  [n] of the table, without its region
 *
 * SP_ERROR_CONFIG for another level, and for a column that is not among `columns`.
 */
SpCrossings *sp_crossings_new(const SpTable *rows, const char *table, const char *const columns[],
                              gsize n, GError **error);
void sp_crossings_free(SpCrossings *crossings);

/** Whether a row is told: codes [n] of the columns, NULL where it is the sum of all; `region` is
 * its region's code. */
gboolean sp_crossings_tell(const SpCrossings *crossings, const char *region,
                           const char *const codes[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCrossings, sp_crossings_free)

#endif
