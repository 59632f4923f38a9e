/** Credentials for what is delivered and sent: from files, never from settings or arguments. */
#ifndef SP_PIPELINE_LOGIN_H
#define SP_PIPELINE_LOGIN_H

#include "pipeline/context.h"

/** The secret of a setting (sp_secret_setting, whose errors these are). *secret (g_free) is NULL
 * when it is not set. */
gboolean sp_login_secret(const SpContext *context, const char *section, const char *key,
                         char **secret, GError **error);

/** User and password from a file of one line USER:PASSWORD; both (sp_secret_free) NULL when `path`
 * is. From then on the process leaves no core dump. Errors of core/io/secret.h, which opens it;
 * SP_ERROR_CONFIG, without repeating what stands in the file, when it is no such line. */
gboolean sp_login_read(const char *path, char **user, char **password, GError **error);

#endif
