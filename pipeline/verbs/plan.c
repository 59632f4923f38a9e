/* plan: what a run would do, and why, or why not. Writes nothing and needs no lock. */
#include "pipeline/night/plan.h"

#include "core/error.h"
#include "pipeline/night/steps.h"

#include <string.h>

static SpStepChoice choice;
static gboolean is_check;
static char *format; /* --format */

static const GOptionEntry options[] = {
    SP_STEP_OPTIONS(choice),
    {"check", 0, 0, G_OPTION_ARG_NONE, &is_check, "Exit with 1 when anything is not up to date",
     NULL},
    {"format", 0, 0, G_OPTION_ARG_STRING, &format, "text (default) or json", "FORM"},
    {0}};

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    const gboolean is_json = g_strcmp0(format, "json") == 0;
    if (format != NULL && !is_json && strcmp(format, "text") != 0) {
        return sp_error_set(error, SP_ERROR_USAGE, "--format %s: want text or json", format);
    }
    if (!sp_context_look(context, error)) {
        return FALSE;
    }
    g_autoptr(GArray) steps = sp_steps_choose(context, &choice, error);
    g_autoptr(SpPlan) plan = steps == NULL ? NULL : sp_plan_new(context, steps, error);
    if (plan == NULL) {
        return FALSE;
    }
    g_autoptr(json_t) json = is_json ? sp_plan_json(plan) : NULL;
    g_autofree char *text = is_json ? sp_json_format(json) : sp_plan_format(plan);
    if (!sp_program_print(text, error)) {
        return FALSE;
    }
    const guint n_stale = sp_plan_n_stale(plan);
    return !is_check || n_stale == 0 ||
           sp_error_set(error, SP_ERROR_STALE, "%u unit%s not up to date; run: statpakke run",
                        n_stale, n_stale == 1 ? " is" : "s are");
}

const SpProgram sp_program_plan = {
    .name = "plan",
    .summary = "Tell what a run would make, and why, or why not; writes nothing",
    .access = SP_ACCESS_READ,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS | SP_TAKES_UNIT | SP_TAKES_FORCE |
             SP_TAKES_TRIAL | SP_TAKES_JOBS,
    .options = options,
    .run = run,
};
