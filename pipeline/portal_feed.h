/**
 * The portal's database follows the feed (outputs/postgres/portal.h; docs/portal.md): settings,
 * ledger, status. Without portal.service nothing is done and nobody is connected to.
 */
#ifndef SP_PIPELINE_PORTAL_FEED_H
#define SP_PIPELINE_PORTAL_FEED_H

#include "core/io/json.h"
#include "pipeline/context.h"

/** What the ledger knows of it: the unit is the schema. */
#define SP_PORTAL_FEED_STAGE "portal"

/** The settings, for the list of those that exist. */
#define SP_PORTAL_FEED_SETTINGS                                                                    \
    "portal.service", "portal.service_file", "portal.pass_file", "portal.schema",                  \
        "portal.keep_editions", "portal.reader_role"

/**
 * Lets the database say what the feed says: what is published is loaded, what is withdrawn is
 * marked. Of a dry run it is told what would be done. The feed has been written: after an error the
 * edition is served all the same, and the next call tries again; the text says which of the two
 * went wrong, the database or the note in the ledger that it is well. Errors of sp_portal_open,
 * sp_portal_withdraw, sp_edition_check and sp_portal_follow; SP_ERROR_CONFIG for a setting that
 * cannot be, or a file of passwords that others may use.
 */
gboolean sp_portal_feed_tell(const SpContext *context, const json_t *feed, GError **error);

/** The last import, for `status`: prints nothing when portal.service is not set. */
gboolean sp_portal_feed_print(const SpContext *context, SpLedger *ledger, GError **error);

#endif
