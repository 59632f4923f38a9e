/**
 * What is drawn, as plain arrays: expected paths of demand and supply, people in every draw, how
 * kommuner are grouped, and sizes of shocks. u kommune, L labour-market region, k service, g
 * profession, t day (1 January of base, base + 1, ...), r draw.
 */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_PLAN_H
#define SP_TRANSFORMS_PROJECT_DRAWS_PLAN_H

#include "core/random.h"
#include "transforms/project/demand/paths.h"
#include "transforms/project/draws/sizes.h"
#include "transforms/project/groups.h"
#include "transforms/project/supply/paths.h"

#include <math.h>

#define SP_NO_PATH ((gsize)-1)
#define SP_NO_KOMMUNE ((gsize)-1)

typedef struct {
    const char *id;
    gsize demand; /* number in the paths of demand, SP_NO_PATH: nothing is known of its demand */
    gsize supply; /* number in the paths of supply, SP_NO_PATH likewise */
    double supply_factor;  /* of the base-year balance: multiplies all supply; 1 for none */
    gboolean stands_apart; /* stays out of what compares or counts over professions: its figures
                              are part of another's, or nobody lacks it as a profession */
} SpDrawsProfession;

/**
 * Persons of one kommune in every draw, as sp_population_draw gives them: [b][t][r], b the groups
 * of the paths of demand. Called from several threads, each with its own number below n_threads.
 */
typedef void (*SpDrawsPeople)(gpointer data, guint thread, gsize kommune, float persons[]);

/** The draws of one profession, region and day, while they are there. */
typedef struct {
    gsize profession;
    gsize region; /* kommuner first, then the regions above */
    gsize day;
    const float *need, *supply; /* [n_draws] årsverk; NULL where there is no path */
    const float *recruited; /* [n_draws] årsverk since the base; NULL where it is not counted */
} SpDrawsSight;

/** Shown every cell once, from several threads and in no order. */
typedef void (*SpDrawsWatch)(gpointer data, const SpDrawsSight *sight);

/** What share of the staff leaves the municipal sector in a year, as it is known. */
typedef struct {
    double *rate;        /* [u][g] expected, 0-1 */
    double *local_sd;    /* [u][g] of the log of the kommune's factor on the country's rate */
    double *national_sd; /* [g] of the log of the country's rate */
} SpDrawsExits;

/** All borrowed. */
typedef struct {
    gsize n_kommuner, n_days, n_draws;
    const char *const *kommuner; /* [n_kommuner] byte order */
    const SpDemandPaths *demand; /* of these kommuner and days */
    const SpSupplyPaths *supply; /* of these kommuner and days */
    const SpDrawsProfession *professions;
    gsize n_professions;
    const SpRegionGroup *regions; /* above the kommuner, byte order */
    gsize n_regions;
    const guint *fylke_of; /* [u] number in fylker */
    const char *const *fylker;
    gsize n_fylker;
    /* [kommuner, then regions][g] årsverk that are added to the gap in every draw and on every day
       (a shortage measured in the base, which no one adds up); NaN where there is one that is not
       known or must not be seen; NULL: none. */
    const double *shortage;
    const SpDrawsExits *exits; /* NULL: what must be recruited is not counted */
    gboolean capacity_follows; /* admissions follow people (SP_CAPACITY_POPULATION) */
    SpDrawsPeople people;
    gpointer people_data;
    SpDrawsWatch watch; /* or NULL */
    gpointer watch_data;
    SpShockSizes sizes;
    SpRandom random; /* key of the component: the same key gives the same draws */
} SpDrawsPlan;

/** The kommune that a region is, or is all of (Oslo), whose figures are its own; SP_NO_KOMMUNE for
 * others. */
static inline gsize sp_draws_only_kommune(const SpDrawsPlan *plan, gsize region)
{
    const SpRegionGroup *above =
        region < plan->n_kommuner ? NULL : &plan->regions[region - plan->n_kommuner];
    return above == NULL ? region : above->n_members == 1 ? above->members[0] : SP_NO_KOMMUNE;
}

/** TRUE when what is added to the gap of a region and profession is not known or must not be
 * seen. */
static inline gboolean sp_draws_is_hidden(const SpDrawsPlan *plan, gsize region, gsize profession)
{
    return plan->shortage != NULL &&
           isnan(plan->shortage[region * plan->n_professions + profession]);
}

/**
 * TRUE when the parts of a plan fit each other. SP_ERROR_DATA names the first kommune, profession
 * or number that does not.
 */
gboolean sp_draws_check(const SpDrawsPlan *plan, GError **error);

#endif
