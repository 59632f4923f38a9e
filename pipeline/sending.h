/** One target that is delivered to: an edition's files, then the feed. */
#ifndef SP_PIPELINE_SENDING_H
#define SP_PIPELINE_SENDING_H

#include "core/io/json.h"
#include "core/io/upload.h"
#include "pipeline/parcel.h"

/** What is sent, and to where. The first three are borrowed, and set by the caller. */
typedef struct {
    SpContext *context;
    const SpDeliveryTarget *target;
    const json_t *feed;
    json_t *delivered;
    SpParcel *parcel; /* NULL: no edition is current */
    SpPace *pace;
    char *user, *password, *key_file;
    SpUpload *upload;
    GHashTable *folders; /* path -> whether it was made now, as a pointer */
} SpSending;

/** Frees what is owned. */
void sp_sending_clear(SpSending *work);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpSending, sp_sending_clear)

/** Reads the secrets of the target and connects to one that had something before, which must have
 * it still: SP_ERROR_UNAVAILABLE. */
gboolean sp_sending_open(SpSending *work, GError **error);
/** Sends the parcel's files that are not there. */
gboolean sp_sending_parcel(SpSending *work, GError **error);
/** Signs a feed and sends it, after the forms that it has and its signature. */
gboolean sp_sending_feed(SpSending *work, json_t *selected, GError **error);
/** What a target is to have, by content: the feed as it is written, the forms beside it, and what
 * of them the target is set to get. */
gboolean sp_sending_print(const SpSending *work, char print[SP_HASH_SIZE], GError **error);

#endif
