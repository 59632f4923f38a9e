/* Kommuner of person rows: to the target division at once, or kept until they are divided. */
#include "transforms/normalise/persons_regions.h"

#include "transforms/normalise/routes.h"

#include <string.h>

struct SpPersonsRegions {
    const SpPersonsInput *input;
    SpRouter *router;
    SpDay division; /* 0: that of each row's period */
    GHashTable *fylker;
    GHashTable *broken;
    GHashTable *targets; /* code of a divided kommune (char*) -> char** */
};

SpPersonsRegions *sp_persons_regions_new(const SpPersonsInput *input)
{
    SpPersonsRegions *regions = g_new0(SpPersonsRegions, 1);
    regions->input = input;
    regions->router = sp_router_new(input->regions, input->target);
    regions->fylker = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    regions->broken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    regions->targets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
    if (input->layout->division != NULL) {
        gboolean is_day = sp_day_parse(input->layout->division, &regions->division);
        g_assert(is_day); /* core/layout_read.c */
    }
    return regions;
}

void sp_persons_regions_free(SpPersonsRegions *regions)
{
    if (regions == NULL) {
        return;
    }
    sp_router_free(regions->router);
    g_hash_table_unref(regions->fylker);
    g_hash_table_unref(regions->broken);
    g_hash_table_unref(regions->targets);
    g_free(regions);
}

GHashTable *sp_persons_regions_fylker(const SpPersonsRegions *regions)
{
    return regions->fylker;
}

GHashTable *sp_persons_regions_broken(const SpPersonsRegions *regions)
{
    return regions->broken;
}

const char *const *sp_persons_regions_targets(const SpPersonsRegions *regions, const char *code)
{
    return g_hash_table_lookup(regions->targets, code);
}

/* Where its parts are. */
static void note_targets(SpPersonsRegions *regions, const SpRoute *route, const char *code)
{
    char **targets = g_new0(char *, route->targets->len + 1);
    for (guint i = 0; i < route->targets->len; i++) {
        targets[i] = g_strdup(route->targets->pdata[i]);
    }
    g_hash_table_insert(regions->targets, g_strdup_printf("%c%s", SP_PERSONS_DIVIDED, code),
                        targets);
}

/* The fylke of a divided kommune, if its parts are all in one. */
static void place_divided(SpPersonsRegions *regions, const SpRoute *route, const char *code,
                          const SpPersonsPeriod *period)
{
    const char *first = route->targets->pdata[0];
    gboolean is_one = TRUE;
    for (guint i = 1; i < route->targets->len; i++) {
        is_one = is_one && strncmp(first, route->targets->pdata[i], 2) == 0;
    }
    if (is_one) {
        g_hash_table_insert(regions->fylker, g_strdup_printf("%c%s", SP_PERSONS_DIVIDED, code),
                            g_strndup(first, 2));
        return;
    }
    for (guint i = 0; i < route->targets->len; i++) {
        g_hash_table_add(
            regions->broken,
            g_strdup_printf("%.2s %s", (const char *)route->targets->pdata[i], period->text));
    }
    g_autofree char *subject = g_strdup_printf("region %s", code);
    sp_quality_note(regions->input->quality, "split_over_fylker", subject, 0,
                    "its parts are in several fylker now: figures of these in %s are missing",
                    period->text);
}

char *sp_persons_regions_place(SpPersonsRegions *regions, const char *code,
                               const SpPersonsPeriod *period, GError **error)
{
    SpDay day = regions->division != 0 ? regions->division : period->day;
    if (sp_region_kind(code) != SP_REGION_KOMMUNE ||
        !sp_regions_is_valid(regions->input->regions, code, day)) {
        return NULL;
    }
    const SpRoute *route = sp_router_find(regions->router, code, day, error);
    if (route == NULL || route->kind != SP_ROUTE_KOMMUNE) {
        return NULL;
    }
    if (route->split_day == 0) {
        const char *target = route->targets->pdata[0];
        g_hash_table_insert(regions->fylker, g_strdup(target), g_strndup(target, 2));
        return g_strdup(target);
    }
    place_divided(regions, route, code, period);
    note_targets(regions, route, code);
    return g_strdup_printf("%c%s", SP_PERSONS_DIVIDED, code);
}
