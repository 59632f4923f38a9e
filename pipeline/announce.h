/** Who is told of what the feed says: the portal's database, the targets of deliveries, and offices
 * by mail. The feed is written before; none of them waits for another. */
#ifndef SP_PIPELINE_ANNOUNCE_H
#define SP_PIPELINE_ANNOUNCE_H

#include "core/io/json.h"
#include "pipeline/context.h"

/** Tells them all (a dry run says what would be done). The error is that of the first that could
 * not be told, rather of one that does not pass by itself (pipeline/outcome.h); another one is
 * logged, and the next publish tries again. */
gboolean sp_announce(SpContext *context, const json_t *feed, GError **error);

/** Whom this run could not tell, and why: "target portal (no answer), office troendelag (…)";
 * *untold (g_free) is NULL when there is nobody. */
gboolean sp_announce_untold(const SpContext *context, char **untold, GError **error);

#endif
