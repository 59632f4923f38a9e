/** Which figures of a sensitive table are hidden together, and by which rules: layers, as
 * config/skjermingslag.csv has them. */
#ifndef SP_TRANSFORMS_PROTECT_LAYERS_H
#define SP_TRANSFORMS_PROTECT_LAYERS_H

#include "core/table.h"

/** How a measure of a layer is looked at. */
typedef enum {
    SP_RULE_FEW,  /* a count of persons: hidden from 1 to the threshold less 1 */
    SP_RULE_PART, /* such a count of some of those in `of`: hidden, too, where the rest is few, and
                     where `of` is hidden; nobody is shown */
    SP_RULE_WITH, /* hidden where the layer is, and by its owner's own limit, if there is one */
} SpLayerRule;

/** One measure of a layer. */
typedef struct {
    gsize column; /* of the table */
    SpLayerRule rule;
    gsize of;       /* PART: the column of the whole */
    double at_most; /* the owner publishes no row where the figure is so much or less; 0: none */
} SpLayerMeasure;

/** A table's measures in a layer. The first is what the layer counts. */
typedef struct {
    const SpTable *table; /* borrowed */
    GArray *measures;     /* SpLayerMeasure */
} SpLayerTable;

/** Measures that are shown or hidden together, row by row; of several tables where these count the
 * same persons in other groups. */
typedef struct {
    char *name;
    GPtrArray *tables; /* SpLayerTable* */
} SpLayer;

/**
 * The layers of the tables that are there, in the order of the file; a layer comes after those that
 * its parts are of (SpLayer*, owned by the array; g_ptr_array_unref).
 *
 *   layers  code columns table, layer, measure, rule, of
 *   owners  code columns table, measure, at_most (config/skjerming.csv)
 *   facts   sensitive tables among others
 *
 * SP_ERROR_CONFIG for an unknown rule, a layer whose first measure is no count, a measure that is
 * in two layers, an `of` that is not there or stands in a later layer, and a limit that is
 * no number; SP_ERROR_DATA for a column that the table does not have.
 */
GPtrArray *sp_layers_read(const SpTable *layers, const SpTable *owners, const SpTables *facts,
                          GError **error);

/** Whether a measure of the table is in a layer: others are not told. */
gboolean sp_layers_have(const GPtrArray *layers, const SpTable *table, gsize column);

#endif
