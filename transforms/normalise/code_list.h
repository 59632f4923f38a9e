/** Code lists of config/codes: our code for one of the source's. */
#ifndef SP_TRANSFORMS_NORMALISE_CODE_LIST_H
#define SP_TRANSFORMS_NORMALISE_CODE_LIST_H

#include "core/table.h"

typedef struct SpCodeList SpCodeList;

/**
 * The list `name` among `maps`, borrowed: columns from, to, and if the list has them fra and til,
 * the first and last data year that the code holds for (empty: no limit): a code may come again
 * with another meaning in other years. SP_ERROR_CONFIG when the list is not there, gives one code
 * twice in a year or has a year that is none.
 */
SpCodeList *sp_code_list_new(const SpTables *maps, const char *name, GError **error);
void sp_code_list_free(SpCodeList *list);

/** NULL when the code is not in the list, or not in that year. `year` 0: any year,
 * and of several meanings the first in the list. Borrowed. */
const char *sp_code_list_find(const SpCodeList *list, const char *code, int year);
/** TRUE for a code of the list in any year. */
gboolean sp_code_list_knows(const SpCodeList *list, const char *code);
/** TRUE if the list says which years its codes hold for. */
gboolean sp_code_list_has_years(const SpCodeList *list);
/** TRUE when some code of the source becomes `to` in some year. */
gboolean sp_code_list_gives(const SpCodeList *list, const char *to);
/** All source codes, in no order. g_list_free. */
GList *sp_code_list_codes(const SpCodeList *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCodeList, sp_code_list_free)

#endif
