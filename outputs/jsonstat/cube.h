/** A table as a cube: where each figure stands in it. */
#ifndef SP_OUTPUTS_JSONSTAT_CUBE_H
#define SP_OUTPUTS_JSONSTAT_CUBE_H

#include "core/table.h"

/** One dimension: a key column and its codes. */
typedef struct {
    gsize column;
    GPtrArray *codes; /* char*, borrowed from the dictionary: those that rows have, in byte order */
    guint64 *steps;   /* by code number: how far it moves a figure in the cube */
} SpCubeDimension;

/**
 * The dimensions are the key columns in their order and, last and so fastest, the measures. A row's
 * figures stand side by side; as rows and codes are in byte order, so are the rows in the cube.
 */
typedef struct {
    const SpTable *table; /* borrowed */
    GArray *dimensions;   /* SpCubeDimension */
    GArray *measures;     /* gsize: columns */
    GArray *attributes;   /* gsize: code columns that are neither keys nor the notice */
    guint64 n_cells;      /* G_MAXUINT64: too many to count */
} SpCube;

/** `table` is in key order. */
void sp_cube_init(SpCube *cube, const SpTable *table);
void sp_cube_clear(SpCube *cube);

/** Of how many rows there would be one. 0 without rows. */
double sp_cube_emptiness(const SpCube *cube);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpCube, sp_cube_clear)

#endif
