/* Manifests found by content, and units made of them. */
#include "pipeline/why/past.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/keep/results.h"
#include "pipeline/program.h"
#include "pipeline/recall.h"
#include "pipeline/why/past_unit.h"

#include <string.h>

struct SpPasts {
    SpContext *context;
    GHashTable *units;   /* "stage/unit" -> GPtrArray of SpResult*, the current one first */
    GHashTable *results; /* folder -> SpPast* */
};

SpPasts *sp_pasts_new(SpContext *context)
{
    SpPasts *pasts = g_new0(SpPasts, 1);
    pasts->context = context;
    pasts->units =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    pasts->results =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)sp_past_unit_free);
    return pasts;
}

void sp_pasts_free(SpPasts *pasts)
{
    if (pasts != NULL) {
        g_hash_table_unref(pasts->units);
        g_hash_table_unref(pasts->results);
        g_free(pasts);
    }
}

/* The results of a unit there are, read once. Borrowed. */
static const GPtrArray *results_of(SpPasts *pasts, const char *stage, const char *unit,
                                   GError **error)
{
    g_autofree char *name = g_strdup_printf("%s/%s", stage, unit);
    GPtrArray *known = g_hash_table_lookup(pasts->units, name);
    if (known != NULL) {
        return known;
    }
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)sp_result_free);
    g_autofree char *own = sp_context_work_path(pasts->context, "stages", stage, unit, NULL);
    g_autofree char *shared = sp_context_path(pasts->context, "stages", stage, unit, NULL);
    if (!sp_results_of_unit(all, own, error) ||
        (strcmp(own, shared) != 0 && !sp_results_of_unit(all, shared, error))) {
        return NULL;
    }
    known = g_ptr_array_ref(all);
    g_hash_table_insert(pasts->units, g_steal_pointer(&name), known);
    return known;
}

static const SpStage *stage_of(const char *name)
{
    for (gsize i = 0; i < sp_programs_n_stages(); i++) {
        const SpStage *stage = sp_programs_at(i)->stage;
        if (stage != NULL && strcmp(stage->name, name) == 0) {
            return stage;
        }
    }
    return NULL;
}

static SpPast *result_of(SpPasts *pasts, const SpResult *found, GError **error)
{
    SpPast *past = g_hash_table_lookup(pasts->results, found->folder);
    if (past != NULL) {
        return past;
    }
    const SpStage *stage = stage_of(found->manifest->stage);
    if (stage == NULL) {
        sp_error_set(error, SP_ERROR_DATA, "%s: no stage is called \"%s\"", found->folder,
                     found->manifest->stage);
        return NULL;
    }
    past = sp_past_unit_new(pasts->context, stage, found->folder, error);
    if (past == NULL) {
        return NULL;
    }
    g_hash_table_insert(pasts->results, g_strdup(found->folder), past);
    for (guint i = 0; i < past->unit.inputs->len; i++) {
        SpInput *input = past->unit.inputs->pdata[i];
        g_auto(GStrv) parts = g_strsplit(input->name, "/", 2);
        if (input->kind != SP_INPUT_STAGE) {
            continue;
        }
        const GPtrArray *all = results_of(pasts, parts[0], parts[1], error);
        for (guint k = 0; all != NULL && input->path == NULL && k < all->len; k++) {
            const SpResult *other = all->pdata[k];
            input->path = sp_result_has(other, input->hash) ? g_strdup(other->folder) : NULL;
        }
        if (all == NULL) {
            return NULL;
        }
        if (input->path == NULL) {
            g_ptr_array_add(past->gone,
                            g_strdup_printf("%s (content %.12s)", input->name, input->hash));
            input->path =
                sp_context_path(pasts->context, "stages", parts[0], parts[1], input->hash, NULL);
        }
    }
    return past;
}

SpPast *sp_pasts_find(SpPasts *pasts, const char *stage, const char *unit, const char *hash,
                      GError **error)
{
    const GPtrArray *all = results_of(pasts, stage, unit, error);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        if (sp_result_has(all->pdata[i], hash)) {
            return result_of(pasts, all->pdata[i], error);
        }
    }
    return NULL;
}

SpPast *sp_pasts_package(SpPasts *pasts, const char *edition, const char *region, GError **error)
{
    const GPtrArray *all = results_of(pasts, "package", region, error);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        if (g_strcmp0(((const SpResult *)all->pdata[i])->edition, edition) == 0) {
            return result_of(pasts, all->pdata[i], error);
        }
    }
    return NULL;
}

SpPast *sp_pasts_input(SpPasts *pasts, const SpInput *input, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(input->name, "/", 2);
    return sp_pasts_find(pasts, parts[0], parts[1], input->hash, error);
}

gboolean sp_past_has(const SpPast *past, const char *table)
{
    g_autofree char *file = g_strconcat(table, ".csv", NULL);
    return g_ptr_array_find_with_equal_func(past->manifest->files, file, g_str_equal, NULL);
}

/* Only bytes that are those of the manifest answer. */
static gboolean check_file(const SpPast *past, const char *table, GError **error)
{
    g_autofree char *file = g_strconcat(table, ".csv", NULL);
    g_autofree char *path = g_build_filename(past->unit.folder, file, NULL);
    char hash[SP_HASH_SIZE];
    guint place = 0;
    if (!g_ptr_array_find_with_equal_func(past->manifest->files, file, g_str_equal, &place)) {
        return sp_error_set(error, SP_ERROR_NO_INPUT, "%s has no table %s", past->name, table);
    }
    return sp_file_hash(path, hash, error) &&
           (strcmp(hash, past->manifest->hashes->pdata[place]) == 0 ||
            sp_error_set(error, SP_ERROR_DATA,
                         "%s is not what its manifest says; make it again with --force", path));
}

const SpTable *sp_past_table(SpPasts *pasts, SpPast *past, const char *table, GError **error)
{
    const char *const names[] = {table, NULL};
    const SpTable *known = g_hash_table_lookup(past->loaded, table);
    known = known != NULL ? known : sp_recall_known(pasts->context, past->unit.folder, table);
    if (known != NULL) {
        return known;
    }
    g_autoptr(SpTables) tables =
        check_file(past, table, error) ? sp_tables_read(past->unit.folder, names, error) : NULL;
    if (tables == NULL) {
        return NULL;
    }
    SpTable *own = sp_tables_steal(tables, table);
    g_hash_table_insert(past->loaded, g_strdup(table), own);
    return own;
}

gboolean sp_past_with(SpPasts *pasts, const SpPast *past,
                      gboolean (*ask)(SpPast *past, gpointer data, GError **error), gpointer data,
                      GError **error)
{
    SpConfig *today = pasts->context->config;
    pasts->context->config = past->config;
    const gboolean is_done = ask((SpPast *)past, data, error);
    pasts->context->config = today;
    return is_done;
}

char *sp_past_gone(const SpPast *past)
{
    GString *text = g_string_new("what it was made from is no longer in the workspace:");
    for (guint i = 0; i < past->gone->len; i++) {
        g_string_append_printf(text, "%s %s", i > 0 ? "," : "", (const char *)past->gone->pdata[i]);
    }
    return g_string_free(text, FALSE);
}

static gboolean recall(SpPast *past, gpointer data, GError **error)
{
    return past->stage->recall(&past->unit, data, past->in, error);
}

const SpTables *sp_past_recall(SpPasts *pasts, SpPast *past, const char *table, GError **error)
{
    g_autoptr(GError) failure = NULL;
    if (past->stage->recall == NULL) {
        sp_error_set(error, SP_ERROR_NO_INPUT, "%s has no lineage by cell", past->name);
        return NULL;
    }
    if (sp_past_with(pasts, past, recall, (gpointer)table, &failure)) {
        return past->in;
    }
    if (past->gone->len > 0) {
        g_autofree char *gone = sp_past_gone(past);
        sp_error_set(error, SP_ERROR_NO_INPUT, "%s", gone);
    } else {
        g_propagate_error(error, g_steal_pointer(&failure));
    }
    return NULL;
}
