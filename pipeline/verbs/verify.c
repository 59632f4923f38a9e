/* verify: is an edition what it was when it was made? Needs nothing but its folder. */
#include "pipeline/program.h"

#include "core/error.h"
#include "pipeline/edition.h"
#include "pipeline/examine.h"

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    guint marks = 0;
    g_autofree char *edition = context->options.trial != NULL
                                   ? sp_edition_made(context, &marks, error)
                                   : sp_edition_current(context);
    if (edition == NULL && context->options.trial != NULL) {
        return FALSE;
    }
    g_autofree char *folder = arguments[0] != NULL ? g_strdup(arguments[0])
                              : edition != NULL
                                  ? sp_context_work_path(context, "packages", edition, NULL)
                                  : NULL;
    if (folder == NULL) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "no edition is published in %s; name the folder of one",
                            context->workspace);
    }
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "%s is no folder; name an edition, such as %s/packages/EDITION, or "
                            "none for the one that is served",
                            folder, context->workspace);
    }
    SpExamination findings = {0};
    if (!sp_edition_examine(folder, context->n_jobs, &findings, NULL, error)) {
        g_prefix_error(error, "%s: ", folder);
        return FALSE;
    }
    sp_log(&context->log, SP_LOG_INFO,
           "%s: %" G_GSIZE_FORMAT " packages, %" G_GSIZE_FORMAT " tables and %" G_GSIZE_FORMAT
           " sums are right",
           folder, findings.n_packages, findings.n_tables, findings.n_sums);
    return TRUE;
}

const SpProgram sp_program_verify = {
    .name = "verify",
    .summary = "Check an edition: every file, every table, every sum",
    .arguments = "[EDITION-FOLDER]",
    .access = SP_ACCESS_READ,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_TRIAL,
    .run = run,
};
