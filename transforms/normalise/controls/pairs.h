/** Two tables of the same keys walked side by side: what drift.h compares. */
#ifndef SP_TRANSFORMS_NORMALISE_CONTROLS_PAIRS_H
#define SP_TRANSFORMS_NORMALISE_CONTROLS_PAIRS_H

#include "core/table.h"

/** A row of one table and the row of the same key in the other; SP_NO_COLUMN: none. */
typedef struct {
    gsize now;
    gsize before;
} SpPair;

typedef struct {
    const SpTable *now;
    const SpTable *before;
    GArray *pairs; /* SpPair, in key order */
} SpPairs;

/**
 * Pairs the rows of two sorted tables by the keys of `now` that `before` has too; with
 * `is_by_period` FALSE the key `period` is left out, for two tables of one period each. Borrows
 * both.
 */
void sp_pairs_init(SpPairs *pairs, const SpTable *now, const SpTable *before,
                   gboolean is_by_period);
void sp_pairs_clear(SpPairs *pairs);

/** A column that is part of the key. */
gboolean sp_pairs_is_key(const SpTable *table, gsize column);
/** The row is a kommune's; FALSE without a column (SP_NO_COLUMN). */
gboolean sp_pairs_is_kommune(const SpTable *table, gsize row, gsize region);
/** A column of `now` is a measure of both. */
gboolean sp_pairs_has_measure(const SpPairs *pairs, gsize column);

typedef struct {
    guint64 n_cells; /* numbers in both */
    guint64 n_revised;
    guint64 n_breaks;
    guint64 n_figures; /* at least `zero_from` before, with a number now */
    guint64 n_zeros;
} SpChanges;

/** What happened to the figures of a measure, over kommuner (all rows of a table without region). A
 * break is a change to `factor` times as much, or as little. Figures below `zero_from` may become 0
 * by chance and are not counted among those that did. */
SpChanges sp_pairs_changes(const SpPairs *pairs, const char *measure, double factor,
                           double zero_from);

/** The sums over the rows of kommuner that have a number in both. */
void sp_pairs_sums(const SpPairs *pairs, const char *measure, double *now, double *before);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpPairs, sp_pairs_clear)

#endif
