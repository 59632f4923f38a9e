/** Ages that the base day lacks, from the cohorts of the year before. */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_HOLES_H
#define SP_TRANSFORMS_PROJECT_POPULATION_HOLES_H

#include "transforms/project/population/history.h"

/** Of the sexes and ages of a kommune: more that are missing is no hole but a kommune that has not
 * reported (antatt). */
#define SP_MOST_HOLES 10

/**
 * Fills cells of the base day that are missing, at most SP_MOST_HOLES of a kommune, where the year
 * before has every cell: persons of the cohort a year ago times what the same cohort of the
 * kommuner that have both has become; born since then, the newborn of the year before likewise.
 * They are flagged as modelled (finding "base_filled"). Nothing else is touched: pending and
 * suppressed cells stay as they are, and `is_counted` does.
 */
void sp_history_fill_holes(SpHistory *history, SpQuality *quality);

#endif
