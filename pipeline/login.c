/* Users and passwords. */
#include "pipeline/login.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/secret.h"
#include "pipeline/keyfile.h"
#include "pipeline/secrets.h"

#include <glib/gstdio.h>

#include <string.h>

enum { MAX_LOGIN = 4096 };

gboolean sp_login_secret(const SpContext *context, const char *section, const char *key,
                         char **secret, GError **error)
{
    const char *set = sp_config_value(context->config, section, key);
    g_autofree char *setting = g_strdup_printf("%s.%s", section, key);
    const gboolean is_set = set != NULL && set[0] != '\0';
    *secret = is_set ? sp_secret_setting(context, setting, set, error) : NULL;
    return !is_set || *secret != NULL;
}

/* One line USER:PASSWORD, in a text of `size` bytes. Its end is cut and nothing more: a password
 * may end in blanks. */
static gboolean split(char *text, gsize size, char **user, char **password)
{
    gboolean is_line = strlen(text) == size && size < MAX_LOGIN;
    for (; size > 0 && strchr("\r\n", text[size - 1]) != NULL; size--) {
        text[size - 1] = '\0';
    }
    const char *colon = strchr(text, ':');
    is_line = is_line && colon != NULL && colon != text && colon[1] != '\0';
    for (const char *c = text; *c != '\0'; c++) {
        is_line = is_line && !g_ascii_iscntrl(*c);
    }
    if (is_line) {
        *user = g_strndup(text, (gsize)(colon - text));
        *password = g_strdup(colon + 1);
    }
    return is_line;
}

gboolean sp_login_read(const char *path, char **user, char **password, GError **error)
{
    char text[MAX_LOGIN + 1] = "";
    gsize size = 0;
    *user = *password = NULL;
    if (path == NULL) {
        return TRUE;
    }
    const int fd = sp_keyfile_close_process(error) ? sp_secret_open(path, &size, error) : -1;
    if (fd < 0) {
        return FALSE;
    }
    const gboolean is_read = sp_fd_read(fd, path, text, MAX_LOGIN, &size, error);
    const gboolean is_login = is_read && split(text, size, user, password);
    explicit_bzero(text, sizeof text);
    (void)g_close(fd, NULL);
    return is_login || (is_read && sp_error_set(error, SP_ERROR_CONFIG,
                                                "%s: want one line USER:PASSWORD", path));
}
