/** Where the region code of a row stands on the target division. */
#ifndef SP_TRANSFORMS_NORMALISE_ROUTES_H
#define SP_TRANSFORMS_NORMALISE_ROUTES_H

#include "core/regions.h"

/** No kommune was ever divided into more than a handful. */
enum { SP_ROUTE_MAX_PARTS = 64 };

typedef enum {
    SP_ROUTE_KOMMUNE,   /* its figures go to `targets` */
    SP_ROUTE_PUBLISHED, /* fylke, country, group: stays as published; `targets` is the code itself
                         */
    SP_ROUTE_OUTSIDE,   /* a kommune, but not on that day */
    SP_ROUTE_LEFT_OUT,  /* 9999, Rest, a fylke that the target division does not have */
} SpRouteKind;

typedef struct {
    SpRouteKind kind;
    SpDay split_day; /* 0: whole */
    SpDay eve;       /* the day before it */
    /* [n] codes on the target day (char*); several only after a split, then maybe one of them twice
     */
    GPtrArray *targets;
    /* [n] codes on the split day, same order, byte order; empty when whole */
    GPtrArray *at_split;
    /* The code on the eve; NULL when whole, or when it had by then been split before. */
    char *before_split;
} SpRoute;

/**
 * The day whose division the codes of a period follow. A date follows itself; a year, half-year,
 * quarter, month, moving mean or interval its last day; a school year 31 December of its first year
 * (pupils and staff are counted on 1 October). FALSE when the text is no period.
 */
gboolean sp_route_day(const char *period, SpDay *day);

typedef struct SpRouter SpRouter;

/** `regions` is borrowed for the life of the router. */
SpRouter *sp_router_new(const SpRegions *regions, SpDay target);
void sp_router_free(SpRouter *router);

/**
 * The route of a code as of a day; borrowed from the router. A day after the target day is gone
 * back to only where one code became one. SP_ERROR_DATA, with the remedy, when a code of a
 * kommune's form was never a kommune, or when the way back is not unique.
 */
const SpRoute *sp_router_find(SpRouter *router, const char *code, SpDay day, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRouter, sp_router_free)

#endif
