/** Cubes for tests: of a golden set's columns, and with a cell for every combination of codes. */
#ifndef SP_TESTS_TRANSFORMS_PROTECT_CUBES_H
#define SP_TESTS_TRANSFORMS_PROTECT_CUBES_H

#include "tests/transforms/protect/golden_gauss.h"
#include "transforms/protect/cube.h"

enum { CUBE_DIMS = 4 };

typedef struct {
    SpCube cube;
    guint32 n_codes[CUBE_DIMS];
    guint32 *code[CUBE_DIMS];
    const guint32 *code_const[CUBE_DIMS];
    GHashTable *number[CUBE_DIMS]; /* code's text → its number; NULL in full cubes */
} TestCube;

static inline void test_cube_free(TestCube *test)
{
    for (gsize dim = 0; dim < test->cube.n_dims; dim++) {
        g_clear_pointer(&test->number[dim], g_hash_table_unref);
        g_free(test->code[dim]);
    }
    g_free(test);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestCube, test_cube_free)

static inline TestCube *test_cube_new(gsize n_cells, gsize n_dims)
{
    TestCube *test = g_new0(TestCube, 1);
    assert_true(n_dims <= CUBE_DIMS);
    for (gsize dim = 0; dim < n_dims; dim++) {
        test->code[dim] = g_new0(guint32, n_cells);
        test->code_const[dim] = test->code[dim];
    }
    test->cube = (SpCube){n_cells, n_dims, test->n_codes, test->code_const};
    return test;
}

/** The code's number in the dimension; fails if it is not there. */
static inline guint32 test_cube_code(const TestCube *test, gsize dim, const char *code)
{
    gpointer number = NULL;
    if (!g_hash_table_lookup_extended(test->number[dim], code, NULL, &number)) {
        fail_msg("no code %s", code);
    }
    return GPOINTER_TO_UINT(number);
}

/** Cells are the rows below the header, codes numbered as they come. `rows` must outlive it. */
static inline TestCube *golden_cube(const GPtrArray *rows, const char *const names[], gsize n_dims)
{
    TestCube *test = test_cube_new(rows->len - 1, n_dims);
    for (gsize dim = 0; dim < n_dims; dim++) {
        const guint column = golden_column(rows, names[dim]);
        test->number[dim] = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint row = 1; row < rows->len; row++) {
            gpointer code = (gpointer)golden_text(rows, row, column);
            if (!g_hash_table_contains(test->number[dim], code)) {
                g_hash_table_insert(test->number[dim], code,
                                    GUINT_TO_POINTER(test->n_codes[dim]++));
            }
            test->code[dim][row - 1] = test_cube_code(test, dim, code);
        }
    }
    return test;
}

/** A cell for every combination, the last dimension's codes changing fastest. */
static inline TestCube *full_cube(const guint32 n_codes[], gsize n_dims)
{
    gsize n_cells = 1;
    for (gsize dim = 0; dim < n_dims; dim++) {
        n_cells *= n_codes[dim];
    }
    TestCube *test = test_cube_new(n_cells, n_dims);
    for (gsize cell = 0; cell < n_cells; cell++) {
        gsize rest = cell;
        for (gsize dim = n_dims; dim-- > 0; rest /= n_codes[dim]) {
            test->n_codes[dim] = n_codes[dim];
            test->code[dim][cell] = (guint32)(rest % n_codes[dim]);
        }
    }
    return test;
}

/** Figures of numbers; a negative one is suppressed, NAN missing. */
static inline SpReal *figures_of(const double numbers[], gsize n)
{
    SpReal *figures = g_new(SpReal, n);
    for (gsize i = 0; i < n; i++) {
        figures[i] = numbers[i] < 0.0 ? sp_real_none(SP_SUPPRESSED) : sp_real(numbers[i]);
    }
    return figures;
}

/** A column of numbers as figures, in the order of golden_cube. */
static inline SpReal *golden_figures(const GPtrArray *rows, const char *name)
{
    const guint column = golden_column(rows, name);
    SpReal *figures = g_new(SpReal, rows->len);
    for (guint row = 1; row < rows->len; row++) {
        figures[row - 1] = sp_real(golden_number(rows, row, column));
    }
    return figures;
}

#endif
