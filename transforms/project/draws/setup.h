/** A plan from paths, population and tables: professions of both sides matched, kommuner grouped,
 * the base balanced. */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_SETUP_H
#define SP_TRANSFORMS_PROJECT_DRAWS_SETUP_H

#include "transforms/project/draws/people.h"

/** All borrowed for the life of the setup. */
typedef struct {
    const SpDemandPaths *demand;
    const SpSupplyPaths *supply;
    const SpPopulationDraws *population;
    const SpHistory *history;   /* of the population's model */
    const SpTable *regions;     /* `region`: region, fylke; kostragruppe and sentralitet if there */
    const SpTable *professions; /* `profesjoner`: profesjon, vei_inn (`ingen`: no education leads to
                                   it, so nobody lacks it as a profession); NULL: each is lacked */
    const SpTable *sizes;       /* `sjokk` (sizes.h) */
    const SpTable *recruitment; /* `rekrutteringsbehov`, whose exit rates are used; or NULL */
    const SpTable *exit_errors; /* `avgang_usikkerhet`, how well they are known; NULL: as told */
    const SpTable *gaps; /* `framskriving_gap`, whose startmangel is in every draw's gap; or NULL */
    /* Supply is multiplied by the country's need over its supply on the base day, profession by
       profession (docs/methods/balance.md): a shortage is then one that has come since. A
       profession with need and no supply at all has no gap. */
    gboolean is_balanced;
    gboolean capacity_follows; /* as in the plan */
    SpRandom random;
    guint n_threads;
} SpDrawsInput;

typedef struct SpDrawsSetup SpDrawsSetup;

/**
 * Regions of the plan are fylker, KOSTRA groups, centrality classes and the country
 * (SP_REGION_COUNTRY_CODE), in byte order. Professions are those of either side, in byte order.
 *
 * SP_ERROR_DATA as sp_draws_check and sp_shock_sizes_read, when a table lacks a column, when a
 * kommune is not in `regions` or has no fylke there, and when the population was drawn for another
 * number of days.
 */
SpDrawsSetup *sp_draws_setup_new(const SpDrawsInput *input, GError **error);
void sp_draws_setup_free(SpDrawsSetup *setup);

/** Borrowed. */
SpDrawsPlan *sp_draws_setup_plan(SpDrawsSetup *setup);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDrawsSetup, sp_draws_setup_free)

#endif
