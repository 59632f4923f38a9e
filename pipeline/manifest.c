/* Manifests of finished units. */
#include "pipeline/manifest.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"

#include <string.h>

enum { MAX_MANIFEST_SIZE = 64 * 1024 * 1024 };

static const char *const kind_words[] = {[SP_INPUT_STAGE] = "stage",
                                         [SP_INPUT_SNAPSHOT] = "snapshot",
                                         [SP_INPUT_FILE] = "file",
                                         [SP_INPUT_RECORD] = "record"};

SpInput *sp_input_new(SpInputKind kind, const char *name)
{
    SpInput *input = g_new0(SpInput, 1);
    input->kind = kind;
    input->name = g_strdup(name);
    return input;
}

void sp_input_free(SpInput *input)
{
    if (input == NULL) {
        return;
    }
    g_free(input->name);
    g_free(input->path);
    g_free(input->origin);
    g_free(input->hash);
    g_free(input->updated);
    g_free(input->declared);
    g_free(input->received);
    g_free(input);
}

static gboolean has_states(const SpInput *input)
{
    return input->kind == SP_INPUT_SNAPSHOT &&
           (input->first_state > 0 || input->last_state != G_MAXUINT);
}

char *sp_input_describe(const SpInput *input)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s %s %s marks=%u updated=%s", kind_words[input->kind],
                           input->name, input->hash, input->marks,
                           input->updated != NULL ? input->updated : "");
    if (has_states(input)) {
        g_string_append_printf(text, " states=%u-%u", input->first_state, input->last_state);
    }
    return g_string_free(text, FALSE);
}

char *sp_input_label(const SpInput *input)
{
    return g_strdup_printf("%s %s", kind_words[input->kind], input->name);
}

void sp_stand_in_free(SpStandIn *stand_in)
{
    if (stand_in == NULL) {
        return;
    }
    g_free(stand_in->dataset);
    g_free(stand_in->kind);
    g_free(stand_in->reason);
    g_free(stand_in->rejected);
    g_free(stand_in->used);
    g_free(stand_in->updated);
    g_free(stand_in->parts);
    g_free(stand_in);
}

gboolean sp_stand_in_was(const SpManifest *before, const SpStandIn *is)
{
    for (guint i = 0; before != NULL && i < before->stand_ins->len; i++) {
        const SpStandIn *was = before->stand_ins->pdata[i];
        if (strcmp(was->dataset, is->dataset) == 0 && strcmp(was->kind, is->kind) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

char *sp_stand_in_describe(const SpStandIn *is)
{
    return g_strdup_printf("%s; the snapshot of %s before it (%.12s, of %.10s) stands in%s%s%s",
                           is->reason, is->dataset, is->used,
                           is->updated != NULL ? is->updated : "unknown time",
                           is->parts != NULL ? " (" : "", is->parts != NULL ? is->parts : "",
                           is->parts != NULL ? ")" : "");
}

SpManifest *sp_manifest_new(const char *stage, const char *unit, const char *key)
{
    SpManifest *manifest = g_new0(SpManifest, 1);
    manifest->stage = g_strdup(stage);
    manifest->unit = g_strdup(unit);
    manifest->key = g_strdup(key);
    manifest->inputs = g_ptr_array_new_with_free_func((GDestroyNotify)sp_input_free);
    manifest->stand_ins = g_ptr_array_new_with_free_func((GDestroyNotify)sp_stand_in_free);
    manifest->files = g_ptr_array_new_with_free_func(g_free);
    manifest->hashes = g_ptr_array_new_with_free_func(g_free);
    return manifest;
}

void sp_manifest_free(SpManifest *manifest)
{
    if (manifest == NULL) {
        return;
    }
    g_free(manifest->stage);
    g_free(manifest->unit);
    g_free(manifest->key);
    g_free(manifest->program);
    g_free(manifest->libraries);
    g_free(manifest->settings);
    g_free(manifest->updated);
    g_ptr_array_unref(manifest->inputs);
    g_ptr_array_unref(manifest->stand_ins);
    g_ptr_array_unref(manifest->files);
    g_ptr_array_unref(manifest->hashes);
    g_free(manifest);
}

static gboolean hash_files(SpManifest *manifest, const char *folder, GError **error)
{
    g_auto(GStrv) names = sp_folder_walk(folder, error);
    if (names == NULL) {
        return FALSE;
    }
    g_autoptr(SpHash) content = sp_hash_new();
    for (char **name = names; *name != NULL; name++) {
        char hex[SP_HASH_SIZE];
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        if (!sp_file_hash(path, hex, error)) {
            return FALSE;
        }
        sp_hash_add_text(content, *name);
        sp_hash_add_text(content, hex);
        g_ptr_array_add(manifest->files, g_strdup(*name));
        g_ptr_array_add(manifest->hashes, g_strdup(hex));
    }
    /* Marks and the sources' own times travel with the content: what follows must see them change.
     */
    g_autofree char *marks = g_strdup_printf("%u", manifest->marks);
    sp_hash_add_text(content, marks);
    sp_hash_add_text(content, manifest->updated);
    sp_hash_finish(content, manifest->content);
    return TRUE;
}

static json_t *input_json(const SpInput *input)
{
    json_t *json = json_pack("{s:s, s:s, s:s, s:i, s:s*, s:s*}", "kind", kind_words[input->kind],
                             "name", input->name, "hash", input->hash, "marks", (int)input->marks,
                             "updated", input->updated, "declared", input->declared);
    if (input->is_spare) {
        json_object_set_new(json, "spare", json_true());
    }
    if (has_states(input)) {
        json_object_set_new(
            json, "states",
            json_pack("[I, I]", (json_int_t)input->first_state, (json_int_t)input->last_state));
    }
    return json;
}

/* NULL, which json_pack leaves out, when no snapshot stands in for another. */
static json_t *stand_ins_json(const GPtrArray *stand_ins)
{
    json_t *list = stand_ins->len > 0 ? json_array() : NULL;
    for (guint i = 0; i < stand_ins->len; i++) {
        const SpStandIn *is = stand_ins->pdata[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s*, s:s*}", "dataset",
                                              is->dataset, "kind", is->kind, "reason", is->reason,
                                              "rejected", is->rejected, "used", is->used, "updated",
                                              is->updated, "parts", is->parts));
    }
    return list;
}

gboolean sp_manifest_write(SpManifest *manifest, const char *folder, GError **error)
{
    if (!hash_files(manifest, folder, error)) {
        return FALSE;
    }
    json_t *inputs = json_array();
    for (guint i = 0; i < manifest->inputs->len; i++) {
        json_array_append_new(inputs, input_json(manifest->inputs->pdata[i]));
    }
    json_t *files = json_array();
    for (guint i = 0; i < manifest->files->len; i++) {
        json_array_append_new(files, json_pack("{s:s, s:s}", "path",
                                               (const char *)manifest->files->pdata[i], "sha256",
                                               (const char *)manifest->hashes->pdata[i]));
    }
    json_t *settings = json_array();
    g_auto(GStrv) lines =
        g_strsplit(manifest->settings != NULL ? manifest->settings : "", "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (**line != '\0') {
            json_array_append_new(settings, json_string(*line));
        }
    }
    g_autoptr(json_t) json =
        json_pack("{s:s, s:s, s:s, s:s*, s:s*, s:s, s:i, s:s*, s:o*, s:o, s:o, s:o}", "stage",
                  manifest->stage, "unit", manifest->unit, "key", manifest->key, "program",
                  manifest->program, "libraries", manifest->libraries, "content", manifest->content,
                  "marks", (int)manifest->marks, "updated", manifest->updated, "stand_ins",
                  stand_ins_json(manifest->stand_ins), "settings", settings, "inputs", inputs,
                  "files", files);
    g_autofree char *text = sp_json_format(json);
    g_autofree char *path = g_build_filename(folder, "manifest.json", NULL);
    return sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

static gboolean read_input(SpManifest *manifest, json_t *json)
{
    const char *kind = NULL;
    const char *name = NULL;
    const char *hash = NULL;
    const char *updated = NULL;
    const char *declared = NULL;
    int marks = 0;
    int is_spare = 0;
    json_int_t first = 0;
    json_int_t last = G_MAXUINT;
    if (json_unpack(json, "{s:s, s:s, s:s, s:i, s?s, s?s, s?b, s?[I, I]}", "kind", &kind, "name",
                    &name, "hash", &hash, "marks", &marks, "updated", &updated, "declared",
                    &declared, "spare", &is_spare, "states", &first, &last) != 0) {
        return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(kind_words); i++) {
        if (strcmp(kind, kind_words[i]) == 0) {
            SpInput *input = sp_input_new((SpInputKind)i, name);
            input->hash = g_strdup(hash);
            input->marks = (guint)marks;
            input->updated = g_strdup(updated);
            input->declared = g_strdup(declared);
            input->is_spare = is_spare != 0;
            input->first_state = (guint)first;
            input->last_state = input->kind == SP_INPUT_SNAPSHOT ? (guint)last : 0;
            g_ptr_array_add(manifest->inputs, input);
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean read_stand_ins(SpManifest *manifest, json_t *list)
{
    size_t i = 0;
    json_t *item = NULL;
    json_array_foreach(list, i, item)
    {
        const char *dataset = NULL;
        const char *kind = NULL;
        const char *reason = NULL;
        const char *rejected = NULL;
        const char *used = NULL;
        const char *updated = NULL;
        const char *parts = NULL;
        if (json_unpack(item, "{s:s, s:s, s:s, s:s, s:s, s?s, s?s}", "dataset", &dataset, "kind",
                        &kind, "reason", &reason, "rejected", &rejected, "used", &used, "updated",
                        &updated, "parts", &parts) != 0) {
            return FALSE;
        }
        SpStandIn *is = g_new0(SpStandIn, 1);
        is->dataset = g_strdup(dataset);
        is->kind = g_strdup(kind);
        is->reason = g_strdup(reason);
        is->rejected = g_strdup(rejected);
        is->used = g_strdup(used);
        is->updated = g_strdup(updated);
        is->parts = g_strdup(parts);
        g_ptr_array_add(manifest->stand_ins, is);
    }
    return TRUE;
}

static gboolean read_lists(SpManifest *manifest, json_t *inputs, json_t *files, json_t *settings)
{
    size_t i = 0;
    json_t *item = NULL;
    json_array_foreach(inputs, i, item)
    {
        if (!read_input(manifest, item)) {
            return FALSE;
        }
    }
    json_array_foreach(files, i, item)
    {
        const char *path = NULL;
        const char *hash = NULL;
        if (json_unpack(item, "{s:s, s:s}", "path", &path, "sha256", &hash) != 0) {
            return FALSE;
        }
        g_ptr_array_add(manifest->files, g_strdup(path));
        g_ptr_array_add(manifest->hashes, g_strdup(hash));
    }
    g_autoptr(GString) lines = g_string_new(NULL);
    json_array_foreach(settings, i, item)
    {
        g_string_append_printf(lines, "%s\n", json_string_value(item));
    }
    manifest->settings = g_string_free(g_steal_pointer(&lines), FALSE);
    return TRUE;
}

SpManifest *sp_manifest_read(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "manifest.json", NULL);
    g_autoptr(json_t) json = sp_json_read(path, MAX_MANIFEST_SIZE, error);
    if (json == NULL) {
        return NULL;
    }
    const char *stage = NULL;
    const char *unit = NULL;
    const char *key = NULL;
    const char *program = NULL;
    const char *libraries = NULL;
    const char *content = NULL;
    const char *updated = NULL;
    int marks = 0;
    json_t *settings = NULL;
    json_t *inputs = NULL;
    json_t *files = NULL;
    if (json_unpack(json, "{s:s, s:s, s:s, s?s, s?s, s:s, s:i, s?s, s:o, s:o, s:o}", "stage",
                    &stage, "unit", &unit, "key", &key, "program", &program, "libraries",
                    &libraries, "content", &content, "marks", &marks, "updated", &updated,
                    "settings", &settings, "inputs", &inputs, "files", &files) == 0) {
        g_autoptr(SpManifest) manifest = sp_manifest_new(stage, unit, key);
        g_strlcpy(manifest->content, content, SP_HASH_SIZE);
        manifest->program = g_strdup(program);
        manifest->libraries = g_strdup(libraries);
        manifest->marks = (guint)marks;
        manifest->updated = g_strdup(updated);
        if (read_lists(manifest, inputs, files, settings) &&
            read_stand_ins(manifest, json_object_get(json, "stand_ins"))) {
            return g_steal_pointer(&manifest);
        }
    }
    sp_error_set(error, SP_ERROR_DATA,
                 "%s is not a manifest of this program; remove its folder and run again", path);
    return NULL;
}

gboolean sp_manifest_check(const SpManifest *manifest, const char *folder, GError **error)
{
    for (guint i = 0; i < manifest->files->len; i++) {
        char hex[SP_HASH_SIZE];
        g_autofree char *path = g_build_filename(folder, manifest->files->pdata[i], NULL);
        if (!sp_file_hash(path, hex, error)) {
            return FALSE;
        }
        if (strcmp(hex, manifest->hashes->pdata[i]) != 0) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s was changed after it was made; make it again with: "
                                "statpakke-%s --force --unit %s",
                                path, manifest->stage, manifest->unit);
        }
    }
    return TRUE;
}
