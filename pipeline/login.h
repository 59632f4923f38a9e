/** Credentials for what is delivered and sent: from files, never from settings or arguments. */
#ifndef SP_PIPELINE_LOGIN_H
#define SP_PIPELINE_LOGIN_H

#include "pipeline/context.h"

/** A path that a setting gives, relative to the file that sets it; "systemd:NAME" is the credential
 * that systemd hands the service. *path (g_free) is NULL when it is not set. SP_ERROR_CONFIG when
 * there are no credentials of systemd, or the name is none. */
gboolean sp_login_path(const SpContext *context, const char *section, const char *key, char **path,
                       GError **error);

/** Whether a secret is there and its owner's alone: of systemd's, systemd sees to it.
 * SP_ERROR_CONFIG. `path` NULL is fine. */
gboolean sp_login_check(const char *path, GError **error);

/** User and password from a file of one line USER:PASSWORD, checked as above; both (g_free) NULL
 * when `path` is. From then on the process leaves no core dump. SP_ERROR_CONFIG, without repeating
 * what stands in the file. */
gboolean sp_login_read(const char *path, char **user, char **password, GError **error);

#endif
