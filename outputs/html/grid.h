/** How a table lies on the page: its code columns down, its measures or its periods across. */
#ifndef SP_OUTPUTS_HTML_GRID_H
#define SP_OUTPUTS_HTML_GRID_H

#include "outputs/words.h"

typedef struct {
    const SpWords *words;
    const SpTable *table;
    GArray *codes;    /* gsize: code columns shown down */
    GArray *measures; /* gsize */
    GPtrArray
        *labels;  /* char**: words of each code column, by code number, in the order of `codes` */
    gsize region; /* column, SP_NO_COLUMN if none */
    gsize period; /* column whose codes stand across, SP_NO_COLUMN if none does */
    GPtrArray *periods; /* char*, borrowed: the periods across, in order */
    int *places;        /* by code number of `period`: place across, -1 if not shown */
    gboolean is_cut;    /* some periods are not shown */
} SpGrid;

void sp_grid_init(SpGrid *grid, const SpWords *words, const SpTable *table);
void sp_grid_clear(SpGrid *grid);

/** TRUE when two rows of the table stand in one row of the grid. */
gboolean sp_grid_is_same(const SpGrid *grid, gsize a, gsize b);
/** Rows of the grid that these rows of the table (gsize, in table order) make. */
gsize sp_grid_count(const SpGrid *grid, const GArray *rows);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpGrid, sp_grid_clear)

#endif
