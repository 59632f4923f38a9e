/**
 * Editions to where publish.deliver says, and letters to those who receive them. A target gets the
 * files of the current edition first and the feed last; an office is written to when all targets
 * that get its packages have them. What was done before is not done again; what fails is told, the
 * others go on, and the next publish tries again.
 */
#ifndef SP_PIPELINE_DELIVER_H
#define SP_PIPELINE_DELIVER_H

#include "core/io/json.h"
#include "pipeline/context.h"

/** Settings that it reads besides the sections [delivery/NAME] and [notice/OFFICE]. */
#define SP_DELIVER_KEYS                                                                            \
    "publish.deliver", "notice.server", "notice.from", "notice.login_file", "notice.ca_file",      \
        "notice.page"

/** What the ledger knows of targets: units are their names. */
#define SP_DELIVER_STAGE "deliver"

/** Whether all its settings hold together: SP_ERROR_CONFIG. Reads no secret. */
gboolean sp_deliver_check(SpContext *context, GError **error);

/**
 * Delivers what `feed` says (it is written, and has its key) and the edition that is current by it.
 * A dry run, whose feed is not written, says what would be done. The code is that of the first
 * failure, rather of one that does not pass by itself (pipeline/outcome.h).
 */
gboolean sp_deliver(SpContext *context, const json_t *feed, GError **error);

/** Prints where each target stands, and which office was told, for `status`. */
gboolean sp_deliver_print(SpContext *context, SpLedger *ledger, GError **error);

#endif
