/* Strata by sorting: cells with the same other codes come to stand beside each other. */
#include "transforms/protect/cube.h"

#include <string.h>

/* Orders cells by their codes in one dimension, and leaves the order of those with the same. */
static void sort_by(const SpCube *cube, gsize dim, guint32 order[], guint32 spare[])
{
    const guint32 *code = cube->code[dim];
    g_autofree gsize *next = g_new0(gsize, (gsize)cube->n_codes[dim] + 1);
    for (gsize i = 0; i < cube->n_cells; i++) {
        next[code[i] + 1]++;
    }
    for (gsize i = 0; i < cube->n_codes[dim]; i++) {
        next[i + 1] += next[i];
    }
    for (gsize i = 0; i < cube->n_cells; i++) {
        spare[next[code[order[i]]]++] = order[i];
    }
    memcpy(order, spare, cube->n_cells * sizeof *order);
}

static gboolean are_alike(const SpCube *cube, gsize along, guint32 a, guint32 b)
{
    for (gsize dim = 0; dim < cube->n_dims; dim++) {
        if (dim != along && cube->code[dim][a] != cube->code[dim][b]) {
            return FALSE;
        }
    }
    return TRUE;
}

gsize sp_cube_strata(const SpCube *cube, gsize along, guint32 stratum[])
{
    g_autofree guint32 *order = g_new(guint32, cube->n_cells + 1);
    g_autofree guint32 *spare = g_new(guint32, cube->n_cells + 1);
    guint32 n_strata = 0;
    for (guint32 i = 0; i < cube->n_cells; i++) {
        order[i] = i;
    }
    for (gsize dim = cube->n_dims; dim-- > 0;) {
        if (dim != along) {
            sort_by(cube, dim, order, spare);
        }
    }
    for (gsize i = 0; i < cube->n_cells; i++) {
        if (i == 0 || !are_alike(cube, along, order[i - 1], order[i])) {
            n_strata++;
        }
        stratum[order[i]] = n_strata - 1;
    }
    return n_strata;
}
