/** One measure over the cells of a lattice: what is shown, what is hidden, and the sums between. */
#ifndef SP_TRANSFORMS_AUDIT_FIGURES_H
#define SP_TRANSFORMS_AUDIT_FIGURES_H

#include "transforms/audit/lattice.h"
#include "transforms/audit/system.h"

typedef enum {
    SP_FIGURE_UNSEEN,   /* missing, or of a cell that no table shows: unknown to everybody */
    SP_FIGURE_NONE,     /* cannot occur; sums skip it */
    SP_FIGURE_SHOWN,    /* a number */
    SP_FIGURE_HIDDEN,   /* suppressed in every row that has it */
    SP_FIGURE_TOLD,     /* suppressed in one row and shown in another */
    SP_FIGURE_INFERRED, /* suppressed, and given back by a ratio */
    SP_FIGURE_BEFORE,   /* suppressed, and shown by an earlier edition (before.h) */
} SpFigureState;

/** A measure in the tables of a lattice, in their order. */
typedef struct {
    const SpLattice *lattice;
    const SpTable *const *tables; /* [n] */
    gsize n;
    const gsize *columns;          /* [n] */
    const GArray *const *inferred; /* [n] SpInferred of the tables */
    const SpTables *before;        /* SpAttackKnowledge */
    gboolean is_of_all; /* all that a person has together decides whether he is counted: partitions
                           that may count persons twice tell nothing of their whole, and are left
                           out */
} SpMeasure;

/**
 *   state    [n_cells] an SpFigureState
 *   value    [n_cells] of what is shown, told, inferred or was shown
 *   table    [n_cells] of what is suppressed: the first table that has it so
 *   unknown  [n_cells] its number in the system, or SP_NO_UNKNOWN
 *   cell     [n_unknowns] and back
 *   single   [n_unknowns] a sum of the lattice in which it is the only unknown, or SP_NO_UNKNOWN
 */
typedef struct {
    guint8 *state;
    double *value;
    guint8 *table;
    guint32 *unknown;
    guint32 *cell;
    guint32 *single;
    gboolean is_count;   /* all that is shown are whole numbers, and something is */
    gboolean is_of_all;  /* as the measure's */
    gboolean is_persons; /* its unit is persons: partitions may count them twice */
    gboolean is_had; /* its unit is another: somebody may have nothing of it, as of days absent */
    const gboolean *is_left_out; /* [n_sums] of the lattice, which say nothing here; borrowed; NULL:
                                    none */
    SpSystem system;             /* of the sums that hold something hidden or unseen */
} SpFigures;

#define SP_NO_UNKNOWN G_MAXUINT32

/** The caller clears. */
void sp_figures_init(SpFigures *figures, const SpMeasure *measure);
/** Makes the system; measures that do not sum are left without. */
void sp_figures_make_system(SpFigures *figures, const SpLattice *lattice);
void sp_figures_clear(SpFigures *figures);

#endif
