/** Rows of a published table picked by codes, as the catalogues of config/ name them:
 * "kjonn=1 alder=080-089". */
#ifndef SP_OUTPUTS_PICK_H
#define SP_OUTPUTS_PICK_H

#include "outputs/words.h"

typedef struct {
    const SpTable *table; /* borrowed */
    GArray *columns;      /* gsize: code columns that are named */
    GPtrArray *codes;     /* char*, owned: their codes */
} SpPick;

void sp_pick_init(SpPick *pick, const SpTable *table);
void sp_pick_clear(SpPick *pick);

/** Adds "COLUMN=CODE". SP_ERROR_CONFIG for another form and for a column the table does not have.
 */
gboolean sp_pick_add(SpPick *pick, const char *text, GError **error);

/** SP_ERROR_CONFIG unless every key of the table is named or among `others` [n]. */
gboolean sp_pick_check_keys(const SpPick *pick, const gsize others[], gsize n, GError **error);

/** TRUE of a row that has all the codes. */
gboolean sp_pick_has(const SpPick *pick, gsize row);

/** The codes in words, ", " between; "" without any. g_free. */
char *sp_pick_words(const SpPick *pick, const SpWords *words);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpPick, sp_pick_clear)

#endif
