/** `statpakke-protect --on`: what must be hidden of a table that anybody brings, printed as CSV. */
#ifndef SP_PIPELINE_ON_CELLS_H
#define SP_PIPELINE_ON_CELLS_H

#include "pipeline/log.h"

/** As on the command line; what is not given is NULL. */
typedef struct {
    const char *file;   /* inner cells: inner, a count, perhaps singleton; or codes and a count */
    const char *design; /* CSV: inner, cell, coef */
    const char *cells;  /* CSV: cell, primary, candidate_rank; or codes */
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
} SpOnCellsRequest;

/**
 * The answer as CSV text (g_free). With a design: `cell,secondary`, every cell of `cells` in its
 * order. With hierarchies: the codes of every cell, its count, `primary` and `secondary`; or, where
 * `cells` names cells by their codes, these as with a design. Rounding has `original,rounded,
 * difference` in the place of what is hidden.
 *
 * Hidden cells whose interval stays narrower than the width are told of on `log`.
 *
 * SP_ERROR_USAGE for a request that says too little or against itself; SP_ERROR_DATA naming file,
 * row and remedy for what the files do not have or contradict.
 */
char *sp_on_cells_answer(const SpOnCellsRequest *request, const SpLog *log, GError **error);

#endif
