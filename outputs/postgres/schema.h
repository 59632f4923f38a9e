/**
 * The portal's schema: its version, and the editions it knows of. The SQL that makes it are the
 * numbered steps of config/portal/.
 */
#ifndef SP_OUTPUTS_POSTGRES_SCHEMA_H
#define SP_OUTPUTS_POSTGRES_SCHEMA_H

#include "outputs/postgres/connection.h"

/** An edition as the table `utgave` has it. */
typedef struct {
    char *edition;
    char *state;   /* "gjeldende", "erstattet", "trukket" */
    char *figures; /* "ja", "fjernes", "nei" */
    /* Of one that is withdrawn; NULL: not told. */
    char *reason, *from, *correction_nb, *correction_nn;
} SpPortalKnown;

/** The editions of the schema (SpPortalKnown; g_ptr_array_unref), none where there is no schema
 * yet. *version is its version, 0 for none. The session's search_path must be the schema. One
 * question. */
GPtrArray *sp_portal_known(SpPostgres *postgres, gint64 *version, GError **error);

/**
 * Makes the schema if it is not there, and runs the steps ("001.sql" …) of a folder that it has not
 * had. Inside a transaction. SP_ERROR_CONFIG when its version is newer than the newest step: a
 * newer program wrote it.
 */
gboolean sp_portal_schema_prepare(SpPostgres *postgres, const char *schema, const char *folder,
                                  gint64 version, GError **error);
/** The newest step of a folder. */
gboolean sp_portal_schema_version(const char *folder, gint64 *version, GError **error);
/** SP_ERROR_CONFIG when a schema's version is newer than that. */
gboolean sp_portal_schema_check(const char *schema, gint64 version, gint64 newest, GError **error);

#endif
