/* restore: a workspace from a backup; with --dry-run only whether the backup is whole. */
#include "pipeline/keep/backup.h"
#include "pipeline/program.h"

#include "core/error.h"

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    g_auto(SpRestored) told = {0};
    if (arguments[0] == NULL || arguments[1] != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "name one backup, or a folder of backups, whose newest is taken");
    }
    g_autofree char *folder = g_canonicalize_filename(arguments[0], NULL);
    g_autofree char *backup = sp_backup_find(folder, error);
    if (backup == NULL) {
        return FALSE;
    }
    const gboolean is_dry = context->options.is_dry_run;
    if (is_dry ? !sp_backup_check(backup, &told, error)
               : !sp_backup_restore(backup, context->workspace, &told, error)) {
        return FALSE;
    }
    g_autofree char *size = g_format_size(told.n_bytes);
    g_autofree char *text = g_strdup_printf(
        "%s: %s, %u files, %s, made %s, edition %s%s\n", is_dry ? backup : context->workspace,
        is_dry ? "whole" : "restored", told.n_files, size, told.made,
        told.edition != NULL ? told.edition : "(none published)",
        is_dry ? ""
               : "; keys are in no backup: see that they are where its settings say, with "
                 "statpakke doctor");
    return sp_program_print(text, error);
}

const SpProgram sp_program_restore = {
    .name = "restore",
    .summary = "Make a workspace from a backup, checking every file",
    .arguments = "BACKUP",
    .access = SP_ACCESS_NONE,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_DRY_RUN,
    .run = run,
};
