/** The feed that Ressursportal polls: packages/index.json, the only file that changes after
 * publication. */
#ifndef SP_PIPELINE_FEED_H
#define SP_PIPELINE_FEED_H

#include "pipeline/context.h"

/** Version of the feed's form. A reader may rely on: fields are added, never renamed or removed,
 * within a major version. */
#define SP_FEED_VERSION "1.0"

/**
 * The feed with `edition` as the current one, with its packages and their files (bytes, SHA-256
 * from SHA256SUMS); an edition that was current becomes superseded. *text (g_free) is NULL when
 * nothing changes. SP_ERROR_DATA when index.json is not a feed or a package has no files.
 */
gboolean sp_feed_prepare(SpContext *context, const char *edition, char **text, GError **error);
/** Writes it; NULL is fine. */
gboolean sp_feed_write(SpContext *context, const char *text, GError **error);

#endif
