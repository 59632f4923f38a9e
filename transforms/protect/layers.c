/* Layers of config/skjermingslag.csv. */
#include "transforms/protect/layers.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

#define FILE_NAME "config/skjermingslag.csv"

typedef struct {
    const SpTable *rows;
    const SpTable *owners;
    gsize table, layer, measure, rule, of;
    gsize owner_table, owner_measure, at_most;
} Reading;

static void layer_table_free(gpointer data)
{
    SpLayerTable *table = data;
    g_array_unref(table->measures);
    g_free(table);
}

static void layer_free(gpointer data)
{
    SpLayer *layer = data;
    g_ptr_array_unref(layer->tables);
    g_free(layer->name);
    g_free(layer);
}

static gboolean open_columns(Reading *reading, GError **error)
{
    static const char *const names[] = {"table", "layer", "measure", "rule", "of"};
    static const char *const owner_names[] = {"table", "measure", "at_most"};
    gsize at[G_N_ELEMENTS(names)];
    gsize owner_at[G_N_ELEMENTS(owner_names)];
    if (!sp_table_need_all(reading->rows, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error) ||
        !sp_table_need_all(reading->owners, owner_names, G_N_ELEMENTS(owner_names), SP_COLUMN_CODE,
                           owner_at, error)) {
        return FALSE;
    }
    reading->table = at[0];
    reading->layer = at[1];
    reading->measure = at[2];
    reading->rule = at[3];
    reading->of = at[4];
    reading->owner_table = owner_at[0];
    reading->owner_measure = owner_at[1];
    reading->at_most = owner_at[2];
    return TRUE;
}

static SpLayer *find_layer(GPtrArray *layers, const char *name)
{
    for (guint i = 0; i < layers->len; i++) {
        if (strcmp(((SpLayer *)layers->pdata[i])->name, name) == 0) {
            return layers->pdata[i];
        }
    }
    SpLayer *layer = g_new(SpLayer, 1);
    *layer = (SpLayer){.name = g_strdup(name),
                       .tables = g_ptr_array_new_with_free_func(layer_table_free)};
    g_ptr_array_add(layers, layer);
    return layer;
}

static SpLayerTable *find_table(SpLayer *layer, const SpTable *table)
{
    for (guint i = 0; i < layer->tables->len; i++) {
        SpLayerTable *here = layer->tables->pdata[i];
        if (here->table == table) {
            return here;
        }
    }
    SpLayerTable *here = g_new(SpLayerTable, 1);
    *here = (SpLayerTable){.table = table,
                           .measures = g_array_new(FALSE, FALSE, sizeof(SpLayerMeasure))};
    g_ptr_array_add(layer->tables, here);
    return here;
}

gboolean sp_layers_have(const GPtrArray *layers, const SpTable *table, gsize column)
{
    for (guint i = 0; i < layers->len; i++) {
        const SpLayer *layer = layers->pdata[i];
        for (guint j = 0; j < layer->tables->len; j++) {
            const SpLayerTable *here = layer->tables->pdata[j];
            for (guint k = 0; here->table == table && k < here->measures->len; k++) {
                if (g_array_index(here->measures, SpLayerMeasure, k).column == column) {
                    return TRUE;
                }
            }
        }
    }
    return FALSE;
}

static gboolean read_rule(const char *text, SpLayerRule *rule, GError **error)
{
    static const char *const words[] = {"few", "part", "with"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(text, words[i]) == 0) {
            *rule = (SpLayerRule)i;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_CONFIG, "rule is \"%s\", want few, part or with", text);
}

/* "personer" of a part. */
static gboolean read_of(const GPtrArray *layers, const SpTable *table, const char *of,
                        SpLayerMeasure *measure, GError **error)
{
    if (measure->rule == SP_RULE_PART) {
        return sp_table_need(table, of, SP_COLUMN_MEASURE, &measure->of, error) &&
               (sp_layers_have(layers, table, measure->of) ||
                sp_error_set(error, SP_ERROR_CONFIG,
                             "it is a part of %s, which must stand in an earlier layer", of));
    }
    return *of == '\0' ||
           sp_error_set(error, SP_ERROR_CONFIG, "of is \"%s\"; only parts are of another", of);
}

static gboolean read_owner(const Reading *reading, const char *table, const char *name,
                           double *at_most, GError **error)
{
    *at_most = 0.0;
    for (gsize row = 0; row < sp_table_n_rows(reading->owners); row++) {
        const char *text = sp_table_code(reading->owners, row, reading->at_most);
        if (strcmp(sp_table_code(reading->owners, row, reading->owner_table), table) == 0 &&
            strcmp(sp_table_code(reading->owners, row, reading->owner_measure), name) == 0 &&
            !sp_number_parse(text, strlen(text), sp_number_plain, at_most)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/skjerming.csv: at_most is \"%s\", want a number", text);
        }
    }
    return TRUE;
}

static gboolean read_row(const Reading *reading, gsize row, const SpTable *table, GPtrArray *layers,
                         GError **error)
{
    const char *name = sp_table_code(reading->rows, row, reading->measure);
    const char *of = sp_table_code(reading->rows, row, reading->of);
    SpLayerMeasure measure = {0};
    if (!read_rule(sp_table_code(reading->rows, row, reading->rule), &measure.rule, error) ||
        !sp_table_need(table, name, SP_COLUMN_MEASURE, &measure.column, error) ||
        !read_of(layers, table, of, &measure, error) ||
        !read_owner(reading, sp_table_name(table), name, &measure.at_most, error)) {
        return FALSE;
    }
    const gboolean is_twice = sp_layers_have(layers, table, measure.column);
    SpLayer *layer = find_layer(layers, sp_table_code(reading->rows, row, reading->layer));
    GArray *measures = find_table(layer, table)->measures;
    const gboolean is_first_uncounted =
        measures->len == 0 && measure.rule != SP_RULE_FEW && measure.rule != SP_RULE_PART;
    g_array_append_val(measures, measure);
    return (!is_twice || sp_error_set(error, SP_ERROR_CONFIG, "it stands in two layers")) &&
           (!is_first_uncounted ||
            sp_error_set(error, SP_ERROR_CONFIG,
                         "a layer begins with what it counts, by the rule few or part"));
}

GPtrArray *sp_layers_read(const SpTable *layers, const SpTable *owners, const SpTables *facts,
                          GError **error)
{
    Reading reading = {.rows = layers, .owners = owners};
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(layer_free);
    if (!open_columns(&reading, error)) {
        return NULL;
    }
    for (gsize row = 0; row < sp_table_n_rows(layers); row++) {
        const SpTable *table = sp_tables_find(facts, sp_table_code(layers, row, reading.table));
        if (table == NULL || !(sp_table_marks(table) & (guint)SP_MARK_SENSITIVE)) {
            continue;
        }
        if (!read_row(&reading, row, table, found, error)) {
            g_prefix_error(error, FILE_NAME ": %s.%s: ", sp_table_name(table),
                           sp_table_code(layers, row, reading.measure));
            return NULL;
        }
    }
    return g_steal_pointer(&found);
}
