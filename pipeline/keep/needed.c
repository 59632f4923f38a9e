/* From what is in use down through the inputs of the manifests. */
#include "pipeline/keep/needed.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/edition.h"

#include <string.h>

static GHashTable *set_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void sp_needed_free(SpNeeded *needed)
{
    if (needed != NULL) {
        g_ptr_array_unref(needed->results);
        g_hash_table_unref(needed->folders);
        g_hash_table_unref(needed->snapshots);
        g_hash_table_unref(needed->looked_at);
        g_free(needed);
    }
}

static gboolean is_unit(const SpResult *result, const char *name)
{
    const gsize size = strlen(result->manifest->stage);
    return strncmp(name, result->manifest->stage, size) == 0 && name[size] == '/' &&
           strcmp(name + size + 1, result->manifest->unit) == 0;
}

/* The result behind an input: the one in use if it has the content. NULL: it is gone. */
static const SpResult *find(const SpNeeded *needed, const SpInput *input)
{
    const SpResult *found = NULL;
    for (guint i = 0; i < needed->results->len; i++) {
        const SpResult *result = needed->results->pdata[i];
        if (is_unit(result, input->name) && sp_result_has(result, input->hash) &&
            (found == NULL || result->is_used)) {
            found = result;
        }
    }
    return found;
}

static void need(SpNeeded *needed, GQueue *open, const SpResult *result)
{
    if (g_hash_table_add(needed->folders, g_strdup(result->folder))) {
        g_queue_push_tail(open, (gpointer)result);
    }
}

static void need_inputs(SpNeeded *needed, GQueue *open, const SpResult *result)
{
    for (guint i = 0; i < result->manifest->inputs->len; i++) {
        const SpInput *input = result->manifest->inputs->pdata[i];
        const SpResult *from = input->kind == SP_INPUT_STAGE ? find(needed, input) : NULL;
        if (from != NULL) {
            need(needed, open, from);
        } else if (input->kind == SP_INPUT_SNAPSHOT) {
            g_hash_table_add(input->is_spare ? needed->looked_at : needed->snapshots,
                             g_strdup(input->hash));
        }
    }
}

static gboolean read_all(GPtrArray *into, const char *stages, GError **error)
{
    g_autoptr(GPtrArray) damaged = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) results = sp_results_list(stages, damaged, error);
    if (results == NULL || damaged->len > 0) {
        return results != NULL &&
               sp_error_set(error, SP_ERROR_DATA, "%s", (const char *)damaged->pdata[0]);
    }
    g_ptr_array_extend_and_steal(into, g_steal_pointer(&results));
    return TRUE;
}

/* Trials share what they did not change. */
static gboolean read_trials(const SpContext *context, GPtrArray *into, GError **error)
{
    g_autofree char *trials = sp_context_path(context, "trials", NULL);
    g_auto(GStrv) names =
        g_file_test(trials, G_FILE_TEST_IS_DIR) ? sp_folder_list(trials, error) : g_new0(char *, 1);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *stages = g_build_filename(trials, *name, "stages", NULL);
        if (!read_all(into, stages, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

static void walk(SpNeeded *needed, const char *current, const GPtrArray *trials)
{
    g_autoptr(GQueue) open = g_queue_new();
    for (guint i = 0; i < needed->results->len; i++) {
        const SpResult *result = needed->results->pdata[i];
        if (result->is_used || (current != NULL && g_strcmp0(result->edition, current) == 0)) {
            need(needed, open, result);
        }
    }
    for (guint i = 0; i < trials->len; i++) {
        need_inputs(needed, open, trials->pdata[i]);
    }
    while (!g_queue_is_empty(open)) {
        need_inputs(needed, open, g_queue_pop_head(open));
    }
}

SpNeeded *sp_needed_new(const SpContext *context, GError **error)
{
    g_autoptr(SpNeeded) needed = g_new0(SpNeeded, 1);
    g_autofree char *stages = sp_context_path(context, "stages", NULL);
    g_autofree char *current = sp_edition_current(context);
    g_autoptr(GPtrArray) trials = g_ptr_array_new_with_free_func((GDestroyNotify)sp_result_free);
    needed->results = g_ptr_array_new_with_free_func((GDestroyNotify)sp_result_free);
    needed->folders = set_new();
    needed->snapshots = set_new();
    needed->looked_at = set_new();
    if (!read_all(needed->results, stages, error) || !read_trials(context, trials, error)) {
        return NULL;
    }
    walk(needed, current, trials);
    return g_steal_pointer(&needed);
}
