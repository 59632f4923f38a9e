/** Everything that may be chosen about demand; a scenario embeds it. docs/methods/demand.md. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_OPTIONS_H
#define SP_TRANSFORMS_PROJECT_DEMAND_OPTIONS_H

#include <glib.h>

/** How large something is: as the past tells, nothing, or a number that the scenario gives. */
typedef enum { SP_SIZE_ESTIMATED, SP_SIZE_NONE, SP_SIZE_NUMBER } SpSizeKind;

typedef struct {
    SpSizeKind kind;
    double number; /* when kind is SP_SIZE_NUMBER; its unit stands at the field */
} SpSize;

typedef enum {
    SP_HEALTHY_AGEING_NONE,
    SP_HEALTHY_AGEING_EQUAL_MORTALITY, /* use as at the age of the same mortality in the base */
    SP_HEALTHY_AGEING_LIFE_EXPECTANCY, /* use as at the age less the gain in life expectancy
                                        * there */
} SpHealthyAgeing;

typedef enum {
    SP_FAMILY_CARE_NONE,     /* left out of account: families' hours grow in step with the need, and
                                the services' with them */
    SP_FAMILY_CARE_CONSTANT, /* families give the same hours; the services take all growth */
} SpFamilyCare;

/** Shares of professions of an area's årsverk. */
typedef enum {
    SP_COMPOSITION_ESTIMATED, /* go on as they have moved, damped (drift_damping) */
    SP_COMPOSITION_CONSTANT,
    SP_COMPOSITION_TREND, /* by the structure's trend, a number of years (struktur.csv) */
} SpComposition;

typedef struct {
    /* Change of users beyond expected users, log a year. */
    SpSize use_drift;
    /* Change of årsverk beyond expected årsverk, log a year. */
    SpSize intensity_drift;
    /* What is left a year later of both drifts, 0-1: 1 lets them go on for ever. SP_SIZE_NONE is
       no damping. */
    SpSize drift_damping;
    /* How much of a change in the mix of ages shows in users and in årsverk: 1 is constant use by
       age, 0 that only the number of people counts. SP_SIZE_NONE is constant use (1). */
    SpSize ageing;
    SpHealthyAgeing healthy_ageing;
    guint healthy_ageing_from; /* youngest age that becomes healthier, at least 67 */
    double old_use_fall;       /* share a year by which use from that age on falls, on top: 0 */
    SpFamilyCare family_care;
    double family_care_aarsverk; /* unpaid care in the base, årsverk in the country */
    double formal_care_aarsverk; /* of the services that families relieve, the country, the base */
    /* Share of a kommune's distance to its group (users and årsverk over expected) that goes each
       year after the base: 0 holds today's level. Need alone: supply keeps its kommuner's. */
    double convergence;
    double standard_growth; /* of årsverk per user, share a year, on top of the drift */
    SpComposition composition;
    double law_floor; /* times what lovkrav.csv has, which the law does not number: 1; 0 for none */
} SpDemandOptions;

/** The reference: all drifts, damping and ageing as estimated, no healthier ageing, families left
 * out of account (90 000 årsverk are known: SSB, Rapporter 2020/43; beside 151 935 in the services,
 * 2022: SSB), no growth of standard, today's local levels, the floors of lovkrav.csv. */
void sp_demand_options_init(SpDemandOptions *options);

#endif
