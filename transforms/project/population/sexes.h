/** Men and women apart on days that the source has them together. */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_SEXES_H
#define SP_TRANSFORMS_PROJECT_POPULATION_SEXES_H

#include "transforms/project/population/history.h"
#include "transforms/project/population/mortality.h"

/**
 * Divides the persons of days with men and women together (history->is_together) by casting the
 * cohorts of the next day back, newest day first: of those aged a the share of men is that among
 * the persons aged a + 1 a year later, each divided by the year's survival of their sex. The open
 * age and the one below take the open age's share; where nobody of the cohort is left, the shares
 * are equal. The day then counts (is_counted), as what it has by age is the source's own; a day
 * whose next does not count stays out.
 *
 *   survival  [n_days - 1] of the years of the history, from its first year
 *
 * Finding "sexes_modelled" with the number of such days. docs/methods/population.md#history.
 */
void sp_history_part_sexes(SpHistory *history, const SpSurvival survival[], SpQuality *quality);

#endif
