/**
 * What a kommune's draws are made of, year by year: coefficients of the shocks, from its expected
 * path and what was estimated of its past. docs/methods/population.md#intervals.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_COEFFICIENTS_H
#define SP_TRANSFORMS_PROJECT_POPULATION_COEFFICIENTS_H

#include "transforms/project/population/shocks.h"

enum {
    SP_COHORT_YEARS = 3, /* born in the same years: one number for the chance of their deaths */
    SP_MOST_COHORTS = SP_N_AGES / SP_COHORT_YEARS + 2,
};

struct SpPopulationDraws {
    const SpPopulationModel *model;
    SpShockOptions options;
    SpRandom random; /* of kommuner */
    gsize n_days, n_draws;
    SpPersons *expected;  /* [n_regions][n_days] */
    SpSurvival *survival; /* [n_days - 1] */
    SpShocks *shocks;
};

/** Coefficients of one kommune and year; by start age unless said otherwise. */
typedef struct {
    float constant[SP_N_START_AGES]; /* 1 less what lasting shocks add to the mean of a product */
    float death[SP_N_START_AGES];    /* deaths per person-year: what a shock of their log takes */
    float chance[SP_N_START_AGES];   /* sd of the share alive, by chance alone, of the cohort */
    guint8 cohort[SP_N_START_AGES];  /* number among the year's cohorts */
    float group_noise[SP_N_MIGRATION_GROUPS]; /* sd of the kommune's yearly noise */
    float old_share;          /* of those in the open age at the end, who were in it at the start */
    float mothers[SP_N_AGES]; /* share of the births by the women of an age at the start ... */
    float mothers_end[SP_N_AGES]; /* ... and at the end; the two sum to 1 */
    float births_chance;          /* sd of the births, by chance alone */
} SpYearCoefficients;

/** Of one kommune. */
typedef struct {
    SpYearCoefficients *years; /* [n_days - 1], the caller's */
    /* Standard deviations of what lasts: its own deviation by group, and its factor of births. */
    double lasting_sd[SP_N_MIGRATION_GROUPS];
    double births_sd;
    /* What fades (momentum.h): on the base day a share of what lasts and a number of its own, then
     * kept from year to year with changes. */
    double fading_share[SP_N_MIGRATION_GROUPS];
    double fading_sd[SP_N_MIGRATION_GROUPS];
    double change_sd[SP_N_MIGRATION_GROUPS];
} SpKommuneCoefficients;

void sp_kommune_coefficients(const SpPopulationDraws *draws, gsize region,
                             SpKommuneCoefficients *of);

#endif
