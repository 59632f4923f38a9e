/* What differs. */
#include "pipeline/night/reasons.h"

#include "pipeline/build.h"

#include <string.h>

enum { SHOWN_DIGITS = 12 }; /* of a hash */

/* "old -> new", for short hashes; NULL: was not told. */
static void add_changed(GPtrArray *reasons, const char *what, const char *old, const char *new)
{
    if (g_strcmp0(old, new) != 0) {
        g_ptr_array_add(reasons, g_strdup_printf("%s: %.*s -> %.*s", what, SHOWN_DIGITS,
                                                 old != NULL ? old : "(not told)", SHOWN_DIGITS,
                                                 new != NULL ? new : "(none)"));
    }
}

/* "key=value" lines by key. g_hash_table_unref. */
static GHashTable *read_lines(const char *text, char separator)
{
    GHashTable *lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char by[] = {separator, '\0'};
    g_auto(GStrv) parts = g_strsplit(text != NULL ? text : "", by, -1);
    for (char **part = parts; *part != NULL; part++) {
        const char *equals = strchr(*part, '=');
        if (equals != NULL) {
            g_hash_table_insert(lines, g_strndup(*part, (gsize)(equals - *part)),
                                g_strdup(equals + 1));
        }
    }
    return lines;
}

/* Keys of both in byte order; g_list_free. */
static GList *all_keys(GHashTable *before, GHashTable *now)
{
    GList *keys = g_hash_table_get_keys(before);
    GHashTableIter iter;
    gpointer key = NULL;
    g_hash_table_iter_init(&iter, now);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        if (!g_hash_table_contains(before, key)) {
            keys = g_list_prepend(keys, key);
        }
    }
    return g_list_sort(keys, (GCompareFunc)strcmp);
}

static const char *shown(const char *value)
{
    return value == NULL ? "(not set)" : *value == '\0' ? "(empty)" : value;
}

static void compare_lines(GPtrArray *reasons, const char *what, GHashTable *before, GHashTable *now)
{
    GList *keys = all_keys(before, now);
    for (GList *key = keys; key != NULL; key = key->next) {
        const char *old = g_hash_table_lookup(before, key->data);
        const char *new = g_hash_table_lookup(now, key->data);
        if (g_strcmp0(old, new) != 0) {
            g_ptr_array_add(reasons,
                            g_strdup_printf("%s %s: %s -> %s", what, (const char *)key->data,
                                            shown(old), shown(new)));
        }
    }
    g_list_free(keys);
}

static const SpInput *find_input(const GPtrArray *inputs, const char *label)
{
    for (guint i = 0; i < inputs->len; i++) {
        g_autofree char *own = sp_input_label(inputs->pdata[i]);
        if (strcmp(own, label) == 0) {
            return inputs->pdata[i];
        }
    }
    return NULL;
}

/* The source's time as the key has it. */
static const char *time_of(const SpInput *input)
{
    const char *time = input->declared != NULL ? input->declared : input->updated;
    return time != NULL ? time : "(none)";
}

/* All that the key has of an input (sp_input_describe). */
static void compare_input(GPtrArray *reasons, const char *label, const SpInput *old,
                          const SpInput *new)
{
    const guint n = reasons->len;
    add_changed(reasons, label, old->hash, new->hash);
    if (old->marks != new->marks) {
        g_ptr_array_add(reasons,
                        g_strdup_printf("%s: marks %u -> %u", label, old->marks, new->marks));
    }
    if (strcmp(time_of(old), time_of(new)) != 0) {
        g_ptr_array_add(reasons, g_strdup_printf("%s: its source's time %s -> %s", label,
                                                 time_of(old), time_of(new)));
    }
    if (reasons->len == n &&
        (old->first_state != new->first_state || old->last_state != new->last_state)) {
        g_ptr_array_add(reasons,
                        g_strdup_printf("%s: another place among those that may stand in", label));
    }
}

static void compare_inputs(GPtrArray *reasons, const GPtrArray *before, const GPtrArray *now)
{
    for (guint i = 0; i < now->len; i++) {
        g_autofree char *label = sp_input_label(now->pdata[i]);
        const SpInput *old = find_input(before, label);
        if (old != NULL) {
            compare_input(reasons, label, old, now->pdata[i]);
        } else {
            g_ptr_array_add(reasons, g_strdup_printf("%s: new", label));
        }
    }
    for (guint i = 0; i < before->len; i++) {
        g_autofree char *label = sp_input_label(before->pdata[i]);
        if (find_input(now, label) == NULL) {
            g_ptr_array_add(reasons, g_strdup_printf("%s: no longer read", label));
        }
    }
}

void sp_reasons_find(const SpManifest *before, const SpUnit *now, GPtrArray *reasons)
{
    g_autofree char *described = sp_settings_describe(now->settings);
    g_autoptr(GHashTable) old_settings = read_lines(before->settings, '\n');
    g_autoptr(GHashTable) new_settings = read_lines(described, '\n');
    g_autoptr(GHashTable) old_libraries = read_lines(before->libraries, ';');
    g_autoptr(GHashTable) new_libraries = read_lines(SP_BUILD_LIBRARIES, ';');
    const guint n = reasons->len;
    add_changed(reasons, "program", before->program, now->stage->program_hash);
    if (before->libraries != NULL) {
        compare_lines(reasons, "library", old_libraries, new_libraries);
    }
    compare_lines(reasons, "setting", old_settings, new_settings);
    compare_inputs(reasons, before->inputs, now->inputs);
    if (reasons->len == n && before->libraries == NULL) {
        g_ptr_array_add(reasons, g_strdup("libraries: (not told) -> " SP_BUILD_LIBRARIES));
    }
}
