/* init: makes a workspace: its folders with their modes, and its own settings, so that `run
 * --workspace DIR` alone is enough from then on. What editions made elsewhere have shown is taken
 * into its history. */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "outputs/archive/sums.h"
#include "pipeline/approval.h"
#include "pipeline/guard/group.h"
#include "pipeline/history.h"
#include "pipeline/keyfile.h"
#include "pipeline/signkey.h"

#include <string.h>

static gboolean make_folders(const SpContext *context, GError **error)
{
    static const char *const private[] = {
        "runs", "history", "trials", "snapshots", SP_APPROVAL_FOLDER, "inbox", "stages", "tmp"};
    /* The workspace may be passed through, so that packages/ can be served from it; nothing else in
     * it can be seen. */
    if (!sp_folder_make(context->workspace, 0711, error) || !sp_group_give(context, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(private); i++) {
        g_autofree char *path = sp_context_path(context, private[i], NULL);
        if (!sp_folder_make(path, SP_MODE_PRIVATE_FOLDER, error)) {
            return FALSE;
        }
    }
    g_autofree char *packages = sp_context_path(context, "packages", NULL);
    return sp_folder_make(packages, SP_MODE_PUBLIC_FOLDER, error);
}

/* "[section]\nkey = value" of each --set, in the order given. */
static char *settings_text(const SpContext *context)
{
    g_autoptr(GString) text = g_string_new(
        "# Settings of this workspace, written by statpakke init; edit freely.\n"
        "[workspace]\n# Settings files that come before this one, parted by ';'.\nconfig = ");
    for (char **file = context->options.config_files; file != NULL && *file != NULL; file++) {
        g_autofree char *path = g_canonicalize_filename(*file, NULL);
        g_string_append_printf(text, "%s;", path);
    }
    g_string_append_c(text, '\n');
    const char *group = sp_group_name(context);
    if (group != NULL) {
        g_string_append_printf(text, "group = %s\n", group);
    }
    g_autoptr(GHashTable) sections = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) names = sp_config_sections(context->config);
    for (char **name = names; *name != NULL; name++) {
        g_auto(GStrv) keys = sp_config_keys(context->config, *name);
        for (char **key = keys; *key != NULL; key++) {
            if (strcmp(*name, "workspace") == 0 ||
                strcmp(sp_config_origin(context->config, *name, *key), "--set") != 0) {
                continue;
            }
            if (g_hash_table_add(sections, g_strdup(*name))) {
                g_string_append_printf(text, "\n[%s]\n", *name);
            }
            g_string_append_printf(text, "%s = %s\n", *key,
                                   sp_config_value(context->config, *name, *key));
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static gboolean make_keys(const SpContext *context, GError **error)
{
    return sp_keyfile_make(context, error) && sp_signkey_make(context, error);
}

/* What a workspace lacks is put in its place: a folder that was removed, the key after it was
 * changed (docs/keys.md). Its settings are not touched. */
static gboolean complete(SpContext *context, GError **error)
{
    if (context->options.config_files != NULL || context->options.assignments != NULL) {
        return sp_error_set(
            error, SP_ERROR_CANT_CREATE,
            "%s is a workspace already; edit its statpakke.conf, or choose another folder",
            context->workspace);
    }
    if (context->options.is_dry_run) {
        sp_log(&context->log, SP_LOG_INFO, "%s: what it lacks would be made", context->workspace);
        return TRUE;
    }
    return make_folders(context, error) && make_keys(context, error);
}

/* ---- history ---- */

static char **editions; /* --history */

static const GOptionEntry options[] = {
    {"history", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &editions,
     "An edition made elsewhere, or before this workspace remembered its own: what it shows counts "
     "as known",
     "EDITION-FOLDER"},
    {0}};

static gboolean check_edition(const char *folder, GError **error)
{
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        return sp_error_set(
            error, SP_ERROR_NO_INPUT,
            "%s is no folder; name one of an edition, with its packages and their " SP_SUMS_NAME,
            folder);
    }
    if (!sp_sums_check(folder, error)) {
        g_prefix_error(error,
                       "%s is not an edition as it was published; copy it again, whole: ", folder);
        return FALSE;
    }
    return TRUE;
}

static gboolean take_edition(const SpContext *context, const char *folder, GError **error)
{
    gboolean is_new = FALSE;
    g_autofree char *path = g_canonicalize_filename(folder, NULL);
    g_autofree char *edition = g_path_get_basename(path);
    if (!sp_history_keep(context, path, edition, &is_new, error)) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    sp_log(&context->log, SP_LOG_INFO,
           is_new ? "%s: what it shows counts as known from now on"
                  : "%s: it shows nothing of sensitive facts that is not known already",
           path);
    return TRUE;
}

/* All are looked at before anything is made. */
static gboolean check_history(GError **error)
{
    for (char **folder = editions; folder != NULL && *folder != NULL; folder++) {
        if (!check_edition(*folder, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean take_history(SpContext *context, GError **error)
{
    if (editions == NULL || context->options.is_dry_run) {
        return TRUE;
    }
    if (!sp_context_enter(context, error)) {
        return FALSE;
    }
    for (char **folder = editions; *folder != NULL; folder++) {
        if (!take_edition(context, *folder, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- the workspace ---- */

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    g_autofree char *path = sp_context_path(context, "statpakke.conf", NULL);
    if (!check_history(error)) {
        return FALSE;
    }
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        return complete(context, error) && take_history(context, error);
    }
    if (context->options.is_dry_run) {
        sp_log(&context->log, SP_LOG_INFO, "%s: would be made", context->workspace);
        return TRUE;
    }
    g_autofree char *text = settings_text(context);
    if (!make_folders(context, error) || !make_keys(context, error) ||
        !sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error) ||
        !take_history(context, error)) {
        return FALSE;
    }
    sp_log(&context->log, SP_LOG_INFO, "%s is ready; next: statpakke run --workspace %s",
           context->workspace, context->workspace);
    return TRUE;
}

const SpProgram sp_program_init = {
    .name = "init",
    .summary = "Make a workspace (--config and --set given here are kept in it), or what one lacks",
    .access = SP_ACCESS_NONE,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS | SP_TAKES_DRY_RUN,
    .options = options,
    .run = run,
};
