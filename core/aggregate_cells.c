/* The cells of the aggregation engine: how values are added to them, one by one or from a partial
 * result. */
#include "core/aggregate_engine.h"

guint32 sp_aggregate_find_or_add_cell(SpAggregate *aggregate)
{
    const SpAggregateSpec *spec = aggregate->spec;
    guint32 n_before = sp_tuples_size(aggregate->cells),
            cell = sp_tuples_add(aggregate->cells, aggregate->tuple);
    if (cell < n_before) {
        return cell;
    }
    if (cell == aggregate->n_values) {
        aggregate->n_values = MAX(64, 2 * aggregate->n_values);
        aggregate->values =
            g_renew(SpAggregateWide, aggregate->values, aggregate->n_values * spec->n_measures);
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        SpAggregateKind kind = spec->measures[i].kind;
        aggregate->values[cell * spec->n_measures + i] = kind == SP_AGGREGATE_MIN   ? G_MAXINT64
                                                         : kind == SP_AGGREGATE_MAX ? G_MININT64
                                                                                    : 0;
    }
    return cell;
}

void sp_aggregate_add_value(SpAggregateWide *value, SpAggregateKind kind, SpAggregateWide added)
{
    switch (kind) {
    case SP_AGGREGATE_COUNT:
    case SP_AGGREGATE_SUM:
    case SP_AGGREGATE_DISTINCT:
        *value += added;
        break;
    case SP_AGGREGATE_MIN:
        *value = MIN(*value, added);
        break;
    case SP_AGGREGATE_MAX:
        *value = MAX(*value, added);
        break;
    }
}

SpAggregateWide sp_aggregate_add_person(SpAggregateMeasureFeed *measure, guint32 cell,
                                        guint32 person)
{
    guint32 n_before = sp_tuples_size(measure->pairs);
    return sp_tuples_add(measure->pairs, (const guint32[]){cell, person}) == n_before;
}

void sp_aggregate_merge(SpAggregate *aggregate, const SpAggregate *other)
{
    const SpAggregateSpec *spec = aggregate->spec;
    guint32 n_cells = sp_tuples_size(other->cells);
    g_autofree guint32 *to_ours = g_new(guint32, MAX(n_cells, 1));
    for (guint32 cell = 0; cell < n_cells; cell++) {
        const guint32 *tuple = sp_tuples_at(other->cells, cell);
        aggregate->tuple[0] = tuple[0];
        for (gsize i = 0; i < spec->n_keys; i++) {
            aggregate->tuple[i + 1] = sp_codes_add(
                aggregate->keys[i].results, sp_codes_text(other->keys[i].results, tuple[i + 1]));
        }
        to_ours[cell] = sp_aggregate_find_or_add_cell(aggregate);
        SpAggregateWide *values = aggregate->values + to_ours[cell] * spec->n_measures;
        for (gsize i = 0; i < spec->n_measures; i++) {
            if (spec->measures[i].kind != SP_AGGREGATE_DISTINCT) {
                sp_aggregate_add_value(&values[i], spec->measures[i].kind,
                                       other->values[cell * spec->n_measures + i]);
            }
        }
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        SpAggregateMeasureFeed *measure = &aggregate->measures[i];
        const SpAggregateMeasureFeed *from = &other->measures[i];
        for (guint32 pair = 0; pair < sp_tuples_size(from->pairs); pair++) {
            const guint32 *numbers = sp_tuples_at(from->pairs, pair);
            guint32 person =
                sp_codes_add(measure->persons, sp_codes_text(from->persons, numbers[1]));
            guint32 cell = to_ours[numbers[0]];
            aggregate->values[cell * spec->n_measures + i] +=
                sp_aggregate_add_person(measure, cell, person);
        }
    }
}
