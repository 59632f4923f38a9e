/** What the files of the ledger share: its database. For them alone. */
#ifndef SP_PIPELINE_LEDGER_DATABASE_H
#define SP_PIPELINE_LEDGER_DATABASE_H

#include "core/io/sqlite.h"
#include "pipeline/ledger.h"

struct SpLedger {
    SpDatabase *database;
    gboolean is_readonly;
};

#endif
