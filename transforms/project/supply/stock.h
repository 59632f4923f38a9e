/**
 * Stocks of persons with an education: of one profession and region, a year on, on plain arrays;
 * and of all of them, by cause.
 *
 * Arrays over sex and age are [2][n_ages], men first, single ages by completed years on 1 January.
 * The order of a year is that of the design's worked example (projections.md §12): all grow a year
 * older, less those who left at their OLD age; then those who came, at the age they have then; then
 * those who change profession. docs/methods/supply.md#stock.
 */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_STOCK_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_STOCK_H

#include "transforms/project/supply/paths.h"

enum {
    SP_FIRST_WORK_AGE = 15,
    SP_LAST_WORK_AGE = 75, /* who grows older than this is no longer counted */
    SP_N_WORK_AGES = SP_LAST_WORK_AGE - SP_FIRST_WORK_AGE + 1,
    SP_OLDEST_NEWCOMER = 60,         /* nobody enters a profession later */
    SP_N_STOCK = 2 * SP_N_WORK_AGES, /* cells of a stock of all ages */
};

/**
 *   now   [2][n_ages]  persons, or a signed part of them
 *   exit  [2][n_ages]  share of those of the age who leave within the year, 0-1
 *   next  [2][n_ages]  those who are left, a year older; nobody at the first age, and the last age
 *         leaves; another memory than `now`
 *   left  NULL or where the persons who left by `exit` are added (growing too old is not leaving)
 */
void sp_stock_age(gsize n_ages, const double now[], const double exit[], double next[],
                  double *left);

/**
 * Persons who change from one profession to another: n x share of the sex x weight of the age, but
 * never more than `most` of those who are there.
 *
 *   from    [2][n_ages]  all persons of the profession that is left, >= 0
 *   wanted  [2][n_ages]  persons who would go, >= 0
 *   most    0-1
 *   flow    [2][n_ages]  filled: those who go
 */
void sp_stock_flow(gsize n_ages, const double from[], const double wanted[], double most,
                   double flow[]);

/** stock[i] += factor x flow[i] over [2][n_ages]. */
void sp_stock_add(gsize n_ages, double stock[], double factor, const double flow[]);

/** Sum of persons [2][n_ages]; weighted by `work` [2][n_ages] (årsverk per person) unless NULL. */
double sp_stock_sum(gsize n_ages, const double stock[], const double work[]);

/**
 * Persons who come in a year, spread over sex and age: n x share of women x weight of the age.
 *
 *   weight  [n_ages]  of the age, sum 1
 *   flow    [2][n_ages]  filled
 */
void sp_stock_spread(gsize n_ages, double n, double share_women, const double weight[],
                     double flow[]);

/**
 * Weights of single ages: a gamma distribution that begins at `least`, with the mean and standard
 * deviation given, cut after 60; sum 1. People finish an education at about one age, a few
 * much later and none before.
 *
 *   first   age of weight[0]
 *   least   youngest age, completed years
 *   mean, sd  years, SP_OLDEST_NEWCOMER >= mean >= least, sd > 0
 */
void sp_stock_age_weights(gsize n_ages, guint first, guint least, double mean, double sd,
                          double weight[]);

/** Persons by cause: [professions][n_markets][SP_N_CAUSES][2][SP_N_WORK_AGES], and those of the
 * base if nobody left, [professions][n_markets][2][SP_N_WORK_AGES]. */
typedef struct {
    gsize n_professions;
    gsize n_markets;
    double *persons;
    double *aged;
} SpSupplyStock;

SpSupplyStock *sp_supply_stock_new(gsize n_professions, gsize n_markets);
void sp_supply_stock_free(SpSupplyStock *stock);

static inline double *sp_supply_stock_at(const SpSupplyStock *stock, gsize profession, gsize market,
                                         gsize cause)
{
    gsize place = (profession * stock->n_markets + market) * SP_N_CAUSES + cause;
    return &stock->persons[place * SP_N_STOCK];
}

static inline double *sp_supply_stock_aged(const SpSupplyStock *stock, gsize profession,
                                           gsize market)
{
    return &stock->aged[(profession * stock->n_markets + market) * SP_N_STOCK];
}

/** All causes together: total [2][SP_N_WORK_AGES] filled. */
void sp_supply_stock_total(const SpSupplyStock *stock, gsize profession, gsize market,
                           double total[]);

/** Everybody becomes one of the base: the day the projection begins. */
void sp_supply_stock_settle(SpSupplyStock *stock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSupplyStock, sp_supply_stock_free)

#endif
