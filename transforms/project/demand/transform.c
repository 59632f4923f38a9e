/* Run and lineage of demand. */
#include "transforms/project/project.h"

#include "core/regions.h"
#include "core/rollup.h"
#include "transforms/project/chosen.h"
#include "transforms/project/demand/model.h"
#include "transforms/project/demand/parts.h"
#include "transforms/project/demand/tables.h"
#include "transforms/project/lineage.h"
#include "transforms/project/scenario.h"

#include <string.h>

#define USERS "framskriving_behov"
#define NEED "framskriving_etterspoersel"
#define PARTS "framskriving_etterspoersel_deler"
#define PER_USER SP_TABLE_PER_USER
#define POPULATION "framskriving_befolkning"

static const char *const config_keys[] = {SP_CHOSEN_YEARS};

/* What demand is made of beside the sources that these lists name. */
static const char *const made_of[] = {POPULATION, NULL};
static const char *const source_lists[] = {"tjenester", "bemanning_kilder", NULL};

static SpRegionGroups *groups_of(const SpTables *in, const SpDemandPaths *paths, GError **error)
{
    return sp_region_groups_new(sp_tables_find(in, "region"), (const char *const *)paths->kommuner,
                                paths->n_kommuner, error);
}

static gboolean run_demand(const SpTables *in, const SpSettings *settings, SpTables *out,
                           SpQuality *quality, GError **error)
{
    SpScenario scenario;
    sp_scenario_init(&scenario, NULL);
    g_autoptr(GArray) years = sp_chosen_years_read(settings, error);
    if (years == NULL || !sp_scenario_read(in, &scenario, error)) {
        return FALSE;
    }
    g_autoptr(SpDemandPaths) paths = sp_demand_model_new(in, &scenario.demand, quality, error);
    g_autoptr(SpRegionGroups) groups = paths == NULL ? NULL : groups_of(in, paths, error);
    if (groups == NULL) {
        return FALSE;
    }
    const SpDemandTables tables = {.paths = paths,
                                   .groups = groups,
                                   .population = sp_tables_find(in, POPULATION),
                                   .marks = sp_project_marks(in, made_of, source_lists)};
    sp_tables_add(out, sp_demand_users_table(&tables));
    sp_tables_add(out, sp_demand_need_table(&tables));
    g_autoptr(GArray) days =
        sp_chosen_days(years->len, (const int *)(gpointer)years->data, paths->base, paths->n_days);
    sp_tables_add(out, sp_demand_parts_table(&tables, days));
    sp_tables_add(out, sp_demand_per_user_table(&tables));
    return TRUE;
}

/* Where a cell stands in the paths. */
typedef struct {
    const char *region, *code, *period;
    gboolean is_users; /* of a service; its årsverk per user have rows of the same keys */
    gboolean is_per_user;
    gsize number; /* of the service or profession */
    gsize day;
    GArray *kommuner; /* gsize */
} Place;

static void place_clear(Place *place)
{
    g_clear_pointer(&place->kommuner, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Place, place_clear)

static gboolean is_measure(const char *table, const char *measure)
{
    static const char *const users[] = {"brukere", "brukere_likt_behov", "indeks",
                                        "indeks_konstant_bruk", NULL};
    static const char *const need[] = {"aarsverk", "aarsverk_likt_behov", "lovkrav", "rest", NULL};
    static const char *const per_user[] = {"indeks", NULL};
    return g_strv_contains(strcmp(table, USERS) == 0   ? users
                           : strcmp(table, NEED) == 0  ? need
                           : strcmp(table, PARTS) == 0 ? sp_demand_part_names
                                                       : per_user,
                           measure);
}

/* FALSE when the cell is none of ours; `place->kommuner` is the caller's. */
static gboolean find_place(const SpCell *cell, const SpDemandPaths *paths,
                           const SpRegionGroups *groups, Place *place)
{
    place->kommuner = g_array_new(FALSE, FALSE, sizeof(gsize));
    place->is_per_user = strcmp(cell->table, PER_USER) == 0;
    place->is_users = place->is_per_user || strcmp(cell->table, USERS) == 0;
    place->region = sp_cell_code(cell, "region");
    place->code = sp_cell_code(cell, place->is_users ? "tjeneste" : "yrke");
    place->period = sp_cell_code(cell, "period");
    if (place->region == NULL || place->code == NULL || place->period == NULL ||
        !is_measure(cell->table, cell->measure)) {
        return FALSE;
    }
    char **names = place->is_users ? paths->services : paths->professions;
    gsize n_names = place->is_users ? paths->n_services : paths->n_professions;
    place->number = sp_codes_place(names, n_names, place->code);
    for (place->day = 0; place->day < paths->n_days; place->day++) {
        char day[16];
        g_snprintf(day, sizeof day, "%d-01-01", paths->base + (int)place->day);
        if (strcmp(day, place->period) == 0) {
            break;
        }
    }
    gsize kommune = sp_codes_place(paths->kommuner, paths->n_kommuner, place->region);
    const SpRegionGroup *group = sp_region_groups_find(groups, place->region);
    if (kommune < paths->n_kommuner && !place->is_per_user) {
        g_array_append_val(place->kommuner, kommune);
    }
    for (gsize i = 0; group != NULL && i < group->n_members; i++) {
        gsize member = group->members[i];
        g_array_append_val(place->kommuner, member);
    }
    return place->number < n_names && place->day < paths->n_days && place->kommuner->len > 0;
}

static void add_people(const SpDemandPaths *paths, const Place *place, const char *base,
                       SpExplanation *explanation)
{
    gboolean is_all = strcmp(place->region, SP_REGION_COUNTRY_CODE) == 0;
    for (guint i = 0; i < (is_all ? 1 : place->kommuner->len); i++) {
        const char *code = is_all ? "*" : paths->kommuner[g_array_index(place->kommuner, gsize, i)];
        g_ptr_array_add(explanation->inputs,
                        sp_project_person_cell(POPULATION, code, "*", "*", place->period));
        if (strcmp(place->period, base) != 0) {
            g_ptr_array_add(explanation->inputs,
                            sp_project_person_cell(POPULATION, code, "*", "*", base));
        }
    }
}

/* The parts of a cell's change since the base, summed over its kommuner, in words. */
static char *describe(const SpDemandPaths *paths, const Place *place, SpNeed basis)
{
    if (place->is_per_user) {
        return g_strdup("årsverk of the service over its users, over the same on the base day, "
                        "docs/methods/demand.md#per-user");
    }
    double sum[SP_N_NEED_PARTS] = {0};
    for (guint i = 0; i < place->kommuner->len; i++) {
        double part[SP_N_NEED_PARTS];
        gsize u = g_array_index(place->kommuner, gsize, i);
        if (place->is_users) {
            sp_demand_user_parts(paths, basis, u, place->number, place->day, part);
        } else {
            sp_demand_parts(paths, basis, u, place->number, place->day, part);
        }
        for (gsize cause = 0; cause < SP_N_NEED_PARTS; cause++) {
            sum[cause] += part[cause];
        }
    }
    if (place->is_users) {
        return g_strdup_printf(
            "sum over sex and age of persons x use x the kommune's level, docs/methods/demand.md; "
            "change since the base in users (or persons by their weights): population %+.2f, use "
            "%+.2f",
            sum[SP_NEED_PART_POPULATION], sum[SP_NEED_PART_USE]);
    }
    return g_strdup_printf(
        "users x årsverk per user x share of the profession, docs/methods/demand.md; change since "
        "the base in årsverk: population %+.2f, use %+.2f, productivity %+.2f, composition %+.2f",
        sum[SP_NEED_PART_POPULATION], sum[SP_NEED_PART_USE], sum[SP_NEED_PART_PRODUCTIVITY],
        sum[SP_NEED_PART_COMPOSITION]);
}

static const char of_law[] =
    "the law's floor (config/framskriving/lovkrav.csv) less the need that today's level gives, "
    "where that is below it; docs/methods/demand.md#aarsverk";
static const char of_rest[] =
    "the need at today's level in areas that are counted by what a source of all the profession's "
    "people has beyond the others; docs/methods/demand.md#aarsverk";

static gboolean explain_demand(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                               SpExplanation *explanation, GError **error)
{
    (void)settings;
    static const char *const ours[] = {USERS, NEED, PARTS, PER_USER, NULL};
    if (!g_strv_contains(ours, cell->table)) {
        return sp_project_not_ours(cell, error);
    }
    SpScenario scenario;
    sp_scenario_init(&scenario, NULL);
    if (!sp_scenario_read(in, &scenario, error)) {
        return FALSE;
    }
    g_autoptr(SpQuality) told = sp_quality_new();
    g_autoptr(SpDemandPaths) paths = sp_demand_model_new(in, &scenario.demand, told, error);
    g_autoptr(SpRegionGroups) groups = paths == NULL ? NULL : groups_of(in, paths, error);
    if (groups == NULL) {
        return FALSE;
    }
    g_auto(Place) place = {.region = NULL};
    if (!find_place(cell, paths, groups, &place)) {
        return sp_project_not_ours(cell, error);
    }
    g_autofree char *base = g_strdup_printf("%d-01-01", paths->base);
    add_people(paths, &place, base, explanation);
    SpCell *rates =
        sp_cell_with(sp_cell_new("bruk", "bruk"), "tjeneste", place.is_users ? place.code : "*");
    sp_cell_with(sp_cell_with(rates, "kjonn", "*"), "alder_fra", "*");
    g_ptr_array_add(explanation->inputs, sp_cell_with(rates, "alder_til", "*"));
    sp_project_add_listed(in, "tjenester", place.is_users ? "tjeneste" : NULL, place.code,
                          explanation);
    sp_project_add_table(in, "folkemengde", "innbyggere",
                         explanation); /* of the years of figures */
    if (!place.is_users || place.is_per_user) {
        sp_project_add_listed(in, "bemanning_kilder", NULL, NULL, explanation);
        sp_project_add_table(in, "vertskommune", "vertskommune", explanation);
    }
    gboolean is_equal = g_str_has_suffix(cell->measure, "_likt_behov");
    const char *own = strcmp(cell->measure, "lovkrav") == 0 ? of_law
                      : strcmp(cell->measure, "rest") == 0  ? of_rest
                                                            : NULL;
    explanation->method = own != NULL
                              ? g_strdup(own)
                              : describe(paths, &place, is_equal ? SP_NEED_EQUAL : SP_NEED_TODAY);
    return TRUE;
}

const SpTransform sp_transform_demand = {
    .name = "demand",
    .summary = "users of services and årsverk of professions, at today's level and at equal need",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run_demand,
    .explain = explain_demand,
};
