/* Codes of groups, and cells dimension by dimension. */
#include "transforms/protect/cell_cube.h"

#include "core/error.h"

#include <string.h>

/* ---- keys ---- */

static void codes_unref(gpointer codes)
{
    sp_codes_unref(codes);
}

SpCellKeys *sp_cell_keys_new(const SpCells *cells, GError **error)
{
    const guint32 n_groups = sp_codes_size(cells->groups);
    const guint n_keys = g_strv_length(cells->apart);
    g_autoptr(SpCellKeys) keys = g_new(SpCellKeys, 1);
    *keys = (SpCellKeys){.cells = cells,
                         .codes = g_ptr_array_new_with_free_func(codes_unref),
                         .code = g_new0(guint32 *, n_keys + 1)};
    for (guint i = 0; i < n_keys; i++) {
        g_ptr_array_add(keys->codes, sp_codes_new());
        keys->code[i] = g_new(guint32, (gsize)n_groups + 1);
    }
    for (guint32 group = 0; group < n_groups; group++) {
        g_auto(GStrv) codes = g_strsplit(sp_codes_text(cells->groups, group), SP_GROUP_END, -1);
        if (g_strv_length(codes) != n_keys + 1) {
            sp_error_set(error, SP_ERROR_CONFIG, "its tables do not have the same keys");
            return NULL;
        }
        for (guint i = 0; i < n_keys; i++) {
            keys->code[i][group] = sp_codes_add(keys->codes->pdata[i], codes[i]);
        }
    }
    return g_steal_pointer(&keys);
}

void sp_cell_keys_free(SpCellKeys *keys)
{
    if (keys != NULL) {
        for (guint i = 0; i < keys->codes->len; i++) {
            g_free(keys->code[i]);
        }
        g_free(keys->code);
        g_ptr_array_unref(keys->codes);
        g_free(keys);
    }
}

gboolean sp_cell_keys_find(const SpCellKeys *keys, const char *name, gsize *dimension,
                           GError **error)
{
    const guint n_keys = keys->codes->len;
    for (guint i = 0; i < n_keys + keys->cells->n_columns; i++) {
        const char *here = i < n_keys ? keys->cells->apart[i] : keys->cells->columns[i - n_keys];
        if (strcmp(here, name) == 0) {
            *dimension = i;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_CONFIG, "its tables have no key \"%s\"", name);
}

gboolean sp_cell_keys_find_nested(const SpCellKeys *keys, const char *name, gsize *dimension,
                                  GError **error)
{
    return sp_cell_keys_find(keys, name, dimension, error) &&
           (*dimension >= keys->codes->len ||
            sp_error_set(error, SP_ERROR_CONFIG, "nothing is summed along \"%s\"", name));
}

/* ---- cells ---- */

static SpReal value_of(const SpCells *cells, guint32 cell)
{
    return g_array_index(cells->is_known, gboolean, cell)
               ? sp_real(g_array_index(cells->value, double, cell))
               : sp_real_none(SP_MISSING);
}

SpCellCube *sp_cell_cube_new(const SpCellKeys *keys, GArray *cells)
{
    const guint n_keys = keys->codes->len;
    SpCellCube *cube = g_new(SpCellCube, 1);
    *cube = (SpCellCube){.cells = cells,
                         .columns = g_ptr_array_new_with_free_func(g_free),
                         .n_codes = g_array_new(FALSE, FALSE, sizeof(guint32)),
                         .value = g_new(SpReal, cells->len + 1)};
    for (guint i = 0; i < n_keys + keys->cells->n_columns; i++) {
        const SpCodes *codes =
            i < n_keys ? keys->codes->pdata[i] : keys->cells->nesting[i - n_keys]->codes;
        const guint32 n_codes = sp_codes_size(codes);
        guint32 *column = g_new(guint32, cells->len + 1);
        for (guint j = 0; j < cells->len; j++) {
            const guint32 *tuple =
                sp_tuples_at(keys->cells->tuples, g_array_index(cells, guint32, j));
            column[j] = i < n_keys ? keys->code[i][tuple[0]] : tuple[i - n_keys + 1];
        }
        g_ptr_array_add(cube->columns, column);
        g_array_append_val(cube->n_codes, n_codes);
    }
    for (guint j = 0; j < cells->len; j++) {
        cube->value[j] = value_of(keys->cells, g_array_index(cells, guint32, j));
    }
    cube->cube = (SpCube){.n_cells = cells->len,
                          .n_dims = cube->columns->len,
                          .n_codes = (const guint32 *)(gpointer)cube->n_codes->data,
                          .code = (const guint32 *const *)cube->columns->pdata};
    return cube;
}

void sp_cell_cube_free(SpCellCube *cube)
{
    if (cube != NULL) {
        g_array_unref(cube->cells);
        g_ptr_array_unref(cube->columns);
        g_array_unref(cube->n_codes);
        g_free(cube->value);
        g_free(cube);
    }
}
