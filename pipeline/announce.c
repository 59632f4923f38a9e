/* Those who are told of the feed. */
#include "pipeline/announce.h"

#include "pipeline/deliver.h"
#include "pipeline/portal_feed.h"

gboolean sp_announce(SpContext *context, const json_t *feed, GError **error)
{
    g_autoptr(GError) undelivered = NULL;
    const gboolean is_in_portal = sp_portal_feed_tell(context, feed, error);
    const gboolean is_delivered = sp_deliver(context, feed, is_in_portal ? error : &undelivered);
    if (undelivered != NULL) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", undelivered->message);
    }
    return is_in_portal && is_delivered;
}
