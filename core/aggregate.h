/**
 * The streaming aggregation engine: rows about persons go in one by one and only tables of sums
 * come out. It is the only way from a person-level extract to a table.
 *
 * Declarative: a specification names the input columns, the keys, the reporting levels, the
 * measures and which rows count. This is the plain, correct implementation in memory; the fast one
 * keeps this interface.
 */
#ifndef SP_CORE_AGGREGATE_H
#define SP_CORE_AGGREGATE_H

#include "core/quality.h"
#include "core/sink.h"
#include "core/table.h"

typedef enum {
    SP_AGGREGATE_COUNT,    /* rows */
    SP_AGGREGATE_SUM,      /* exact sum of a fixed-point number */
    SP_AGGREGATE_DISTINCT, /* exact number of distinct texts of a column (persons) */
    SP_AGGREGATE_MIN,
    SP_AGGREGATE_MAX,
} SpAggregateKind;

typedef struct {
    const char *name;
    SpAggregateKind kind;
    const char *column; /* input column; NULL for COUNT */
    const char *unit;
    char decimal;   /* SUM, MIN, MAX: '.' or ',' */
    guint decimals; /* SUM, MIN, MAX: decimals kept exactly (0-9); more make an invalid row */
    guint
        shift; /* SUM, MIN, MAX: the result is divided by 10^shift, exactly (percent to shares: 2);
                       with `decimals` at most 9 */
} SpAggregateMeasure;

/** A key of the result. */
typedef struct {
    const char *column;         /* input column, also the name in the result */
    const char *classification; /* of the result */
    const char *const *codes;   /* allowed codes [n_codes]; NULL: any non-empty text */
    gsize n_codes;
} SpAggregateKey;

/** How one key appears at a reporting level; both NULL: the code itself. */
typedef struct {
    /** Not NULL: the key is summed away and this code stands for all. */
    const char *all;
    /** Not NULL: code -> code of its group (char* both); a code without group does not count at
     * this level. */
    GHashTable *groups;
} SpAggregateLevelKey;

typedef struct {
    const char *name; /* of the resulting table */
    const SpAggregateKey *keys;
    gsize n_keys;
    /** Levels [n_levels][n_keys], row after row. Every level has its own exact distinct counts:
     * distinct persons do not add up. The rows of all levels stand in one table, so two levels must
     * not give the same codes. */
    const SpAggregateLevelKey *levels;
    gsize n_levels;
    const SpAggregateMeasure *measures;
    gsize n_measures;
    const char *origin; /* file name for messages */
} SpAggregateSpec;

typedef struct SpAggregate SpAggregate;

/** `spec` and all it points at are borrowed for the life of the engine, and so is `quality`.
 * SP_ERROR_BUG when the specification contradicts itself. */
SpAggregate *sp_aggregate_new(const SpAggregateSpec *spec, SpQuality *quality, GError **error);
/**
 * The sink, borrowed. `begin` may come again, for a further file with its own header; it fails with
 * SP_ERROR_DATA when a column of the specification is not there or stands twice. `row` never fails:
 * rows that are not valid are left out and noted in `quality` by kind, column and first row number,
 * never with their content. Kinds: field_count, unknown_code (an empty key too), empty_person (the
 * column of a DISTINCT), not_a_number.
 */
SpSink *sp_aggregate_sink(SpAggregate *aggregate);
/** Adds all of `other` (made from the same specification) to `aggregate`: partial results in any
 * order give the same table. */
void sp_aggregate_merge(SpAggregate *aggregate, const SpAggregate *other);
/**
 * The table, sorted by key and marked sensitive. COUNT and SUM are additive, the others are not.
 * SP_ERROR_DATA when a sum is beyond 64 bits; SP_ERROR_BUG when two levels give the same codes.
 */
SpTable *sp_aggregate_table(const SpAggregate *aggregate, GError **error);
void sp_aggregate_free(SpAggregate *aggregate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpAggregate, sp_aggregate_free)

#endif
