/** How far mortality has wandered from the lines that were drawn through it: forecasts by our own
 * rule from past years, judged on the years that followed. docs/methods/population.md#intervals. */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_WANDER_H
#define SP_TRANSFORMS_PROJECT_POPULATION_WANDER_H

#include "transforms/project/population/mortality.h"

/**
 * The yearly step of a random walk of the log of death rates, in standard deviations of a year
 * around its line, that accounts for what past forecasts missed by more than level, slope and the
 * chance of a year account for: from every year with SP_SLOPE_YEARS before it, up to ten years on,
 * ages 60 and over. Forecasts that missed by no more count as 0. 0 when there are too few years for
 * any forecast.
 *
 *   years    SpDeathYear, rising (sp_death_years_new)
 *   assumed  >= 0, the same unit: weighs as SP_STEP_ASSUMED_CHANGES forecasts of ten years
 *            (steps.h)
 */
double sp_mortality_wander(const GArray *years, double assumed);

#endif
