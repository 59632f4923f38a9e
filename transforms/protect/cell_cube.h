/** Cells of a layer as a cube: its dimensions are the keys that cells of two groups differ in, and
 * then the nested columns. */
#ifndef SP_TRANSFORMS_PROTECT_CELL_CUBE_H
#define SP_TRANSFORMS_PROTECT_CELL_CUBE_H

#include "core/real.h"
#include "transforms/protect/cells.h"
#include "transforms/protect/cube.h"

/** The keys apart, which `groups` of the cells are made of. Borrows the cells. */
typedef struct {
    const SpCells *cells;
    GPtrArray *codes; /* SpCodes* of each key */
    guint32 **code;   /* [keys][groups] */
} SpCellKeys;

/** SP_ERROR_CONFIG when the tables of the layer do not have the same keys. */
SpCellKeys *sp_cell_keys_new(const SpCells *cells, GError **error);
void sp_cell_keys_free(SpCellKeys *keys);

/** The dimension of a column by name, or of one that sums run along; the latter begin at the number
 * of keys. SP_ERROR_CONFIG if there is none. */
gboolean sp_cell_keys_find(const SpCellKeys *keys, const char *name, gsize *dimension,
                           GError **error);
gboolean sp_cell_keys_find_nested(const SpCellKeys *keys, const char *name, gsize *dimension,
                                  GError **error);

typedef struct {
    GArray *cells;      /* guint32 of SpCells */
    GPtrArray *columns; /* guint32 [cells] codes of each dimension; g_free */
    GArray *n_codes;    /* guint32 of each dimension */
    SpReal *value;      /* [cells] what the layer counts; SP_MISSING where that is not known */
    SpCube cube;
} SpCellCube;

/** Of some cells (guint32), which are taken. */
SpCellCube *sp_cell_cube_new(const SpCellKeys *keys, GArray *cells);
void sp_cell_cube_free(SpCellCube *cube);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCellKeys, sp_cell_keys_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCellCube, sp_cell_cube_free)

#endif
