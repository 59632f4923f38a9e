/** The inside of the aggregation engine, for aggregate*.c alone. */
#ifndef SP_CORE_AGGREGATE_ENGINE_H
#define SP_CORE_AGGREGATE_ENGINE_H

#include "core/aggregate.h"

/* 2^64 rows of any 64-bit number fit, so a sum never wraps and the order of rows and partial
 * results cannot matter; whether the sum itself fits is asked once, when the table is made. */
__extension__ typedef __int128 SpAggregateWide;

typedef struct {
    gsize field;        /* in the rows of the present file */
    SpCodes *inputs;    /* the allowed codes, or those seen */
    SpCodes *results;   /* codes of the result, over all levels */
    guint32 *to_result; /* [n_mapped][n_levels], by input code: number in `results`, or a mark of
                           aggregate.c */
    gsize n_mapped;
    guint32 present; /* of the present row, in `inputs` */
    char *subject;   /* of findings */
} SpAggregateKeyFeed;

typedef struct {
    gsize field;
    SpCodes *persons; /* DISTINCT: texts seen */
    SpTuples *pairs;  /* DISTINCT: (cell, person) */
    gint64 present;   /* of the present row: the number, or the person */
    char *subject;
} SpAggregateMeasureFeed;

struct SpAggregate {
    SpSink sink; /* first, so that the sink is the engine */
    const SpAggregateSpec *spec;
    SpQuality *quality;
    gsize n_fields;                   /* of the present file */
    SpAggregateKeyFeed *keys;         /* [n_keys] */
    SpAggregateMeasureFeed *measures; /* [n_measures] */
    SpTuples *cells;                  /* (level, result code of each key) */
    SpAggregateWide *values;          /* [room for n_values cells][n_measures] */
    gsize n_values;
    guint32 *tuple; /* [1 + n_keys] */
};

/** SP_ERROR_BUG when the specification contradicts itself. */
gboolean sp_aggregate_check(const SpAggregateSpec *spec, GError **error);

/** The number of the cell `aggregate->tuple`, with its values set to those of no rows if it is new.
 */
guint32 sp_aggregate_find_or_add_cell(SpAggregate *aggregate);
void sp_aggregate_add_value(SpAggregateWide *value, SpAggregateKind kind, SpAggregateWide added);
/** 1 if the person is new in the cell, else 0. */
SpAggregateWide sp_aggregate_add_person(SpAggregateMeasureFeed *measure, guint32 cell,
                                        guint32 person);

#endif
