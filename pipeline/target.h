/** Where editions are delivered to: publish.deliver, and a section [delivery/NAME] each. */
#ifndef SP_PIPELINE_TARGET_H
#define SP_PIPELINE_TARGET_H

#include "pipeline/context.h"

#define SP_TARGET_SETTING "publish.deliver"
#define SP_TARGET_SECTION "delivery/"

/** Keys of such a section, NULL-terminated. */
extern const char *const sp_target_keys[];

/** One of them. Texts are owned; secrets and paths are absolute, NULL: not set. */
typedef struct {
    char *name;
    char *url;
    char **regions; /* fylke codes and "0"; NULL: all */
    gboolean has_zips, has_folders;
    gint64 timeout_s; /* for all that is sent in one go */
    char *login_file, *key_file, *known_hosts, *ca_file;
} SpDeliveryTarget;

/** Whether the packages of a region go there. */
gboolean sp_target_wants(const SpDeliveryTarget *target, const char *region);

/** Those of publish.deliver, in its order: SpDeliveryTarget, owned by the array; none is no
 * error. No secret is read. SP_ERROR_CONFIG names section and key. */
GPtrArray *sp_targets_list(SpContext *context, GError **error);

#endif
