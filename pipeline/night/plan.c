/* Finding the plan. */
#include "pipeline/night/plan.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/job.h"
#include "pipeline/night/reasons.h"
#include "pipeline/night/steps.h"

#include <string.h>

enum { SHOWN_DIGITS = 8 };

static const char *const words[SP_PLAN_N_STATES] = {
    [SP_PLAN_CURRENT] = "current", [SP_PLAN_ASK] = "ask",     [SP_PLAN_WAIT] = "wait",
    [SP_PLAN_MAKE] = "make",       [SP_PLAN_AGAIN] = "again", [SP_PLAN_PERHAPS] = "perhaps",
    [SP_PLAN_CANNOT] = "cannot",
};

const char *sp_plan_word(SpPlanState state)
{
    return words[state];
}

static void planned_free(SpPlanned *planned)
{
    g_free(planned->unit);
    g_ptr_array_unref(planned->reasons);
    g_free(planned);
}

void sp_plan_free(SpPlan *plan)
{
    if (plan != NULL) {
        g_ptr_array_unref(plan->units);
        g_free(plan);
    }
}

SpPlanned *sp_plan_add(SpPlan *plan, const char *stage, const char *unit, SpPlanState state)
{
    SpPlanned *planned = g_new0(SpPlanned, 1);
    planned->stage = stage;
    planned->unit = g_strdup(unit);
    planned->state = state;
    planned->reasons = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(plan->units, planned);
    return planned;
}

void sp_plan_because(SpPlanned *planned, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(planned->reasons, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static gboolean may_change(SpPlanState state)
{
    return state == SP_PLAN_MAKE || state == SP_PLAN_AGAIN || state == SP_PLAN_PERHAPS ||
           state == SP_PLAN_CANNOT;
}

static const SpPlanned *find(const SpPlan *plan, const char *stage, const char *unit)
{
    for (guint i = 0; i < plan->units->len; i++) {
        const SpPlanned *planned = plan->units->pdata[i];
        if (strcmp(planned->stage, stage) == 0 && strcmp(planned->unit, unit) == 0) {
            return planned;
        }
    }
    return NULL;
}

gboolean sp_plan_may_change(const SpPlan *plan, const char *stage, const char *unit)
{
    for (guint i = 0; i < plan->units->len; i++) {
        const SpPlanned *planned = plan->units->pdata[i];
        if (may_change(planned->state) && strcmp(planned->stage, stage) == 0 &&
            (unit == NULL || strcmp(planned->unit, unit) == 0)) {
            return TRUE;
        }
    }
    return FALSE;
}

guint sp_plan_n_stale(const SpPlan *plan)
{
    guint n = 0;
    for (guint i = 0; i < plan->units->len; i++) {
        n += may_change(((const SpPlanned *)plan->units->pdata[i])->state) ? 1 : 0;
    }
    return n;
}

const SpPlanned *sp_plan_first_stale(const SpPlan *plan)
{
    for (guint i = 0; i < plan->units->len; i++) {
        const SpPlanned *planned = plan->units->pdata[i];
        if (may_change(planned->state)) {
            return planned;
        }
    }
    return NULL;
}

/* Those of a unit's inputs that are made before it in this plan, "STAGE/UNIT, STAGE/UNIT"; NULL if
 * none. A dataset that fetch will have is one too. g_free. */
static char *pending_inputs(const SpPlan *plan, const SpUnit *unit)
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        const char *slash = strchr(input->name, '/');
        if (input->kind == SP_INPUT_STAGE && slash != NULL) {
            g_autofree char *stage = g_strndup(input->name, (gsize)(slash - input->name));
            if (sp_plan_may_change(plan, stage, slash + 1)) {
                g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", input->name);
            }
        } else if (input->kind == SP_INPUT_SNAPSHOT) {
            g_autofree char *dataset = g_strndup(input->name, strcspn(input->name, "#~"));
            if (!input->is_spare && sp_plan_may_change(plan, "fetch", dataset)) {
                g_string_append_printf(list, "%sfetch/%s", list->len > 0 ? ", " : "", dataset);
            }
        }
    }
    return list->len > 0 ? g_string_free(g_steal_pointer(&list), FALSE) : NULL;
}

/* Something before it in the plan is not as it will be. */
static gboolean is_pending(const SpPlan *plan)
{
    return sp_plan_n_stale(plan) > 0;
}

/* What is lacking, without the advice to run something: that is what the plan does. */
static void tell_lacking(SpPlanned *planned, const GError *lacking)
{
    const char *advice = strstr(lacking->message, "; run ");
    const gsize size =
        advice != NULL ? (gsize)(advice - lacking->message) : strlen(lacking->message);
    sp_plan_because(planned, "when its inputs are made: %.*s", (int)size, lacking->message);
}

static void tell_failed(SpPlan *plan, const SpJob *job, const char *stage, const char *unit)
{
    const gboolean is_later =
        g_error_matches(job->failure, SP_ERROR, SP_ERROR_NO_INPUT) && is_pending(plan);
    SpPlanned *planned = sp_plan_add(plan, stage, unit, is_later ? SP_PLAN_MAKE : SP_PLAN_CANNOT);
    if (is_later) {
        tell_lacking(planned, job->failure);
    } else {
        sp_plan_because(planned, "%s", job->failure->message);
    }
}

static void tell_needed(SpPlan *plan, const SpContext *context, const SpJob *job)
{
    const SpUnit *unit = job->unit;
    SpPlanned *planned = sp_plan_add(plan, unit->stage->name, unit->unit, SP_PLAN_MAKE);
    g_autofree char *current = sp_stage_current(context, unit->stage->name, unit->unit, NULL);
    g_autoptr(SpManifest) before = current != NULL ? sp_manifest_read(current, NULL) : NULL;
    if (current == NULL) {
        sp_plan_because(planned, "it was never made");
    } else if (before == NULL) {
        sp_plan_because(planned, "what was made of it cannot be read: %s", current);
    } else if (strcmp(before->key, job->key) != 0) {
        sp_reasons_find(before, unit, planned->reasons);
    } else if (context->options.is_forced) {
        sp_plan_because(planned, "--force: it is made again though nothing has changed");
    } else {
        sp_plan_because(planned, "files of it are gone from %s", current);
    }
}

/* What has its key is there: whether it is the one in use. */
static void tell_there(SpPlan *plan, const SpContext *context, const SpJob *job)
{
    const SpUnit *unit = job->unit;
    const char *stage = unit->stage->name;
    g_autofree char *current = sp_stage_current(context, stage, unit->unit, NULL);
    g_autofree char *key = current != NULL ? g_path_get_basename(current) : NULL;
    g_autofree char *pending = pending_inputs(plan, unit);
    if (pending != NULL) {
        SpPlanned *planned = sp_plan_add(plan, stage, unit->unit, SP_PLAN_PERHAPS);
        sp_plan_because(planned, "if this turns out other than it is: %s", pending);
        return;
    }
    if (g_strcmp0(key, job->key) == 0) {
        SpPlanned *planned = sp_plan_add(plan, stage, unit->unit, SP_PLAN_CURRENT);
        sp_plan_because(planned, "its %u inputs, its settings and the program are those of %.*s",
                        unit->inputs->len, SHOWN_DIGITS, job->key);
        return;
    }
    SpPlanned *planned = sp_plan_add(plan, stage, unit->unit, SP_PLAN_AGAIN);
    sp_plan_because(planned, "it was made before as %.*s", SHOWN_DIGITS, job->key);
    g_autoptr(SpManifest) before = current != NULL ? sp_manifest_read(current, NULL) : NULL;
    if (before != NULL) {
        sp_reasons_find(before, unit, planned->reasons);
    }
}

static void plan_unit(SpPlan *plan, SpContext *context, const SpStage *stage, const char *unit)
{
    SpJob *job = sp_job_prepare(context, stage, unit);
    if (job->failure != NULL) {
        tell_failed(plan, job, stage->name, unit);
    } else if (job->is_needed) {
        tell_needed(plan, context, job);
    } else {
        tell_there(plan, context, job);
    }
    sp_job_free(job);
}

static gboolean plan_finish(SpPlan *plan, SpContext *context, const SpStage *stage, GError **error)
{
    g_autofree char *what = NULL;
    if (stage->finish_lacks == NULL || sp_plan_may_change(plan, stage->name, NULL)) {
        return TRUE;
    }
    if (!stage->finish_lacks(context, &what, error)) {
        return FALSE;
    }
    if (what != NULL) {
        sp_plan_because(sp_plan_add(plan, stage->name, "(together)", SP_PLAN_MAKE), "%s", what);
    }
    return TRUE;
}

static gboolean plan_stage(SpPlan *plan, SpContext *context, const SpStep *step, GError **error)
{
    const SpStage *stage = step->program->stage;
    g_autoptr(GError) unknown = NULL;
    if (stage->named_by != NULL && sp_plan_may_change(plan, stage->named_by, NULL)) {
        SpPlanned *planned = sp_plan_add(plan, stage->name, "(the new one)", SP_PLAN_PERHAPS);
        sp_plan_because(planned, "what %s makes", stage->named_by);
        return TRUE;
    }
    g_auto(GStrv) units = stage->units(context, &unknown);
    if (units == NULL) {
        const gboolean is_later = is_pending(plan);
        SpPlanned *planned =
            sp_plan_add(plan, stage->name, "(all)", is_later ? SP_PLAN_MAKE : SP_PLAN_CANNOT);
        if (is_later) {
            tell_lacking(planned, unknown);
        } else {
            sp_plan_because(planned, "%s", unknown->message);
        }
        return TRUE;
    }
    for (char **unit = units; *unit != NULL; unit++) {
        const gboolean is_asked_for =
            step->unit != NULL ? strcmp(step->unit, *unit) == 0 : sp_unit_is_chosen(context, *unit);
        if (is_asked_for && find(plan, stage->name, *unit) == NULL) {
            plan_unit(plan, context, stage, *unit);
        }
    }
    return step->unit != NULL || plan_finish(plan, context, stage, error);
}

SpPlan *sp_plan_new(SpContext *context, const GArray *steps, GError **error)
{
    g_autoptr(SpPlan) plan = g_new0(SpPlan, 1);
    plan->units = g_ptr_array_new_with_free_func((GDestroyNotify)planned_free);
    context->options.is_dry_run = TRUE;
    for (guint i = 0; i < steps->len; i++) {
        const SpStep *step = &g_array_index(steps, SpStep, i);
        const gboolean is_planned = step->program->stage != NULL
                                        ? plan_stage(plan, context, step, error)
                                        : step->program->plan(context, plan, error);
        if (!is_planned) {
            return NULL;
        }
    }
    return g_steal_pointer(&plan);
}

char *sp_plan_format(const SpPlan *plan)
{
    GString *text = g_string_new(NULL);
    const char *stage = "";
    gsize width = 0;
    for (guint i = 0; i < plan->units->len; i++) {
        const SpPlanned *planned = plan->units->pdata[i];
        width = MAX(width, strlen(planned->unit));
    }
    for (guint i = 0; i < plan->units->len; i++) {
        const SpPlanned *planned = plan->units->pdata[i];
        if (strcmp(stage, planned->stage) != 0) {
            stage = planned->stage;
            g_string_append_printf(text, "%s\n", stage);
        }
        for (guint r = 0; r < MAX(planned->reasons->len, 1); r++) {
            g_string_append_printf(
                text, "  %-8s %-*s  %s\n", r == 0 ? words[planned->state] : "", (int)width,
                r == 0 ? planned->unit : "",
                r < planned->reasons->len ? (const char *)planned->reasons->pdata[r] : "");
        }
    }
    return g_string_free(text, FALSE);
}

json_t *sp_plan_json(const SpPlan *plan)
{
    json_t *list = json_array();
    for (guint i = 0; i < plan->units->len; i++) {
        const SpPlanned *planned = plan->units->pdata[i];
        json_t *reasons = json_array();
        for (guint r = 0; r < planned->reasons->len; r++) {
            json_array_append_new(reasons, json_string(planned->reasons->pdata[r]));
        }
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:o}", "stage", planned->stage,
                                              "unit", planned->unit, "state", words[planned->state],
                                              "reasons", reasons));
    }
    return list;
}
