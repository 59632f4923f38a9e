/** What a stage's `recall` reads beside the inputs of then. */
#ifndef SP_PIPELINE_RECALL_H
#define SP_PIPELINE_RECALL_H

#include "pipeline/stage.h"

/** Moves the tables of `from` whose names are not in `in` there. */
void sp_recall_add(SpTables *from, SpTables *in);
/** The tables of a finished unit itself among `names` (NULL-terminated; NULL: all) that are not in
 * `in` yet, but those that tell of the others. SP_ERROR_DATA as sp_tables_read. */
gboolean sp_recall_own(const SpUnit *unit, const char *const *names, SpTables *in, GError **error);

#endif
