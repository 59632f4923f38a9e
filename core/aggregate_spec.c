/* What a specification of the aggregation engine must keep to. */
#include "core/aggregate_engine.h"

#include <string.h>

#include "core/error.h"

static gboolean check_measure(const SpAggregateSpec *spec, const SpAggregateMeasure *measure,
                              GError **error)
{
    gboolean is_number = measure->kind == SP_AGGREGATE_SUM || measure->kind == SP_AGGREGATE_MIN ||
                         measure->kind == SP_AGGREGATE_MAX;
    if ((measure->kind == SP_AGGREGATE_COUNT) != (measure->column == NULL)) {
        return sp_error_set(error, SP_ERROR_BUG,
                            "aggregate %s: measure %s: a count has no column, all else has one",
                            spec->name, measure->name);
    }
    if (is_number && ((measure->decimal != '.' && measure->decimal != ',') ||
                      measure->decimals > 9 || measure->shift > 9 - measure->decimals)) {
        return sp_error_set(error, SP_ERROR_BUG,
                            "aggregate %s: measure %s: want decimal sign . or , and 0-9 decimals "
                            "with those of the division",
                            spec->name, measure->name);
    }
    for (gsize i = 0; i < spec->n_keys; i++) {
        if (strcmp(spec->keys[i].column, measure->name) == 0) {
            return sp_error_set(error, SP_ERROR_BUG, "aggregate %s: %s is both key and measure",
                                spec->name, measure->name);
        }
    }
    return TRUE;
}

gboolean sp_aggregate_check(const SpAggregateSpec *spec, GError **error)
{
    if (spec->n_levels == 0 || spec->n_measures == 0) {
        return sp_error_set(error, SP_ERROR_BUG, "aggregate %s: no level or no measure",
                            spec->name);
    }
    for (gsize i = 0; i < spec->n_measures; i++) {
        if (!check_measure(spec, &spec->measures[i], error)) {
            return FALSE;
        }
        for (gsize k = 0; k < i; k++) {
            if (strcmp(spec->measures[i].name, spec->measures[k].name) == 0) {
                return sp_error_set(error, SP_ERROR_BUG, "aggregate %s: measure %s twice",
                                    spec->name, spec->measures[i].name);
            }
        }
    }
    for (gsize i = 1; i < spec->n_keys; i++) {
        for (gsize k = 0; k < i; k++) {
            if (strcmp(spec->keys[i].column, spec->keys[k].column) == 0) {
                return sp_error_set(error, SP_ERROR_BUG, "aggregate %s: key %s twice", spec->name,
                                    spec->keys[i].column);
            }
        }
    }
    for (gsize i = 0; i < spec->n_levels * spec->n_keys; i++) {
        if (spec->levels[i].all != NULL && spec->levels[i].groups != NULL) {
            return sp_error_set(
                error, SP_ERROR_BUG,
                "aggregate %s: level %" G_GSIZE_FORMAT " both groups %s and sums it away",
                spec->name, i / spec->n_keys + 1, spec->keys[i % spec->n_keys].column);
        }
    }
    return TRUE;
}
