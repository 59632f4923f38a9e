/** The cells of published tables that count the same, and the sums that hold between them. */
#ifndef SP_TRANSFORMS_AUDIT_LATTICE_H
#define SP_TRANSFORMS_AUDIT_LATTICE_H

#include "transforms/audit/partitions.h"

/**
 * A cell is a key: the same in every table and package that shows it. Cells [n_published] stand in
 * a table; those after them, to n_cells, are wholes that none shows though it shows parts of them.
 * A row that a table would have and has not counts 0 to everybody and is no cell.
 *
 *   rows[t]        [rows of table t] the cell of each row
 *   whole[s]       the cell that is the whole of sum s
 *   partition[s]   what it is a sum over (partitions)
 *   parts          cells starts[s] to starts[s + 1] of it are the parts of sum s
 */
typedef struct {
    gsize n_columns;
    char **columns; /* [n_columns] names of the key */
    SpCodes **codes;
    SpTuples *keys;        /* of code numbers, by cell */
    GPtrArray *rows;       /* guint32*, one a table */
    GPtrArray *partitions; /* SpPartition* */
    gsize n_published;
    gsize n_cells;
    gsize n_sums;
    guint32 *whole;
    guint32 *partition;
    guint32 *starts;
    guint32 *parts;
} SpLattice;

/**
 * Of tables [n >= 1] with the same key columns, in any order. `sammenheng` may be NULL: then no
 * sums. Age bands of one table that those of another fill are sums too. A sum with a part that no
 * table tells of (told.h; `kryss` NULL: all are told) is none. SP_ERROR_DATA where keys differ, and
 * as sp_partitions_read and sp_told_new.
 */
SpLattice *sp_lattice_new(const SpTable *const tables[], gsize n, const SpTable *sammenheng,
                          const SpTable *kryss, GError **error);
void sp_lattice_free(SpLattice *lattice);

/** The code of a cell's key column; borrowed. */
const char *sp_lattice_code(const SpLattice *lattice, guint32 cell, gsize column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLattice, sp_lattice_free)

#endif
