/* Two of three give the third. */
#include "transforms/audit/ratios.h"

#include <math.h>
#include <string.h>

enum { TABLE, RATIO, OVER, UNDER, N_COLUMNS };

GArray *sp_ratios_read(const SpTable *avledet, const SpTable *table, GError **error)
{
    static const char *const names[N_COLUMNS] = {"tabell", "maal", "teller", "nevner"};
    gsize at[N_COLUMNS];
    if (!sp_table_need_all(avledet, names, N_COLUMNS, SP_COLUMN_CODE, at, error)) {
        return NULL;
    }
    GArray *ratios = g_array_new(FALSE, FALSE, sizeof(SpRatio));
    for (gsize row = 0; row < sp_table_n_rows(avledet); row++) {
        const SpRatio ratio = {sp_table_find(table, sp_table_code(avledet, row, at[RATIO])),
                               sp_table_find(table, sp_table_code(avledet, row, at[OVER])),
                               sp_table_find(table, sp_table_code(avledet, row, at[UNDER]))};
        if (strcmp(sp_table_code(avledet, row, at[TABLE]), sp_table_name(table)) == 0 &&
            ratio.ratio != SP_NO_COLUMN && ratio.over != SP_NO_COLUMN &&
            ratio.under != SP_NO_COLUMN) {
            g_array_append_val(ratios, ratio);
        }
    }
    return ratios;
}

/* A ratio has nine digits, so a count that it gives back is within this of a whole number. */
static double settled(double value)
{
    const double whole = rint(value);
    return fabs(value - whole) <= 1e-6 * fmax(1.0, fabs(value)) ? whole : value;
}

/* What is known of the figures of one row. */
typedef struct {
    gboolean *is_known; /* [columns] */
    double *values;
    gboolean *is_hidden;
} Row;

static gboolean is_open(const Row *row, gsize column)
{
    return row->is_hidden[column] && !row->is_known[column];
}

/* The one hidden figure of a ratio that the two others give; FALSE if there is none. */
static gboolean solve(const Row *row, const SpRatio *ratio, SpInferred *inferred)
{
    const double quotient = row->values[ratio->ratio];
    const double over = row->values[ratio->over], under = row->values[ratio->under];
    const gboolean has_ratio = row->is_known[ratio->ratio];
    const gboolean has_over = row->is_known[ratio->over];
    const gboolean has_under = row->is_known[ratio->under];
    if (is_open(row, ratio->ratio) && has_over && has_under && under != 0.0) {
        inferred->column = ratio->ratio;
        inferred->value = over / under;
        return TRUE;
    }
    if (is_open(row, ratio->over) && has_ratio && has_under) {
        inferred->column = ratio->over;
        inferred->value = settled(quotient * under);
        return TRUE;
    }
    if (is_open(row, ratio->under) && has_ratio && has_over && quotient != 0.0) {
        inferred->column = ratio->under;
        inferred->value = settled(over / quotient);
        return TRUE;
    }
    return FALSE;
}

static gboolean load(const SpTable *table, gsize r, Row *row)
{
    gboolean is_any_hidden = FALSE;
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        if (sp_table_column(table, column)->kind == SP_COLUMN_MEASURE) {
            const SpReal real = sp_table_real(table, r, column);
            row->is_known[column] = sp_real_is_number(real);
            row->is_hidden[column] = real.status == SP_SUPPRESSED;
            row->values[column] = real.value;
            is_any_hidden = is_any_hidden || row->is_hidden[column];
        }
    }
    return is_any_hidden;
}

/* What is found of one ratio may be what another lacks. */
static void infer_row(const GArray *ratios, gsize r, const Row *row, GArray *found)
{
    gboolean is_new = TRUE;
    while (is_new) {
        is_new = FALSE;
        for (guint i = 0; i < ratios->len; i++) {
            SpInferred inferred = {.row = r, .ratio = i};
            if (solve(row, &g_array_index(ratios, SpRatio, i), &inferred)) {
                row->is_known[inferred.column] = TRUE;
                row->values[inferred.column] = inferred.value;
                g_array_append_val(found, inferred);
                is_new = TRUE;
            }
        }
    }
}

GArray *sp_ratios_infer(const SpTable *table, const GArray *ratios)
{
    const gsize n = sp_table_n_columns(table);
    g_autofree gboolean *is_known = g_new0(gboolean, MAX(n, 1));
    g_autofree gboolean *is_hidden = g_new0(gboolean, MAX(n, 1));
    g_autofree double *values = g_new0(double, MAX(n, 1));
    Row row = {is_known, values, is_hidden};
    GArray *found = g_array_new(FALSE, FALSE, sizeof(SpInferred));
    for (gsize r = 0; ratios->len > 0 && r < sp_table_n_rows(table); r++) {
        if (load(table, r, &row)) {
            infer_row(ratios, r, &row, found);
        }
    }
    return found;
}
