/** How far mortality has wandered from the lines that were drawn through it: forecasts by our own
 * rule from past years, judged on the years that followed. docs/methods/population.md#intervals. */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_WANDER_H
#define SP_TRANSFORMS_PROJECT_POPULATION_WANDER_H

#include "transforms/project/population/mortality.h"

/**
 * The yearly step of a random walk of the log of death rates, in standard deviations of a year
 * around its line, that accounts for what past forecasts missed by more than level, slope and the
 * chance of a year account for: from every year with SP_SLOPE_YEARS before it, up to ten years on,
 * ages 60 and over. 0 when they missed by no more, or when there are too few years to see.
 *
 *   years  SpDeathYear, rising (sp_death_years_new)
 */
double sp_mortality_wander(const GArray *years);

#endif
