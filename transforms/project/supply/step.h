/** The stock of all professions and regions, a year on: causes, transitions and moves.
 * docs/methods/supply.md#stock. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_STEP_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_STEP_H

#include "transforms/project/supply/inflow.h"
#include "transforms/project/supply/paths.h"

/** Everything of one year. Borrowed. */
typedef struct {
    const SpEducation *education;
    const SpMarkets *markets;
    const SpInflow *inflow;
    const double *place;   /* [professions][n_markets] of newcomers, sum 1 a profession */
    const double *persons; /* [professions][n_markets] counted: by them movers are shared out */
    const double *exit;    /* [professions][2][SP_N_WORK_AGES] share that leaves in the year */
    const double *gain;    /* [professions][SP_N_WORK_AGES] share that is there unexplained */
    int year;              /* calendar year: from its 1 January to the next */
    /* Day of the projection that the year begins on, or -1 before the base: then nobody moves
     * between regions. */
    gint day;
    gboolean moves;
} SpSupplyYear;

/** What happened in the country in a year. [professions] each, added to. */
typedef struct {
    double *before;  /* persons on the first day */
    double *left;    /* of them died, emigrated or left */
    double *came;    /* [professions][SP_N_CAUSES] persons who came; transfers in less out */
    double *changed; /* [transitions] persons who changed profession */
} SpSupplyFlows;

/**
 * One year: all grow older less exits, and as many more as gains say; newcomers are placed, and so
 * are those who change profession: they leave the one (unless they stay in it as a part of it) and
 * enter the other where its newcomers come to live; at last people move between regions as the
 * projected population of their sex and age does beyond the country's own change: a share of those
 * where it falls behind goes to where it grows, in proportion to how much and to how many the
 * profession has there. So a region of few persons of a profession gets few. Moves sum to 0 and are
 * linear in the stock. Nobody becomes negative: at most half of those of a sex and age change
 * profession in a year. What a region's half cannot give is given by the regions that have more, so
 * the country's number is kept unless half of the country's are fewer.
 */
void sp_supply_step(const SpSupplyYear *year, SpSupplyStock *stock, const SpSupplyFlows *flows);

#endif
