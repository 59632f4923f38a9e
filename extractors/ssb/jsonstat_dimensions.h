/** The dimensions of a JSON-stat dataset: ids, and the codes of each in the order of the cube. */
#ifndef SP_EXTRACTORS_SSB_JSONSTAT_DIMENSIONS_H
#define SP_EXTRACTORS_SSB_JSONSTAT_DIMENSIONS_H

#include "core/io/json.h"

/** SSB's widest tables have some ten. */
enum { SP_JSONSTAT_MAX_DIMENSIONS = 32 };

typedef struct {
    const char *id;
    const char **codes; /* [n] */
    gsize n;
} SpJsonstatDimension;

/** Strings are borrowed from the dataset. */
typedef struct {
    SpJsonstatDimension *at; /* [n] */
    gsize n;
    gsize n_cells; /* product of the sizes; 0 if a dimension is empty */
} SpJsonstatDimensions;

/**
 * Reads and checks them. SP_ERROR_DATA naming the dimension: an id that repeats or that is called
 * "value" or "status" (our own columns), no category, a number of codes that is not the size, codes
 * or positions that repeat, a size that is not a whole number from 0, more than
 * SP_JSONSTAT_MAX_DIMENSIONS dimensions, more than SP_JSONSTAT_MAX_CELLS cells.
 */
SpJsonstatDimensions *sp_jsonstat_dimensions_new(const json_t *dataset, GError **error);
/** The same for metadata of a whole table: of any number of cells; n_cells is then not to be
 * used. */
SpJsonstatDimensions *sp_jsonstat_dimensions_of_table(const json_t *dataset, GError **error);
void sp_jsonstat_dimensions_free(SpJsonstatDimensions *dimensions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpJsonstatDimensions, sp_jsonstat_dimensions_free)

#endif
