/*
 * run: the night. Runs the stage programs one after another as child processes under one lock. What
 * is up to date is left alone, so a second run does nothing.
 */
#include "pipeline/program.h"

#include "core/error.h"
#include "pipeline/announce.h"
#include "pipeline/approval.h"
#include "pipeline/dataset.h"
#include "pipeline/edition.h"
#include "pipeline/outcome.h"
#include "pipeline/runfile.h"
#include "pipeline/stand_in.h"
#include "pipeline/step.h"

#include <string.h>

static char *from_stage;
static char *until_stage;
static char **only_stages;

static const GOptionEntry options[] = {
    {"from", 0, 0, G_OPTION_ARG_STRING, &from_stage, "First stage to run", "STAGE"},
    {"until", 0, 0, G_OPTION_ARG_STRING, &until_stage, "Last stage to run", "STAGE"},
    {"only", 0, 0, G_OPTION_ARG_STRING_ARRAY, &only_stages, "Only this stage; may be repeated",
     "STAGE"},
    {0}};

static gboolean find_stage(const char *name, gsize *place, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    for (gsize i = 0; i < sp_programs_n_stages(); i++) {
        if (strcmp(sp_programs_at(i)->name, name) == 0) {
            *place = i;
            return TRUE;
        }
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", sp_programs_at(i)->name);
    }
    return sp_error_set(error, SP_ERROR_USAGE, "there is no stage \"%s\"; the stages are %s", name,
                        known->str);
}

/* Which stages to run: wanted [sp_programs_n_stages()]. */
static gboolean choose(gboolean wanted[], GError **error)
{
    gsize first = 0;
    gsize last = sp_programs_n_stages() - 1;
    if ((from_stage != NULL && !find_stage(from_stage, &first, error)) ||
        (until_stage != NULL && !find_stage(until_stage, &last, error))) {
        return FALSE;
    }
    if (only_stages != NULL && (from_stage != NULL || until_stage != NULL)) {
        return sp_error_set(error, SP_ERROR_USAGE, "--only goes without --from and --until");
    }
    if (first > last) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--from %s comes after --until %s: nothing would run", from_stage,
                            until_stage);
    }
    for (gsize i = 0; i <= last; i++) {
        wanted[i] = i >= first && only_stages == NULL;
    }
    for (char **only = only_stages; only != NULL && *only != NULL; only++) {
        gsize place = 0;
        if (!find_stage(*only, &place, error)) {
            return FALSE;
        }
        wanted[place] = TRUE;
    }
    return TRUE;
}

/* A trial works on the snapshots that are here and is never published. */
static void leave_out_of_trial(gboolean wanted[])
{
    wanted[0] = FALSE;
    wanted[sp_programs_n_stages() - 1] = FALSE;
}

static void add_names(GPtrArray *all, char **names)
{
    g_auto(GStrv) own = names;
    for (char **name = own; name != NULL && *name != NULL; name++) {
        if (!g_ptr_array_find_with_equal_func(all, *name, g_str_equal, NULL)) {
            g_ptr_array_add(all, g_strdup(*name));
        }
    }
}

/* --unit may name a unit of any stage. A stage that cannot tell its units yet (no edition to audit)
 * has none to name. */
static gboolean check_units(SpContext *context, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    add_names(all, sp_datasets_list(context, NULL));
    for (gsize i = 0; i < sp_programs_n_stages(); i++) {
        const SpStage *stage = sp_programs_at(i)->stage;
        if (stage != NULL) {
            add_names(all, stage->units(context, NULL));
        }
    }
    g_ptr_array_add(all, NULL);
    return sp_units_check(context, (char **)all->pdata, error);
}

static gboolean tell_failure(SpContext *context, const char *stage, int status, GError **error)
{
    g_autofree char *current = sp_edition_current(context);
    return sp_error_set(error, (SpErrorCode)status,
                        "%s failed (exit %d, its message stands above); %s%s", stage, status,
                        current != NULL ? "still served: edition " : "no edition is served yet",
                        current != NULL ? current : "");
}

typedef struct {
    SpStageOutcome *outcomes; /* [n] in running order; owned */
    gsize n;
    const SpStageOutcome *failed; /* the first that failed; NULL if none */
    gboolean is_stopped;
    char *warning; /* of what is published all the same; NULL: none */
} Night;

static void night_clear(Night *night)
{
    g_free(night->outcomes);
    g_free(night->warning);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Night, night_clear)

static gboolean do_step(SpContext *context, const SpStep *step, Night *night, GError **error)
{
    SpStageOutcome *outcome = &night->outcomes[night->n++];
    const gint64 began = g_get_monotonic_time();
    outcome->stage = step->program->name;
    if (!sp_step_run(context, step, &outcome->exit_status, error)) {
        return FALSE;
    }
    outcome->seconds = (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC;
    if (outcome->exit_status != 0 && night->failed == NULL) {
        night->failed = outcome;
    }
    night->is_stopped = outcome->exit_status != 0 && strcmp(outcome->stage, "fetch") != 0;
    return TRUE;
}

/* Whether one of the stages from `first` to the stage itself is wanted: they read its early
 * unit. */
static gboolean is_early_wanted(const gboolean wanted[], gsize first, gsize stage)
{
    for (gsize i = first; i <= stage; i++) {
        if (wanted[i]) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The units of later stages that this stage and others before them read. */
static gboolean do_early(SpContext *context, const gboolean wanted[], gsize place, Night *night,
                         GError **error)
{
    for (gsize later = place + 1; later < sp_programs_n_stages() && !night->is_stopped; later++) {
        const SpStage *stage = sp_programs_at(later)->stage;
        if (stage != NULL && stage->early_unit != NULL &&
            strcmp(stage->early_before, sp_programs_at(place)->name) == 0 &&
            sp_unit_is_chosen(context, stage->early_unit) &&
            is_early_wanted(wanted, place, later)) {
            const SpStep step = {sp_programs_at(later), stage->early_unit};
            if (!do_step(context, &step, night, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

/*
 * A failed fetch does not stop the night: older snapshots stand in, and if something is lacking, a
 * later stage says so. Any other failed stage does: what follows would be made from results that do
 * not belong together.
 */
static gboolean run_stages(SpContext *context, const gboolean wanted[], Night *night,
                           GError **error)
{
    for (gsize i = 0; i < sp_programs_n_stages() && !night->is_stopped; i++) {
        const SpStep step = {sp_programs_at(i), NULL};
        if (!do_early(context, wanted, i, night, error) ||
            (wanted[i] && !night->is_stopped && !do_step(context, &step, night, error))) {
            return FALSE;
        }
    }
    return TRUE;
}

static void tell_end(SpContext *context, guint n_made, const char *current)
{
    guint marks = 0;
    if (context->options.is_dry_run) {
        sp_log(&context->log, SP_LOG_INFO, "a dry run: no result was written");
    } else if (context->options.trial != NULL) {
        g_autofree char *edition = sp_edition_made(context, &marks, NULL);
        g_autofree char *folder =
            sp_context_work_path(context, "packages", edition != NULL ? edition : "", NULL);
        sp_log(&context->log, SP_LOG_INFO, "trial %s: %s; fetch and publish are left out of trials",
               context->options.trial, edition != NULL ? folder : "no edition yet");
    } else {
        sp_log(&context->log, SP_LOG_INFO, "%s: edition %s", n_made == 0 ? "up to date" : "done",
               current != NULL ? current : "(none published)");
    }
}

/* What was made waits for its approval. */
static gboolean is_waiting(const SpContext *context, const char *made, gboolean *waits,
                           GError **error)
{
    gboolean is_manual = FALSE;
    gboolean is_approved = TRUE;
    if (!sp_approval_is_manual(context, &is_manual, error) ||
        (is_manual && !sp_approval_find(context, made, &is_approved, error))) {
        return FALSE;
    }
    *waits = !is_approved;
    return TRUE;
}

/* What was made is what is served, or waits, and publish could not tell somebody of what is, who
 * may answer the next time: that is no failed night. */
static gboolean forgive_publish(SpContext *context, Night *night, GError **error)
{
    guint marks = 0;
    const SpStageOutcome *last = night->n > 0 ? &night->outcomes[night->n - 1] : NULL;
    if (!night->is_stopped || strcmp(last->stage, "publish") != 0 ||
        !sp_outcome_may_pass(last->exit_status)) {
        return TRUE;
    }
    g_autofree char *current = sp_edition_current(context);
    g_autofree char *made = sp_edition_made(context, &marks, NULL);
    g_autofree char *untold = NULL;
    if (!sp_announce_untold(context, &untold, error)) {
        return FALSE;
    }
    if (untold == NULL || made == NULL || current == NULL) {
        return TRUE;
    }
    gboolean is_fine = strcmp(made, current) == 0;
    if (!is_fine && !is_waiting(context, made, &is_fine, error)) {
        return FALSE;
    }
    if (is_fine) {
        night->warning =
            g_strdup_printf("edition %s is published, but not delivered to %s; the next "
                            "run sends it",
                            current, untold);
        night->is_stopped = FALSE;
        night->failed = night->failed == last ? NULL : night->failed;
    }
    return TRUE;
}

/* A night that made nothing and failed nowhere leaves no trace but its row in the ledger. */
static gboolean tell(SpContext *context, const Night *night, gboolean is_failure, GError **error)
{
    guint n_made = 0;
    g_autofree char *current = sp_edition_current(context);
    g_autoptr(GError) failure = NULL;
    if (night->warning != NULL) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", night->warning);
    }
    if (is_failure) {
        (void)tell_failure(context, night->failed->stage, night->failed->exit_status, &failure);
    } else if (night->failed != NULL) {
        sp_log(&context->log, SP_LOG_WARNING, "%s failed (exit %d) and older snapshots stood in",
               night->failed->stage, night->failed->exit_status);
    }
    if (!sp_ledger_n_made(context->ledger, context->run, &n_made, error)) {
        return FALSE;
    }
    if (!context->options.is_dry_run &&
        (n_made > 0 || night->failed != NULL || night->warning != NULL) &&
        !sp_runfile_write(context, night->outcomes, night->n,
                          failure != NULL ? failure->message : night->warning, current,
                          failure == NULL ? error : NULL) &&
        failure == NULL) {
        return FALSE;
    }
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    tell_end(context, n_made, current);
    return TRUE;
}

static gboolean normalises(const gboolean wanted[])
{
    gsize place = 0;
    return find_stage("normalise", &place, NULL) && wanted[place];
}

/* Where an edition is published the package tells what is stale in it. A run that publishes nothing
 * says so itself, by its exit. */
static gboolean check_stand_ins(SpContext *context, GError **error)
{
    if (context->options.is_dry_run || context->options.trial != NULL) {
        return TRUE;
    }
    g_autoptr(GPtrArray) list = sp_stand_in_list(context, error);
    if (list == NULL) {
        return FALSE;
    }
    return list->len == 0 ||
           sp_error_set(error, SP_ERROR_DATA, "an older snapshot stands in for %s",
                        (const char *)list->pdata[0]);
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    gsize n_stages = sp_programs_n_stages();
    g_autofree gboolean *wanted = g_new0(gboolean, n_stages);
    g_auto(Night) night = {.outcomes = g_new0(SpStageOutcome, 2 * n_stages)};
    if (!choose(wanted, error) || !check_units(context, error)) {
        return FALSE;
    }
    if (context->options.trial != NULL) {
        leave_out_of_trial(wanted);
    }
    if (!run_stages(context, wanted, &night, error) || !forgive_publish(context, &night, error)) {
        return FALSE;
    }
    gboolean publishes = wanted[n_stages - 1];
    return tell(context, &night, night.failed != NULL && (night.is_stopped || !publishes), error) &&
           (publishes || !normalises(wanted) || check_stand_ins(context, error));
}

const SpProgram sp_program_run = {
    .name = "run",
    .summary = "Run the stages that are not up to date, in order (what cron calls)",
    .access = SP_ACCESS_WRITE,
    .takes = SP_TAKES_ALL,
    .options = options,
    .run = run,
};
