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

#define SP_NO_PATH ((gsize)-1)

typedef struct {
    const char *id;
    gsize demand; /* number in the paths of demand, SP_NO_PATH: nothing is known of its demand */
    gsize supply; /* number in the paths of supply, SP_NO_PATH likewise */
    double supply_factor; /* of the base-year balance: multiplies all supply; 1 for none */
    gboolean is_part;     /* its figures are part of another profession's: it stays out of what
                             compares or counts over professions */
} SpDrawsProfession;

/** What is not known of how the country's need of an area of services moves beyond the population;
 * log. */
typedef struct {
    double slope;    /* that the path has in the first year */
    double slope_sd; /* of the error of the yearly slope in the first year */
    double step_sd;  /* of a yearly step around the path */
    /* Of the slope, 0-1: 1 lets it go on for ever. It is known no better than that: a draw's is evenly
       between 2 damping - 1 and 1. */
    double damping;
    guint lag; /* years from the newest figure to the base */
} SpDrawsDrift;

/**
 * Persons of one kommune in every draw, as sp_population_draw gives them: [b][t][r], b the groups of
 * the paths of demand. Called from several threads, each with its own number below n_threads.
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

/** All borrowed. */
typedef struct {
    gsize n_kommuner, n_days, n_draws;
    const char *const *kommuner;      /* [n_kommuner] byte order */
    const SpDemandPaths *demand;      /* of these kommuner and days */
    const SpSupplyPaths *supply;      /* of these kommuner and days */
    SpNeed basis;                     /* which need is drawn */
    const SpDrawsDrift *drifts;       /* [area] of the paths of demand: årsverk */
    const SpDrawsDrift *share_drifts; /* [area][g of demand] of a profession's share */
    const SpDrawsDrift *use_drifts;   /* [k] users; read when users are asked for */
    const SpDrawsProfession *professions;
    gsize n_professions;
    const SpRegionGroup *regions; /* above the kommuner, byte order */
    gsize n_regions;
    const guint *fylke_of; /* [u] number in fylker */
    const char *const *fylker;
    gsize n_fylker;
    /* [u][g][t] årsverk that are added to the need in every draw (a measured shortage of the base),
       or NULL. */
    const double *extra_need;
    /* [u][g] share of the staff that leaves the municipal sector in a year; NULL: what must be
       recruited is not counted. */
    const double *exit_rate;
    SpDrawsPeople people;
    gpointer people_data;
    SpDrawsWatch watch; /* or NULL */
    gpointer watch_data;
    SpShockSizes sizes;
    SpRandom random; /* key of the component: the same key gives the same draws */
} SpDrawsPlan;

/**
 * TRUE when the parts of a plan fit each other. SP_ERROR_DATA names the first kommune, profession or
 * number that does not.
 */
gboolean sp_draws_check(const SpDrawsPlan *plan, GError **error);

#endif
