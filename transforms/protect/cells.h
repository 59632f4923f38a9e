/** The published cells of a layer: one for each tuple of codes, with the figure that the layer
 * counts, and whether it may not be seen by itself. */
#ifndef SP_TRANSFORMS_PROTECT_CELLS_H
#define SP_TRANSFORMS_PROTECT_CELLS_H

#include "transforms/protect/layers.h"
#include "transforms/protect/nesting.h"

#define SP_NO_CELL G_MAXUINT32

/** Ends each code of a group's text. */
#define SP_GROUP_END "\x1f"

/** Why a cell is hidden; of several reasons the first. */
typedef enum {
    SP_SHOWN,
    SP_HIDDEN_FEW,   /* fewer than the threshold */
    SP_HIDDEN_OWNER, /* its owner does not publish so little */
    SP_HIDDEN_REST,  /* few of those it is a part of are not in it */
    SP_HIDDEN_WHOLE, /* what it is a part of is hidden */
    SP_HIDDEN_CLOSE, /* hidden parts of it would be known within narrow limits */
    SP_HIDDEN_SUM,   /* a hidden cell would follow */
    SP_N_REASONS
} SpReason;

/** Figures of all cells that are sums of each other. */
typedef struct {
    char *measure;
    gboolean is_amount; /* and no whole numbers */
    GArray *value;      /* double [cells] 0 where it is no number */
    GArray *is_known;   /* gboolean [cells] it is a number */
} SpCount;

typedef struct {
    gsize n_columns;        /* nested ones; the region is the first */
    char **columns;         /* [n_columns] their names; NULL-terminated */
    char **apart;           /* names of the other keys of the first table; NULL-terminated */
    SpNesting **nesting;    /* [n_columns] */
    SpCodes *groups;        /* of the other keys, each ended by SP_GROUP_END: cells of two groups
                               are in no sum together */
    SpTuples *tuples;       /* of a cell: its group, and its code in each column */
    GArray *value;          /* double [cells] the figure; 0 where it is no number */
    GArray *is_known;       /* gboolean [cells] it is a number */
    GArray *reason;         /* guint8 [cells] SpReason */
    GArray *is_published;   /* gboolean [cells] earlier editions show the figure, or it follows from
                               what they show: it is known whatever is hidden */
    GPtrArray *cell_of_row; /* guint32 [rows] of each table of the layer, SP_NO_CELL where the row
                               has no figure there; g_free */
    GPtrArray *is_told;     /* gboolean [rows] of each table: FALSE where the row is of more columns
                               at once than are told; g_free */
    GPtrArray *counts;    /* SpCount* of the layer's other measures that are counts or amounts: what
                             holds one of them down tells of all */
    GPtrArray *crossings; /* SpCrossings* of each table of the layer */
    gboolean hides_zeros; /* a hidden cell may have nobody in it: none is seen to be 1 at least */
    GPtrArray *is_part;   /* gboolean [codes] of each nested column but the region: the code is part
                             of another */
    GPtrArray *weights; /* double [codes] of each nested column, as the order of sacrifice has them
                             (wish.h); none: cells are wanted by their figures alone */
} SpCells;

/** Whether a row of these codes, a cell's group and its code in each column, would be told. */
gboolean sp_cells_tell(const SpCells *cells, const guint32 tuple[]);

/** Whether `a` is hidden rather than `b`: of lower weights, or else of a smaller figure; FALSE both
 * ways where neither tells.
 *
 *   value [cells] figures of what is counted
 */
gboolean sp_cells_is_wanted_less(const SpCells *cells, const double value[], guint32 a, guint32 b);

static inline gsize sp_cells_size(const SpCells *cells)
{
    return sp_tuples_size(cells->tuples);
}

static inline gboolean sp_cells_is_published(const SpCells *cells, guint32 cell)
{
    return g_array_index(cells->is_published, gboolean, cell);
}

static inline SpReason sp_cells_reason(const SpCells *cells, guint32 cell)
{
    return (SpReason)g_array_index(cells->reason, guint8, cell);
}

/** Whether readers know the cell's figure. */
static inline gboolean sp_cells_is_seen(const SpCells *cells, guint32 cell)
{
    return sp_cells_reason(cells, cell) == SP_SHOWN || sp_cells_is_published(cells, cell);
}

/** Whether a figure of an earlier layer is hidden. */
typedef gboolean (*SpIsHidden)(const SpTable *table, gsize row, gsize column, gconstpointer data);

typedef struct {
    const SpLayer *layer;
    const SpTable *structure; /* sammenheng: tabell, kolonne, hel, del */
    const SpTable *crossings; /* table, level, columns (crossings.h); NULL: everything is told */
    double threshold;         /* persons: fewer are hidden */
    gboolean hides_zeros;     /* a hidden cell may have nobody in it (rules.h) */
    SpIsHidden is_hidden;     /* of measures of earlier layers */
    gconstpointer data;
    /* gboolean* [rows] of each table of the layer: an earlier edition shows what the layer counts,
     * and the figure is the same still. NULL: there is none. */
    const GPtrArray *published;
} SpCellsInput;

/**
 * Rows of several tables with the same codes are one cell, hidden if one of them is, and published
 * if one of them is. A row belongs to the layer if what the layer counts applies to it; of rows
 * that are not told only published ones have a figure. SP_ERROR_CONFIG when the tables of the layer
 * do not have the same nested columns or none is the region; SP_ERROR_DATA from the structure.
 */
SpCells *sp_cells_new(const SpCellsInput *input, GError **error);
void sp_cells_free(SpCells *cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCells, sp_cells_free)

#endif
