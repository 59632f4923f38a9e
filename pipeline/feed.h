/** The feed that Ressursportal polls: packages/index.json, the only file that changes after
 * publication. */
#ifndef SP_PIPELINE_FEED_H
#define SP_PIPELINE_FEED_H

#include "pipeline/context.h"

/** Version of the feed's form. A reader may rely on: fields are added, never renamed or removed,
 * within a major version. */
#define SP_FEED_VERSION "1.0"

/**
 * Makes `edition` the current one in the feed, with its packages and their files (bytes, SHA-256
 * from SHA256SUMS); an edition that was current becomes superseded. An unchanged feed is not
 * written. SP_ERROR_DATA when index.json is not a feed.
 */
gboolean sp_feed_tell(SpContext *context, const char *edition, GError **error);

#endif
