/** Healthier ageing: use as at the age that is as far from death.
 * docs/methods/demand.md#healthier-ageing. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_HEALTHY_H
#define SP_TRANSFORMS_PROJECT_DEMAND_HEALTHY_H

#include "transforms/project/demand/options.h"
#include "transforms/project/population/mortality.h"

/**
 * The age of the base year whose risk of death is `risk`, log-linear between single ages.
 *
 *   n      ages 0 ... n - 1
 *   base   [n] risk of dying within a year at each age in the base year, > 0
 *   risk   that of someone aged `age` in a later year, > 0
 *   from   youngest age that it may give; `age` itself is the oldest, so a mortality that rises
 *          makes nobody older
 */
double sp_healthy_age(gsize n, const double base[], double risk, guint age, guint from);

/** Use at an age between whole years, linear. */
double sp_healthy_use(gsize n, const double use[], double age);

/**
 * Use of a later year.
 *
 *   mortality  national, base year and later
 *   kind       as SpHealthyAgeing; with NONE `later` is `use`
 *   from       youngest age that becomes healthier
 *   use        [2][SP_N_AGES] of the base
 *   later      [2][SP_N_AGES] written
 */
typedef struct {
    const SpMortality *mortality;
    SpHealthyAgeing kind;
    guint from;
    int base, year;
} SpHealthyYear;
void sp_healthy_path(const SpHealthyYear *year, const double use[SP_N_SEXES][SP_N_AGES],
                     double later[SP_N_SEXES][SP_N_AGES]);

#endif
