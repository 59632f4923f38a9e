/** Everything that may be chosen about the balance of demand and supply; a scenario embeds it.
 * docs/methods/balance.md. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_OPTIONS_H
#define SP_TRANSFORMS_PROJECT_BALANCE_OPTIONS_H

/** What the base year is taken to be. */
typedef enum {
    SP_BASE_BALANCED, /* supply is scaled to demand in the base, profession by profession, in the
                         country */
    SP_BASE_OBSERVED, /* both as they are: two registers that need not agree */
} SpBaseBalance;

/** Where a shortage that is there already is known from. */
typedef enum {
    SP_BASE_GAP_NONE,
    SP_BASE_GAP_NAV,     /* table `mangel`: fylker and the country, never kommuner */
    SP_BASE_GAP_VACANCY, /* table `ledige_stillinger`: the regions it has */
} SpBaseGap;

/** The reference is {SP_BASE_BALANCED, SP_BASE_GAP_NONE}: all zero. */
typedef struct {
    SpBaseBalance base;
    SpBaseGap base_gap;
} SpBalanceOptions;

#endif
