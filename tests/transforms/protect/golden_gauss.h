/** Golden sets 20–23: a table's design, its primaries and the order in which SSB's
 * GaussSuppression took its cells. */
#ifndef SP_TESTS_TRANSFORMS_PROTECT_GOLDEN_GAUSS_H
#define SP_TESTS_TRANSFORMS_PROTECT_GOLDEN_GAUSS_H

#include "tests/transforms/vary/golden.h"
#include "transforms/protect/gauss.h"

typedef struct {
    GPtrArray *cells; /* rows of expected_cells.csv, header first */
    SpDesign *design;
    gboolean *is_primary;
    gboolean *is_singleton;
    guint32 *order;
    gsize n_order;
} GoldenGauss;

static inline void golden_gauss_clear(GoldenGauss *golden)
{
    g_clear_pointer(&golden->cells, g_ptr_array_unref);
    g_clear_pointer(&golden->design, sp_design_free);
    g_free(golden->is_primary);
    g_free(golden->is_singleton);
    g_free(golden->order);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GoldenGauss, golden_gauss_clear)

static inline guint golden_column(const GPtrArray *rows, const char *name)
{
    char **header = g_ptr_array_index(rows, 0);
    for (guint i = 0; header[i] != NULL; i++) {
        if (strcmp(header[i], name) == 0) {
            return i;
        }
    }
    fail_msg("no column %s", name);
    return 0;
}

static inline GPtrArray *golden_file(const char *folder, const char *set, const char *file)
{
    g_autofree char *path = g_build_filename(set, file, NULL);
    return golden_read(folder, path);
}

static inline SpDesign *golden_design(const char *folder, const char *set, gsize n_inner,
                                      gsize n_cells)
{
    g_autoptr(GPtrArray) x = golden_file(folder, set, "input_x.csv");
    g_autofree SpDesignEntry *entries = g_new(SpDesignEntry, x->len);
    for (guint i = 1; i < x->len; i++) {
        entries[i - 1] =
            (SpDesignEntry){(guint32)golden_number(x, i, 0) - 1,
                            (guint32)golden_number(x, i, 1) - 1, (gint32)golden_number(x, i, 2)};
    }
    return sp_design_new(n_inner, n_cells, entries, x->len - 1);
}

static inline GoldenGauss golden_gauss(const char *folder, const char *set)
{
    g_autoptr(GPtrArray) inner = golden_file(folder, set, "input_inner.csv");
    GoldenGauss golden = {.cells = golden_file(folder, set, "expected_cells.csv")};
    const gsize n_cells = golden.cells->len - 1;
    const guint primary = golden_column(golden.cells, "primary");
    const guint rank = golden_column(golden.cells, "candidate_rank");
    const guint singleton = golden_column(inner, "singleton");
    golden.design = golden_design(folder, set, inner->len - 1, n_cells);
    golden.is_primary = g_new0(gboolean, n_cells);
    golden.order = g_new0(guint32, n_cells);
    golden.is_singleton = g_new0(gboolean, inner->len);
    for (guint i = 1; i < golden.cells->len; i++) {
        golden.is_primary[i - 1] = golden_number(golden.cells, i, primary) > 0.0;
        if (!golden.is_primary[i - 1]) {
            golden.order[(gsize)golden_number(golden.cells, i, rank) - 1] = i - 1;
            golden.n_order++;
        }
    }
    for (guint i = 1; i < inner->len; i++) {
        golden.is_singleton[i - 1] = golden_number(inner, i, singleton) > 0.0;
    }
    return golden;
}

#endif
