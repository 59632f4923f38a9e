/* A table as a cube. */
#include "outputs/jsonstat/cube.h"

#include "core/table_rows.h"
#include "outputs/words.h"

static guint64 product(guint64 a, guint64 b)
{
    guint64 found = 0;
    return __builtin_mul_overflow(a, b, &found) ? G_MAXUINT64 : found;
}

static void add_dimension(SpCube *cube, gsize column)
{
    const SpCodes *codes = sp_table_codes(cube->table, column);
    g_autofree gboolean *is_used = sp_table_used_codes(cube->table, column);
    SpCubeDimension dimension = {.column = column,
                                 .codes = g_ptr_array_new(),
                                 .steps = g_new0(guint64, (gsize)sp_codes_size(codes) + 1)};
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        if (is_used[i]) {
            g_ptr_array_add(dimension.codes, (gpointer)sp_codes_text(codes, i));
        }
    }
    g_ptr_array_sort(dimension.codes, sp_codes_compare);
    g_array_append_val(cube->dimensions, dimension);
}

/* From the last dimension to the first: each moves by all that is behind it. */
static void set_steps(SpCube *cube)
{
    guint64 step = cube->measures->len;
    for (guint i = cube->dimensions->len; i > 0; i--) {
        const SpCubeDimension *dimension = &g_array_index(cube->dimensions, SpCubeDimension, i - 1);
        const SpCodes *codes = sp_table_codes(cube->table, dimension->column);
        for (guint place = 0; place < dimension->codes->len; place++) {
            guint32 number = 0;
            (void)sp_codes_find(codes, dimension->codes->pdata[place], &number);
            dimension->steps[number] = product(step, place);
        }
        step = product(step, dimension->codes->len);
    }
    cube->n_cells = step;
}

void sp_cube_init(SpCube *cube, const SpTable *table)
{
    *cube = (SpCube){.table = table,
                     .dimensions = g_array_new(FALSE, FALSE, sizeof(SpCubeDimension)),
                     .measures = g_array_new(FALSE, FALSE, sizeof(gsize)),
                     .attributes = g_array_new(FALSE, FALSE, sizeof(gsize))};
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_MEASURE) {
            g_array_append_val(cube->measures, i);
        } else if (column->is_key) {
            add_dimension(cube, i);
        } else if (!sp_words_is_notice(column)) {
            g_array_append_val(cube->attributes, i);
        }
    }
    set_steps(cube);
}

void sp_cube_clear(SpCube *cube)
{
    for (guint i = 0; i < cube->dimensions->len; i++) {
        const SpCubeDimension *dimension = &g_array_index(cube->dimensions, SpCubeDimension, i);
        g_ptr_array_unref(dimension->codes);
        g_free(dimension->steps);
    }
    g_array_unref(cube->dimensions);
    g_array_unref(cube->measures);
    g_array_unref(cube->attributes);
}

double sp_cube_emptiness(const SpCube *cube)
{
    const gsize n = sp_table_n_rows(cube->table) * cube->measures->len;
    return n > 0 ? (double)cube->n_cells / (double)n : 0.0;
}
