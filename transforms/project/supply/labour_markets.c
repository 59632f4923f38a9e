/* Labour-market regions. */
#include "transforms/project/supply/labour_markets.h"

#include <string.h>

/* Regions on their way; `of` is the region's own number for those that are one. */
typedef struct {
    gsize n;
    const SpPlaceRules *rules;
    guint *of;     /* [n] the region that a kommune lies in */
    guint *core;   /* [n] of a region */
    double *size;  /* [n] people of a region */
    double *flows; /* [n][n] from a region to a kommune */
} Regions;

static gboolean is_smaller(const Regions *regions, gsize a, gsize b)
{
    return regions->size[a] < regions->size[b] || (!(regions->size[a] > regions->size[b]) && a < b);
}

/* The region to whose core most go, and what share of the employed that is; FALSE if nobody
 * goes. */
static gboolean find_next(const Regions *regions, gsize region, gsize *next, double *share)
{
    const double *flows = &regions->flows[region * regions->n];
    double all = 0.0, most = 0.0;
    for (gsize u = 0; u < regions->n; u++) {
        all += flows[u];
        if (regions->of[u] == u && u != region && flows[regions->core[u]] > most) {
            most = flows[regions->core[u]];
            *next = u;
        }
    }
    *share = all > 0.0 ? most / all : 0.0;
    return most > 0.0;
}

static gboolean joins(const Regions *regions, gsize region, gsize *next)
{
    double share;
    if (!find_next(regions, region, next, &share)) {
        return FALSE;
    }
    return regions->size[region] < regions->rules->inhabitants ||
           (share >= regions->rules->commuting && is_smaller(regions, region, *next));
}

static void join(Regions *regions, gsize region, gsize next)
{
    gsize n = regions->n;
    if (is_smaller(regions, next, region)) {
        regions->core[next] = regions->core[region];
    }
    regions->size[next] += regions->size[region];
    for (gsize u = 0; u < n; u++) {
        regions->flows[next * n + u] += regions->flows[region * n + u];
        regions->of[u] = regions->of[u] == region ? (guint)next : regions->of[u];
    }
}

/* The smallest region that joins another does so. */
static gboolean join_one(Regions *regions)
{
    gsize found = regions->n, to = 0;
    for (gsize region = 0; region < regions->n; region++) {
        gsize next = 0;
        if (regions->of[region] == region &&
            (found == regions->n || is_smaller(regions, region, found)) &&
            joins(regions, region, &next)) {
            found = region;
            to = next;
        }
    }
    if (found < regions->n) {
        join(regions, found, to);
    }
    return found < regions->n;
}

void sp_labour_markets(gsize n, const double commuters[], const double people[],
                       const SpPlaceRules *rules, guint core[])
{
    g_autofree guint *numbers = g_new(guint, 2 * n + 1);
    g_autofree double *size = g_memdup2(people, n * sizeof *people);
    g_autofree double *flows = g_memdup2(commuters, n * n * sizeof *commuters);
    Regions regions = {n, rules, numbers, numbers + n, size, flows};
    for (gsize u = 0; u < n; u++) {
        regions.of[u] = regions.core[u] = (guint)u;
    }
    while (join_one(&regions)) {
    }
    for (gsize u = 0; u < n; u++) {
        core[u] = regions.core[regions.of[u]];
    }
}
