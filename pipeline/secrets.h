/** Where the files are that settings name, and those among them that hold a secret. */
#ifndef SP_PIPELINE_SECRETS_H
#define SP_PIPELINE_SECRETS_H

#include "pipeline/context.h"

/** The path that a setting ("section.key") gives, relative to the file that sets it; NULL when it
 * is not set. g_free. */
char *sp_setting_path(const SpContext *context, const char *setting);

/** A secret (core/io/secret.h) that stands in a setting: a path, relative to the file that sets it,
 * outside the workspace; or a credential of systemd, which is looked for when it is opened. g_free.
 * SP_ERROR_CONFIG when it is inside, or no name. */
char *sp_secret_setting(const SpContext *context, const char *setting, const char *set,
                        GError **error);

#endif
