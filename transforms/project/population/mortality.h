/**
 * National mortality: its level, how it falls, and survival from one 1 January to the next.
 * Source: population-model.md §5 step 1 of the design; docs/methods/population.md#mortality.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_MORTALITY_H
#define SP_TRANSFORMS_PROJECT_POPULATION_MORTALITY_H

#include "transforms/project/population/path.h"
#include "transforms/project/population/rates.h"

enum {
    SP_LEVEL_YEARS = 3,  /* pooled for the level */
    SP_SLOPE_YEARS = 15, /* seen for the decline; with fewer than the least there is none */
    SP_LEAST_SLOPE_YEARS = 5,
    SP_N_DEATH_BANDS = 6, /* of ages: 0-39, 40-59, 60-69, 70-79, 80-89, 90 and over */
};

/** m(sex, age, year) = level exp(-decline(age) (year - level_year)) scenario(year), per
 * person-year.
 */
typedef struct {
    double level_year; /* middle of the years pooled */
    double level[SP_N_SEXES][SP_N_RATE_AGES];
    double decline[SP_N_RATE_AGES]; /* per year, of both sexes; positive when mortality falls */
    guint n_level_years;            /* pooled */
    guint n_slope_years;            /* seen for the decline, 0 if none */
    /* What the straight lines leave of the log of the bands' rates, mean 0, a year a row. */
    double residual[SP_SLOPE_YEARS][SP_N_DEATH_BANDS];
    double year_spread; /* sum of squares of those years around their mean */
    SpPath scenario;    /* multiplies all rates of a year (sp_mortality_set_scenario) */
} SpMortality;

/** Survival of one year: [sex][age], the open age last. */
typedef struct {
    double share[SP_N_SEXES][SP_N_AGES];
    double newborn[SP_N_SEXES];
} SpSurvival;

/**
 * Fits to the newest years there are: level = deaths / exposure over SP_LEVEL_YEARS; from age 100 a
 * log-linear line through ages 88-99, at most .8. Decline = minus the median slope between any two
 * of SP_SLOPE_YEARS (Theil-Sen) of the log of the mean rate of six age bands, both sexes together
 * (weights: exposure of the newest year), linear between the bands' middles; from age 100 half that
 * of age 99.
 *
 *   years  SpDeathYear, at least one (sp_death_years_new)
 */
void sp_mortality_fit(const GArray *years, SpMortality *mortality);

/** The band of an age. */
guint sp_mortality_band(guint age);

/** A scenario of how long people live: `fall` multiplies the decline from the level's year on, and
 * the path all rates of its years. For years to come: survival of past years is found before. */
void sp_mortality_set_scenario(SpMortality *mortality, double fall, const SpPath *path);

/** Deaths per person-year. */
double sp_mortality_rate(const SpMortality *mortality, guint sex, guint age, int year);

/**
 * Share of those aged a on 1 January `year` who live on 1 January a year later: exp(-(m[a] +
 * m[a+1]) / 2), since they live half the year in each age.
 *
 *   actual    not NULL: that year's own rates are used below age 100
 *   survival  [SP_N_AGES]; the last age is open
 *   newborn   share of the year's births alive at its end, exp(-m[0])
 */
void sp_mortality_survival(const SpMortality *mortality, const SpDeathYear *actual, guint sex,
                           int year, double survival[], double *newborn);

#endif
