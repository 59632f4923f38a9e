/**
 * The portal's database: PostgreSQL, in which what the feed calls the current edition is read by
 * views (docs/portal.md). It follows the feed: an edition that is not there is loaded, what is
 * withdrawn is marked, and figures that nobody should read any more go.
 */
#ifndef SP_OUTPUTS_POSTGRES_PORTAL_H
#define SP_OUTPUTS_POSTGRES_PORTAL_H

#include "outputs/postgres/connection.h"

typedef struct SpPortal SpPortal;

/** Where it is and how it looks. Borrowed for the life of the portal. */
typedef struct {
    SpPostgresPlace place;
    const char *schema;
    const char *reader_role;  /* may read all of it; NULL: nobody is given anything */
    const char *steps_folder; /* config/portal */
    guint n_kept;             /* editions whose figures stay besides the current one */
} SpPortalForm;

/** An edition as the feed tells of it. Borrowed. */
typedef struct {
    const char *edition;
    const char *state; /* of the feed: "current", "superseded", "withdrawn" */
    /* Of one that is withdrawn; NULL: not told. */
    const char *reason, *from, *correction_nb, *correction_nn;
} SpPortalTold;

/** What must be done before the database says what the feed does. */
typedef struct {
    const char *load; /* the edition to load; NULL: the current one is there, or there is none */
    guint n_changes;  /* editions whose row changes, and those whose figures go */
} SpPortalDue;

/** Connects and asks what is there. Errors of connection.h; SP_ERROR_CONFIG for a schema of a newer
 * program. */
SpPortal *sp_portal_open(const SpPortalForm *form, GError **error);
void sp_portal_close(SpPortal *portal);

/** `told` [n]: the feed's editions, newest first. */
void sp_portal_due(const SpPortal *portal, const SpPortalTold told[], gsize n, SpPortalDue *due);

/**
 * The first step of sp_portal_follow alone: marks what is withdrawn, in a transaction of its own,
 * so that nothing which may be wrong with another edition keeps a wrong one current. Until that
 * other one is loaded none is current, and the views are empty. With nothing to load all
 * editions become what they should be. SP_ERROR_TRY_LATER when somebody else imports; errors of
 * connection.h.
 */
gboolean sp_portal_withdraw(SpPortal *portal, const SpPortalTold told[], gsize n, GError **error);

/**
 * Does it: marks what is withdrawn, then loads and makes current in one transaction (who reads sees
 * what was there or all that is new), then drops figures that go, table by table. `folder` is that
 * of the current edition, NULL when there is none. After an error the portal can only be closed:
 * what is withdrawn may be marked, and old figures of the edition to load may be gone, but no other
 * edition has become current. When figures stay that should go, *left (g_free) tells why, and the
 * next call goes on; NULL: none do. That is no error.
 *
 * SP_ERROR_TRY_LATER when somebody else imports, holds a table for more than a minute, or reads old
 * figures of the edition to load; errors of sp_portal_edition_new, sp_portal_merge,
 * sp_portal_check_types, sp_portal_make_views and connection.h.
 */
gboolean sp_portal_follow(SpPortal *portal, const SpPortalTold told[], gsize n, const char *folder,
                          char **left, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPortal, sp_portal_close)

#endif
