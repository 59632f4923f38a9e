/* Running a stage's units under content keys. */
#include "pipeline/stage.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/job.h"
#include "pipeline/progress.h"

#include <string.h>

/* A unit is asked for by its name, or a dataset by its source. */
static gboolean is_asked_for(const char *unit, const char *asked)
{
    gsize size = strlen(asked);
    return strncmp(unit, asked, size) == 0 && (unit[size] == '\0' || unit[size] == '/');
}

gboolean sp_unit_is_chosen(const SpContext *context, const char *unit)
{
    char **asked = context->options.units;
    if (asked == NULL || *asked == NULL) {
        return TRUE;
    }
    for (; *asked != NULL; asked++) {
        if (is_asked_for(unit, *asked)) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_units_check(const SpContext *context, char **names, GError **error)
{
    /* The driver has checked for all stages together: a unit belongs to some of them. */
    for (char **asked = context->options.units;
         !context->is_child && asked != NULL && *asked != NULL; asked++) {
        gboolean is_known = FALSE;
        for (char **name = names; *name != NULL; name++) {
            is_known = is_known || is_asked_for(*name, *asked);
        }
        if (!is_known) {
            g_autofree char *known = g_strjoinv(", ", names);
            return sp_error_set(error, SP_ERROR_USAGE, "--unit %s: no such unit; the units are %s",
                                *asked, known);
        }
    }
    return TRUE;
}

char *sp_stage_folder(const SpContext *context, const char *stage, const char *unit,
                      const char *key)
{
    g_autofree char *shared = sp_context_path(context, "stages", stage, unit, key, NULL);
    return g_file_test(shared, G_FILE_TEST_IS_DIR)
               ? g_steal_pointer(&shared)
               : sp_context_work_path(context, "stages", stage, unit, key, NULL);
}

static char *lacks(const char *stage, const char *unit)
{
    return g_strdup_printf("there is no output of %s for %s yet", stage, unit);
}

char *sp_stage_current(const SpContext *context, const char *stage, const char *unit,
                       GError **error)
{
    g_autofree char *own = sp_context_work_path(context, "stages", stage, unit, "latest", NULL);
    g_autofree char *shared = sp_context_path(context, "stages", stage, unit, "latest", NULL);
    g_autofree char *own_key = sp_link_read(own);
    g_autofree char *key = own_key != NULL ? g_steal_pointer(&own_key) : sp_link_read(shared);
    if (key == NULL) {
        g_autofree char *lacking = lacks(stage, unit);
        sp_error_set(error, SP_ERROR_NO_INPUT, "%s; run statpakke-%s --unit %s first", lacking,
                     stage, unit);
        return NULL;
    }
    return sp_stage_folder(context, stage, unit, key);
}

static gboolean is_to_make(const SpContext *context, const SpJob *job)
{
    return job->failure == NULL && job->is_needed && !context->options.is_dry_run;
}

/* Units of most stages build on each other: one after another, each prepared when those before it
 * are done. */
static void run_in_order(SpContext *context, const SpStage *stage, char **names, GPtrArray *jobs,
                         SpProgress *progress)
{
    for (char **name = names; *name != NULL; name++) {
        if (sp_unit_is_chosen(context, *name)) {
            SpJob *job = sp_job_prepare(context, stage, *name);
            const gboolean is_made = is_to_make(context, job);
            if (is_made) {
                sp_job_make(job);
            }
            sp_progress_step(progress, *name, is_made);
            sp_job_conclude(job);
            g_ptr_array_add(jobs, job);
        }
    }
}

typedef struct {
    GAsyncQueue *jobs;
    SpProgress *progress;
} Work;

static gpointer make_jobs(gpointer data)
{
    const Work *work = data;
    for (SpJob *job = g_async_queue_try_pop(work->jobs); job != NULL;
         job = g_async_queue_try_pop(work->jobs)) {
        sp_job_make(job);
        sp_progress_step(work->progress, job->unit->unit, TRUE);
    }
    return NULL;
}

static gboolean comes_after(const SpStage *stage, const char *unit)
{
    return stage->comes_after != NULL && stage->comes_after(unit);
}

/* Units that do not: all prepared, then made side by side, then told in order, so that the schedule
 * shows nowhere. Those that come after the others, or all but those. */
static void run_side_by_side(SpContext *context, const SpStage *stage, char **names,
                             gboolean are_last, GPtrArray *jobs, SpProgress *progress)
{
    g_autoptr(GAsyncQueue) queue = g_async_queue_new();
    Work work = {.jobs = queue, .progress = progress};
    guint first = jobs->len;
    for (char **name = names; *name != NULL; name++) {
        if (sp_unit_is_chosen(context, *name) && comes_after(stage, *name) == are_last) {
            SpJob *job = sp_job_prepare(context, stage, *name);
            g_ptr_array_add(jobs, job);
            if (is_to_make(context, job)) {
                g_async_queue_push(queue, job);
            } else {
                sp_progress_step(progress, *name, FALSE);
            }
        }
    }
    guint n_threads = MIN(context->n_jobs, (guint)g_async_queue_length(queue));
    n_threads = n_threads > 0 ? n_threads - 1 : 0;
    g_autofree GThread **threads = g_new0(GThread *, MAX(n_threads, 1));
    for (guint i = 0; i < n_threads; i++) {
        threads[i] = g_thread_try_new(stage->name, make_jobs, &work, NULL);
    }
    (void)make_jobs(&work); /* this thread too: where no other can be had, it does all the work */
    for (guint i = 0; i < n_threads; i++) {
        if (threads[i] != NULL) {
            g_thread_join(threads[i]);
        }
    }
    for (guint i = first; i < jobs->len; i++) {
        sp_job_conclude(jobs->pdata[i]);
    }
}

/* Whether a unit failed for lack of what another one of its stage failed to make: it has no cause
 * of its own, and its advice to run that one first would mislead. */
static gboolean is_consequence(const SpStage *stage, const GPtrArray *jobs, guint of)
{
    const SpJob *job = jobs->pdata[of];
    gboolean is = FALSE;
    if (!g_error_matches(job->failure, SP_ERROR, SP_ERROR_NO_INPUT)) {
        return FALSE;
    }
    for (guint i = 0; !is && i < of; i++) {
        const SpJob *other = jobs->pdata[i];
        g_autofree char *lacking = lacks(stage->name, other->unit->unit);
        is = other->has_failed && strstr(job->failure->message, lacking) != NULL;
    }
    return is || comes_after(stage, job->unit->unit);
}

/* The first failure is the stage's, told last; the others are told before it. */
static GError *collect_failures(const SpContext *context, const SpStage *stage, GPtrArray *jobs)
{
    GError *first = NULL;
    for (guint i = 0; i < jobs->len; i++) {
        SpJob *job = jobs->pdata[i];
        if (job->failure == NULL) {
            continue;
        }
        g_prefix_error(&job->failure, "%s: ", job->unit->unit);
        job->has_failed = TRUE;
        if (first == NULL) {
            first = g_steal_pointer(&job->failure);
        } else {
            sp_log(&context->log, is_consequence(stage, jobs, i) ? SP_LOG_INFO : SP_LOG_ERROR, "%s",
                   job->failure->message);
        }
    }
    return first;
}

static void tell_reused(const SpContext *context, GPtrArray *jobs)
{
    guint n_reused = 0;
    for (guint i = 0; i < jobs->len; i++) {
        const SpJob *job = jobs->pdata[i];
        n_reused += !job->is_needed && !job->is_later;
    }
    if (n_reused > 0 && !context->is_child) {
        sp_log(
            &context->log, SP_LOG_INFO,
            "%u of %u units up to date: inputs, settings and program are those they were made with",
            n_reused, jobs->len);
    }
}

gboolean sp_stage_run(SpContext *context, const SpStage *stage, GError **error)
{
    g_auto(GStrv) names = stage->units(context, error);
    g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)sp_job_free);
    if (names == NULL) {
        return FALSE;
    }
    if (names[0] == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG, "the configuration gives %s nothing to do",
                            stage->name);
    }
    if (!sp_units_check(context, names, error)) {
        return FALSE;
    }
    SpProgress *progress = sp_progress_begin(context, stage->name, names);
    if (stage->is_parallel && context->n_jobs > 1) {
        run_side_by_side(context, stage, names, FALSE, jobs, progress);
        run_side_by_side(context, stage, names, TRUE, jobs, progress);
    } else {
        run_in_order(context, stage, names, jobs, progress);
    }
    sp_progress_end(progress);
    GError *failure = collect_failures(context, stage, jobs);
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    tell_reused(context, jobs);
    return context->options.is_dry_run || stage->finish == NULL || stage->finish(context, error);
}
