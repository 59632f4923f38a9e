/** packages/index.json and its signature, the only files that change after publication
 * (outputs/feed/feed.h is what stands in them), and the link `current`. */
#ifndef SP_PIPELINE_FEEDFILE_H
#define SP_PIPELINE_FEEDFILE_H

#include "outputs/feed/feed.h"
#include "pipeline/context.h"

/** What is to be written. `text` is NULL when nothing changes, `signature` when nothing is
 * signed. */
typedef struct {
    char *text;
    char *signature;
} SpFeedFile;

void sp_feedfile_clear(SpFeedFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpFeedFile, sp_feedfile_clear)

/** The feed as it stands, or one of no editions. SP_ERROR_DATA when index.json is not a feed.
 * json_decref. */
json_t *sp_feedfile_read(const SpContext *context, GError **error);

/** The packages of an edition and their files, bytes and sums from its SHA256SUMS. SP_ERROR_DATA
 * when a package has no files. json_decref. */
json_t *sp_feedfile_packages(SpContext *context, const char *edition, GError **error);

/** Formats and signs a feed, unless index.json says the same already and is signed as it should
 * be: all that can fail before anything is written. */
gboolean sp_feedfile_prepare(const SpContext *context, json_t *feed, SpFeedFile *file,
                             GError **error);

/** Formats a feed, which names the key from then on, and signs it, whatever index.json says. */
gboolean sp_feedfile_sign(const SpContext *context, json_t *feed, SpFeedFile *file, GError **error);

/**
 * Writes it, and beside it the forms of feed and packages (schemas/); nothing when nothing changes.
 * The signature comes first and the feed last, each by one rename: what is told is what the feed
 * tells, and a run that is killed between the two leaves the old feed, so that the next one does
 * the work again. A reader who meets the two in that moment sees a signature that does not fit, and
 * asks again.
 */
gboolean sp_feedfile_write(const SpContext *context, const SpFeedFile *file, GError **error);

/** Points `current` at the edition that a feed calls so, or takes it away if none is. */
gboolean sp_feedfile_point(const SpContext *context, const json_t *feed, GError **error);

#endif
