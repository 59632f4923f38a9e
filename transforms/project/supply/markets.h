/** Kommuner, the labour-market regions they lie in, and the people there as projected. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_MARKETS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_MARKETS_H

#include "core/quality.h"
#include "transforms/project/population/person_rows.h"
#include "transforms/project/supply/place_rules.h"
#include "transforms/project/supply/stock.h"

enum { SP_N_MARKET_AGES = SP_N_WORK_AGES + 1 }; /* 15-76: the last are those of 75 a year later */

typedef struct {
    gsize n_kommuner;
    char **kommuner; /* [n_kommuner] byte order, NULL-terminated */
    guint *market;   /* [n_kommuner] */
    gsize n_markets;
    char **names;              /* [n_markets] codes of regions, byte order, NULL-terminated */
    int base;                  /* year of the first day of the projection */
    double work_from, work_to; /* ages of those who may work, both included */
    gsize n_days;
    /* [n_markets][n_days][2][SP_N_MARKET_AGES] persons; men first. */
    double *persons;
    double *people;      /* [n_days] of all ages in the country */
    double *inhabitants; /* [n_kommuner] of all ages in the base */
    /* [n_kommuner] SP_PRESENT, or the strongest status (core/real.h) among its people. Those of the
     * base that are known are then its people throughout, so that its neighbours' are not changed;
     * of its own supply nothing can be told. */
    guint8 *status;
    double *commuters; /* [n_kommuner][n_kommuner] commuters.h; NULL when they are not known */
    /* [n_kommuner][n_days] people of working age where those who work in the kommune live, over
       those of the base: each kommune of residence counts by its commuters. 1 on day 0. */
    double *workforce;
} SpMarkets;

/**
 *   in     `framskriving_befolkning`: rows of other regions than kommuner are passed over.
 *   `region`: where its column arbeidsmarked has a code,
 *          that is the kommune's region; a table without any has those that `pendling` makes
 *          (labour_markets.h), named by the code of their core. What has neither lies in its fylke
 *          (finding "no_labour_market_regions")
 *   rules  how regions are made of commuters, and who is of working age
 *
 * Findings also: "no_commuting" (pendling is not there or has nobody: regions are fylker, and
 * people work where they live), and those of sp_commuters_read and sp_commuters_check. Errors: as
 * sp_commuters_read, sp_person_rows_init and sp_places_new; SP_ERROR_NO_INPUT without the two
 * tables; SP_ERROR_DATA when there is no kommune, or a period is not a 1 January or one is left
 * out.
 */
SpMarkets *sp_markets_new(const SpTables *in, const SpPlaceRules *rules, SpQuality *quality,
                          GError **error);
void sp_markets_free(SpMarkets *markets);

/** Persons of a region on a day: [2][SP_N_MARKET_AGES]. Borrowed. */
static inline double *sp_markets_persons(const SpMarkets *markets, gsize market, gsize day)
{
    return &markets->persons[(market * markets->n_days + day) * 2 * SP_N_MARKET_AGES];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpMarkets, sp_markets_free)

#endif
