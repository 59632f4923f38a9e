/**
 * The fall-back when rates are missing: what cohorts did in the past stands for deaths and moves
 * together, and children per woman for fertility (Hamilton and Perry 1962, here with steps of one
 * year). Source: projections.md §10 of the design; docs/methods/population.md#without-rates.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_HAMILTON_PERRY_H
#define SP_TRANSFORMS_PROJECT_POPULATION_HAMILTON_PERRY_H

#include "transforms/project/population/history.h"
#include "transforms/project/population/mortality.h"

/**
 * Cohort change ratios of the country by sex and start age, pooled over the intervals of the
 * history that have both sexes: persons aged a + 1 over persons aged a a year before; 104 and the
 * open age together. Kept within .8 and 1.2 at ages 0-74 and within .05 and 1.2 above; 1 where
 * nobody was. Newborn 1: the children seen set the level of births (fertility.h).
 *
 * FALSE when no kommune has an interval.
 */
gboolean sp_cohort_change(const SpHistory *history, SpSurvival *change);

/** Births per woman the same at ages 15-49, one child in all: SpBirthYear with one year; owned by
 * the caller (g_array_unref). */
GArray *sp_child_woman_new(int year);

#endif
