/* From units' manifests to the datasets behind a published table. */
#include "pipeline/origins.h"

#include "core/io/tablefiles.h"
#include "core/table_rows.h"
#include "pipeline/facts.h"

#include <string.h>

#define FACTS "normalise/"

/* A dataset that a table of a unit of normalise is made from; texts interned. */
typedef struct {
    const char *unit, *table, *dataset;
} Use;

/* What the inputs have recorded. */
typedef struct {
    GArray *uses;          /* Use */
    GHashTable *manifests; /* name of an input that is not of normalise -> SpManifest */
} Record;

static void record_clear(Record *record)
{
    g_clear_pointer(&record->uses, g_array_unref);
    g_clear_pointer(&record->manifests, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Record, record_clear)

static gboolean add_uses(Record *record, const SpInput *input, GError **error)
{
    static const char *const names[] = {"kildebruk", NULL};
    g_autoptr(SpTables) tables = sp_tables_read(input->path, names, error);
    if (tables == NULL) {
        g_prefix_error(error, "%s: ", input->name);
        return FALSE;
    }
    const SpTable *table = sp_tables_find(tables, names[0]);
    gsize dataset, made;
    if (!sp_table_need(table, "kilde", SP_COLUMN_CODE, &dataset, error) ||
        !sp_table_need(table, "tabell", SP_COLUMN_CODE, &made, error)) {
        g_prefix_error(error, "%s: ", input->name);
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        g_auto(GStrv) words = g_strsplit(sp_table_code(table, row, made), " ", -1);
        for (char **word = words; *word != NULL; word++) {
            const Use use = {.unit = g_intern_string(input->name),
                             .table = g_intern_string(*word),
                             .dataset = g_intern_string(sp_table_code(table, row, dataset))};
            g_array_append_val(record->uses, use);
        }
    }
    return TRUE;
}

static gboolean record_init(Record *record, const SpUnit *unit, GError **error)
{
    record->uses = g_array_new(FALSE, FALSE, sizeof(Use));
    record->manifests =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)sp_manifest_free);
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (input->kind != SP_INPUT_STAGE) {
            continue;
        }
        if (g_str_has_prefix(input->name, FACTS)) {
            if (!add_uses(record, input, error)) {
                return FALSE;
            }
            continue;
        }
        SpManifest *manifest = sp_manifest_read(input->path, error);
        if (manifest == NULL) {
            g_prefix_error(error, "%s: ", input->name);
            return FALSE;
        }
        g_hash_table_insert(record->manifests, input->name, manifest);
    }
    return TRUE;
}

/* The datasets of a unit of normalise to `found`, of one of its tables or (NULL) of all. */
static void find_uses(const Record *record, const char *unit, const char *table, GHashTable *found)
{
    for (guint i = 0; i < record->uses->len; i++) {
        const Use *use = &g_array_index(record->uses, Use, i);
        if ((unit == NULL || strcmp(use->unit, unit) == 0) &&
            (table == NULL || strcmp(use->table, table) == 0)) {
            g_hash_table_add(found, (gpointer)use->dataset);
        }
    }
}

/* All that a unit of a later stage read. No unit is made from itself, so this ends. */
static void find_read(const Record *record, const SpManifest *manifest, GHashTable *found)
{
    for (guint i = 0; i < manifest->inputs->len; i++) {
        const SpInput *input = manifest->inputs->pdata[i];
        const SpManifest *other = g_hash_table_lookup(record->manifests, input->name);
        if (input->kind != SP_INPUT_STAGE || strcmp(input->name, FACTS SP_FACTS_REGIONS) == 0) {
            continue;
        }
        if (other != NULL) {
            find_read(record, other, found);
        } else {
            find_uses(record, input->name, NULL, found);
        }
    }
}

static gboolean has_file(const SpManifest *manifest, const char *file)
{
    for (guint i = 0; i < manifest->files->len; i++) {
        if (strcmp(manifest->files->pdata[i], file) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The datasets behind a stage's table. */
static GHashTable *find_datasets(const Record *record, const char *table)
{
    GHashTable *found = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *file = g_strconcat(table, ".csv", NULL);
    GHashTableIter at;
    gpointer manifest;
    find_uses(record, NULL, table, found);
    g_hash_table_iter_init(&at, record->manifests);
    while (g_hash_table_size(found) == 0 && g_hash_table_iter_next(&at, NULL, &manifest)) {
        if (has_file(manifest, file)) {
            find_read(record, manifest, found);
        }
    }
    return found;
}

SpTable *sp_origins_table(const SpUnit *unit, const SpTable *catalogue, GError **error)
{
    static const SpColumn columns[] = {{.name = "tabell", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "kilde", .kind = SP_COLUMN_CODE, .is_key = TRUE}};
    g_auto(Record) record = {0};
    gsize name, source;
    if (!sp_table_need(catalogue, "name", SP_COLUMN_CODE, &name, error) ||
        !sp_table_need(catalogue, "source", SP_COLUMN_CODE, &source, error) ||
        !record_init(&record, unit, error)) {
        return NULL;
    }
    g_autoptr(SpTable) table = sp_table_new(SP_ORIGINS_TABLE, columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < sp_table_n_rows(catalogue); i++) {
        g_autoptr(GHashTable) found = find_datasets(&record, sp_table_code(catalogue, i, source));
        GHashTableIter at;
        gpointer dataset;
        g_hash_table_iter_init(&at, found);
        while (g_hash_table_iter_next(&at, &dataset, NULL)) {
            gsize row = sp_table_add_row(table);
            sp_table_set_code(table, row, 0, sp_table_code(catalogue, i, name));
            sp_table_set_code(table, row, 1, dataset);
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
