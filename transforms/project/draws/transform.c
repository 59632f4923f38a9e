/* Run and lineage of the draws of personnel. */
#include "transforms/project/draws/transform.h"

#include "core/quantile.h"
#include "transforms/project/balance/exit_errors.h"
#include "transforms/project/demand/model.h"
#include "transforms/project/demand/tables.h"
#include "transforms/project/draws/run.h"
#include "transforms/project/draws/setup.h"
#include "transforms/project/draws/tables.h"
#include "transforms/project/lineage.h"
#include "transforms/project/population/settings.h"
#include "transforms/project/supply/supply.h"

#include <string.h>

/* Points that quantiles stand beside. */
enum { USERS, PER_USER, NEED, SUPPLY, GAP, RECRUITED, N_POINTS };

static const struct {
    const char *table, *point, *chance;
} points[N_POINTS] = {
    [USERS] = {"framskriving_behov", "brukere", NULL},
    [PER_USER] = {SP_TABLE_PER_USER, "indeks", NULL},
    [NEED] = {"framskriving_etterspoersel", "aarsverk", NULL},
    [SUPPLY] = {"framskriving_tilbud", "aarsverk", "sannsynlighet_ingen"},
    [GAP] = {"framskriving_gap", "gap", "sannsynlighet_mangel"},
    [RECRUITED] = {"rekrutteringsbehov", "rekruttering_netto", NULL},
};

/* Everything that is made again. */
typedef struct {
    SpDrawOptions options;
    SpScenario scenario;
    SpPopulationModel *model;
    SpPopulationDraws *population;
    SpDemandPaths *demand;
    SpSupplyPaths *supply;
    SpDrawsSetup *setup;
    SpDrawsResults *results;
    SpDrawsUsers *users;
} Work;

static void work_clear(Work *work)
{
    sp_draws_users_free(work->users);
    sp_draws_results_free(work->results);
    sp_draws_setup_free(work->setup);
    sp_supply_paths_free(work->supply);
    sp_demand_paths_free(work->demand);
    sp_population_draws_free(work->population);
    sp_population_model_free(work->model);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static gboolean draw_population(Work *work, const SpTables *in, const SpSettings *settings,
                                SpQuality *quality, GError **error)
{
    SpPopulationOptions options;
    if (!sp_population_settings_read(in, settings, &options, error)) {
        return FALSE;
    }
    work->model = sp_population_model_new(in, &options, quality, error);
    if (work->model == NULL) {
        return FALSE;
    }
    gsize n_days = (gsize)(options.horizon - options.base) + 1;
    g_autofree SpPersons *persons = g_new(SpPersons, work->model->history->n_regions * n_days);
    sp_population_project(work->model, n_days, persons, quality);
    work->population =
        sp_population_draws_new(work->model, n_days, persons, sp_draw_key(&work->options),
                                work->options.n_draws, &work->options.shocks);
    return TRUE;
}

static gboolean make_paths(Work *work, const SpTables *in, const SpSettings *settings,
                           SpQuality *quality, GError **error)
{
    const SpScenario *scenario = &work->scenario;
    if (!sp_population_scenario_read(in, settings, &work->scenario, error) ||
        !sp_supply_paths_make(in, &scenario->supply, &scenario->population, quality, &work->supply,
                              error)) {
        return FALSE;
    }
    work->demand = sp_demand_model_new(in, &work->scenario.demand, quality, error);
    if (work->demand != NULL && work->supply == NULL) {
        work->supply =
            sp_supply_paths_none(work->demand->kommuner, work->demand->base, work->demand->n_days);
    }
    return work->demand != NULL;
}

static gboolean draw_all(Work *work, const SpTables *in, guint n_threads, GError **error)
{
    const SpTable *sizes = sp_tables_need(in, "sjokk", error);
    const SpTable *regions = sizes == NULL ? NULL : sp_tables_need(in, "region", error);
    if (regions == NULL) {
        return FALSE;
    }
    const SpDrawsInput input = {
        .demand = work->demand,
        .supply = work->supply,
        .population = work->population,
        .history = work->model->history,
        .regions = regions,
        .professions = sp_tables_find(in, "profesjoner"),
        .sizes = sizes,
        .recruitment = sp_tables_find(in, points[RECRUITED].table),
        .exit_errors = sp_tables_find(in, SP_TABLE_EXIT_ERRORS),
        .gaps = sp_tables_find(in, points[GAP].table),
        .is_balanced = work->scenario.balance.base == SP_BASE_BALANCED,
        .capacity_follows = work->scenario.supply.capacity == SP_CAPACITY_POPULATION,
        .random = sp_random_named(sp_random_seed(work->options.seed), "personell"),
        .n_threads = n_threads,
    };
    work->setup = sp_draws_setup_new(&input, error);
    if (work->setup == NULL) {
        return FALSE;
    }
    const SpDrawsPlan *plan = sp_draws_setup_plan(work->setup);
    work->results = sp_draws_run(plan, input.n_threads, &work->users);
    return TRUE;
}

static gboolean fill(const Work *work, int which, SpTable *table, GError **error)
{
    const SpDrawsPlan *plan = sp_draws_setup_plan(work->setup);
    const SpDrawsFill from = {.plan = plan, .results = work->results, .point = points[which].point};
    switch (which) {
    case USERS:
    case PER_USER:
        return sp_draws_add_user_quantiles(table, from.point, plan, work->users, which == PER_USER,
                                           error);
    case NEED:
        return sp_draws_add_quantiles(table, &from, SP_DRAWN_NEED, error);
    case SUPPLY:
        return sp_draws_add_quantiles(table, &from, SP_DRAWN_SUPPLY, error) &&
               sp_draws_add_chance(table, points[which].chance, &from, SP_CHANCE_NONE, error);
    case RECRUITED:
        return sp_draws_add_quantiles(table, &from, SP_DRAWN_RECRUITED, error);
    default:
        return sp_draws_add_quantiles(table, &from, SP_DRAWN_GAP, error) &&
               sp_draws_add_chance(table, points[which].chance, &from, SP_CHANCE_SHORTAGE, error);
    }
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    g_auto(Work) work = {.model = NULL};
    guint marks = 0;
    if (!sp_draw_settings_read(settings, &work.options, error)) {
        return FALSE;
    }
    if (work.options.n_draws == 0 || sp_tables_find(in, points[NEED].table) == NULL) {
        return TRUE;
    }
    if (!make_paths(&work, in, settings, quality, error)) {
        return FALSE;
    }
    if (!draw_population(&work, in, settings, quality, error) ||
        !draw_all(&work, in, sp_settings_threads(settings), error)) {
        return FALSE;
    }
    for (int i = 0; i < N_POINTS; i++) {
        const SpTable *point = sp_tables_find(in, points[i].table);
        if (point == NULL) {
            continue; /* why it was not made, was told where it is made */
        }
        SpTable *table = sp_table_copy(point);
        sp_tables_add(out, table);
        /* Whoever leaves is not counted in who leads. */
        marks |= i == NEED || i == SUPPLY || i == GAP ? sp_table_marks(point) : 0;
        if (!fill(&work, i, table, error)) {
            return FALSE;
        }
    }
    if (sp_tables_find(in, points[GAP].table) == NULL) {
        return TRUE;
    }
    SpTable *leads = sp_draws_lead_table(sp_draws_setup_plan(work.setup), work.results);
    sp_table_set_edition(leads, sp_table_edition(sp_tables_find(in, points[GAP].table)));
    sp_table_set_marks(leads, marks);
    sp_tables_add(out, leads);
    return TRUE;
}

/* ---- lineage ---- */

static gboolean is_quantile(const char *measure)
{
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        if (strcmp(sp_quantile_names[i], measure) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static int point_of(const SpCell *cell)
{
    for (int i = 0; i < N_POINTS; i++) {
        if (strcmp(points[i].table, cell->table) == 0 &&
            (is_quantile(cell->measure) || g_strcmp0(points[i].chance, cell->measure) == 0)) {
            return i;
        }
    }
    return N_POINTS;
}

static const char *code_key(int which)
{
    return which == USERS || which == PER_USER ? "tjeneste" : "yrke";
}

static void add_path(int which, const char *region, const char *code, SpExplanation *explanation)
{
    SpCell *cell = sp_cell_new(points[which].table, points[which].point);
    sp_cell_with(cell, "region", region);
    sp_cell_with(cell, code_key(which), code);
    g_ptr_array_add(explanation->inputs, sp_cell_with(cell, "period", "*"));
}

static gboolean explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error)
{
    (void)in;
    (void)settings;
    int which = point_of(cell);
    gboolean is_leads = strcmp(cell->table, SP_TABLE_LEADS) == 0;
    const char *code = sp_cell_code(cell, code_key(which));
    const char *region = sp_cell_code(cell, "region");
    if ((which == N_POINTS && !is_leads) || region == NULL || code == NULL ||
        sp_cell_code(cell, "period") == NULL) {
        return sp_project_not_ours(cell, error);
    }
    /* Shocks move the whole path, and labour markets and fylker tie kommuner together: every path
     * of the profession is behind every quantile. A lead is of all professions. */
    const char *of = is_leads ? "*" : code;
    if (which == USERS || which == NEED || which == PER_USER) {
        add_path(which, region, of, explanation);
    } else if (which == RECRUITED) {
        add_path(NEED, "*", of, explanation);
        add_path(RECRUITED, region, of, explanation);
    } else {
        add_path(SUPPLY, "*", of, explanation);
    }
    if (which == GAP || is_leads) {
        add_path(NEED, "*", of, explanation);
        SpCell *shortage = sp_cell_new(points[GAP].table, "startmangel");
        sp_cell_with(sp_cell_with(shortage, "region", is_leads ? "*" : region), "yrke", of);
        g_ptr_array_add(explanation->inputs, sp_cell_with(shortage, "period", "*"));
    }
    g_ptr_array_add(explanation->inputs,
                    sp_project_person_cell("framskriving_befolkning", "*", "*", "*", "*"));
    g_ptr_array_add(explanation->inputs, sp_cell_with(sp_cell_new("sjokk", "verdi"), "id", "*"));
    g_ptr_array_add(explanation->settings, g_strdup("project.draws"));
    g_ptr_array_add(explanation->settings, g_strdup("project.seed"));
    explanation->method =
        g_strdup(is_leads ? "counted over futures drawn, docs/methods/uncertainty.md#figures"
                 : is_quantile(cell->measure)
                     ? "quantile of futures, sums formed draw by draw, "
                       "docs/methods/uncertainty.md#figures"
                     : "share of futures, to 5 %, docs/methods/uncertainty.md#figures");
    return TRUE;
}

static const char *const config_keys[] = {SP_POPULATION_KEYS, SP_POPULATION_DRAW_KEYS};

const SpTransform sp_transform_draws = {
    .name = "draws",
    .summary = "quantiles and chances of users, need, supply and gap, from futures drawn",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .draws_futures = TRUE,
    .runs_alone = TRUE,
    .run = run,
    .explain = explain,
};
