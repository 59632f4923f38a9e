/**
 * Who leaves a profession beyond those who die: emigration, another education, another country's
 * register. Retirement is no exit: it shows in participation. docs/methods/supply.md#exits.
 */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_EXITS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_EXITS_H

#include "transforms/project/population/mortality.h"
#include "transforms/project/shrink.h"
#include "transforms/project/supply/stock.h"

/**
 * Extra exits of each unit (a profession at an age group) by how cohorts changed from year to year,
 * drawn towards none: deviation = (expected - observed) / expected of each year, believed as far as
 * units differ by more than the years of one do (shrink.h).
 *
 *   expected [n_units][n_years]  persons a year older if only deaths and the default's exits took
 *            any; 0 where there is no observation
 *   observed [n_units][n_years]  those there were, less those who came
 *   extra    [n_units]  filled: added to the default's yearly share of exits; may be negative
 *   error    [n_units]  filled: its standard error
 *
 * Returns FALSE when the estimate had not settled: it is then that of the last round, and the
 * caller owes the quality report a finding.
 */
gboolean sp_exits_extra(gsize n_units, gsize n_years, const double expected[],
                        const double observed[], double extra[], double error[]);

/** Exits of one year: deaths of the year plus those beyond, at most 1.
 *
 *   beyond [professions][SP_N_WORK_AGES]
 *   leaves [professions][2][SP_N_WORK_AGES] filled */
void sp_exit_year(const SpMortality *mortality, gsize n_professions, const double beyond[],
                  int year, double leaves[]);

#endif
