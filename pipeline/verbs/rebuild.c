/* rebuild: the ledger made again from the files that it is an index of. */
#include "pipeline/keep/rebuild.h"
#include "pipeline/program.h"

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    SpRebuilt told = {0};
    if (!sp_context_renew_ledger(context, &told, error)) {
        return FALSE;
    }
    g_autofree char *text = g_strdup_printf("ledger.db: %u runs with %u executions, %u results\n",
                                            told.n_runs, told.n_executions, told.n_results);
    return sp_program_print(text, error);
}

const SpProgram sp_program_rebuild = {
    .name = "rebuild",
    .summary = "Make the ledger again from the files of the workspace",
    .access = SP_ACCESS_WRITE,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS | SP_TAKES_WAIT,
    .run = run,
};
