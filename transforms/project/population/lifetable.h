/**
 * The period life table. Source: Methods Protocol for the Human Mortality Database, version 6
 * (mortality.org), section 7; docs/methods/population.md#life-expectancy.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_LIFETABLE_H
#define SP_TRANSFORMS_PROJECT_POPULATION_LIFETABLE_H

#include "transforms/project/population/cohort.h"

/**
 * Life expectancy at birth, in years.
 *
 *   rate [n_ages]  deaths per person-year at completed age 0, 1, ... >= 0
 *
 * The last age with a positive rate is taken as open: where nobody lives, tables write 0. All rates
 * 0 give infinity.
 */
double sp_lifetable_expectancy(guint sex, gsize n_ages, const double rate[]);

#endif
