/**
 * Files that arrive by hand: inbox/SOURCE/ in the workspace.
 */
#ifndef SP_PIPELINE_INBOX_H
#define SP_PIPELINE_INBOX_H

#include "extractors/extractor.h"
#include "pipeline/context.h"
#include "pipeline/inbox_pattern.h"

/** A file in inbox/SOURCE/ that fits the pattern. */
typedef struct {
    char *name;
    char *part; /* the delivery that it is of ("" without places) */
    gboolean
        is_misnamed; /* the name is not UTF-8: it is in no message, and the file not taken in */
} SpInboxFile;

/** Whether a name is of what we put beside deliveries: a receipt or a report. */
gboolean sp_inbox_is_ours(const char *name);

/** The files in inbox/SOURCE/ that fit `pattern` (SpInboxFile*), in byte order of names, receipts
 * and reports not among them, nor names of uploads that have not ended, which are told; *folder is
 * set (g_free). NULL with SP_ERROR_NO_INPUT when there are none, telling
 * where to put a file. */
GPtrArray *sp_inbox_list(const SpContext *context, const char *dataset,
                         const SpInboxPattern *pattern, char **folder, GError **error);

/** SP_ERROR_DATA for a misnamed file. */
gboolean sp_inbox_check_name(const SpInboxFile *file, const char *folder, GError **error);

/** What the name of a report to the sender ends in (pipeline/delivery.h). */
#define SP_INBOX_REPORT ".rapport.txt"

/** After a file could not be taken in: keeps the first failure in *first, says the others, and
 * takes *failure. TRUE if it is that file's own, so that the next ones are to be tried: one
 * sender's slip keeps no other delivery waiting. */
gboolean sp_inbox_go_on(const SpContext *context, const char *dataset, GError **failure,
                        GError **first);

/**
 * Takes in what was delivered of a dataset that is not person-level: of each delivery the file last
 * by name in byte order (senders put the date first) becomes its snapshot, if it differs from that
 * in use. Every file gets a receipt, once for a content, and stays. A delivery whose files are gone
 * keeps its snapshot.
 *
 *   *is_new  some snapshot in use is another than before
 *
 * SP_ERROR_NO_INPUT when nothing fits; SP_ERROR_DATA for a link or an empty file. The others are
 * taken in all the same.
 */
gboolean sp_inbox_take(SpContext *context, const char *dataset, const SpInboxPattern *pattern,
                       guint marks, gboolean *is_new, GError **error);

/** What is told of a file beside it, in NAME.mottatt.json. */
typedef struct {
    const char *name;
    gsize size;
    const char *hash; /* SHA-256; NULL for a person-level file, which has none in the clear */
    const char *part; /* the delivery, "" if the dataset has one */
    gboolean is_used;
    const char *other;    /* the file of the same delivery that it replaces or gives way to; NULL if
                          there is none */
    const char *received; /* when it came; NULL: now */
} SpReceipt;

/** Writes the receipt of the file at `path`, with the time and, if there is an `other`, why which
 * of the two is in use. */
gboolean sp_inbox_receipt(const SpContext *context, const char *path, const SpReceipt *receipt,
                          GError **error);

/** Says in the receipt of the file that was at `path` that `by`, of the same delivery, is in use in
 * its place; all else that it tells stays. Nothing to do where there is no receipt. */
gboolean sp_inbox_receipt_replaced(const char *path, const char *by, GError **error);

/** What the name of a snapshot of the file ends in: "csv", "csv.gz", "bin" without any. g_free. */
char *sp_inbox_suffix(const char *name);

#endif
