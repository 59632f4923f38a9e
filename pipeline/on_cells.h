/** `statpakke-protect --on`: what must be hidden of a table that anybody brings, printed as CSV. */
#ifndef SP_PIPELINE_ON_CELLS_H
#define SP_PIPELINE_ON_CELLS_H

#include "pipeline/log.h"

/** As on the command line; what is not given is NULL. */
typedef struct {
    const char *file;   /* inner cells: inner, a count, perhaps singleton; or codes and a count */
    const char *design; /* CSV: inner, cell, coef */
    const char *cells; /* CSV: cell, primary, candidate_rank, forced; or codes, with the last two */
    const char *hierarchies; /* a folder of DIM.csv: parent, child */
    const char *count;       /* name of the column of counts; NULL: freq or ant */
    const char *method;      /* gauss (NULL too), rounding */
    const char *singletons;  /* none (NULL too), anySum, subSum */
    const char *threshold;   /* counts above 0 and below it are primary */
    const char *base;        /* of rounding */
    gboolean hides_zeros;    /* with threshold: 0 is primary, too, and singletons are zeros */
    const char *width;       /* least width of a hidden count's interval, above 0 */
    const char *usual_width; /* of the settings, where width is NULL */
    gboolean is_linear_only; /* intervals are as narrow as they are */
    const char
        *contributors;   /* CSV: inner, contributor, amount: who stands behind a design's cells */
    char **dominance;    /* "N,K": primary where the N largest have more than K percent */
    const char *percent; /* "P": where all but the two largest have less than P percent of the
                                 largest */
} SpOnCellsRequest;

/**
 * The answer as CSV text (g_free). With a design: `cell,secondary`, every cell of `cells` in its
 * order; `cell,primary,secondary` where contributors say more of primaries. With hierarchies: the
 * codes of every cell, its count, `primary` and `secondary`; or, where `cells` names cells by their
 * codes, these as with a design. Rounding has `original,rounded,difference` in the place of what
 * is hidden.
 *
 * Told of on `log`: primaries that forced cells, known whatever is hidden, give away; and hidden
 * cells whose interval stays narrower than the width. Nothing that is left could mend either, so
 * that they are no errors.
 *
 * SP_ERROR_USAGE for a request that says too little or against itself; SP_ERROR_DATA naming file,
 * row and remedy for what the files do not have or contradict.
 */
char *sp_on_cells_answer(const SpOnCellsRequest *request, const SpLog *log, GError **error);

#endif
