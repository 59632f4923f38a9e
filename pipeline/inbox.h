/**
 * Files that arrive by hand: inbox/SOURCE/ in the workspace.
 */
#ifndef SP_PIPELINE_INBOX_H
#define SP_PIPELINE_INBOX_H

#include "extractors/extractor.h"
#include "pipeline/context.h"

/** What the name of a report to the sender ends in (pipeline/delivery.h). */
#define SP_INBOX_REPORT ".rapport.txt"

/**
 * The newest delivery of a dataset: of the files in inbox/SOURCE/ whose name fits `pattern` (shell
 * wildcards), the last by name in byte order (senders put the date first). A receipt
 * NAME.mottatt.json (name, size, SHA-256, time) is written beside it once. The file stays.
 * SP_ERROR_NO_INPUT when nothing fits, telling where to put it.
 */
SpFetched *sp_inbox_take(SpContext *context, const char *dataset, const char *pattern,
                         GError **error);

/** The names in inbox/SOURCE/ that fit `pattern`, in byte order, receipts and reports not among them; *folder is
 * set (g_free). NULL with SP_ERROR_NO_INPUT when there are none, telling where to put a file.
 * g_strfreev. */
char **sp_inbox_list(const SpContext *context, const char *dataset, const char *pattern,
                     char **folder, GError **error);

/** Writes the receipt of a file beside it: name, size, time, and its SHA-256 unless `hash` is NULL
 * (a person-level file has none in the clear). */
gboolean sp_inbox_receipt(const SpContext *context, const char *path, const char *name, gsize size,
                          const char *hash, GError **error);

#endif
