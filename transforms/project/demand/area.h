/** The årsverk of one area while they are worked on; inside transforms/project/demand alone. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_AREA_H
#define SP_TRANSFORMS_PROJECT_DEMAND_AREA_H

#include "transforms/project/demand/work.h"

/** n_g professions that are observed in the area and divided on its n_k services, and after them
 * the n_parts that are part of one of those (wholes.h), n_all together; t day, u kommune. */
typedef struct {
    const SpDemandWork *work;
    gsize area, n_years;
    gsize n_g, n_parts, n_all;
    gsize *profession; /* [n_all] */
    gsize n_k;         /* services */
    gsize *service;    /* [n_k] */
    double *total;     /* [u][year] all n_g professions; where is_seen */
    gboolean *is_seen; /* [u][year] all of them are known */
    double *share;     /* [n_all] of the area's årsverk in the country */
    double *mix;       /* [n_k][n_g][t] årsverk per user */
    double *ratio; /* [n_all][u] a kommune's share over the country's, of a part within its whole */
    double *need[SP_N_NEEDS]; /* [u][t] */
    double ageing;            /* how much of a change in ages shows */
} SpDemandArea;

/** What was observed: totals of kommuner that have all professions, and the country's shares of the
 * newest such year (equal ones without any). Marks the professions as observed in the paths. */
void sp_demand_area_init(SpDemandArea *area, const SpDemandWork *work, gsize number);
void sp_demand_area_clear(SpDemandArea *area);

/** Share of a profession's årsverk of the area that service k of it has, 0-1. */
double sp_demand_area_weight(const SpDemandArea *area, gsize k, gsize g);

/** Where in the area's list the whole of a part stands. */
gsize sp_demand_area_whole(const SpDemandArea *area, gsize part);

/** area_mix.c: `mix`, årsverk per user of each service and profession, day by day; only proportions
 * matter, for the area's total is set elsewhere. After users. */
void sp_demand_fill_mix(SpDemandArea *area);

/** area_total.c: `need` by both bases, `ageing`, and the area's drifts and spread in the paths. */
void sp_demand_fill_totals(SpDemandArea *area);

/** area_shares.c: drifts of the country's shares, into the paths; carries `share` to the base by
 * them. Before the mix. */
void sp_demand_fit_share_drifts(SpDemandArea *area);

/** area_shares.c: `ratio`, shrunk, and its spread in the paths. After the mix. */
void sp_demand_fit_ratios(SpDemandArea *area);

/** area_divide.c: the need of each service and profession, whose sums are the totals and, in the
 * base, the country's shares. */
void sp_demand_divide(const SpDemandArea *area, SpNeed basis);

/** The need of parts, after that of their wholes: the kommune's share of the whole (1 at most), the
 * country's shares met in the base; alike in all services and on all days. */
void sp_demand_divide_parts(const SpDemandArea *area, SpNeed basis);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpDemandArea, sp_demand_area_clear)

#endif
