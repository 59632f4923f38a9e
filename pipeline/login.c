/* Users and passwords. */
#include "pipeline/login.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/keyfile.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/stat.h>

#define SYSTEMD "systemd:"
#define SYSTEMD_FOLDER "CREDENTIALS_DIRECTORY"

enum { MAX_LOGIN = 4096 };

gboolean sp_login_path(const SpContext *context, const char *section, const char *key, char **path,
                       GError **error)
{
    const char *set = sp_config_value(context->config, section, key);
    *path = NULL;
    if (set == NULL || set[0] == '\0') {
        return TRUE;
    }
    if (g_str_has_prefix(set, SYSTEMD)) {
        const char *folder = g_getenv(SYSTEMD_FOLDER);
        const char *name = set + strlen(SYSTEMD);
        if (folder == NULL || name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "[%s] %s = %s: systemd gives no such credential to this process "
                                "(LoadCredential= of its unit, and " SYSTEMD_FOLDER ")",
                                section, key, set);
        }
        *path = g_build_filename(folder, name, NULL);
        return TRUE;
    }
    const char *origin = sp_config_origin(context->config, section, key);
    g_autofree char *base =
        g_path_is_absolute(origin) ? g_path_get_dirname(origin) : g_get_current_dir();
    *path = g_canonicalize_filename(set, base);
    return TRUE;
}

gboolean sp_login_check(const char *path, GError **error)
{
    const char *folder = g_getenv(SYSTEMD_FOLDER);
    g_autofree char *given = folder != NULL ? g_strconcat(folder, "/", NULL) : NULL;
    GStatBuf is;
    if (path == NULL) {
        return TRUE;
    }
    if (g_stat(path, &is) != 0 || !S_ISREG(is.st_mode)) {
        return sp_error_set(error, SP_ERROR_CONFIG, "%s is not there, or no file that may be read",
                            path);
    }
    if ((given == NULL || !g_str_has_prefix(path, given)) &&
        (is.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s: others than its owner may use it; set its mode to 0600", path);
    }
    return TRUE;
}

gboolean sp_login_read(const char *path, char **user, char **password, GError **error)
{
    gsize size = 0;
    *user = *password = NULL;
    if (path == NULL) {
        return TRUE;
    }
    if (!sp_login_check(path, error) || !sp_keyfile_close_process(error)) {
        return FALSE;
    }
    char *text = sp_file_read(path, MAX_LOGIN, &size, error);
    if (text == NULL) {
        return FALSE;
    }
    g_strchomp(text);
    const char *colon = strchr(text, ':');
    gboolean is_line = strlen(text) <= size && colon != NULL && colon != text && colon[1] != '\0';
    for (const char *c = text; *c != '\0'; c++) {
        is_line = is_line && !g_ascii_iscntrl(*c);
    }
    if (is_line) {
        *user = g_strndup(text, (gsize)(colon - text));
        *password = g_strdup(colon + 1);
    } else {
        sp_error_set(error, SP_ERROR_CONFIG, "%s: want one line USER:PASSWORD", path);
    }
    memset(text, 0, size);
    g_free(text);
    return is_line;
}
