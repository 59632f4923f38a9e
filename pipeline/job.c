/* A unit: its key, its files in tmp/, its place under the key, and what is told of it. */
#include "pipeline/job.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/build.h"

#include <string.h>
#include <unistd.h>

static void free_unit(SpUnit *unit)
{
    if (unit == NULL) {
        return;
    }
    g_clear_pointer(&unit->settings, sp_settings_free);
    g_clear_pointer(&unit->inputs, g_ptr_array_unref);
    g_clear_pointer(&unit->stand_ins, g_ptr_array_unref);
    g_clear_pointer(&unit->quality, sp_quality_free);
    g_free(unit->folder);
    g_free(unit->updated);
    g_free(unit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpUnit, free_unit)

static SpUnit *new_unit(SpContext *context, const SpStage *stage, const char *name, GError **error)
{
    g_autoptr(SpUnit) unit = g_new0(SpUnit, 1);
    unit->context = context;
    unit->stage = stage;
    unit->unit = name;
    unit->inputs = g_ptr_array_new_with_free_func((GDestroyNotify)sp_input_free);
    unit->stand_ins = g_ptr_array_new_with_free_func((GDestroyNotify)sp_stand_in_free);
    unit->quality = sp_quality_new();
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    const char *const *key = stage->config_keys;
    const SpTransform *const *transform = stage->transforms;
    if (stage->choose_keys != NULL) {
        stage->choose_keys(name, &key, &transform);
    }
    for (; key != NULL && *key != NULL; key++) {
        g_ptr_array_add(keys, (gpointer)*key);
    }
    for (; transform != NULL && *transform != NULL; transform++) {
        for (gsize i = 0; i < (*transform)->n_config_keys; i++) {
            g_ptr_array_add(keys, (gpointer)(*transform)->config_keys[i]);
        }
    }
    if (stage->add_keys != NULL && !stage->add_keys(context, name, keys, error)) {
        return NULL;
    }
    unit->settings =
        sp_settings_new(context->config, name, (const char *const *)keys->pdata, keys->len);
    sp_settings_set_threads(unit->settings, context->n_jobs);
    return g_steal_pointer(&unit);
}

/* The key says everything that decides the bytes: inputs by content, settings, program, libraries,
 * and which unit it is. */
static void find_key(const SpUnit *unit, char key[SP_HASH_SIZE])
{
    char common[SP_HASH_SIZE];
    sp_unit_common_key(unit, common);
    g_autoptr(SpHash) hash = sp_hash_new();
    sp_hash_add_text(hash, unit->unit);
    sp_hash_add_text(hash, common);
    sp_hash_finish(hash, key);
}

static void note(const SpJob *job)
{
    const SpUnit *unit = job->unit;
    g_autoptr(GPtrArray) parents = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < unit->inputs->len; i++) {
        g_ptr_array_add(parents, sp_input_describe(unit->inputs->pdata[i]));
    }
    const SpExecution execution = {.stage = unit->stage->name,
                                   .unit = unit->unit,
                                   .key = job->key,
                                   .content = job->failure == NULL ? job->content : NULL,
                                   .outcome =
                                       job->failure == NULL ? SP_OUTCOME_MADE : SP_OUTCOME_FAILED,
                                   .started = unit->context->now,
                                   .seconds = job->seconds,
                                   .message = job->failure == NULL ? NULL : job->failure->message,
                                   .n_rows = (gint64)unit->n_rows};
    g_autoptr(GError) error = NULL;
    /* The files are the truth and the ledger an index: a ledger that cannot be written is told and
     * does not undo the work. */
    if (!sp_ledger_note(unit->context->ledger, unit->context->run, &execution,
                        (const char *const *)parents->pdata, parents->len, &error)) {
        sp_log(&unit->context->log, SP_LOG_WARNING, "%s", error->message);
    }
}

/* A file that somebody edits while it is read would put bytes under a key that is not theirs. */
static gboolean check_files_stood_still(const SpUnit *unit, GError **error)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        char hash[SP_HASH_SIZE];
        if (input->kind != SP_INPUT_FILE) {
            continue;
        }
        if (!sp_file_hash(input->path, hash, error)) {
            return FALSE;
        }
        if (strcmp(hash, input->hash) != 0) {
            return sp_error_set(error, SP_ERROR_TRY_LATER,
                                "%s was changed while it was read; run again", input->path);
        }
    }
    return TRUE;
}

static gboolean make_files(SpJob *job, GError **error)
{
    SpUnit *unit = job->unit;
    if (!sp_folder_make(unit->folder, SP_MODE_PRIVATE_FOLDER, error) ||
        !unit->stage->make(unit, error) || !check_files_stood_still(unit, error)) {
        return FALSE;
    }
    g_autoptr(SpManifest) manifest = sp_manifest_new(unit->stage->name, unit->unit, job->key);
    manifest->program = g_strdup(unit->stage->program_hash);
    manifest->libraries = g_strdup(SP_BUILD_LIBRARIES);
    manifest->settings = sp_settings_describe(unit->settings);
    manifest->marks = unit->marks;
    manifest->updated = g_strdup(unit->updated);
    g_ptr_array_unref(manifest->inputs);
    manifest->inputs = g_ptr_array_ref(unit->inputs);
    g_ptr_array_unref(manifest->stand_ins);
    manifest->stand_ins = g_ptr_array_ref(unit->stand_ins);
    if (!sp_manifest_write(manifest, unit->folder, error)) {
        return FALSE;
    }
    g_strlcpy(job->content, manifest->content, SP_HASH_SIZE);
    return sp_folder_sync(unit->folder, error);
}

/* With --force over an existing result the bytes must come out the same: else a stage is not
 * deterministic, which is a bug. */
static gboolean settle(const SpJob *job, GError **error)
{
    if (!g_file_test(job->final, G_FILE_TEST_EXISTS)) {
        g_autofree char *parent = g_path_get_dirname(job->final);
        return sp_folder_make(parent, SP_MODE_PRIVATE_FOLDER, error) &&
               sp_rename(job->unit->folder, job->final, error);
    }
    g_autoptr(SpManifest) before = sp_manifest_read(job->final, NULL);
    if (before == NULL || !sp_manifest_check(before, job->final, NULL)) {
        return sp_folder_remove(job->final, error) &&
               sp_rename(job->unit->folder, job->final, error);
    }
    if (strcmp(before->content, job->content) != 0) {
        return sp_error_set(error, SP_ERROR_BUG,
                            "run again with the same inputs, settings and program it gave other "
                            "bytes; both are kept: %s and %s",
                            job->final, job->unit->folder);
    }
    return sp_folder_remove(job->unit->folder, error);
}

void sp_job_make(SpJob *job)
{
    SpUnit *unit = job->unit;
    sp_turns_begin(&unit->context->turns);
    gint64 began = g_get_monotonic_time();
    g_autofree char *base = g_strdelimit(
        g_strdup_printf("%s-%s-%d", unit->stage->name, unit->unit, (int)getpid()), "/", '-');
    unit->folder = sp_context_path(unit->context, "tmp", base, NULL);
    gboolean is_made = sp_folder_remove(unit->folder, &job->failure) &&
                       make_files(job, &job->failure) && settle(job, &job->failure);
    sp_turns_end(&unit->context->turns);
    job->seconds = (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC;
    if (!is_made && job->failure->code != SP_ERROR_BUG) {
        (void)sp_folder_remove(unit->folder, NULL);
    }
}

/* A result is there when its manifest can be read and every file it lists exists. */
static gboolean is_there(const char *folder)
{
    g_autoptr(SpManifest) manifest = sp_manifest_read(folder, NULL);
    for (guint i = 0; manifest != NULL && i < manifest->files->len; i++) {
        g_autofree char *path = g_build_filename(folder, manifest->files->pdata[i], NULL);
        if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            return FALSE;
        }
    }
    return manifest != NULL;
}

SpJob *sp_job_prepare(SpContext *context, const SpStage *stage, const char *name)
{
    SpJob *job = g_new0(SpJob, 1);
    job->unit = new_unit(context, stage, name, &job->failure);
    if (job->unit == NULL || !stage->inputs(job->unit, &job->failure)) {
        job->is_later = context->options.is_dry_run &&
                        g_error_matches(job->failure, SP_ERROR, SP_ERROR_NO_INPUT);
        return job;
    }
    find_key(job->unit, job->key);
    job->final = sp_stage_folder(context, stage->name, name, job->key);
    job->is_needed = context->options.is_forced || !is_there(job->final);
    if (context->options.is_dry_run && job->is_needed && stage->check != NULL) {
        (void)stage->check(job->unit, &job->failure);
    }
    return job;
}

/* Points `latest` at the result; a link that is right already is left alone, so that a no-change
 * night writes nothing. */
static gboolean point_latest(const SpJob *job, GError **error)
{
    const SpUnit *unit = job->unit;
    g_autofree char *folder =
        sp_context_work_path(unit->context, "stages", unit->stage->name, unit->unit, NULL);
    g_autofree char *link = g_build_filename(folder, "latest", NULL);
    g_autofree char *now = sp_link_read(link);
    return g_strcmp0(now, job->key) == 0 ||
           (sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, error) &&
            sp_link_swap(link, job->key, error));
}

static void tell_made(const SpJob *job)
{
    g_autoptr(SpTable) findings = sp_quality_table(job->unit->quality);
    gsize n = sp_table_n_rows(findings);
    g_autofree char *told =
        n == 0 ? g_strdup("")
               : g_strdup_printf("; %" G_GSIZE_FORMAT " notes in %s/kvalitet.csv", n, job->final);
    sp_log(&job->unit->context->log, SP_LOG_INFO, "%s: made in %.2f s%s", job->unit->unit,
           job->seconds, told);
}

/* What the result says of itself, before it takes the place of the one there was. */
static gboolean settle_unit(SpJob *job, GError **error)
{
    SpUnit *unit = job->unit;
    g_autoptr(SpManifest) manifest = sp_manifest_read(job->final, error);
    g_autofree char *current = sp_stage_current(unit->context, unit->stage->name, unit->unit, NULL);
    g_autoptr(SpManifest) before = current == NULL ? NULL : sp_manifest_read(current, NULL);
    if (manifest == NULL) {
        return FALSE;
    }
    job->stand_ins = g_ptr_array_ref(manifest->stand_ins);
    for (guint i = 0; i < job->stand_ins->len; i++) {
        job->is_news = job->is_news || !sp_stand_in_was(before, job->stand_ins->pdata[i]);
    }
    return unit->context->options.trial != NULL || unit->stage->settle == NULL ||
           unit->stage->settle(unit, manifest, error);
}

/* Alone, the stage has failed with what it stands in for; under the driver the night goes on, and
 * what is no news was told already. */
static void tell_stand_ins(SpJob *job)
{
    const SpContext *context = job->unit->context;
    for (guint i = 0; job->stand_ins != NULL && i < job->stand_ins->len; i++) {
        g_autofree char *text = sp_stand_in_describe(job->stand_ins->pdata[i]);
        if (!context->is_child && job->failure == NULL) {
            sp_error_set(&job->failure, SP_ERROR_DATA, "%s", text);
        } else if (job->is_news || !context->is_child) {
            sp_log(&context->log, SP_LOG_WARNING, "%s: %s", job->unit->unit, text);
        }
    }
}

static void conclude_dry(SpJob *job)
{
    const SpLog *log = &job->unit->context->log;
    if (job->is_later) {
        sp_log(log, SP_LOG_INFO, "%s: would be made when its inputs are", job->unit->unit);
        g_clear_error(&job->failure);
    } else if (job->failure == NULL && job->is_needed) {
        sp_log(log, SP_LOG_INFO, "%s: would be made", job->unit->unit);
    }
}

void sp_job_conclude(SpJob *job)
{
    if (job->unit == NULL) {
        return; /* its settings could not be read: the failure says so */
    }
    if (job->unit->context->options.is_dry_run) {
        conclude_dry(job);
        return;
    }
    if (job->is_needed || job->failure != NULL) {
        note(job);
    }
    if (job->failure == NULL && job->is_needed) {
        tell_made(job);
    }
    if (job->failure == NULL && settle_unit(job, &job->failure) &&
        point_latest(job, &job->failure)) {
        tell_stand_ins(job);
    }
}

void sp_job_free(SpJob *job)
{
    free_unit(job->unit);
    g_clear_pointer(&job->stand_ins, g_ptr_array_unref);
    g_free(job->final);
    g_clear_error(&job->failure);
    g_free(job);
}
