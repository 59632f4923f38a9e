/** Shares that leave a profession, from mortality, the default and the past of the stock.
 * docs/methods/supply.md#exits. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_RATES_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_RATES_H

#include "transforms/project/population/mortality.h"
#include "transforms/project/supply/exits.h"
#include "transforms/project/supply/inflow.h"
#include "transforms/project/supply/personnel.h"

enum { SP_N_EXIT_GROUPS = 4 }; /* of ages: 15-34, 35-49, 50-61, 62-75 */

/** Borrowed. */
typedef struct {
    const SpEducation *education;
    const SpPersonnel *personnel;
    const SpInflow *inflow;
    const SpMortality *mortality;
} SpExitSources;

/**
 * Exits beyond deaths: the default of avgang.csv, plus what the stock's own past says (exits.h) by
 * profession and group of ages; 0-0.5. Where more are there a year later than deaths and newcomers
 * explain, the rest is a gain, believed up to its standard error: a bound at none would make supply
 * low on the average (finding "unseen_newcomers" where it is more than that and 0.5 % a year). A
 * part has the exits of its whole. With one year of personnel alone the default (finding
 * "exits_by_default"); "unsettled_exits" as sp_exits_extra.
 *
 *   exits, gains  [professions][SP_N_WORK_AGES] filled: shares of those of an age in a year
 */
void sp_exit_rates(const SpExitSources *sources, double exits[], double gains[],
                   SpQuality *quality);

#endif
