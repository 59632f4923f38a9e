/**
 * The catalogue of texts: every word a reader of a package sees, by id and language. Data:
 * config/texts.csv (id, nb, nn, en). Ids: "table.NAME", "table.NAME.note", "column.NAME",
 * "unit.UNIT", "code.CLASSIFICATION.CODE", "notice.NAME", "page.NAME", "sign.NAME".
 */
#ifndef SP_CORE_TEXTS_H
#define SP_CORE_TEXTS_H

#include "core/table.h"

typedef struct SpTexts SpTexts;

/** From a table of code columns id, nb, nn and en. SP_ERROR_CONFIG when a column is not there, an
 * id is empty or repeats, or its nb or nn is empty. */
SpTexts *sp_texts_new(const SpTable *table, GError **error);
void sp_texts_free(SpTexts *texts);
/** The text in a language ("nb", "nn", "en"; an empty en falls back to nb, and so does any other
 * language). Borrowed. An id that is not there gives the id itself, so that a hole is seen; tests
 * fail on holes. */
const char *sp_texts_find(const SpTexts *texts, const char *id, const char *language);
/** TRUE if the id is there, whatever its texts. */
gboolean sp_texts_has(const SpTexts *texts, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTexts, sp_texts_free)

#endif
