/** Which settings exist: the union of what all descriptors declare. */
#ifndef SP_PIPELINE_KNOWN_KEYS_H
#define SP_PIPELINE_KNOWN_KEYS_H

#include "core/config.h"

/** SP_ERROR_CONFIG for the first setting that no descriptor declares, with its origin and the keys
 * its section may have. */
gboolean sp_known_keys_check(const SpConfig *config, GError **error);

#endif
