/* Routes by code and day, found once and kept: a table has few of them and very many rows. */
#include "transforms/normalise/routes.h"

#include "core/error.h"

#include <string.h>

struct SpRouter {
    const SpRegions *regions;
    SpDay target;
    GHashTable *fylker; /* char* first two digits of the target's kommuner, a set */
    GHashTable *routes; /* "CODE DAY" -> SpRoute* */
    GHashTable
        *back; /* SpDay after the target -> GHashTable code -> code on the target, "" if several */
};

static void route_free(gpointer data)
{
    SpRoute *route = data;
    g_ptr_array_unref(route->targets);
    g_ptr_array_unref(route->at_split);
    g_free(route->before_split);
    g_free(route);
}

static SpRoute *route_new(SpRouteKind kind)
{
    SpRoute *route = g_new0(SpRoute, 1);
    route->kind = kind;
    route->targets = g_ptr_array_new_with_free_func(g_free);
    route->at_split = g_ptr_array_new_with_free_func(g_free);
    return route;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRoute, route_free)

gboolean sp_route_day(const char *period, SpDay *day)
{
    SpPeriod parsed;
    if (!sp_period_parse(period, &parsed)) {
        return FALSE;
    }
    *day = parsed.kind == SP_PERIOD_SCHOOL_YEAR ? sp_day_year(parsed.first) * 10000 + 1231
                                                : parsed.last;
    return TRUE;
}

SpRouter *sp_router_new(const SpRegions *regions, SpDay target)
{
    SpRouter *router = g_new0(SpRouter, 1);
    router->regions = regions;
    router->target = target;
    router->fylker = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    router->routes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, route_free);
    router->back = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL,
                                         (GDestroyNotify)g_hash_table_unref);
    g_autofree const char **codes = sp_regions_at(regions, target);
    for (gsize i = 0; codes[i] != NULL; i++) {
        g_hash_table_add(router->fylker, g_strndup(codes[i], 2));
    }
    return router;
}

void sp_router_free(SpRouter *router)
{
    if (router == NULL) {
        return;
    }
    g_hash_table_unref(router->fylker);
    g_hash_table_unref(router->routes);
    g_hash_table_unref(router->back);
    g_free(router);
}

/* Codes of a later day by what they were on the target day, where that is one kommune that became
 * one. */
static GHashTable *go_back(SpRouter *router, SpDay day, GError **error)
{
    GHashTable *back = g_hash_table_lookup(router->back, GINT_TO_POINTER(day));
    if (back != NULL) {
        return back;
    }
    g_autofree const char **codes = sp_regions_at(router->regions, router->target);
    g_autoptr(GHashTable) made = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; codes[i] != NULL; i++) {
        g_autoptr(GArray) later =
            sp_regions_successors(router->regions, codes[i], router->target, day, error);
        if (later == NULL) {
            return NULL;
        }
        for (guint k = 0; k < later->len; k++) {
            const char *code = g_array_index(later, SpSuccessor, k).code;
            gboolean is_one = later->len == 1 && !g_hash_table_contains(made, code);
            g_hash_table_insert(made, (gpointer)code, (gpointer)(is_one ? codes[i] : ""));
        }
    }
    back = g_steal_pointer(&made);
    g_hash_table_insert(router->back, GINT_TO_POINTER(day), back);
    return back;
}

static gboolean follow_back(SpRouter *router, const char *code, SpDay day, SpRoute *route,
                            GError **error)
{
    char day_text[SP_DAY_SIZE];
    char target_text[SP_DAY_SIZE];
    GHashTable *back = go_back(router, day, error);
    if (back == NULL) {
        return FALSE;
    }
    const char *target = g_hash_table_lookup(back, code);
    if (target == NULL || target[0] == '\0') {
        return sp_error_set(
            error, SP_ERROR_DATA,
            "region \"%s\" of %s is not one whole kommune of the division of %s; set "
            "normalise.division to %s or later",
            code, sp_day_format(day, day_text), sp_day_format(router->target, target_text),
            day_text);
    }
    g_ptr_array_add(route->targets, g_strdup(target));
    return TRUE;
}

/* The parts of a kommune on the day of its (last) split, and where each is on the target day. */
static gboolean follow_split(const SpRouter *router, const char *code, SpDay day, SpRoute *route,
                             GError **error)
{
    route->eve = sp_day_before(route->split_day);
    g_autoptr(GArray) parts =
        sp_regions_successors(router->regions, code, day, route->split_day, error);
    if (parts == NULL) {
        return FALSE;
    }
    if (parts->len > SP_ROUTE_MAX_PARTS) {
        return sp_error_set(
            error, SP_ERROR_DATA,
            "region \"%s\" is divided into %u kommuner, at most %d are allowed; check "
            "KLASS's changes",
            code, parts->len, SP_ROUTE_MAX_PARTS);
    }
    for (guint i = 0; i < parts->len; i++) {
        const char *part = g_array_index(parts, SpSuccessor, i).code;
        g_autoptr(GArray) later =
            sp_regions_successors(router->regions, part, route->split_day, router->target, error);
        if (later == NULL) {
            return FALSE;
        }
        if (later->len != 1) {
            return sp_error_set(error, SP_ERROR_BUG,
                                "region \"%s\" is split again after its last split", part);
        }
        g_ptr_array_add(route->at_split, g_strdup(part));
        g_ptr_array_add(route->targets, g_strdup(g_array_index(later, SpSuccessor, 0).code));
    }
    g_autoptr(GArray) before = sp_regions_successors(router->regions, code, day, route->eve, error);
    if (before == NULL) {
        return FALSE;
    }
    if (before->len == 1) {
        route->before_split = g_strdup(g_array_index(before, SpSuccessor, 0).code);
    }
    return TRUE;
}

static gboolean follow(const SpRouter *router, const char *code, SpDay day, SpRoute *route,
                       GError **error)
{
    g_autoptr(GArray) successors =
        sp_regions_successors(router->regions, code, day, router->target, error);
    if (successors == NULL) {
        return FALSE;
    }
    if (successors->len == 1) {
        g_ptr_array_add(route->targets, g_strdup(g_array_index(successors, SpSuccessor, 0).code));
        return TRUE;
    }
    for (guint i = 0; i < successors->len; i++) {
        route->split_day =
            MAX(route->split_day, g_array_index(successors, SpSuccessor, i).split_day);
    }
    return follow_split(router, code, day, route, error);
}

static SpRoute *route_kommune(SpRouter *router, const char *code, SpDay day, GError **error)
{
    if (!sp_regions_is_known(router->regions, code)) {
        sp_error_set(
            error, SP_ERROR_DATA,
            "region \"%s\" was never a kommune in KLASS 131; map it in config/codes or update "
            "the KLASS snapshot",
            code);
        return NULL;
    }
    if (!sp_regions_is_valid(router->regions, code, day)) {
        return route_new(SP_ROUTE_OUTSIDE);
    }
    g_autoptr(SpRoute) route = route_new(SP_ROUTE_KOMMUNE);
    gboolean is_found = day <= router->target ? follow(router, code, day, route, error)
                                              : follow_back(router, code, day, route, error);
    return is_found ? g_steal_pointer(&route) : NULL;
}

static SpRoute *route_published(const char *code)
{
    SpRoute *route = route_new(SP_ROUTE_PUBLISHED);
    g_ptr_array_add(route->targets, g_strdup(code));
    return route;
}

static SpRoute *route_any(SpRouter *router, const char *code, SpDay day, GError **error)
{
    switch (sp_region_kind(code)) {
    case SP_REGION_KOMMUNE:
        return route_kommune(router, code, day, error);
    case SP_REGION_FYLKE:
        return g_hash_table_contains(router->fylker, code) ? route_published(code)
                                                           : route_new(SP_ROUTE_LEFT_OUT);
    case SP_REGION_COUNTRY:
    case SP_REGION_COUNTRY_WITHOUT_OSLO:
    case SP_REGION_KOSTRA_GROUP:
    case SP_REGION_CENTRALITY:
        return route_published(code);
    case SP_REGION_OTHER:
        break;
    }
    return route_new(SP_ROUTE_LEFT_OUT);
}

const SpRoute *sp_router_find(SpRouter *router, const char *code, SpDay day, GError **error)
{
    g_autofree char *key = g_strdup_printf("%s %d", code, (int)day);
    SpRoute *route = g_hash_table_lookup(router->routes, key);
    if (route == NULL) {
        route = route_any(router, code, day, error);
        if (route != NULL) {
            g_hash_table_insert(router->routes, g_steal_pointer(&key), route);
        }
    }
    return route;
}
