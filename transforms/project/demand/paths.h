/**
 * The expected path of demand, and what draws and explanations need to know of it. Everything is
 * an array of double, the last index fastest; u kommune, k service, g profession, t day, b group of
 * people, n basis.
 */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_PATHS_H
#define SP_TRANSFORMS_PROJECT_DEMAND_PATHS_H

#include "transforms/project/population/draws.h"

/** Two questions that are never mixed: what today's level of service would take, and what the
 * country's would. */
typedef enum {
    SP_NEED_TODAY, /* "dagens nivå": the kommune's own level, shrunk */
    SP_NEED_EQUAL, /* "likt behov": the country's use and staffing on the kommune's people of the
                    * day */
    SP_N_NEEDS
} SpNeed;

/**
 * How a national level moves from the base on, log. h years on its expected sum is mean x s(h),
 * s(h) = damping + damping^2 + ... + damping^h (h when damping is 1). Draws add three things:
 * a common error of the slope, N(0, variance) x s(h); slopes that come as old ones fade, so that
 * they vary by `slopes` in the long run: N(0, (1 - damping^2) slopes) a year, damped in turn; and a
 * random walk whose yearly steps are N(0, innovation).
 */
typedef struct {
    double mean;       /* log a year in the first year, before damping */
    double variance;   /* of the mean, (log a year)^2 */
    double innovation; /* variance of a yearly step around the path, log^2 */
    double slopes;     /* variance of slopes in the long run, (log a year)^2 */
    double damping;    /* 0-1 */
    guint lag; /* years from the newest figure to the base: the sums above begin there, so that
                          what is left to come is s(h + lag) - s(lag) */
} SpDrift;

/** How far one year's figure lies from its level, besides what levels and drifts tell: the variance
 * of its log is log1p(v0 + v1 / figure). Not in any path or quantile of the projection, which are
 * of the level; what is held against a figure that was counted has it too. */
typedef struct {
    double v0, v1;
} SpDemandNoise;

typedef struct {
    gsize n_kommuner;    /* u, byte order of codes */
    gsize n_services;    /* k, byte order of ids */
    gsize n_areas;       /* areas that hold the services, byte order of ids */
    gsize n_professions; /* g, byte order of ids */
    gsize n_days;        /* t: 1 January base, base + 1, ... */
    int base;            /* year of day 0 */
    char **kommuner;     /* [n_kommuner] NULL-terminated, as all lists of text here */
    char **services;
    char **areas;
    char **professions;
    guint *area_of; /* [k] number of the service's area */
    /* [u][k][t] SP_PRESENT, or the strongest status (core/real.h) among the people that use the
       service: the figure is then 0 here and published with that status. */
    guint8 *user_status;
    gboolean
        *has_users; /* [k] FALSE: the service follows persons, whose sum is no number of users */
    /* [u][g] TRUE where today's level is not the kommune's own but that of its host area
       (table vertskommune): the figure is flagged. */
    gboolean *is_hosted;
    gboolean *is_observed; /* [g] FALSE: no årsverk of the profession are known anywhere */
    /* [area][g] the area's årsverk are what a source of all the profession's people has beyond the
       other areas (staffing.h). NULL: none. */
    gboolean *is_rest;
    /* [g] number of the profession whose need holds this one's too, g itself where none does: the
       two are never added. NULL: there are none. */
    guint *part_of;

    double *users; /* [n][u][k][t] expected persons who use the service */
    double *need;  /* [n][u][k][g][t] årsverk; 0 where the service has none of the profession */
    /* [u][g][t] what the law's floor has added to the need at today's level; NULL: nothing. It is
       no part of what the base is balanced by: a duty that is not met is a shortage. */
    double *by_law;
    /* [u][g][t] what the law asks for at the least; 0 where it asks for nobody. NULL: nowhere. */
    double *least;

    /* Draws. A future's need is the expected one x factor[u,k,t] x staff[u,g,t], where the factor
         is (sum_b persons_drawn[u,b,t] x band_need[k,t,b]) / (the same sum over expected persons)
         x exp(shock of need_drift of the service's area),
       and users follow by band_use and use_drift in the same way. With all shocks 0 and expected
       persons it is exactly the expected path. */
    SpPersonGroups groups; /* of people; n_groups is b */
    double *band_persons;  /* [u][t][b] expected persons */
    double *band_use;      /* [k][t][b] users per person, the country's mean */
    double *band_need;     /* [k][t][b] årsverk per person, the country's mean */
    SpDrift *use_drift;    /* [k] of users beyond expected users */
    SpDrift *need_drift;   /* [area] of årsverk beyond expected årsverk */
    /* [k] Correlation of the movements of its users, slope and steps, with those of its area's
       årsverk, -1 to 1. Årsverk per user is the difference: at 0 it falls where use rises. */
    double *use_with_need;
    /* [area][g] of a profession's share of the area's årsverk in the country; mean 0 where the path
       holds it. */
    SpDrift *share_drift;
    /* Standard deviations of log local factors around their expected level, estimation at the base
       and change since: rise with t. The country's own movement is not in them. */
    double *use_sd;   /* [u][k][t] of users */
    double *staff_sd; /* [u][area][t] of all årsverk of the area: common to its professions */
    double *share_sd; /* [u][area][g][t] of a profession's share of them */
    /* [u][area][g] Variance of the årsverk counted on a day around their level, over its square:
       need is a level, and a later count of it has the chance of that day. */
    double *count_variance;
    SpDemandNoise *use_noise; /* [k] of users counted; 0 where there is no level model of them */

    /* Explanations (parts.h): users if use by age stayed, index that is 1 on day 0. */
    double *constant_use; /* [u][k][t] */
} SpDemandPaths;

void sp_demand_paths_free(SpDemandPaths *paths);

/** need[basis][u][k][g]: n_days figures. Borrowed. */
static inline const double *sp_demand_need(const SpDemandPaths *paths, SpNeed basis, gsize u,
                                           gsize k, gsize g)
{
    gsize place = ((basis * paths->n_kommuner + u) * paths->n_services + k) * paths->n_professions;
    return &paths->need[(place + g) * paths->n_days];
}

/** Årsverk of a profession that count in sums over professions: FALSE for one that is another's. */
static inline gboolean sp_demand_is_whole(const SpDemandPaths *paths, gsize profession)
{
    return paths->part_of == NULL || paths->part_of[profession] == profession;
}

/** Årsverk of a service at today's level on a day, each counted once. */
static inline double sp_demand_service_need(const SpDemandPaths *paths, gsize u, gsize k, gsize t)
{
    double sum = 0;
    for (gsize g = 0; g < paths->n_professions; g++) {
        sum += sp_demand_is_whole(paths, g) ? sp_demand_need(paths, SP_NEED_TODAY, u, k, g)[t] : 0;
    }
    return sum;
}

/** users[basis][u][k]: n_days figures. Borrowed. */
static inline const double *sp_demand_users(const SpDemandPaths *paths, SpNeed basis, gsize u,
                                            gsize k)
{
    gsize place = (basis * paths->n_kommuner + u) * paths->n_services + k;
    return &paths->users[place * paths->n_days];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDemandPaths, sp_demand_paths_free)

#endif
