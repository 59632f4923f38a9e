/* Rows of `skjult`: numbers by fylke, in the order of the regions' codes. */
#include "transforms/protect/tally.h"

#include "core/error.h"
#include "transforms/protect/shown.h"

static const char *const count_names[] = {"celler",     "skjult_faa",  "skjult_eier", "skjult_rest",
                                          "skjult_hel", "skjult_naer", "skjult_sum"};

enum { FIRST_COUNT = 3 }; /* after the keys */

SpTable *sp_tally_new(void)
{
    SpColumn columns[FIRST_COUNT + G_N_ELEMENTS(count_names)] = {
        {.name = "tabell", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "lag", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE}};
    for (gsize i = 0; i < G_N_ELEMENTS(count_names); i++) {
        columns[FIRST_COUNT + i] = (SpColumn){.name = count_names[i],
                                              .kind = SP_COLUMN_MEASURE,
                                              .unit = "celler",
                                              .is_additive = TRUE};
    }
    return sp_table_new(SP_TABLE_HIDDEN, columns, G_N_ELEMENTS(columns));
}

/* The fylke that a row is told with: its own, or the one its kommune is in. */
static const char *fylke_of(const SpCells *cells, guint32 cell)
{
    const SpNesting *regions = cells->nesting[0];
    const guint32 region = sp_tuples_at(cells->tuples, cell)[1];
    for (guint32 whole = 0;
         sp_nesting_is_leaf(regions, region) && whole < sp_codes_size(regions->codes); whole++) {
        const GArray *parts = regions->parts[whole];
        for (guint i = 0; parts != NULL && i < parts->len; i++) {
            if (g_array_index(parts, guint32, i) == region) {
                return sp_codes_text(regions->codes, whole);
            }
        }
    }
    return sp_codes_text(regions->codes, region);
}

void sp_tally_add(SpTable *tally, const SpLayer *layer, const SpCells *cells, guint place,
                  gboolean is_hiding)
{
    const SpLayerTable *from = layer->tables->pdata[place];
    const guint32 *cell_of_row = cells->cell_of_row->pdata[place];
    const gboolean *is_told = cells->is_told->pdata[place];
    const gsize n_regions = sp_codes_size(cells->nesting[0]->codes);
    g_autoptr(SpCodes) fylker = sp_codes_new();
    g_autofree guint64 *counts = g_new0(guint64, (n_regions + 1) * G_N_ELEMENTS(count_names));
    g_autofree const char **of_region = g_new0(const char *, n_regions + 1);
    for (gsize row = 0; row < sp_table_n_rows(from->table); row++) {
        const guint32 cell = cell_of_row[row];
        if (cell == SP_NO_CELL || !is_told[row] ||
            !(g_array_index(cells->value, double, cell) > 0.0)) {
            continue;
        }
        const guint32 region = sp_tuples_at(cells->tuples, cell)[1];
        if (of_region[region] == NULL) {
            of_region[region] = fylke_of(cells, cell);
        }
        guint64 *of_fylke =
            counts + sp_codes_add(fylker, of_region[region]) * G_N_ELEMENTS(count_names);
        const SpReason reason = sp_cells_reason(cells, cell);
        of_fylke[0]++;
        of_fylke[reason] += is_hiding && reason != SP_SHOWN ? 1 : 0;
    }
    for (guint32 i = 0; i < sp_codes_size(fylker); i++) {
        const gsize row = sp_table_add_row(tally);
        sp_table_set_code(tally, row, 0, sp_table_name(from->table));
        sp_table_set_code(tally, row, 1, layer->name);
        sp_table_set_code(tally, row, 2, sp_codes_text(fylker, i));
        for (gsize j = 0; j < G_N_ELEMENTS(count_names); j++) {
            sp_table_set_real(tally, row, FIRST_COUNT + j,
                              sp_real((double)counts[i * G_N_ELEMENTS(count_names) + j]));
        }
    }
}

gboolean sp_tally_explain(const SpTables *in, const SpCell *cell, SpExplanation *explanation,
                          GError **error)
{
    const char *name = sp_cell_code(cell, "tabell");
    const SpTable *counted = name != NULL ? sp_tables_find(in, name) : NULL;
    if (counted == NULL) {
        return sp_error_set(error, SP_ERROR_NO_INPUT, "shown counts nothing of table %s",
                            name != NULL ? name : "");
    }
    for (gsize i = 0; i < sp_table_n_columns(counted); i++) {
        const SpColumn *column = sp_table_column(counted, i);
        if (column->kind == SP_COLUMN_MEASURE) {
            g_ptr_array_add(explanation->inputs, sp_cell_new(name, column->name));
        }
    }
    explanation->method = g_strdup("cells with somebody in them, counted by the reason that hides "
                                   "them: docs/methods/disclosure.md");
    return TRUE;
}
