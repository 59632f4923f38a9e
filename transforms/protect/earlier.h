/** What earlier editions show of a sensitive table: readers have it, whatever is hidden today. */
#ifndef SP_TRANSFORMS_PROTECT_EARLIER_H
#define SP_TRANSFORMS_PROTECT_EARLIER_H

#include "core/table.h"

/** "TABLE@EDITION": the name under which a transform is given a table of an earlier edition.
 * g_free. */
char *sp_earlier_name(const char *table, const char *edition);

/** The edition, borrowed, if it is a name of `table`; else NULL. */
const char *sp_earlier_edition(const char *name, const char *table);

/**
 *   earlier       the table as an edition showed it
 *   table         the same today, true figures
 *   counted       the measure that is asked for
 *   is_published  [rows of `table`] TRUE where the edition shows the figure of the row's keys, and
 *                 it is the same number; left as it is elsewhere: a figure that was revised since
 *                 is another one, and of a rounded one nobody knows that it is true
 *
 * FALSE if the edition told of it by other columns, or not of this measure: then nothing is the
 * same.
 */
gboolean sp_earlier_find(const SpTable *earlier, const SpTable *table, gsize counted,
                         gboolean is_published[]);

#endif
