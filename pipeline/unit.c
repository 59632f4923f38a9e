/* One unit at work: what it declares and writes. */
#include "pipeline/stage.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "pipeline/build.h"
#include "pipeline/dataset.h"
#include "pipeline/states.h"

#include <string.h>

enum { SP_DAY_LENGTH = 10 }; /* of "2026-02-25T07:00:00Z", the day */

static void follow_updated(SpUnit *unit)
{
    const char *newest = NULL;
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (!input->is_spare && input->updated != NULL &&
            (newest == NULL || strcmp(input->updated, newest) > 0)) {
            newest = input->updated;
        }
    }
    g_free(unit->updated);
    unit->updated = g_strdup(newest);
}

static void add_input(SpUnit *unit, SpInput *input)
{
    unit->marks |= input->is_spare ? 0 : input->marks;
    g_ptr_array_add(unit->inputs, input);
    follow_updated(unit);
}

void sp_unit_set_updated(SpUnit *unit, const SpInput *input, const char *updated)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        SpInput *own = unit->inputs->pdata[i];
        if (own == input && g_strcmp0(own->updated, updated) != 0) {
            g_free(own->declared);
            own->declared = g_steal_pointer(&own->updated);
            own->updated = g_strdup(updated);
        }
    }
    follow_updated(unit);
}

/* Hash of a unit's files, or of one (NULL without error: it has no such file). */
static const char *hash_of(const SpManifest *manifest, const char *file)
{
    for (guint i = 0; file != NULL && i < manifest->files->len; i++) {
        if (strcmp(manifest->files->pdata[i], file) == 0) {
            return manifest->hashes->pdata[i];
        }
    }
    return file == NULL ? manifest->content : NULL;
}

/* `file`: the one that is read; NULL: all. */
static gboolean need_files(SpUnit *unit, const char *stage, const char *other, const char *file,
                           GError **error)
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
    const char *hash = hash_of(manifest, file);
    if (hash == NULL) {
        return sp_error_set(error, SP_ERROR_NO_INPUT, "%s has no %s; run statpakke-%s", name, file,
                            stage);
    }
    SpInput *input = sp_input_new(SP_INPUT_STAGE, name);
    input->path = g_steal_pointer(&folder);
    input->hash = g_strdup(hash);
    input->marks = manifest->marks;
    input->updated = g_strdup(manifest->updated);
    add_input(unit, input);
    return TRUE;
}

gboolean sp_unit_need_stage(SpUnit *unit, const char *stage, const char *other, GError **error)
{
    return need_files(unit, stage, other, NULL, error);
}

gboolean sp_unit_need_table(SpUnit *unit, const char *stage, const char *other, const char *table,
                            GError **error)
{
    g_autofree char *file = g_strconcat(table, ".csv", NULL);
    return need_files(unit, stage, other, file, error);
}

/* Marks that the configuration gives a dataset tonight: they count, not only those it had when the
 * bytes were fetched. */
static gboolean find_marks(const SpUnit *unit, const char *dataset, guint *marks, GError **error)
{
    g_autoptr(SpSettings) settings = sp_dataset_settings(unit->context, dataset, error);
    gboolean is_persons = FALSE;
    return settings != NULL &&
           sp_dataset_is_persons(unit->context, dataset, settings, &is_persons, error) &&
           sp_dataset_marks(settings, is_persons, marks, error);
}

/* `older` counts the older ones of a part from 1; 0 is the newest. */
static void add_snapshot(SpUnit *unit, const char *dataset, const SpStanding *standing, guint older,
                         guint marks)
{
    const SpSnapshot *snapshot = standing->snapshot;
    g_autoptr(GString) name = g_string_new(dataset);
    if (snapshot->part[0] != '\0') {
        g_string_append_printf(name, "#%s", snapshot->part);
    }
    if (older > 0) {
        g_string_append_printf(name, "~%u", older);
    }
    SpInput *input = sp_input_new(SP_INPUT_SNAPSHOT, name->str);
    input->path = g_strdup(snapshot->path);
    input->origin = g_strdup(snapshot->url);
    input->hash = g_strdup(snapshot->hash);
    input->marks = snapshot->marks | marks;
    /* A receipt counts by its day: the second of a fetch must not name an edition. */
    input->updated = snapshot->updated != NULL ? g_strdup(snapshot->updated)
                                               : g_strndup(snapshot->received, SP_DAY_LENGTH);
    input->received = g_strdup(snapshot->received);
    input->is_spare = standing->first > 0;
    input->first_state = standing->first;
    input->last_state = standing->last;
    add_input(unit, input);
}

gboolean sp_unit_need_snapshots(SpUnit *unit, const char *dataset, GError **error)
{
    guint marks = 0;
    g_autoptr(GPtrArray) standings = sp_states_list(unit->context, dataset, 0, error);
    if (standings == NULL || !find_marks(unit, dataset, &marks, error)) {
        return FALSE;
    }
    for (guint i = 0; i < standings->len; i++) {
        add_snapshot(unit, dataset, standings->pdata[i], 0, marks);
    }
    return TRUE;
}

gboolean sp_unit_need_older(SpUnit *unit, const char *dataset, guint n, GError **error)
{
    guint marks = 0;
    guint older = 0;
    g_autoptr(GPtrArray) standings = sp_states_list(unit->context, dataset, n, error);
    g_autoptr(GPtrArray) newest = sp_unit_state(unit, dataset, 0);
    if (standings == NULL || !find_marks(unit, dataset, &marks, error)) {
        return FALSE;
    }
    for (guint i = 0; i < standings->len; i++) {
        const SpStanding *standing = standings->pdata[i];
        if (standing->first == 0) {
            ((SpInput *)newest->pdata[i])->last_state = standing->last;
            continue;
        }
        const SpStanding *before = standings->pdata[i - 1];
        gboolean is_same_part = strcmp(before->snapshot->part, standing->snapshot->part) == 0;
        older = is_same_part && before->first > 0 ? older + 1 : 1;
        add_snapshot(unit, dataset, standing, older, marks);
    }
    return TRUE;
}

/* "DATASET", "DATASET#PART", "DATASET~1": one of the dataset's snapshots. */
static gboolean is_snapshot_of(const SpInput *input, const char *dataset)
{
    gsize size = strlen(dataset);
    return input->kind == SP_INPUT_SNAPSHOT && strncmp(input->name, dataset, size) == 0 &&
           (input->name[size] == '\0' || strchr("#~", input->name[size]) != NULL);
}

static gboolean is_in_state(const SpInput *input, guint state)
{
    return input->first_state <= state && state <= input->last_state;
}

guint sp_unit_n_states(const SpUnit *unit, const char *dataset)
{
    guint last = 0;
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (is_snapshot_of(input, dataset)) {
            guint end = input->last_state == G_MAXUINT ? 0 : input->last_state + 1;
            last = MAX(last, MAX(input->first_state, end));
        }
    }
    return last + 1;
}

void sp_unit_use_state(SpUnit *unit, const char *dataset, guint state)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        SpInput *input = unit->inputs->pdata[i];
        if (is_snapshot_of(input, dataset)) {
            input->is_spare = !is_in_state(input, state);
            unit->marks |= input->is_spare ? 0 : input->marks;
        }
    }
    follow_updated(unit);
}

/* "DATASET#PART": what all snapshots of a delivery are called, without the "~1" of older ones. */
static char *part_name(const SpInput *input)
{
    const char *older = input->first_state > 0 ? strrchr(input->name, '~') : NULL;
    return older == NULL ? g_strdup(input->name)
                         : g_strndup(input->name, (gsize)(older - input->name));
}

static gint compare_parts(gconstpointer a, gconstpointer b)
{
    g_autofree char *one = part_name(*(const SpInput *const *)a);
    g_autofree char *two = part_name(*(const SpInput *const *)b);
    return strcmp(one, two);
}

GPtrArray *sp_unit_state(const SpUnit *unit, const char *dataset, guint state)
{
    GPtrArray *found = g_ptr_array_new();
    for (guint i = 0; i < unit->inputs->len; i++) {
        SpInput *input = unit->inputs->pdata[i];
        if (is_snapshot_of(input, dataset) && is_in_state(input, state)) {
            g_ptr_array_add(found, input);
        }
    }
    g_ptr_array_sort(found, compare_parts);
    return found;
}

GPtrArray *sp_unit_snapshots(const SpUnit *unit, const char *dataset)
{
    GPtrArray *found = g_ptr_array_new();
    for (guint i = 0; i < unit->inputs->len; i++) {
        SpInput *input = unit->inputs->pdata[i];
        if (is_snapshot_of(input, dataset) && !input->is_spare) {
            g_ptr_array_add(found, input);
        }
    }
    g_assert(found->len > 0); /* declared by the stage's `inputs` */
    g_ptr_array_sort(found, compare_parts);
    return found;
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

void sp_unit_need_record(SpUnit *unit, const char *name, const char *hash)
{
    SpInput *input = sp_input_new(SP_INPUT_RECORD, name);
    input->hash = g_strdup(hash);
    add_input(unit, input);
}

const SpInput *sp_unit_input(const SpUnit *unit, SpInputKind kind, const char *name)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind == kind && strcmp(input->name, name) == 0) {
            return input;
        }
    }
    if (unit->is_past) {
        SpInput *lacking = sp_input_new(kind, name);
        lacking->path = g_build_filename(unit->folder, "inputs", name, NULL);
        lacking->is_spare = TRUE;
        g_ptr_array_add(unit->inputs, lacking);
        return lacking; /* whoever reads it is told that there is no such file */
    }
    g_error("%s/%s reads %s, which it has not declared", unit->stage->name, unit->unit, name);
}

gboolean sp_unit_write(SpUnit *unit, SpTables *tables, GError **error)
{
    g_autoptr(SpTable) findings = sp_quality_table(unit->quality);
    if (sp_table_n_rows(findings) > 0) {
        sp_tables_add(tables, g_steal_pointer(&findings));
    }
    /* One sensitive source must not hide public figures that lie beside it. */
    guint marks = unit->stage->has_own_marks ? unit->marks & SP_MARK_SYNTHETIC : unit->marks;
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        SpTable *table = sp_tables_at(tables, i);
        sp_table_set_marks(table, sp_table_marks(table) | marks);
        unit->n_rows += sp_table_n_rows(table);
    }
    g_autofree char *name =
        g_strdelimit(g_strdup_printf("%s-%s", unit->stage->name, unit->unit), "/_", '-');
    return sp_tables_write(tables, unit->folder, name, SP_MODE_PRIVATE_FILE, error);
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
