/* backup: a whole copy of the workspace in a folder elsewhere, which costs what is new. */
#include "pipeline/keep/backup.h"
#include "pipeline/program.h"

#include "core/error.h"

static int n_kept; /* --keep; 0: all */

static const GOptionEntry options[] = {{"keep", 0, 0, G_OPTION_ARG_INT, &n_kept,
                                        "Remove all but the N newest backups when this one is made",
                                        "N"},
                                       {0}};

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    g_auto(SpBackedUp) told = {0};
    guint n_removed = 0;
    if (arguments[0] == NULL || arguments[1] != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "name the folder that backups go to");
    }
    if (n_kept < 0) {
        return sp_error_set(error, SP_ERROR_USAGE, "--keep %d: want at least 1", n_kept);
    }
    g_autofree char *folder = g_canonicalize_filename(arguments[0], NULL);
    if (!sp_backup_make(context, folder, &told, error) ||
        (n_kept > 0 && !sp_backup_keep(folder, (guint)n_kept, &n_removed, error))) {
        return FALSE;
    }
    g_autofree char *size = g_format_size(told.n_bytes);
    SpLog log = context->log;
    log.file = NULL; /* each night's backup is no news */
    sp_log(&log, SP_LOG_INFO,
           "%s: %u files, %u of them new (%s); %u older backup%s removed; keys are not in it",
           told.folder, told.n_files, told.n_copied, size, n_removed, n_removed == 1 ? "" : "s");
    return TRUE;
}

const SpProgram sp_program_backup = {
    .name = "backup",
    .summary = "Copy the workspace, whole, to a folder of backups; unchanged files are linked",
    .arguments = "DIR",
    .access = SP_ACCESS_WRITE,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS | SP_TAKES_WAIT,
    .options = options,
    .run = run,
};
