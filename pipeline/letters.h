/** Letters by mail: to each office with an address in [notice/OFFICE], once an edition. */
#ifndef SP_PIPELINE_LETTERS_H
#define SP_PIPELINE_LETTERS_H

#include "core/io/json.h"
#include "pipeline/context.h"

#define SP_LETTERS_SECTION "notice/"

/** What the ledger knows of letters: units are offices. */
#define SP_LETTERS_STAGE "notice"

/** Keys of such a section, NULL-terminated. */
extern const char *const sp_letters_keys[];

/** Whether server, sender and addresses hold together, and are of offices that there are.
 * SP_ERROR_CONFIG. */
gboolean sp_letters_check(SpContext *context, GError **error);

/**
 * Writes to those who were not told yet: of the edition that is current by the feed, unless a
 * package of the office is missing somewhere (`missing`: a set of regions whose packages some
 * target does not have); of one that is withdrawn, if they were told of it before. A dry run says
 * to whom. The error is that of the first letter that could not be sent (sp_outcome_keep); the
 * others are sent, unless the server does not answer.
 */
gboolean sp_letters_send(SpContext *context, const json_t *feed, GHashTable *missing,
                         GError **error);

/** Prints who was told of an edition, for `status`; nothing where no letters are sent. */
gboolean sp_letters_print(SpContext *context, SpLedger *ledger, const char *edition,
                          GError **error);

#endif
