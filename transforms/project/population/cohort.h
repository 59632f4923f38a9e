/**
 * The cohort-component method: one region one year on, on plain arrays.
 *
 * Arrays over sex are [2], men first. Arrays over age are [n_ages] by completed years on 1 January;
 * the last age is open. Source: projections.md §10 of the design (SSB's method, Rapporter 2020/27);
 * docs/methods/population.md#cohort.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_COHORT_H
#define SP_TRANSFORMS_PROJECT_POPULATION_COHORT_H

#include <glib.h>

enum { SP_MEN, SP_WOMEN, SP_N_SEXES };

/** What happens in the year. Arrays are borrowed. */
typedef struct {
    gsize n_ages; /* at least 2 */
    /* Share of those aged a at the start who are alive a year later, then a + 1 years old (the last
     * age stays itself). */
    const double *survival[SP_N_SEXES];
    double newborn_survival[SP_N_SEXES]; /* share of the year's births alive at its end */
    /* Share of the survivors of the age reached who have moved out, the same for both sexes; half
     * of [0] for the newborn. Where only net migration is known it stands here: negative when more
     * move in. At most 1. */
    const double *leaving;
    /* Persons of the age reached who have moved in, added last; a NULL means none. */
    const double *arriving[SP_N_SEXES];
    const double *fertility; /* births per woman and year */
    double fertility_factor; /* multiplies all of `fertility` */
    double boy_share;        /* of the births */
} SpCohortRates;

/** Persons by cause: the sum of `next` is the sum of `now` + births - deaths - leaving + arriving.
 */
typedef struct {
    double births;
    double deaths;
    double leaving;
    double arriving;
} SpCohortFlows;

/**
 * One year: deaths, then moves out, then births to the mean number of women at start and end (those
 * moving in not counted), then moves in.
 *
 *   now   [2][n_ages]  persons on 1 January, >= 0
 *   next  [2][n_ages]  persons a year later, >= 0 when all rates are valid; another memory than
 * `now`
 */
void sp_cohort_step(const SpCohortRates *rates, const double *const now[SP_N_SEXES],
                    double *const next[SP_N_SEXES], SpCohortFlows *flows);

#endif
