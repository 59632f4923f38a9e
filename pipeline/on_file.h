/** `statpakke-vary --on` and `--limits`: the measures of vary on a CSV file that anybody brings,
 * printed as CSV with all digits. */
#ifndef SP_PIPELINE_ON_FILE_H
#define SP_PIPELINE_ON_FILE_H

#include "pipeline/log.h"

/** As on the command line; what is not given is NULL. */
typedef struct {
    const char *file;
    const char *area; /* names of columns of the file */
    const char *observed;
    const char *expected;
    const char *population;
    const char *group;
    const char *neighbours; /* a CSV file with the columns from and to, names of areas */
    const char *measures;   /* "all" or stat names with commas; NULL: all */
    const char *funnel;     /* sr_log, sr_sqrt or pr_arcsine, with is_per_area */
    gboolean is_per_area;
} SpOnFileRequest;

/**
 * The answer as CSV text (g_free): `stat,value`, or a row an area. Undefined is an empty field.
 *
 * Areas without a figure in a column that is asked for, or whose expected count or population is
 * not above 0, are left out and told on `log`. SP_ERROR_USAGE for a request that says too little or
 * against itself; SP_ERROR_DATA naming file, row and column for a column that is not there, a
 * figure that is no number or below 0, an area that stands twice, or a neighbour that is no area.
 */
char *sp_on_file_answer(const SpOnFileRequest *request, const SpLog *log, GError **error);

/**
 * Control limits of `law` (binom, pois) for arguments [N THETA] as one row of CSV: law, n, theta,
 * and the limits of the share or ratio at 0.001, 0.025, 0.975 and 0.999, not cut at 0.
 * SP_ERROR_USAGE.
 */
char *sp_on_file_limits(const char *law, char **arguments, GError **error);

#endif
