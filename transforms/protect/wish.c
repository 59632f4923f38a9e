/* Weights of codes. */
#include "transforms/protect/wish.h"

#include "core/error.h"
#include "core/number.h"
#include "core/regions.h"

#include <string.h>

#define FILE_NAME "config/skjermingsrekkefolge.csv"

static const char *level_of(const char *region)
{
    const SpRegionKind kind = sp_region_kind(region);
    return kind == SP_REGION_KOMMUNE   ? "kommune"
           : kind == SP_REGION_FYLKE   ? "fylke"
           : kind == SP_REGION_COUNTRY ? "landet"
                                       : "";
}

static gboolean is_meant(const SpCells *cells, gsize column, guint32 code,
                         const char *const wanted[])
{
    const char *text = sp_codes_text(cells->nesting[column]->codes, code);
    if (column == 0) {
        return g_strv_contains(wanted, text) || g_strv_contains(wanted, level_of(text));
    }
    return *wanted == NULL ? !((const gboolean *)cells->is_part->pdata[column - 1])[code]
                           : g_strv_contains(wanted, text);
}

static void open_weights(SpCells *cells)
{
    for (gsize i = cells->weights->len; i < cells->n_columns; i++) {
        const gsize n = sp_codes_size(cells->nesting[i]->codes);
        g_ptr_array_add(cells->weights, g_new0(double, n + 1));
    }
}

static gboolean add(SpCells *cells, const char *name, const char *codes, const char *weight,
                    GError **error)
{
    g_auto(GStrv) wanted = g_strsplit(codes, "|", -1);
    gsize column = 0;
    double value = 0.0;
    while (column < cells->n_columns && strcmp(cells->columns[column], name) != 0) {
        column++;
    }
    if (column == cells->n_columns) {
        return sp_error_set(error, SP_ERROR_CONFIG, "its tables have no sums by that column");
    }
    if (!sp_number_parse(weight, strlen(weight), sp_number_plain, &value)) {
        return sp_error_set(error, SP_ERROR_CONFIG, "weight is \"%s\", want a number", weight);
    }
    open_weights(cells);
    double *weights = cells->weights->pdata[column];
    for (guint32 code = 0; code < sp_codes_size(cells->nesting[column]->codes); code++) {
        if (is_meant(cells, column, code, (const char *const *)wanted)) {
            weights[code] += value;
        }
    }
    return TRUE;
}

gboolean sp_wish_read(const SpTable *rows, const char *layer, SpCells *cells, GError **error)
{
    static const char *const names[] = {"layer", "column", "codes", "weight"};
    gsize at[G_N_ELEMENTS(names)];
    if (rows == NULL) {
        return TRUE;
    }
    if (!sp_table_need_all(rows, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(rows); row++) {
        const char *column = sp_table_code(rows, row, at[1]);
        if (strcmp(sp_table_code(rows, row, at[0]), layer) == 0 &&
            !add(cells, column, sp_table_code(rows, row, at[2]), sp_table_code(rows, row, at[3]),
                 error)) {
            g_prefix_error(error, FILE_NAME ": %s: %s: ", layer, column);
            return FALSE;
        }
    }
    return TRUE;
}
