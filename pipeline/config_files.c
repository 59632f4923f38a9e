/* The layers of settings, read one over the other. */
#include "pipeline/config_files.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/guard/plain_secrets.h"
#include "pipeline/known_keys.h"

#include <string.h>

#define FILE_NAME "statpakke.conf"

enum { MAX_CONFIG_SIZE = 1024 * 1024 };

static gboolean add_file(SpConfig *config, const char *path, GError **error)
{
    gsize size = 0;
    g_autofree char *text = sp_file_read(path, MAX_CONFIG_SIZE, &size, error);
    if (text == NULL) {
        return FALSE;
    }
    if (strlen(text) != size) {
        return sp_error_set(error, SP_ERROR_CONFIG, "%s: holds a NUL byte; is it a text file?",
                            path);
    }
    return sp_config_add(config, path, text, error);
}

/* One that need not be there. Takes `path`. */
static gboolean add_if_there(SpConfig *config, char *path, GError **error)
{
    g_autofree char *own = path;
    return !g_file_test(own, G_FILE_TEST_EXISTS) || add_file(config, own, error);
}

static char *machine_path(void)
{
    const char *named = g_getenv("STATPAKKE_ETC");
    g_autofree char *folder = g_canonicalize_filename(named != NULL ? named : SP_ETC_FOLDER, NULL);
    return g_build_filename(folder, FILE_NAME, NULL);
}

static char *user_path(void)
{
    g_autofree char *folder = g_canonicalize_filename(g_get_user_config_dir(), NULL);
    return g_build_filename(folder, "statpakke", FILE_NAME, NULL);
}

/* The workspace's own file comes after the files it names, so that what `init --set` wrote into it
 * wins. */
static gboolean add_workspace(SpConfig *config, const char *workspace, GError **error)
{
    g_autofree char *path = g_build_filename(workspace, FILE_NAME, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return TRUE;
    }
    g_autoptr(SpConfig) own = sp_config_new();
    if (!add_file(own, path, error)) {
        return FALSE;
    }
    const char *named = sp_config_value(own, "workspace", "config");
    g_auto(GStrv) files = g_strsplit(named != NULL ? named : "", ";", -1);
    for (char **file = files; *file != NULL; file++) {
        if (**file != '\0' && !add_file(config, g_strstrip(*file), error)) {
            g_prefix_error(error, "%s: [workspace] config: ", path);
            return FALSE;
        }
    }
    return add_file(config, path, error);
}

static gboolean add_environment(SpConfig *config, GError **error)
{
    const char *set = g_getenv(SP_CONFIG_ENVIRONMENT);
    g_auto(GStrv) lines = g_strsplit(set != NULL ? set : "", "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (*g_strstrip(*line) != '\0' &&
            !sp_config_set(config, SP_CONFIG_ENVIRONMENT, *line, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean add_options(SpConfig *config, const SpOptions *options, GError **error)
{
    for (char **file = options->config_files; file != NULL && *file != NULL; file++) {
        g_autofree char *path = g_canonicalize_filename(*file, NULL);
        if (!add_file(config, path, error)) {
            return FALSE;
        }
    }
    for (char **set = options->assignments; set != NULL && *set != NULL; set++) {
        if (!sp_config_set(config, "--set", *set, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_config_files_read(SpContext *context, GError **error)
{
    SpConfig *config = context->config;
    g_autofree char *defaults = sp_context_data_path(context, FILE_NAME);
    return add_file(config, defaults, error) && add_if_there(config, machine_path(), error) &&
           add_if_there(config, user_path(), error) &&
           add_workspace(config, context->workspace, error) && add_environment(config, error) &&
           add_options(config, &context->options, error) && sp_known_keys_check(config, error) &&
           sp_plain_secrets_check(config, error);
}
