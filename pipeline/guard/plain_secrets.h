/** Secrets that stand in settings, where everybody who may read the settings, the list of
 * processes, a log or a backup reads them too. */
#ifndef SP_PIPELINE_PLAIN_SECRETS_H
#define SP_PIPELINE_PLAIN_SECRETS_H

#include "core/config.h"

/** SP_ERROR_CONFIG, naming the setting and where it stands and never what it says, when a value
 * holds an address with a password (scheme://user:password@host), or one of http with a user at
 * all, which is where tokens are put. */
gboolean sp_plain_secrets_check(const SpConfig *config, GError **error);

#endif
