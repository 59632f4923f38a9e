/**
 * A code list as a reader sees it: the rows that hold in one data year. The same code may stand in
 * several rows with years that do not overlap; columns beyond from, to, fra and til are the reader's.
 */
#ifndef SP_EXTRACTORS_LISTED_H
#define SP_EXTRACTORS_LISTED_H

#include "core/table.h"

/** The list `name` among `lists` (NULL: none) with columns from, to and those of `columns`
 * (NULL-terminated, NULL: none). Borrowed. SP_ERROR_CONFIG when it or a column is not there. */
const SpTable *sp_listed_table(const SpTables *lists, const char *name, const char *const *columns,
                               GError **error);

typedef struct SpListed SpListed;

/**
 * The list `name` among `lists`, both borrowed, in data year `year`. `columns` (NULL-terminated)
 * must be there besides from and to; fra and til (first and last year, empty: no limit) may be.
 * SP_ERROR_CONFIG names file and code: no such list or column, a code twice in the year, a year that
 * is none.
 */
SpListed *sp_listed_new(const SpTables *lists, const char *name, const char *const *columns,
                        int year, GError **error);
void sp_listed_free(SpListed *listed);

/** Rows that hold, in the list's order: [sp_listed_size]. */
gsize sp_listed_size(const SpListed *listed);
/** Number, among those, of a code; FALSE when it is not one of the year. The text is [size]. */
gboolean sp_listed_find(const SpListed *listed, const char *code, gsize size, gsize *i);
/** Column `column` of row `i` of the year; borrowed. `column` is from, to or one of `columns`. */
const char *sp_listed_text(const SpListed *listed, gsize i, const char *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpListed, sp_listed_free)

#endif
