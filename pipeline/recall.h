/** What a stage's `recall` reads: tables that are shared with whoever asks for them next. */
#ifndef SP_PIPELINE_RECALL_H
#define SP_PIPELINE_RECALL_H

#include "pipeline/stage.h"

/** Moves the tables of `from` whose names are not in `in` there. */
void sp_recall_add(SpTables *from, SpTables *in);

/**
 * One table of the inputs of a finished unit that have it, those alone that `takes` (NULL: all) by
 * their names; nothing when none has it, or it is in `in` already. Several inputs' rows become one
 * table. SP_ERROR_DATA when a file is not what its manifest says.
 */
gboolean sp_recall_table(const SpUnit *unit, const char *table,
                         gboolean (*takes)(const char *input), SpTables *in, GError **error);

/** All tables of a finished unit itself that are not in `in` yet, but those that tell of the
 * others. They are kept for the life of the program as those of inputs are (sp_unit_read).
 * SP_ERROR_DATA as sp_tables_read. */
gboolean sp_recall_own(const SpUnit *unit, SpTables *in, GError **error);

/** A table of a result's folder that was read already; NULL if it was not. Borrowed for the life of
 * the program. */
const SpTable *sp_recall_known(const SpContext *context, const char *folder, const char *table);

#endif
