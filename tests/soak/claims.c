/* One run of the models and draws that the stage project has. */
#include "claims.h"

#include "core/quality.h"
#include "core/quantile.h"
#include "transforms/project/demand/model.h"
#include "transforms/project/demand/tables.h"
#include "transforms/project/draws/run.h"
#include "transforms/project/draws/setup.h"
#include "transforms/project/draws/users.h"
#include "transforms/project/supply/supply.h"

#include <string.h>

const gsize claims_horizons[N_HORIZONS] = {1, 3, 5, 10};

/* Everything of a run. */
typedef struct {
    const Past *past;
    SpTables *in;
    SpQuality *quality;
    SpPopulationModel *model;
    SpPersons *persons;
    SpPopulationDraws *population;
    SpDemandPaths *demand;
    SpSupplyPaths *supply;
    SpDrawsSetup *setup;
    SpDrawsResults *results;
    SpDrawsUsers *users;
    gsize n_draws;
} Run;

static void run_clear(Run *run)
{
    sp_draws_users_free(run->users);
    sp_draws_results_free(run->results);
    sp_draws_setup_free(run->setup);
    sp_supply_paths_free(run->supply);
    sp_demand_paths_free(run->demand);
    sp_population_draws_free(run->population);
    g_free(run->persons);
    sp_population_model_free(run->model);
    sp_quality_free(run->quality);
    sp_tables_free(run->in);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

static gboolean project_people(Run *run, GError **error)
{
    SpPopulationOptions options;
    SpShockOptions shocks;
    sp_shock_options_init(&shocks);
    sp_population_options_init(&options, PAST_BASE, PAST_BASE + PAST_HORIZON);
    run->model = sp_population_model_new(run->in, &options, run->quality, error);
    if (run->model == NULL) {
        return FALSE;
    }
    run->persons = g_new(SpPersons, run->model->history->n_regions * (PAST_HORIZON + 1));
    sp_population_project(run->model, PAST_HORIZON + 1, run->persons, run->quality);
    run->population = sp_population_draws_new(run->model, PAST_HORIZON + 1, run->persons,
                                              sp_random_named(run->past->key, "population"),
                                              run->n_draws, &shocks);
    sp_tables_add(run->in, sp_population_table(run->model, PAST_HORIZON + 1, run->persons,
                                               sp_tables_find(run->in, "folkemengde")));
    return TRUE;
}

/* The table of need, by which supply is placed. */
static gboolean add_need(Run *run, GError **error)
{
    const SpDemandPaths *paths = run->demand;
    g_autoptr(SpRegionGroups) groups =
        sp_region_groups_new(sp_tables_find(run->in, "region"),
                             (const char *const *)paths->kommuner, paths->n_kommuner, error);
    if (groups == NULL) {
        return FALSE;
    }
    const SpDemandTables tables = {.paths = paths,
                                   .groups = groups,
                                   .population =
                                       sp_tables_find(run->in, "framskriving_befolkning")};
    sp_tables_add(run->in, sp_demand_need_table(&tables));
    return TRUE;
}

static gboolean draw_personnel(Run *run, GError **error)
{
    SpDemandOptions demand;
    SpSupplyOptions supply;
    sp_demand_options_init(&demand);
    sp_supply_options_init(&supply);
    run->demand = sp_demand_model_new(run->in, &demand, run->quality, error);
    if (run->demand == NULL || !add_need(run, error) ||
        !sp_supply_paths_make(run->in, &supply, NULL, run->quality, &run->supply, error)) {
        return FALSE;
    }
    const SpDrawsInput input = {.demand = run->demand,
                                .supply = run->supply,
                                .population = run->population,
                                .history = run->model->history,
                                .regions = sp_tables_find(run->in, "region"),
                                .sizes = sp_tables_find(run->in, "sjokk"),
                                .is_balanced = TRUE,
                                .random = sp_random_named(run->past->key, "personell"),
                                .n_threads = 1};
    run->setup = sp_draws_setup_new(&input, error);
    if (run->setup == NULL) {
        return FALSE;
    }
    run->results = sp_draws_run(sp_draws_setup_plan(run->setup), 1, &run->users);
    return TRUE;
}

/* ---- intervals from figures ---- */

/* Seven quantiles as core/quantile.h orders them. */
static Interval interval_of(const double quantiles[])
{
    return (Interval){quantiles[0], quantiles[1], quantiles[3], quantiles[5], quantiles[6]};
}

/* Supply is told as it is before the base is balanced. */
static Interval scaled(Interval of, double by)
{
    return (Interval){of.low_90 * by, of.low_80 * by, of.middle * by, of.high_80 * by,
                      of.high_90 * by};
}

/* The plan's number of each of our regions: kommuner are the first of both. */
static gsize plan_region(const Run *run, gsize region)
{
    const SpDrawsPlan *plan = sp_draws_setup_plan(run->setup);
    const char *code = "0";
    if (region < PAST_KOMMUNER) {
        return region;
    }
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        code = run->past->fylke[u] == region - PAST_KOMMUNER ? run->past->kommuner[u].fylke : code;
    }
    gsize i = 0;
    while (strcmp(plan->regions[i].code, code) != 0) {
        i++;
    }
    return plan->n_kommuner + i;
}

static gsize number_of(char *const names[], const char *name)
{
    gsize i = 0;
    while (strcmp(names[i], name) != 0) {
        i++;
    }
    return i;
}

static void take_personnel(const Run *run, Claims *claims)
{
    const SpDrawsPlan *plan = sp_draws_setup_plan(run->setup);
    for (gsize region = 0; region < claims->n_regions; region++) {
        gsize at = plan_region(run, region);
        for (gsize i = 0; i < N_HORIZONS; i++) {
            gsize day = claims_horizons[i];
            for (gsize k = 0; k < PAST_SERVICES; k++) {
                gsize service = number_of(run->demand->services, past_services[k]);
                *claims_at(claims, PAST_USERS + k, region, i) =
                    interval_of(sp_drawn_users(run->users, at, service, day));
            }
            for (gsize g = 0; g < PAST_PROFESSIONS; g++) {
                gsize of = 0;
                while (strcmp(plan->professions[of].id, past_professions[g]) != 0) {
                    of++;
                }
                *claims_at(claims, PAST_NEED + g, region, i) =
                    interval_of(sp_drawn(run->results, at, of, day, SP_DRAWN_NEED));
                *claims_at(claims, PAST_GAP + g, region, i) =
                    interval_of(sp_drawn(run->results, at, of, day, SP_DRAWN_GAP));
                gsize cell = (at * plan->n_professions + of) * plan->n_days + day;
                claims->shortage[(g * claims->n_regions + region) * N_HORIZONS + i] =
                    (double)run->results->short_draws[cell] / (double)run->n_draws;
                *claims_at(claims, PAST_SUPPLY + g, region, i) =
                    scaled(interval_of(sp_drawn(run->results, at, of, day, SP_DRAWN_SUPPLY)),
                           1 / plan->professions[of].supply_factor);
            }
        }
    }
}

/* People of the bands by draw, summed within each draw: [region][band][horizon][draw]. */
static void take_people(const Run *run, Claims *claims)
{
    SpPersonGroups groups = {.n_groups = PAST_BANDS};
    gsize n = run->n_draws, plane = (PAST_HORIZON + 1) * n, cells = (gsize)PAST_BANDS * N_HORIZONS;
    for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
        guint age = cell % SP_N_AGES;
        groups.of[cell / SP_N_AGES][age] = age < 67 ? SP_NO_GROUP : age >= 80;
    }
    g_autoptr(SpPopulationScratch) scratch = sp_population_scratch_new(run->population);
    g_autofree float *out = g_new(float, PAST_BANDS *plane);
    g_autofree float *sums = g_new0(float, claims->n_regions *cells *n);
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        sp_population_draw(run->population, u, &groups, scratch, out);
        const gsize of[] = {u, PAST_KOMMUNER + run->past->fylke[u], claims->n_regions - 1};
        for (gsize i = 0; i < G_N_ELEMENTS(of) * cells * n; i++) {
            gsize cell = i / n % cells, band = cell / N_HORIZONS, draw = i % n;
            gsize day = claims_horizons[cell % N_HORIZONS];
            sums[(of[i / n / cells] * cells + cell) * n + draw] +=
                out[band * plane + day * n + draw];
        }
    }
    for (gsize i = 0; i < claims->n_regions * cells; i++) {
        double quantiles[SP_N_QUANTILES];
        gsize cell = i % cells;
        sp_quantiles(n, &sums[i * n], SP_N_QUANTILES, sp_quantile_shares, quantiles);
        *claims_at(claims, PAST_PEOPLE + cell / N_HORIZONS, i / cells, cell % N_HORIZONS) =
            interval_of(quantiles);
    }
}

Claims *claims_new(const Past *past, const SpTables *config, gsize n_draws, GError **error)
{
    g_auto(Run) run = {.past = past, .n_draws = n_draws};
    run.in = sp_tables_new();
    run.quality = sp_quality_new();
    past_add_facts(past, run.in);
    for (gsize i = 0; i < sp_tables_size(config); i++) {
        sp_tables_add(run.in, sp_table_copy(sp_tables_at(config, i)));
    }
    if (!project_people(&run, error) || !draw_personnel(&run, error)) {
        return NULL;
    }
    Claims *claims = g_new0(Claims, 1);
    claims->n_regions = PAST_KOMMUNER + past->n_fylker + 1;
    claims->interval = g_new0(Interval, PAST_SERIES * claims->n_regions * N_HORIZONS);
    claims->shortage = g_new0(double, PAST_PROFESSIONS * claims->n_regions * N_HORIZONS);
    take_people(&run, claims);
    take_personnel(&run, claims);
    return claims;
}

void claims_free(Claims *claims)
{
    if (claims != NULL) {
        g_free(claims->interval);
        g_free(claims->shortage);
        g_free(claims);
    }
}
