/* Paths of settings, and of secrets. */
#include "pipeline/secrets.h"

#include "core/error.h"
#include "core/io/secret.h"

#include <string.h>

static char *resolve(const SpContext *context, const char *setting, const char *set)
{
    g_auto(GStrv) parts = g_strsplit(setting, ".", 2);
    const char *origin = sp_config_origin(context->config, parts[0], parts[1]);
    g_autofree char *folder =
        g_path_is_absolute(origin) ? g_path_get_dirname(origin) : g_get_current_dir();
    return g_canonicalize_filename(set, folder);
}

char *sp_setting_path(const SpContext *context, const char *setting)
{
    g_auto(GStrv) parts = g_strsplit(setting, ".", 2);
    const char *set = sp_config_value(context->config, parts[0], parts[1]);
    return set != NULL && set[0] != '\0' ? resolve(context, setting, set) : NULL;
}

char *sp_secret_setting(const SpContext *context, const char *setting, const char *set,
                        GError **error)
{
    const char *name = sp_secret_credential(set);
    if (name != NULL && (name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s = %s: want the name of a credential after the colon", setting, set);
        return NULL;
    }
    if (name != NULL) {
        return g_strdup(set);
    }
    g_autofree char *path = resolve(context, setting, set);
    g_autofree char *inside = g_strconcat(context->workspace, "/", NULL);
    if (g_str_has_prefix(path, inside)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s = %s: a secret inside the workspace goes wherever the workspace is "
                     "copied; put it elsewhere",
                     setting, path);
        return NULL;
    }
    return g_steal_pointer(&path);
}
