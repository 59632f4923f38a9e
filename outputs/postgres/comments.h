/** What tables and columns are, as COMMENTs. */
#ifndef SP_OUTPUTS_POSTGRES_COMMENTS_H
#define SP_OUTPUTS_POSTGRES_COMMENTS_H

#include "outputs/postgres/connection.h"
#include "outputs/postgres/edition.h"

/** Tells in bokmål what a table that is parted, its view current_NAME and their columns are: where
 * nothing is told yet, and what is told otherwise when no edition of the database is newer. Inside
 * a transaction, whose search_path is the schema. */
gboolean sp_portal_comment(SpPostgres *postgres, const SpPortalEdition *edition,
                           const SpPortalTable *table, GError **error);

#endif
