/** What was delivered and who was told, kept in the workspace: delivered/NAME.json of a target, and
 * delivered/notices.json. Without them it is done once more. */
#ifndef SP_PIPELINE_DELIVERED_H
#define SP_PIPELINE_DELIVERED_H

#include "core/io/json.h"
#include "pipeline/parcel.h"

#define SP_DELIVERED_FOLDER "delivered"
/* No target has this name. */
#define SP_DELIVERED_NOTICES "notices"

/** What a target has; of another address than before nothing. SP_ERROR_DATA. json_decref. */
json_t *sp_delivered_read(const SpContext *context, const SpDeliveryTarget *target, GError **error);
gboolean sp_delivered_write(const SpContext *context, const SpDeliveryTarget *target,
                            const json_t *delivered, GError **error);

/** Whether it has a parcel; and that it has it now, so that none is begun. */
gboolean sp_delivered_has(const json_t *delivered, const SpParcel *parcel);
void sp_delivered_add(json_t *delivered, const SpDeliveryTarget *target, const SpParcel *parcel);
/** The folder that an edition was begun in at the target and that has not got the edition's name,
 * as far as is known; NULL: none. Borrowed. */
const char *sp_delivered_begun(const json_t *delivered);
void sp_delivered_begin(json_t *delivered, const char *folder);
/** Whether it has a file (of a feed) of a package of an edition. */
gboolean sp_delivered_has_file(const json_t *delivered, const char *edition, const char *package,
                               const char *path);
/** The print (sp_sending_print) of what it has by its feed; "" while some of that is to come; NULL
 * if it has no feed. */
const char *sp_delivered_feed(const json_t *delivered);
void sp_delivered_set_feed(json_t *delivered, const json_t *feed, const char *print);
/** Whether it has an edition that is withdrawn, and a feed that does not say so. */
gboolean sp_delivered_believes_withdrawn(const json_t *delivered, const json_t *feed);

/** Which offices were told of which editions. json_decref. */
json_t *sp_delivered_notices(const SpContext *context, GError **error);
/** Whether an office was told of an edition: that it is there ("utgave"), that it is withdrawn
 * ("trukket"). */
gboolean sp_delivered_is_told(const json_t *notices, const char *edition, const char *office,
                              const char *what);
/** Keeps that it was told. */
gboolean sp_delivered_tell(const SpContext *context, json_t *notices, const char *edition,
                           const char *office, const char *what, GError **error);

#endif
