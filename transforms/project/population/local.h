/**
 * How kommuner differ from the country, learnt level by level: what is believed of a level is taken
 * out of what the next has to explain. Source: population-model.md §5 step 3 of the design;
 * docs/methods/population.md#migration.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_LOCAL_H
#define SP_TRANSFORMS_PROJECT_POPULATION_LOCAL_H

#include "transforms/project/places.h"
#include "transforms/project/population/residuals.h"
#include "transforms/project/shrink.h"

/** In the order they are learnt. */
typedef enum {
    SP_LEVEL_CENTRALITY,
    SP_LEVEL_FYLKE,
    SP_LEVEL_LABOUR_MARKET,
    SP_LEVEL_KOMMUNE,
    SP_N_LEVELS
} SpLevel;

/** One level of the hierarchy and what was learnt of it. */
typedef struct {
    const char *name; /* "sentralitet", "fylke", "arbeidsmarked", "kommune" */
    gsize n_units;    /* 0: the table of regions has no such level */
    char **codes;     /* [n_units], NULL-terminated */
    guint32 *unit;    /* [n_regions] of each kommune, SP_NO_PLACE for none */
    SpShrink shrink[SP_N_MIGRATION_GROUPS];
    double (*believed)[SP_N_MIGRATION_GROUPS]; /* [n_units] yearly deviation */
    double (*variance)[SP_N_MIGRATION_GROUPS]; /* [n_units] of the true one around it */
} SpLocalLevel;

typedef struct {
    gsize n_regions;
    SpLocalLevel levels[SP_N_LEVELS];
    double (*sum)[SP_N_MIGRATION_GROUPS]; /* [n_regions] of what is believed at all levels */
} SpLocal;

/**
 * Fits every group and level. What is believed is taken out of `residuals->deviation`, so what is
 * left there is the years' noise.
 *
 *   weight_below  multiplies tau2 of the kommune level below SP_OLD_START_AGE; 1 believes the
 *                 estimate
 *
 * An estimate whose rounds did not settle is used and told (finding "unsettled_estimate"). Without
 * a year of history all is 0.
 */
SpLocal *sp_local_new(SpResiduals *residuals, const SpPlaces *places, double weight_below,
                      SpQuality *quality);
void sp_local_free(SpLocal *local);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLocal, sp_local_free)

#endif
