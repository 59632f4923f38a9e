/** Figures that nobody should read any more. */
#ifndef SP_OUTPUTS_POSTGRES_REMOVE_H
#define SP_OUTPUTS_POSTGRES_REMOVE_H

#include "outputs/postgres/connection.h"

/**
 * Removes an edition's own tables (load.h), and says so in its row of `utgave`. Not inside a
 * transaction, and only behind the lock of an import. Nobody who reads other editions waits for it.
 *
 * SP_ERROR_TRY_LATER when transactions that are open have read a table for longer than 15 s: from
 * then on nobody new sees the edition's rows in it, and the next call goes on from there.
 */
gboolean sp_portal_remove(SpPostgres *postgres, const char *edition, GError **error);

#endif
