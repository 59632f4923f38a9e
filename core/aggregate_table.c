/* The table that comes out of the aggregation engine. */
#include "core/aggregate_engine.h"

#include "core/error.h"
#include "core/number.h"
#include "core/table_rows.h"

static SpTable *new_table(const SpAggregateSpec *spec)
{
    SpTable *table = sp_table_new(spec->name, NULL, 0);
    for (gsize i = 0; i < spec->n_keys; i++) {
        const SpColumn column = {.name = spec->keys[i].column,
                                 .kind = SP_COLUMN_CODE,
                                 .is_key = TRUE,
                                 .classification = spec->keys[i].classification};
        sp_table_add_column(table, &column);
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        SpAggregateKind kind = spec->measures[i].kind;
        const SpColumn column = {.name = spec->measures[i].name,
                                 .kind = SP_COLUMN_MEASURE,
                                 .unit = spec->measures[i].unit,
                                 .is_additive =
                                     kind == SP_AGGREGATE_COUNT || kind == SP_AGGREGATE_SUM};
        sp_table_add_column(table, &column);
    }
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    return table;
}

static gboolean set_value(SpTable *table, gsize at, const SpAggregateSpec *spec, gsize i,
                          SpAggregateWide value, GError **error)
{
    const SpAggregateMeasure *measure = &spec->measures[i];
    if (value > G_MAXINT64 || value < -G_MAXINT64) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: the sum of column \"%s\" with %u decimals is beyond 64 bits; "
                            "check its unit, or keep fewer decimals",
                            spec->origin, measure->column, measure->decimals);
    }
    gboolean is_number =
        measure->kind != SP_AGGREGATE_COUNT && measure->kind != SP_AGGREGATE_DISTINCT;
    sp_table_set_real(table, at, spec->n_keys + i,
                      sp_real(sp_number_of_fixed(
                          (gint64)value, is_number ? measure->decimals + measure->shift : 0)));
    return TRUE;
}

SpTable *sp_aggregate_table(const SpAggregate *aggregate, GError **error)
{
    const SpAggregateSpec *spec = aggregate->spec;
    guint32 n_cells = sp_tuples_size(aggregate->cells);
    g_autoptr(SpTable) table = new_table(spec);
    sp_table_add_rows(table, n_cells);
    for (guint32 cell = 0; cell < n_cells; cell++) {
        const guint32 *tuple = sp_tuples_at(aggregate->cells, cell);
        for (gsize i = 0; i < spec->n_keys; i++) {
            sp_table_set_code(table, cell, i,
                              sp_codes_text(aggregate->keys[i].results, tuple[i + 1]));
        }
        for (gsize i = 0; i < spec->n_measures; i++) {
            if (!set_value(table, cell, spec, i, aggregate->values[cell * spec->n_measures + i],
                           error)) {
                return NULL;
            }
        }
    }
    g_autoptr(GError) repeated = NULL;
    if (!sp_table_check_unique(table, &repeated)) {
        sp_error_set(error, SP_ERROR_BUG, "two reporting levels give the same codes: %s",
                     repeated->message);
        return NULL;
    }
    return g_steal_pointer(&table);
}
