/** Linear programmes by GLPK: how much a sum of unknown amounts, none below 0, may be when other
 * sums are known. */
#ifndef SP_TRANSFORMS_LP_H
#define SP_TRANSFORMS_LP_H

#include <glib.h>

/** Entry of a sparse matrix: `coef` times variable `column` in row `row`. */
typedef struct {
    guint32 row;
    guint32 column;
    double coef;
} SpLpEntry;

typedef struct SpLp SpLp;

/**
 * Variables x >= 0 with row sums that are known:
 *   entries [n_entries]  each place once
 *   sums    [n_rows]     what the entries of each row times x sum to
 */
SpLp *sp_lp_new(gsize n_rows, gsize n_columns, const SpLpEntry entries[], gsize n_entries,
                const double sums[]);
void sp_lp_free(SpLp *lp);

/** No more than this of a variable, above 0; INFINITY: nothing is known. */
void sp_lp_set_most(SpLp *lp, gsize column, double most);

/** An extreme of a sum of variables. */
typedef struct {
    double value;     /* INFINITY where nothing bounds it */
    gboolean is_good; /* FALSE: the sums contradict each other, or the search gave up */
} SpLpExtreme;

/**
 * The least (is_most FALSE) or the greatest value of coef · x.
 *   columns, coefs [n]
 *   binds [n_rows] whether the row's sum bears on the extreme (its dual value is not 0); written
 *                  where the value is finite; NULL: not asked for
 */
SpLpExtreme sp_lp_extreme(SpLp *lp, gsize n, const guint32 columns[], const double coefs[],
                          gboolean is_most, gboolean binds[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLp, sp_lp_free)

#endif
