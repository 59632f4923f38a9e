/** How many come into a profession that no table tells of, by its stock.
 * docs/methods/supply.md#inflow. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_NEWCOMERS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_NEWCOMERS_H

#include "transforms/project/population/mortality.h"
#include "transforms/project/supply/education.h"
#include "transforms/project/supply/personnel.h"

/** Borrowed. */
typedef struct {
    const SpEducation *education;
    const SpPersonnel *personnel;
    const SpMortality *mortality;
    const double
        *single; /* [professions][2][SP_N_WORK_AGES] persons of the country, newest stock */
} SpNewcomerSources;

/**
 * Those of one year who must have come, as far as the young tell: persons up to 35 a year later
 * less those who were left of the year before and those who are known to have come otherwise, over
 * the share of newcomers who are so young.
 *
 *   now, next  [2][SP_N_WORK_AGES]  persons of two years in a row
 *   leaves     [2][SP_N_WORK_AGES]  share of those of the age who leave in the year
 *   known      [2][SP_N_WORK_AGES]  came otherwise, at the age they have then; those who went to
 *              another profession below 0
 *   weight     [SP_N_WORK_AGES]     ages of newcomers, sum 1
 *
 * Below 0 where fewer are there than would be without newcomers: by chance, in a year. NAN when
 * fewer than a third of the newcomers are so young.
 */
double sp_newcomers_between(const double now[], const double next[], const double leaves[],
                            const double known[], const double weight[]);

/**
 * Mean of sp_newcomers_between over the years of the stock, at least 0, exits by deaths and the
 * default of avgang.csv; with one year, or NAN, as many as there are of a single age just above
 * those at which people come, less those who come otherwise.
 *
 *   known  [years of the stock - 1][2][SP_N_WORK_AGES] as above, oldest year first
 */
double sp_newcomers_of_stock(const SpNewcomerSources *sources, gsize profession,
                             const SpArrivals *arrivals, const double known[]);

#endif
