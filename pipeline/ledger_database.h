/** What the files of the ledger share: its database, and rows of it. For them and for what makes a
 * ledger again (pipeline/keep/rebuild.h). */
#ifndef SP_PIPELINE_LEDGER_DATABASE_H
#define SP_PIPELINE_LEDGER_DATABASE_H

#include "core/io/sqlite.h"
#include "pipeline/ledger.h"

struct SpLedger {
    SpDatabase *database;
    gboolean is_readonly;
};

/** One row each, within a transaction of the caller. `finished` 0: it never finished. */
gboolean sp_ledger_add_run(SpLedger *ledger, gint64 run, const SpRunRow *row, GError **error);
gboolean sp_ledger_add_execution(SpLedger *ledger, gint64 run, const SpExecution *execution,
                                 GError **error);
/** What an execution made, and of what; what is known already stays as it is. */
gboolean sp_ledger_add_artefact(SpLedger *ledger, const SpExecution *execution,
                                const char *const parents[], gsize n_parents, GError **error);

#endif
