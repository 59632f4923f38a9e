/** Everything that may be chosen about supply; a scenario embeds it. docs/methods/supply.md. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_OPTIONS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_OPTIONS_H

#include <glib.h>

/** How participation and hours by age are smoothed. */
typedef enum {
    SP_PROFILE_SPLINE, /* penalised spline; it never rises after 60 */
    SP_PROFILE_POLY5,  /* polynomial of degree 5, as Statistics Norway's RAPP 2026/18 */
} SpProfileKind;

/** What future admissions are. */
typedef enum {
    SP_CAPACITY_CONSTANT,   /* as the mean of the newest years */
    SP_CAPACITY_POPULATION, /* growing with the country's projected population */
} SpCapacity;

/** Graduates of `from` and later years, times `factor`. */
typedef struct {
    double factor; /* >= 0 */
    int from;      /* calendar year of graduation; 0: the first year projected */
} SpInflowFactor;

/** In the place of `foreign`: as many more or fewer come as of all people, by the scenario's path
 * population.foreign_migration. */
#define SP_FOREIGN_AS_PEOPLE (-1.0)

typedef struct {
    SpProfileKind profile;
    SpInflowFactor inflow;
    SpCapacity capacity;
    /* Factors on the newest years' numbers, >= 0: 0 is nobody, 1 as recently. */
    double foreign; /* net immigration of people educated abroad, or SP_FOREIGN_AS_PEOPLE */
    double further_education; /* those whom overganger.csv leads from one profession to another */
    double exit_delay_years;  /* from 60 on people work as those that many years younger, 0-10 */
    double work_60p; /* multiplies the share in work at 60 and older, 0-2; at most all work */
    gboolean internal_moves; /* FALSE: nobody moves between labour-market regions */
} SpSupplyOptions;

/** The reference: splines, factors 1, constant capacity, foreign as people come, further education
 * as recently, no delay, internal moves as the projected population's. */
void sp_supply_options_init(SpSupplyOptions *options);

#endif
