/* Those who are told of the feed. */
#include "pipeline/announce.h"

#include "pipeline/deliver.h"
#include "pipeline/letters.h"
#include "pipeline/outcome.h"
#include "pipeline/portal_feed.h"

gboolean sp_announce(SpContext *context, const json_t *feed, GError **error)
{
    GError *first = NULL;
    GError *failure = NULL;
    (void)sp_portal_feed_tell(context, feed, &first);
    (void)sp_deliver(context, feed, &failure);
    sp_outcome_keep(context, &first, failure);
    if (first != NULL) {
        g_propagate_error(error, first);
    }
    return first == NULL;
}

gboolean sp_announce_untold(const SpContext *context, char **untold, GError **error)
{
    static const struct {
        const char *stage, *kind;
    } told[] = {{SP_PORTAL_FEED_STAGE, "the portal's schema"},
                {SP_DELIVER_STAGE, "target"},
                {SP_LETTERS_STAGE, "office"}};
    g_autoptr(GString) list = g_string_new(NULL);
    *untold = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(told); i++) {
        if (!sp_ledger_failures(context->ledger, context->run, told[i].stage, told[i].kind, list,
                                error)) {
            return FALSE;
        }
    }
    *untold = list->len > 0 ? g_strdup(list->str) : NULL;
    return TRUE;
}
