/* Rows of a raw table by our codes. */
#include "transforms/normalise/trace.h"

#include "transforms/normalise/recode.h"

#include <string.h>

struct SpTrace {
    const SpTable *raw;
    const SpLayout *layout;
    GPtrArray *columns; /* const SpLayoutColumn* */
    GPtrArray *recodes; /* SpRecode*, one a column */
    gsize contents;     /* SP_NO_COLUMN without */
};

static gboolean add_recodes(SpTrace *trace, const GPtrArray *columns, const SpTables *maps,
                            GError **error)
{
    const SpLayoutColumn *period = sp_layout_find_role(trace->layout, SP_ROLE_PERIOD);
    for (guint i = 0; i < columns->len; i++) {
        const SpLayoutColumn *column = columns->pdata[i];
        if (column->role > SP_ROLE_TEXT) {
            continue; /* as normalise: what is no code */
        }
        SpRecode *recode = sp_recode_new(column, trace->raw, maps, error);
        if (recode == NULL) {
            return FALSE;
        }
        if (period != NULL) {
            sp_recode_by_period(recode, period, trace->raw);
        }
        g_ptr_array_add(trace->columns, (gpointer)column);
        g_ptr_array_add(trace->recodes, recode);
    }
    return TRUE;
}

SpTrace *sp_trace_new(const SpTable *raw, const SpLayout *layout, const SpTables *maps,
                      GError **error)
{
    g_autoptr(SpTrace) trace = g_new0(SpTrace, 1);
    const SpLayoutColumn *contents = sp_layout_find_role(layout, SP_ROLE_CONTENTS);
    trace->raw = raw;
    trace->layout = layout;
    trace->columns = g_ptr_array_new();
    trace->recodes = g_ptr_array_new_with_free_func((GDestroyNotify)sp_recode_free);
    trace->contents = contents != NULL ? sp_table_find(raw, contents->name) : SP_NO_COLUMN;
    return add_recodes(trace, layout->columns, maps, error) &&
                   add_recodes(trace, layout->constants, maps, error)
               ? g_steal_pointer(&trace)
               : NULL;
}

void sp_trace_free(SpTrace *trace)
{
    if (trace != NULL) {
        g_ptr_array_unref(trace->columns);
        g_ptr_array_unref(trace->recodes);
        g_free(trace);
    }
}

/* Whether a column has the code in a row, or any where the cell does not say. */
static gboolean has_code(const SpTrace *trace, guint i, const SpCell *cell, gsize row)
{
    const SpLayoutColumn *column = trace->columns->pdata[i];
    SpRecode *recode = trace->recodes->pdata[i];
    const char *code = column->is_key ? sp_cell_code(cell, column->name) : NULL;
    guint32 number = 0;
    if (sp_recode_leaves_out(recode, row) || !sp_recode_row(recode, row, &number)) {
        return FALSE;
    }
    return code == NULL || strcmp(code, "*") == 0 ||
           strcmp(sp_codes_text(sp_recode_codes(recode), number), code) == 0;
}

/* The contents code that becomes the measure; NULL without contents. */
static const char *contents_of(const SpTrace *trace, const char *measure)
{
    for (guint i = 0; trace->contents != SP_NO_COLUMN && i < trace->layout->measures->len; i++) {
        const SpLayoutColumn *one = trace->layout->measures->pdata[i];
        if (strcmp(one->name, measure) == 0) {
            return one->source;
        }
    }
    return NULL;
}

GArray *sp_trace_rows(SpTrace *trace, const SpCell *cell)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    const char *contents = contents_of(trace, cell->measure);
    for (gsize row = 0; row < sp_table_n_rows(trace->raw); row++) {
        gboolean is_same = contents == NULL ||
                           strcmp(sp_table_code(trace->raw, row, trace->contents), contents) == 0;
        for (guint i = 0; i < trace->columns->len && is_same; i++) {
            is_same = has_code(trace, i, cell, row);
        }
        if (is_same) {
            g_array_append_val(rows, row);
        }
    }
    return rows;
}

gsize sp_trace_column(const SpTrace *trace, const char *measure)
{
    const gsize column =
        sp_table_find(trace->raw, trace->contents != SP_NO_COLUMN ? SP_LAYOUT_VALUE : measure);
    return column != SP_NO_COLUMN && sp_table_column(trace->raw, column)->kind == SP_COLUMN_MEASURE
               ? column
               : SP_NO_COLUMN;
}
