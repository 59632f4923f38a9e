/* The demand model step by step. */
#include "transforms/project/demand/model.h"

#include "core/error.h"
#include "transforms/project/demand/healthy.h"
#include "transforms/project/demand/work.h"
#include "transforms/project/places.h"

#include <math.h>
#include <string.h>

/* Years before the base that levels, ageing and drift are learnt from, at most. */
enum { HISTORY_YEARS = 10 };

static void work_clear(SpDemandWork *work)
{
    for (gsize k = 0; work->users != NULL && k < work->services->len; k++) {
        sp_demand_series_clear(&work->users[k]);
    }
    if (work->constant != work->by_age) {
        g_free(work->constant);
    }
    g_clear_pointer(&work->services, g_array_unref);
    g_clear_pointer(&work->growth, g_array_unref);
    g_clear_pointer(&work->structure, sp_structure_free);
    g_clear_pointer(&work->people, sp_people_free);
    g_clear_pointer(&work->staffing, sp_staffing_free);
    g_clear_pointer(&work->paths, sp_demand_paths_free);
    g_free(work->group);
    g_free(work->by_age);
    g_free(work->calibration);
    g_free(work->users);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpDemandWork, work_clear)

/* Ages among which no service's use changes stand together. */
static void make_groups(const GArray *services, SpPersonGroups *groups)
{
    *groups = (SpPersonGroups){.n_groups = 1};
    for (guint age = 1; age < SP_N_AGES; age++) {
        gboolean is_new = age == SP_ELDERLY_AGE;
        for (guint k = 0; k < services->len; k++) {
            const SpService *service = &g_array_index(services, SpService, k);
            for (guint sex = 0; sex < SP_N_SEXES; sex++) {
                double step = service->use[sex][age] - service->use[sex][age - 1];
                is_new = is_new || step < 0.0 || step > 0.0;
            }
        }
        groups->n_groups += is_new ? 1 : 0;
        groups->of[SP_MEN][age] = groups->of[SP_WOMEN][age] = (guint8)(groups->n_groups - 1);
    }
}

static gboolean is_healthier(const SpDemandOptions *options)
{
    return options->healthy_ageing != SP_HEALTHY_AGEING_NONE || options->old_use_fall > 0.0;
}

/* Use on the base day and after: of all services as people become healthier, then, if they do, of
   all services as it is. */
static double *use_path(const SpDemandWork *work, const SpMortality *mortality, int base,
                        gsize n_days)
{
    const SpDemandOptions *options = work->options;
    gsize n_k = work->services->len, n_cells = (gsize)SP_N_SEXES * SP_N_AGES;
    gsize n = is_healthier(options) ? 2 * n_k : n_k;
    g_assert(n_k > 0); /* sp_services_new has at least one */
    double *use = g_new(double, n *n_days *n_cells);
    for (gsize i = 0; i < n; i++) {
        const SpService *service = &g_array_index(work->services, SpService, i % n_k);
        for (gsize day = 0; day < n_days; day++) {
            double later[SP_N_SEXES][SP_N_AGES];
            memcpy(later, service->use, sizeof later);
            if (i < n_k && service->is_health && is_healthier(options)) {
                const SpHealthyYear year = {.mortality = mortality,
                                            .kind = options->healthy_ageing,
                                            .from = options->healthy_ageing_from,
                                            .base = base,
                                            .year = base + (int)day};
                double left = pow(1.0 - options->old_use_fall, (double)day);
                sp_healthy_path(&year, service->use, later);
                for (guint age = options->healthy_ageing_from; age < SP_N_AGES; age++) {
                    later[SP_MEN][age] *= left;
                    later[SP_WOMEN][age] *= left;
                }
            }
            memcpy(&use[(i * n_days + day) * n_cells], later, sizeof later);
        }
    }
    return use;
}

/* The first year of the past that the table has before the base. */
static int first_year_of(const SpTable *folkemengde, int base)
{
    int first = base;
    gsize column = folkemengde == NULL ? SP_NO_COLUMN : sp_table_find(folkemengde, "period");
    if (column != SP_NO_COLUMN) {
        const SpCodes *codes = sp_table_codes(folkemengde, column);
        g_autofree gint32 *years = sp_years_of_codes(codes, TRUE);
        for (guint32 i = 0; i < sp_codes_size(codes); i++) {
            if (years[i] >= base - HISTORY_YEARS) {
                first = MIN(first, years[i]);
            }
        }
    }
    return first;
}

static gboolean read_people(SpDemandWork *work, GError **error)
{
    int base;
    gsize n_days;
    SpMortality mortality = {0};
    const SpTable *population = sp_tables_find(work->in, "framskriving_befolkning");
    const SpTable *folkemengde = sp_tables_find(work->in, "folkemengde");
    if (!sp_people_days(population, &base, &n_days, error)) {
        return FALSE;
    }
    if (work->options->healthy_ageing != SP_HEALTHY_AGEING_NONE) {
        const SpTable *deaths = sp_tables_need(work->in, "doedelighet", error);
        g_autoptr(GArray) years = deaths == NULL ? NULL : sp_death_years_new(deaths, base, error);
        if (years == NULL) {
            return FALSE;
        }
        sp_mortality_fit(years, &mortality);
    }
    g_autofree double *use = use_path(work, &mortality, base, n_days);
    gsize n = (gsize)work->services->len * (is_healthier(work->options) ? 2 : 1);
    const SpUsePath path = {.n_services = n, .n_later = n_days, .use = use};
    make_groups(work->services, &work->paths->groups);
    work->people = sp_people_new(population, folkemengde, first_year_of(folkemengde, base), &path,
                                 &work->paths->groups, error);
    for (gsize k = 0; work->people != NULL && k < n; k++) {
        if (g_array_index(work->services, SpService, k % work->services->len).is_births) {
            sp_people_take_next(work->people, k);
        }
    }
    return work->people != NULL;
}

static gboolean read_groups(SpDemandWork *work, GError **error)
{
    const SpTable *regions = sp_tables_need(work->in, "region", error);
    gsize n = work->people->n_kommuner;
    g_autoptr(SpPlaces) places =
        regions == NULL
            ? NULL
            : sp_places_new(regions, (const char *const *)work->people->codes, n, error);
    if (places == NULL) {
        return FALSE;
    }
    gsize n_classes = sp_codes_size(places->centrality_codes);
    work->n_groups = n_classes + sp_codes_size(places->fylke_codes);
    work->group = g_new(guint32, n);
    for (gsize u = 0; u < n; u++) {
        work->group[u] = places->centrality[u] != SP_NO_PLACE
                             ? places->centrality[u]
                             : (guint32)n_classes + places->fylke[u];
    }
    return TRUE;
}

static gboolean read_config(SpDemandWork *work, GError **error)
{
    static const char *const names[] = {
        "framskriving_befolkning", "bruk",    "tjenester", "struktur",
        "bemanning_kilder",        "lovkrav", "utvikling"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (sp_tables_need(work->in, names[i], error) == NULL) {
            return FALSE;
        }
    }
    work->services = sp_services_new(sp_tables_find(work->in, "tjenester"),
                                     sp_tables_find(work->in, "bruk"), error);
    if (work->services == NULL) {
        return FALSE;
    }
    work->growth = sp_growth_new(sp_tables_find(work->in, "utvikling"), error);
    return work->growth != NULL;
}

static gboolean read_staffing(SpDemandWork *work, GError **error)
{
    const SpPeople *people = work->people;
    gsize n_years = people->base_day + 1;
    int base = people->first_year + (int)people->base_day;
    work->structure =
        sp_structure_new(sp_tables_find(work->in, "struktur"), sp_tables_find(work->in, "lovkrav"),
                         sp_tables_find(work->in, "profesjoner"), work->services, base, error);
    if (work->structure == NULL) {
        return FALSE;
    }
    g_autofree double *heads = g_new(double, people->n_kommuner *n_years);
    sp_demand_past(people, people->heads, heads);
    const SpStaffingInput input = {
        .facts = work->in,
        .sources = sp_tables_find(work->in, "bemanning_kilder"),
        .services = work->services,
        .structure = work->structure,
        .axes = {.n_kommuner = people->n_kommuner,
                 .n_years = n_years,
                 .codes = (const char *const *)people->codes,
                 .first_year = people->first_year - 1},
        .heads = heads,
    };
    work->staffing = sp_staffing_new(&input, error);
    return work->staffing != NULL;
}

static void init_paths(SpDemandWork *work)
{
    SpDemandPaths *paths = work->paths;
    const SpPeople *people = work->people;
    gsize n_u = people->n_kommuner, n_k = work->services->len;
    gsize n_t = people->n_days - people->base_day, n_a = work->staffing->n_areas;
    gsize n_g = work->structure->n_professions, n_b = paths->groups.n_groups;
    paths->n_kommuner = n_u;
    paths->n_services = n_k;
    paths->n_areas = n_a;
    paths->n_professions = n_g;
    paths->n_days = n_t;
    paths->base = people->first_year + (int)people->base_day;
    paths->kommuner = g_strdupv(people->codes);
    paths->areas = g_strdupv(work->staffing->areas);
    paths->professions = g_strdupv(work->structure->professions);
    paths->services = g_new0(char *, n_k + 1);
    paths->area_of = g_new0(guint, n_k);
    paths->has_users = g_new0(gboolean, n_k);
    for (guint k = 0; k < n_k; k++) {
        const SpService *service = &g_array_index(work->services, SpService, k);
        paths->services[k] = g_strdup(service->id);
        paths->has_users[k] = *service->table != '\0';
        while (strcmp(paths->areas[paths->area_of[k]], service->area) != 0) {
            paths->area_of[k]++;
        }
    }
    paths->user_status = g_new0(guint8, n_u * n_k * n_t);
    for (gsize k = 0; k < n_k; k++) {
        for (gsize u = 0; u < n_u; u++) {
            memcpy(&paths->user_status[(u * n_k + k) * n_t],
                   &people->status[(k * n_u + u) * people->n_days + people->base_day], n_t);
        }
    }
    paths->is_hosted = g_memdup2(work->staffing->is_hosted, n_u * n_g * sizeof(gboolean));
    paths->is_observed = g_new0(gboolean, n_g);
    paths->is_rest = g_memdup2(work->staffing->is_rest, n_a * n_g * sizeof(gboolean));
    paths->part_of = g_memdup2(work->structure->part_of, n_g * sizeof(guint));
    paths->by_law = g_new0(double, n_u *n_g *n_t);
    paths->least = g_new0(double, n_u *n_g *n_t);
    paths->users = g_new0(double, SP_N_NEEDS *n_u *n_k *n_t);
    paths->need = g_new0(double, SP_N_NEEDS *n_u *n_k *n_g *n_t);
    paths->band_persons = g_new0(double, n_u *n_t *n_b);
    for (gsize u = 0; u < n_u; u++) {
        memcpy(&paths->band_persons[u * n_t * n_b],
               &people->bands[(u * people->n_days + people->base_day) * n_b],
               n_t * n_b * sizeof(double));
    }
    paths->band_use = g_new0(double, n_k *n_t *n_b);
    paths->band_need = g_new0(double, n_k *n_t *n_b);
    paths->use_drift = g_new0(SpDrift, n_k);
    paths->need_drift = g_new0(SpDrift, n_a);
    paths->use_with_need = g_new0(double, n_k);
    paths->share_drift = g_new0(SpDrift, n_a * n_g);
    paths->use_sd = g_new0(double, n_u *n_k *n_t);
    paths->staff_sd = g_new0(double, n_u *n_a *n_t);
    paths->share_sd = g_new0(double, n_u *n_a *n_g *n_t);
    paths->count_variance = g_new0(double, n_u *n_a *n_g);
    paths->use_noise = g_new0(SpDemandNoise, n_k);
    paths->constant_use = g_new0(double, n_u *n_k *n_t);
}

SpDemandPaths *sp_demand_model_new(const SpTables *in, const SpDemandOptions *options,
                                   SpQuality *quality, GError **error)
{
    g_auto(SpDemandWork) work = {.in = in, .options = options, .quality = quality};
    work.paths = g_new0(SpDemandPaths, 1);
    if (!read_config(&work, error) || !read_people(&work, error) || !read_groups(&work, error) ||
        !read_staffing(&work, error)) {
        return NULL;
    }
    init_paths(&work);
    gsize n_cells = work.services->len * work.people->n_kommuner * work.people->n_days;
    work.by_age = g_new0(double, n_cells);
    work.constant = is_healthier(options) ? g_new0(double, n_cells) : work.by_age;
    work.calibration = g_new0(double, 2 * (gsize)work.services->len);
    work.users = g_new0(SpDemandSeries, work.services->len);
    if (!sp_demand_fill_users(&work, error)) {
        return NULL;
    }
    sp_demand_fill_need(&work);
    sp_demand_apply_floors(&work);
    return g_steal_pointer(&work.paths);
}
