/**
 * Tables that are parted by edition, and their views: what a portal reads. Columns are added as
 * editions bring them, and none is dropped. Inside a transaction, whose search_path is the schema.
 */
#ifndef SP_OUTPUTS_POSTGRES_PARTED_H
#define SP_OUTPUTS_POSTGRES_PARTED_H

#include "outputs/postgres/connection.h"
#include "outputs/postgres/edition.h"

/** SP_ERROR_DATA, before anything is loaded, when a column of a table of the database is of another
 * type than the edition's. */
gboolean sp_portal_check_types(SpPostgres *postgres, const SpPortalEdition *edition,
                               GError **error);

/** Attaches an edition's own table that was loaded (load.h): makes the table that is parted, or
 * adds the columns that are new, tells in comments what they are, and makes its view
 * current_NAME. Who reads waits, where columns are new, until the transaction ends. */
gboolean sp_portal_attach(SpPostgres *postgres, const SpPortalEdition *edition,
                          const SpPortalTable *table, GError **error);

/** The views of common questions (outputs/views.h) whose columns are there: those that are not, or
 * of another text. Who reads one that changes waits until the transaction ends. SP_ERROR_CONFIG
 * when somebody's own view stands on one whose columns change. */
gboolean sp_portal_make_views(SpPostgres *postgres, GError **error);

#endif
