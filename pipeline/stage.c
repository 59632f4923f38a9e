/* Running a stage's units under content keys. */
#include "pipeline/stage.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "core/table_rows.h"
#include "pipeline/build.h"
#include "pipeline/snapshots.h"

#include <string.h>
#include <unistd.h>

gboolean sp_unit_is_chosen(const SpContext *context, const char *unit)
{
    char **chosen = context->options.units;
    if (chosen == NULL || *chosen == NULL) {
        return TRUE;
    }
    for (; *chosen != NULL; chosen++) {
        gsize size = strlen(*chosen);
        if (strncmp(unit, *chosen, size) == 0 && (unit[size] == '\0' || unit[size] == '/')) {
            return TRUE;
        }
    }
    return FALSE;
}

char *sp_stage_current(const SpContext *context, const char *stage, const char *unit, GError **error)
{
    g_autofree char *link = sp_context_path(context, "stages", stage, unit, "latest", NULL);
    g_autofree char *key = sp_link_read(link);
    if (key == NULL) {
        sp_error_set(error, SP_ERROR_NO_INPUT, "there is no output of %s for %s yet; run statpakke-%s --unit %s first", stage,
                     unit, stage, unit);
        return NULL;
    }
    return sp_context_path(context, "stages", stage, unit, key, NULL);
}

static void follow_updated(SpUnit *unit)
{
    const char *newest = NULL;
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->updated != NULL && (newest == NULL || strcmp(input->updated, newest) > 0)) {
            newest = input->updated;
        }
    }
    g_free(unit->updated);
    unit->updated = g_strdup(newest);
}

static void add_input(SpUnit *unit, SpInput *input)
{
    unit->marks |= input->marks;
    g_ptr_array_add(unit->inputs, input);
    follow_updated(unit);
}

void sp_unit_set_updated(SpUnit *unit, const SpInput *input, const char *updated)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        SpInput *own = unit->inputs->pdata[i];
        if (own == input) {
            g_free(own->updated);
            own->updated = g_strdup(updated);
        }
    }
    follow_updated(unit);
}

gboolean sp_unit_need_stage(SpUnit *unit, const char *stage, const char *other, GError **error)
{
    g_autofree char *folder = sp_stage_current(unit->context, stage, other, error);
    if (folder == NULL) {
        return FALSE;
    }
    g_autoptr(SpManifest) manifest = sp_manifest_read(folder, error);
    if (manifest == NULL) {
        return FALSE;
    }
    g_autofree char *name = g_strdup_printf("%s/%s", stage, other);
    SpInput *input = sp_input_new(SP_INPUT_STAGE, name);
    input->path = g_steal_pointer(&folder);
    input->hash = g_strdup(manifest->content);
    input->marks = manifest->marks;
    input->updated = g_strdup(manifest->updated);
    add_input(unit, input);
    return TRUE;
}

gboolean sp_unit_need_snapshot(SpUnit *unit, const char *dataset, GError **error)
{
    g_autoptr(SpSnapshot) snapshot = sp_snapshot_latest(unit->context, dataset, error);
    if (snapshot == NULL) {
        return FALSE;
    }
    SpInput *input = sp_input_new(SP_INPUT_SNAPSHOT, dataset);
    input->path = g_strdup(snapshot->path);
    input->hash = g_strdup(snapshot->hash);
    input->marks = snapshot->marks;
    input->updated = g_strdup(snapshot->updated != NULL ? snapshot->updated : snapshot->received);
    add_input(unit, input);
    return TRUE;
}

gboolean sp_unit_need_file(SpUnit *unit, const char *relative, GError **error)
{
    g_autofree char *path = sp_context_data_path(unit->context, relative);
    return sp_unit_need_path(unit, relative, path, error);
}

gboolean sp_unit_need_path(SpUnit *unit, const char *name, const char *path, GError **error)
{
    g_autoptr(SpInput) input = sp_input_new(SP_INPUT_FILE, name);
    char hex[SP_HASH_SIZE];
    input->path = g_strdup(path);
    if (!sp_ledger_hash_file(unit->context->ledger, input->path, hex, error)) {
        return FALSE;
    }
    input->hash = g_strdup(hex);
    add_input(unit, g_steal_pointer(&input));
    return TRUE;
}

const SpInput *sp_unit_input(const SpUnit *unit, SpInputKind kind, const char *name)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind == kind && strcmp(input->name, name) == 0) {
            return input;
        }
    }
    g_error("%s/%s reads %s, which it has not declared", unit->stage->name, unit->unit, name);
}

const SpTables *sp_unit_read(const SpUnit *unit, const char *stage, const char *other, GError **error)
{
    g_autofree char *name = g_strdup_printf("%s/%s", stage, other);
    const char *path = sp_unit_input(unit, SP_INPUT_STAGE, name)->path;
    SpTables *tables = g_hash_table_lookup(unit->context->tables, path);
    if (tables == NULL) {
        tables = sp_tables_read(path, NULL, error);
        if (tables != NULL) {
            g_hash_table_insert(unit->context->tables, g_strdup(path), tables);
        }
    }
    return tables;
}

/* Several datasets may make one table, each some of its rows (rounds of a projection, a file a year). */
static gboolean add_table(SpTables *into, const SpTable *table, GError **error)
{
    g_autoptr(SpTable) before = sp_tables_steal(into, sp_table_name(table));
    if (before == NULL) {
        sp_tables_add(into, sp_table_copy(table));
        return TRUE;
    }
    const SpTable *const both[] = {before, table};
    g_autoptr(SpTable) whole = sp_table_concat(both, G_N_ELEMENTS(both), error);
    if (whole == NULL || !sp_table_check_unique(whole, error)) {
        g_prefix_error(error, "another dataset makes the table too: ");
        return FALSE;
    }
    sp_tables_add(into, g_steal_pointer(&whole));
    return TRUE;
}

gboolean sp_unit_read_into(const SpUnit *unit, const char *stage, const char *other, SpTables *into, GError **error)
{
    const SpTables *tables = sp_unit_read(unit, stage, other, error);
    if (tables == NULL) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const SpTable *table = sp_tables_at(tables, i);
        if (strcmp(sp_table_name(table), "kvalitet") == 0) {
            continue;
        }
        if (!add_table(into, table, error)) {
            g_prefix_error(error, "%s/%s: ", stage, other);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_unit_write(SpUnit *unit, SpTables *tables, GError **error)
{
    g_autoptr(SpTable) findings = sp_quality_table(unit->quality);
    if (sp_table_n_rows(findings) > 0) {
        sp_tables_add(tables, g_steal_pointer(&findings));
    }
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        SpTable *table = sp_tables_at(tables, i);
        sp_table_set_marks(table, sp_table_marks(table) | unit->marks);
    }
    g_autofree char *name = g_strdelimit(g_strdup_printf("%s-%s", unit->stage->name, unit->unit), "/_", '-');
    return sp_tables_write(tables, unit->folder, name, SP_MODE_PRIVATE_FILE, error);
}

static void free_unit(SpUnit *unit)
{
    if (unit == NULL) {
        return;
    }
    g_clear_pointer(&unit->settings, sp_settings_free);
    g_clear_pointer(&unit->inputs, g_ptr_array_unref);
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
    unit->quality = sp_quality_new();
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (const char *const *key = stage->config_keys; key != NULL && *key != NULL; key++) {
        g_ptr_array_add(keys, (gpointer)*key);
    }
    for (const SpTransform *const *transform = stage->transforms; transform != NULL && *transform != NULL; transform++) {
        for (gsize i = 0; i < (*transform)->n_config_keys; i++) {
            g_ptr_array_add(keys, (gpointer)(*transform)->config_keys[i]);
        }
    }
    if (stage->add_keys != NULL && !stage->add_keys(context, name, keys, error)) {
        return NULL;
    }
    unit->settings = sp_settings_new(context->config, name, (const char *const *)keys->pdata, keys->len);
    return g_steal_pointer(&unit);
}

void sp_unit_common_key(const SpUnit *unit, char key[SP_HASH_SIZE])
{
    g_autoptr(SpHash) hash = sp_hash_new();
    sp_hash_add_text(hash, unit->stage->name);
    sp_hash_add_text(hash, unit->stage->program_hash);
    sp_hash_add_text(hash, SP_BUILD_LIBRARIES);
    g_autofree char *settings = sp_settings_describe(unit->settings);
    sp_hash_add_text(hash, settings);
    for (guint i = 0; i < unit->inputs->len; i++) {
        g_autofree char *line = sp_input_describe(unit->inputs->pdata[i]);
        sp_hash_add_text(hash, line);
    }
    sp_hash_finish(hash, key);
}

/* The key says everything that decides the bytes: inputs by content, settings, program, libraries, and which unit it is. */
static void find_key(const SpUnit *unit, char key[SP_HASH_SIZE])
{
    char common[SP_HASH_SIZE];
    sp_unit_common_key(unit, common);
    g_autoptr(SpHash) hash = sp_hash_new();
    sp_hash_add_text(hash, unit->unit);
    sp_hash_add_text(hash, common);
    sp_hash_finish(hash, key);
}

static void note(SpUnit *unit, SpOutcome outcome, const char *key, const char *content, double seconds, const char *message)
{
    g_autoptr(GPtrArray) parents = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < unit->inputs->len; i++) {
        g_ptr_array_add(parents, sp_input_describe(unit->inputs->pdata[i]));
    }
    const SpExecution execution = {.stage = unit->stage->name,
                                   .unit = unit->unit,
                                   .key = key,
                                   .content = content,
                                   .outcome = outcome,
                                   .started = unit->context->now,
                                   .seconds = seconds,
                                   .message = message};
    g_autoptr(GError) error = NULL;
    /* The files are the truth and the ledger an index: a ledger that cannot be written is told and does not undo the work. */
    if (!sp_ledger_note(unit->context->ledger, unit->context->run, &execution, (const char *const *)parents->pdata, parents->len,
                        &error)) {
        sp_log(&unit->context->log, SP_LOG_WARNING, "%s", error->message);
    }
}

static gboolean make_files(const SpStage *stage, SpUnit *unit, const char *key, char content[SP_HASH_SIZE], GError **error)
{
    if (!sp_folder_make(unit->folder, SP_MODE_PRIVATE_FOLDER, error) || !stage->make(unit, error)) {
        return FALSE;
    }
    g_autoptr(SpManifest) manifest = sp_manifest_new(stage->name, unit->unit, key);
    manifest->settings = sp_settings_describe(unit->settings);
    manifest->marks = unit->marks;
    manifest->updated = g_strdup(unit->updated);
    g_ptr_array_unref(manifest->inputs);
    manifest->inputs = g_ptr_array_ref(unit->inputs);
    if (!sp_manifest_write(manifest, unit->folder, error)) {
        return FALSE;
    }
    g_strlcpy(content, manifest->content, SP_HASH_SIZE);
    return sp_folder_sync(unit->folder, error);
}

/* With --force over an existing result the bytes must come out the same: else a stage is not deterministic, which is a bug. */
static gboolean settle(SpUnit *unit, const char *final, const char *content, GError **error)
{
    if (!g_file_test(final, G_FILE_TEST_EXISTS)) {
        g_autofree char *parent = g_path_get_dirname(final);
        return sp_folder_make(parent, SP_MODE_PRIVATE_FOLDER, error) && sp_rename(unit->folder, final, error);
    }
    g_autoptr(SpManifest) before = sp_manifest_read(final, error);
    if (before == NULL) {
        return FALSE;
    }
    if (strcmp(before->content, content) != 0) {
        return sp_error_set(error, SP_ERROR_BUG,
                            "run again with the same inputs, settings and program it gave other bytes; both are kept: %s and %s",
                            final, unit->folder);
    }
    return sp_folder_remove(unit->folder, error);
}

static gboolean make_unit(const SpStage *stage, SpUnit *unit, const char *key, const char *final, GError **error)
{
    SpContext *context = unit->context;
    GTimer *timer = g_timer_new();
    g_autofree char *base = g_strdelimit(g_strdup_printf("%s-%s-%d", stage->name, unit->unit, (int)getpid()), "/", '-');
    char content[SP_HASH_SIZE] = "";
    g_autoptr(GError) failure = NULL;
    unit->folder = sp_context_path(context, "tmp", base, NULL);
    gboolean is_made = sp_folder_remove(unit->folder, &failure) && make_files(stage, unit, key, content, &failure) &&
                       settle(unit, final, content, &failure);
    double seconds = g_timer_elapsed(timer, NULL);
    g_timer_destroy(timer);
    if (is_made) {
        note(unit, SP_OUTCOME_MADE, key, content, seconds, NULL);
        sp_log(&context->log, SP_LOG_INFO, "%s: made in %.2f s", unit->unit, seconds);
        return TRUE;
    }
    if (failure->code != SP_ERROR_BUG) {
        (void)sp_folder_remove(unit->folder, NULL);
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

/* Points `latest` at a key; a link that is right already is left alone, so that a no-change night writes nothing. */
static gboolean point_latest(const SpContext *context, const SpStage *stage, const char *unit, const char *key, GError **error)
{
    g_autofree char *link = sp_context_path(context, "stages", stage->name, unit, "latest", NULL);
    g_autofree char *now = sp_link_read(link);
    return g_strcmp0(now, key) == 0 || sp_link_swap(link, key, error);
}

static gboolean run_unit(SpContext *context, const SpStage *stage, const char *name, gboolean *is_made, GError **error)
{
    g_autoptr(SpUnit) unit = new_unit(context, stage, name, error);
    if (unit == NULL || !stage->inputs(unit, error)) {
        return FALSE;
    }
    char key[SP_HASH_SIZE];
    find_key(unit, key);
    g_autofree char *final = sp_context_path(context, "stages", stage->name, name, key, NULL);
    gboolean exists = g_file_test(final, G_FILE_TEST_IS_DIR);
    *is_made = !exists || context->options.is_forced;
    if (context->options.is_dry_run) {
        if (*is_made) {
            sp_log(&context->log, SP_LOG_INFO, "%s: would be made", name);
        }
        return TRUE;
    }
    if (*is_made && !make_unit(stage, unit, key, final, error)) {
        note(unit, SP_OUTCOME_FAILED, key, NULL, 0.0, error != NULL && *error != NULL ? (*error)->message : NULL);
        return FALSE;
    }
    return point_latest(context, stage, name, key, error);
}

gboolean sp_stage_run(SpContext *context, const SpStage *stage, GError **error)
{
    g_auto(GStrv) names = stage->units(context, error);
    if (names == NULL) {
        return FALSE;
    }
    GError *first = NULL;
    guint n_reused = 0;
    guint n_chosen = 0;
    for (char **name = names; *name != NULL; name++) {
        if (!sp_unit_is_chosen(context, *name)) {
            continue;
        }
        g_autoptr(GError) failure = NULL;
        gboolean is_made = FALSE;
        n_chosen++;
        if (run_unit(context, stage, *name, &is_made, &failure)) {
            n_reused += !is_made;
            continue;
        }
        g_prefix_error(&failure, "%s: ", *name);
        if (first == NULL) {
            first = g_steal_pointer(&failure);
        } else {
            sp_log(&context->log, SP_LOG_ERROR, "%s", failure->message);
        }
    }
    if (first == NULL && n_chosen == 0) {
        g_autofree char *known = g_strjoinv(", ", names);
        first = g_error_new(SP_ERROR, SP_ERROR_USAGE, "--unit: no such unit; the units are %s", known);
    }
    if (first != NULL) {
        g_propagate_error(error, first);
        return FALSE;
    }
    if (n_reused > 0 && !context->is_child) {
        sp_log(&context->log, SP_LOG_INFO, "%u of %u units up to date: inputs, settings and program are those they were made with",
               n_reused, n_chosen);
    }
    return context->options.is_dry_run || stage->finish == NULL || stage->finish(context, error);
}
