/**
 * An edition's own tables in the database. A table is parted by edition: its rows of one are a
 * table of their own, "befolkning_2026_02_25_1a2b3c4d", which is filled beside what is read,
 * attached at the end (parted.h), and dropped as a whole. All in a transaction of the caller, whose
 * search_path is the schema.
 */
#ifndef SP_OUTPUTS_POSTGRES_LOAD_H
#define SP_OUTPUTS_POSTGRES_LOAD_H

#include "outputs/postgres/connection.h"
#include "outputs/postgres/edition.h"

/** What follows the tables' names in those of an edition: "_2026_02_25_1a2b3c4d". g_free. */
char *sp_portal_suffix(const char *edition);
/** The name of an edition's own table. g_free. */
char *sp_portal_leaf(const SpPortalEdition *edition, const SpPortalTable *table);

/** Makes and fills it, with its key and indexes. Nobody who reads is kept waiting. *n_rows are
 * added to. Errors of sp_portal_merge and connection.h. */
gboolean sp_portal_load(SpPostgres *postgres, const SpPortalEdition *edition,
                        const SpPortalTable *table, gint64 *n_rows, GError **error);

#endif
