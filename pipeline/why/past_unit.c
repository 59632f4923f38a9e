/* Settings, files and snapshots as a manifest has them. */
#include "pipeline/why/past_unit.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/snapshots.h"

#include <string.h>

void sp_past_unit_free(SpPast *past)
{
    if (past == NULL) {
        return;
    }
    g_clear_pointer(&past->unit.settings, sp_settings_free);
    g_clear_pointer(&past->unit.inputs, g_ptr_array_unref);
    g_clear_pointer(&past->unit.stand_ins, g_ptr_array_unref);
    g_clear_pointer(&past->unit.quality, sp_quality_free);
    g_free(past->unit.folder);
    g_free(past->unit.updated);
    sp_manifest_free(past->manifest);
    sp_config_free(past->config);
    sp_tables_free(past->in);
    g_hash_table_unref(past->loaded);
    g_ptr_array_unref(past->gone);
    g_ptr_array_unref(past->changed);
    g_free(past->name);
    g_free(past);
}

/* A line of the manifest as "section.key=value": a key without a section is of the unit's own. */
static char *assignment_of(const SpPast *past, const char *line)
{
    const char *equals = strchr(line, '=');
    const char *dot = equals != NULL ? memchr(line, '.', (gsize)(equals - line)) : NULL;
    return dot != NULL ? g_strdup(line) : g_strdup_printf("%s.%s", past->manifest->unit, line);
}

static gboolean add_lines(const SpPast *past, SpConfig *into, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(past->manifest->settings, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_autofree char *assignment = assignment_of(past, *line);
        if (**line != '\0' && !sp_config_set(into, "manifest.json", assignment, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean add_today(const SpConfig *today, SpConfig *into, GError **error)
{
    g_auto(GStrv) sections = sp_config_sections(today);
    for (char **section = sections; *section != NULL; section++) {
        g_auto(GStrv) keys = sp_config_keys(today, *section);
        for (char **key = keys; *key != NULL; key++) {
            g_autofree char *assignment =
                g_strdup_printf("%s.%s=%s", *section, *key, sp_config_value(today, *section, *key));
            if (!sp_config_set(into, sp_config_origin(today, *section, *key), assignment, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

/* What the stage declares for such a unit, and what the manifest has: a key that had no value then
 * has none. */
static GPtrArray *keys_of(const SpPast *past)
{
    GPtrArray *all = g_ptr_array_new();
    const char *const *key = past->stage->config_keys;
    const SpTransform *const *transform = past->stage->transforms;
    if (past->stage->choose_keys != NULL) {
        past->stage->choose_keys(past->manifest->unit, &key, &transform);
    }
    for (; key != NULL && *key != NULL; key++) {
        g_ptr_array_add(all, (gpointer)*key);
    }
    for (; transform != NULL && *transform != NULL; transform++) {
        for (gsize i = 0; i < (*transform)->n_config_keys; i++) {
            g_ptr_array_add(all, (gpointer)(*transform)->config_keys[i]);
        }
    }
    g_auto(GStrv) lines = g_strsplit(past->manifest->settings, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        const char *equals = strchr(*line, '=');
        g_autofree char *name = equals == NULL ? NULL : g_strndup(*line, (gsize)(equals - *line));
        if (name != NULL) {
            g_ptr_array_add(all, (gpointer)g_intern_string(name));
        }
    }
    return all;
}

static gboolean take_settings(SpPast *past, const SpConfig *today, GError **error)
{
    g_autoptr(SpConfig) then = sp_config_new();
    g_autoptr(GPtrArray) keys = keys_of(past);
    past->config = sp_config_new();
    if (!add_today(today, past->config, error) || !add_lines(past, past->config, error) ||
        !add_lines(past, then, error)) {
        return FALSE;
    }
    past->unit.settings =
        sp_settings_new(then, past->manifest->unit, (const char *const *)keys->pdata, keys->len);
    return TRUE;
}

/* "DATASET#PART~1" parted into its dataset and its part (NULL: none). */
static char *dataset_of(const char *name, char **part)
{
    g_autofree char *whole = g_strdup(name);
    char *older = strrchr(whole, '~');
    if (older != NULL) {
        *older = '\0';
    }
    char *hash = strchr(whole, '#');
    *part = hash != NULL ? g_strdup(hash + 1) : NULL;
    return hash != NULL ? g_strndup(whole, (gsize)(hash - whole)) : g_steal_pointer(&whole);
}

/* The description of the bytes of that hash; of several that which tells the same time. */
static SpSnapshot *find_snapshot(const SpContext *context, const SpInput *input, GError **error)
{
    g_autofree char *part = NULL;
    g_autofree char *dataset = dataset_of(input->name, &part);
    g_autofree char *folder = sp_context_path(context, "snapshots", dataset, NULL);
    g_autoptr(SpSnapshot) found = NULL;
    g_auto(GStrv) names = sp_folder_list(folder, error);
    for (char **name = names; names != NULL && *name != NULL; name++) {
        if (!g_str_has_suffix(*name, SP_SNAPSHOT_META)) {
            continue;
        }
        g_autoptr(SpSnapshot) one =
            sp_snapshot_read(context, dataset, part != NULL ? part : "", *name, NULL);
        if (one != NULL && strcmp(one->hash, input->hash) == 0 &&
            (found == NULL || g_strcmp0(one->updated, input->updated) == 0)) {
            g_clear_pointer(&found, sp_snapshot_free);
            found = g_steal_pointer(&one);
        }
    }
    return g_steal_pointer(&found);
}

static void take_snapshot(SpPast *past, SpInput *input)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSnapshot) snapshot = find_snapshot(past->unit.context, input, &error);
    if (snapshot != NULL && g_file_test(snapshot->path, G_FILE_TEST_IS_REGULAR)) {
        input->path = g_steal_pointer(&snapshot->path);
    } else if (!input->is_spare) {
        g_ptr_array_add(past->gone,
                        g_strdup_printf("the snapshot %s (%.12s)", input->name, input->hash));
    }
    if (snapshot != NULL) {
        input->origin = g_steal_pointer(&snapshot->url);
        input->received = g_steal_pointer(&snapshot->received);
        g_free(input->updated);
        input->updated = snapshot->updated != NULL ? g_steal_pointer(&snapshot->updated)
                                                   : g_strndup(input->received, 10);
    }
}

/* A file of the configuration as it lies there today. */
static void take_file(SpPast *past, SpInput *input)
{
    char hash[SP_HASH_SIZE];
    input->path = sp_context_data_path(past->unit.context, input->name);
    if (!sp_file_hash(input->path, hash, NULL) || strcmp(hash, input->hash) != 0) {
        g_ptr_array_add(past->changed, g_strdup(input->name));
    }
}

static void take_inputs(SpPast *past)
{
    for (guint i = 0; i < past->manifest->inputs->len; i++) {
        const SpInput *was = past->manifest->inputs->pdata[i];
        SpInput *input = sp_input_new(was->kind, was->name);
        input->hash = g_strdup(was->hash);
        input->marks = was->marks;
        input->updated = g_strdup(was->updated);
        input->is_spare = was->is_spare;
        g_ptr_array_add(past->unit.inputs, input);
        if (input->kind == SP_INPUT_SNAPSHOT) {
            take_snapshot(past, input);
        } else if (input->kind == SP_INPUT_FILE) {
            take_file(past, input);
        }
    }
}

SpPast *sp_past_unit_new(SpContext *context, const SpStage *stage, const char *folder,
                         GError **error)
{
    SpPast *past = g_new0(SpPast, 1);
    past->stage = stage;
    past->in = sp_tables_new();
    past->loaded =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)sp_table_free);
    past->gone = g_ptr_array_new_with_free_func(g_free);
    past->changed = g_ptr_array_new_with_free_func(g_free);
    past->manifest = sp_manifest_read(folder, error);
    if (past->manifest == NULL) {
        sp_past_unit_free(past);
        return NULL;
    }
    past->name = g_strdup_printf("%s/%s", past->manifest->stage, past->manifest->unit);
    past->is_of_other_program = g_strcmp0(past->manifest->program, stage->program_hash) != 0;
    past->unit = (SpUnit){.context = context,
                          .stage = stage,
                          .unit = past->manifest->unit,
                          .is_past = TRUE,
                          .inputs = g_ptr_array_new_with_free_func((GDestroyNotify)sp_input_free),
                          .stand_ins = g_ptr_array_new(),
                          .quality = sp_quality_new(),
                          .folder = g_strdup(folder),
                          .marks = past->manifest->marks};
    take_inputs(past);
    if (!take_settings(past, context->config, error)) {
        sp_past_unit_free(past);
        return NULL;
    }
    return past;
}
