/**
 * A code list of config/codes: what a source's code means. Columns: from (the source's code), to
 * (ours), if the list has them fra and til (the first and the last data year that the row holds
 * for; empty: no limit), and others that one reader alone understands. A code may come again with
 * another meaning in other years.
 */
#ifndef SP_CORE_CODE_LIST_H
#define SP_CORE_CODE_LIST_H

#include "core/table.h"

typedef struct SpCodeList SpCodeList;

/** The list `name` among `lists` (NULL: none) with columns from, to and those of `columns`
 * (NULL-terminated; NULL: none). Borrowed. SP_ERROR_CONFIG when it or a column is not there. */
const SpTable *sp_code_list_table(const SpTables *lists, const char *name,
                                  const char *const *columns, GError **error);

/**
 * The same, read: all rows with `year` 0, else those that hold in that data year. The table is
 * borrowed for the list's life. SP_ERROR_CONFIG names file and code: besides the errors above a
 * code twice in a year that is asked for, and a year that is none.
 */
SpCodeList *sp_code_list_new(const SpTables *lists, const char *name, const char *const *columns,
                             int year, GError **error);
void sp_code_list_free(SpCodeList *list);

/** Rows that were read, in the list's order: [sp_code_list_size]. */
gsize sp_code_list_size(const SpCodeList *list);
/** The row, among those, of a code (the first with several meanings); FALSE, `row` untouched, when
 * there is none. The text is [size]. */
gboolean sp_code_list_find_row(const SpCodeList *list, const char *code, gsize size, gsize *row);
/** Column `column` of a row: from, to or one of `columns`. Borrowed. */
const char *sp_code_list_text(const SpCodeList *list, gsize row, const char *column);

/** Our code; NULL when the code is not in the list, or not in that year. `year` 0: any year, and of
 * several meanings the first in the list. Borrowed. */
const char *sp_code_list_find(const SpCodeList *list, const char *code, int year);
/** TRUE for a code of the list in any year. */
gboolean sp_code_list_knows(const SpCodeList *list, const char *code);
/** TRUE if the list says which years its codes hold for. */
gboolean sp_code_list_has_years(const SpCodeList *list);
/** TRUE when some code of the source becomes `to` in some year. */
gboolean sp_code_list_gives(const SpCodeList *list, const char *to);
/** The source's codes, each once, in the order in which they first stand. Borrowed. */
const SpCodes *sp_code_list_codes(const SpCodeList *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCodeList, sp_code_list_free)

#endif
