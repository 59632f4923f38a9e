/* From tables to the expected path of supply. */
#include "transforms/project/supply/supply.h"

#include "core/error.h"
#include "transforms/project/supply/composition.h"
#include "transforms/project/supply/counted.h"
#include "transforms/project/supply/participation.h"
#include "transforms/project/supply/placement.h"
#include "transforms/project/supply/rates.h"
#include "transforms/project/supply/step.h"
#include "transforms/project/supply/workplace.h"

#include <math.h>
#include <string.h>

enum { YOUNG_TO = 35 }; /* whose places newcomers follow; antatt */

/* All that is estimated before the first step. */
typedef struct {
    SpPlaceRules rules;
    SpMarkets *markets;
    SpEducation *education;
    SpPersonnel *personnel;
    SpMortality mortality;
    SpParticipation *participation;
    SpInflow *inflow;
    SpSupplyStock *stock;
    double *beyond;    /* [professions][SP_N_WORK_AGES] exits beyond deaths */
    double *gains;     /* [professions][SP_N_WORK_AGES] more than is explained */
    double *place;     /* [professions][n_markets] of newcomers */
    double *persons;   /* [professions][n_markets] counted */
    double *municipal; /* [professions][n_markets] share of årsverk */
} Model;

static void model_clear(Model *model)
{
    sp_markets_free(model->markets);
    sp_education_free(model->education);
    sp_personnel_free(model->personnel);
    sp_participation_free(model->participation);
    sp_inflow_free(model->inflow);
    sp_supply_stock_free(model->stock);
    g_free(model->beyond);
    g_free(model->gains);
    g_free(model->place);
    g_free(model->persons);
    g_free(model->municipal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Model, model_clear)

/* ---- estimation ---- */

/* A region's people of single ages: its bands, each spread as the country's. */
static void spread_bands(const Model *model, gsize g, const double bands[], double persons[])
{
    const SpPersonnel *personnel = model->personnel;
    for (gsize sex = 0; sex < 2; sex++) {
        const double *nation = model->participation->single + g * SP_N_STOCK + sex * SP_N_WORK_AGES;
        double *here = persons + sex * SP_N_WORK_AGES;
        for (gsize b = 0; b < personnel->n_bands; b++) {
            SpWorkBand band = personnel->bands[b];
            double sum = 0.0;
            for (guint a = band.first; a <= band.last; a++) {
                sum += nation[a];
            }
            for (guint a = band.first; sum > 0.0 && a <= band.last; a++) {
                here[a] = bands[sex * personnel->n_bands + b] * (nation[a] / sum);
            }
        }
    }
}

/* Persons of all sectors by region, sex and band, with the ages of few drawn to the country's. */
static void fill_stock(Model *model)
{
    const SpPersonnel *personnel = model->personnel;
    gsize n = 2 * personnel->n_bands, n_markets = model->markets->n_markets;
    g_autofree double *bands = g_new(double, n_markets *n);
    model->stock = sp_supply_stock_new(model->education->n, n_markets);
    for (gsize g = 0; g < model->education->n; g++) {
        memset(bands, 0, n_markets * n * sizeof *bands);
        for (gsize i = 0; i < n_markets * SP_N_SECTORS * n; i++) {
            gsize market = i / n / SP_N_SECTORS, sector = i / n % SP_N_SECTORS;
            bands[market * n + i % n] +=
                sp_personnel_at(personnel, personnel->persons, market, g, sector)[i % n];
        }
        sp_composition(n_markets, n, bands);
        for (gsize market = 0; market < n_markets; market++) {
            spread_bands(model, g, bands + market * n,
                         sp_supply_stock_at(model->stock, g, market, SP_CAUSE_BASE));
        }
    }
}

static void find_places(Model *model)
{
    gsize n = model->markets->n_markets;
    g_autofree double *young = g_new(double, n);
    model->place = g_new(double, model->education->n *n);
    model->persons = g_new(double, model->education->n *n);
    for (gsize g = 0; g < model->education->n; g++) {
        for (gsize market = 0; market < n; market++) {
            const double *persons = sp_supply_stock_at(model->stock, g, market, SP_CAUSE_BASE);
            young[market] = 0.0;
            for (gsize i = 0; i < SP_N_STOCK; i++) {
                gsize age = SP_FIRST_WORK_AGE + i % SP_N_WORK_AGES;
                young[market] += age <= YOUNG_TO ? persons[i] : 0.0;
            }
            model->persons[g * n + market] = sp_stock_sum(SP_N_WORK_AGES, persons, NULL);
        }
        sp_placement(n, young, model->persons + g * n, model->place + g * n);
    }
}

static double sum_of(gsize n, const double values[])
{
    double sum = 0.0;
    for (gsize i = 0; i < n; i++) {
        sum += values[i];
    }
    return sum;
}

/* Which part of residents' årsverk is municipal, on the day of the stock. */
static gboolean find_sectors(const SpTables *in, Model *model, SpQuality *quality, GError **error)
{
    const SpPersonnel *personnel = model->personnel;
    gsize n = model->markets->n_markets, n_cells = 2 * personnel->n_bands;
    g_autofree double *figures = g_new(double, 3 * n);
    double *municipal = figures, *working = figures + n, *aarsverk = figures + 2 * n;
    model->municipal = g_new0(double, model->education->n *n);
    g_autofree double *counted = g_new(double, model->education->n *SP_N_WORK_SECTORS);
    const SpCountedPeople people = {model->education, model->markets, personnel};
    if (!sp_counted_sectors(in, &people, counted, quality, error)) {
        return FALSE;
    }
    for (gsize g = 0; g < model->education->n; g++) {
        const double *work = model->participation->work_base + g * SP_N_STOCK;
        double nation = 0.0;
        for (gsize market = 0; market < n; market++) {
            working[market] = municipal[market] = 0.0;
            for (gsize sector = 0; sector < SP_N_WORK_SECTORS; sector++) {
                double part = counted[g * SP_N_WORK_SECTORS + sector];
                double persons = sum_of(
                    n_cells, sp_personnel_at(personnel, personnel->persons, market, g, sector));
                working[market] += persons;
                municipal[market] += part * persons;
                nation += part * sum_of(n_cells, sp_personnel_at(personnel, personnel->aarsverk,
                                                                 market, g, sector));
            }
            aarsverk[market] = sp_stock_sum(
                SP_N_WORK_AGES, sp_supply_stock_at(model->stock, g, market, SP_CAUSE_BASE), work);
        }
        sp_sectors_municipal(n, municipal, working, aarsverk, nation, model->municipal + g * n);
    }
    return TRUE;
}

static gboolean find_mortality(const SpTables *in, Model *model, gboolean *is_known,
                               SpQuality *quality, GError **error)
{
    const SpTable *table = sp_tables_find(in, "doedelighet");
    g_autoptr(GError) local = NULL;
    g_autoptr(GArray) years =
        table == NULL ? NULL : sp_death_years_new(table, model->markets->base, &local);
    *is_known = years != NULL;
    if (years != NULL) {
        sp_mortality_fit(years, &model->mortality);
    } else if (local != NULL && local->code != SP_ERROR_NO_INPUT) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    } else {
        sp_quality_note(quality, "no_mortality", "doedelighet", 0,
                        "no year of death rates before the base: supply is not projected");
    }
    return TRUE;
}

/* FALSE with an error; `is_known` FALSE when supply cannot be projected. */
static gboolean read_stock(const SpTables *in, Model *model, gboolean *is_known, SpQuality *quality,
                           GError **error)
{
    const SpTable *personnel = sp_tables_find(in, "helsepersonell");
    g_autoptr(GError) local = NULL;
    *is_known = FALSE;
    if (personnel == NULL) {
        sp_quality_note(quality, "no_personnel", "helsepersonell", 0,
                        "the table is not there: supply is not projected");
        return TRUE;
    }
    model->markets = sp_place_rules_read(in, &model->rules, error)
                         ? sp_markets_new(in, &model->rules, quality, error)
                         : NULL;
    model->education = model->markets == NULL ? NULL : sp_education_new(in, quality, error);
    if (model->education == NULL) {
        return FALSE;
    }
    model->personnel =
        sp_personnel_new(personnel, model->education, model->markets, quality, &local);
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    return model->personnel == NULL || find_mortality(in, model, is_known, quality, error);
}

static gboolean estimate(const SpTables *in, const SpSupplyOptions *options,
                         const SpPopulationOptions *people, Model *model, SpQuality *quality,
                         GError **error)
{
    const SpPersonnel *personnel = model->personnel;
    model->participation = sp_participation_new(personnel, model->education, options, quality);
    const SpNewcomerSources stock = {model->education, personnel, &model->mortality,
                                     model->participation->single};
    const SpInflowSources sources = {.in = in,
                                     .stock = &stock,
                                     .markets = model->markets,
                                     .options = options,
                                     .abroad = people != NULL ? &people->migration.foreign : NULL,
                                     .first = personnel->newest - (int)personnel->n_years + 2};
    model->inflow = sp_inflow_new(&sources, quality, error);
    if (model->inflow == NULL) {
        return FALSE;
    }
    const SpExitSources exits = {model->education, personnel, model->inflow, &model->mortality};
    model->beyond = g_new(double, model->education->n *SP_N_WORK_AGES);
    model->gains = g_new(double, model->education->n *SP_N_WORK_AGES);
    sp_exit_rates(&exits, model->beyond, model->gains, quality);
    fill_stock(model);
    find_places(model);
    return find_sectors(in, model, quality, error);
}

/* ---- the path ---- */

static SpSupplyPaths *new_paths(const Model *model)
{
    const SpMarkets *markets = model->markets;
    const SpEducation *education = model->education;
    SpSupplyPaths *paths = g_new0(SpSupplyPaths, 1);
    gsize n = education->n, cells = markets->n_markets * n * markets->n_days;
    paths->n_kommuner = markets->n_kommuner;
    paths->n_labour_markets = markets->n_markets;
    paths->n_professions = n;
    paths->n_days = markets->n_days;
    paths->base = markets->base;
    paths->kommuner = g_strdupv(markets->kommuner);
    paths->status = g_memdup2(markets->status, markets->n_kommuner * sizeof *markets->status);
    paths->labour_markets = g_strdupv(markets->names);
    paths->professions = g_strdupv(education->ids);
    paths->labour_market_of = g_memdup2(markets->market, markets->n_kommuner * sizeof(guint));
    paths->part_of = g_memdup2(education->part_of, n * sizeof(guint));
    paths->aarsverk = g_new0(double, cells *SP_N_CAUSES);
    paths->persons = g_new0(double, cells *SP_N_CAUSES);
    paths->aarsverk_all = g_new0(double, n *SP_N_CAUSES * markets->n_days);
    paths->ageing = g_new0(double, cells);
    paths->ageing_all = g_new0(double, n * markets->n_days);
    paths->ageing_persons = g_new0(double, n * markets->n_days);
    paths->work = g_new0(double, n * markets->n_markets * markets->n_kommuner);
    paths->workforce =
        g_memdup2(markets->workforce, markets->n_kommuner * markets->n_days * sizeof(double));
    paths->reach = g_new0(double, cells);
    paths->is_placed = g_new0(gboolean, n);
    paths->unexplained = g_new0(double, n);
    paths->exit_rate = g_new0(double, n * markets->n_days);
    paths->inflow = g_new0(double, n *SP_N_CAUSES * markets->n_days);
    paths->n_seen = (guint)(model->personnel->n_years - 1);
    paths->growth = g_new0(double, n * paths->n_seen + 1);
    paths->is_from_stock = g_memdup2(model->inflow->is_from_stock, n * sizeof(gboolean));
    paths->graduates_sd = g_memdup2(model->inflow->graduates_sd, n * sizeof(double));
    paths->exit_sd = g_memdup2(education->exit_sd, n * sizeof(double));
    return paths;
}

/* Ways between professions, those that nobody can go left without a flow. */
static void new_transfers(const Model *model, SpSupplyPaths *paths)
{
    const GArray *ways = model->education->transitions;
    paths->n_transfers = ways->len;
    paths->transfers = g_new0(SpSupplyTransfer, ways->len + 1);
    for (guint i = 0; i < ways->len; i++) {
        const SpTransition *way = &g_array_index(ways, SpTransition, i);
        paths->transfers[i] = (SpSupplyTransfer){
            .to = way->to,
            .from = way->leaves && way->from >= 0 ? (guint)way->from : SP_NOBODY_GIVES,
            .sd = model->inflow->transitions_sd[i],
            .came = g_new0(double, paths->n_days)};
    }
}

/* Writes a day of the stock down. */
static void record(const Model *model, gsize day, SpSupplyPaths *paths)
{
    gsize n = paths->n_professions;
    for (gsize i = 0; i < paths->n_labour_markets * n; i++) {
        gsize market = i / n, g = i % n;
        const double *work =
            (day == 0 ? model->participation->work_base : model->participation->work_later) +
            g * SP_N_STOCK;
        double municipal = model->municipal[g * paths->n_labour_markets + market];
        for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
            const double *persons = sp_supply_stock_at(model->stock, g, market, cause);
            double aarsverk = sp_stock_sum(SP_N_WORK_AGES, persons, work);
            gsize at = (i * SP_N_CAUSES + cause) * paths->n_days + day;
            paths->persons[at] = sp_stock_sum(SP_N_WORK_AGES, persons, NULL);
            paths->aarsverk[at] = aarsverk * municipal;
            paths->aarsverk_all[(g * SP_N_CAUSES + cause) * paths->n_days + day] += aarsverk;
        }
        const double *aged = sp_supply_stock_aged(model->stock, g, market);
        double aarsverk = sp_stock_sum(SP_N_WORK_AGES, aged, work);
        paths->ageing[i * paths->n_days + day] = municipal * aarsverk;
        paths->ageing_all[g * paths->n_days + day] += aarsverk;
        paths->ageing_persons[g * paths->n_days + day] += sp_stock_sum(SP_N_WORK_AGES, aged, NULL);
    }
}

/* What `record` adds to, before it does so again. */
static void clear_day(gsize day, SpSupplyPaths *paths)
{
    for (gsize g = 0; g < paths->n_professions; g++) {
        paths->ageing_all[g * paths->n_days + day] = 0.0;
        paths->ageing_persons[g * paths->n_days + day] = 0.0;
        for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
            paths->aarsverk_all[(g * SP_N_CAUSES + cause) * paths->n_days + day] = 0.0;
        }
    }
}

/* A year from 1 January `year`; what happened is written to the day that ends it, if it is one. */
static void go_on(const Model *model, const SpSupplyOptions *options, int year,
                  SpSupplyPaths *paths)
{
    gsize n = model->education->n;
    g_autofree double *exit = g_new(double, n *SP_N_STOCK);
    g_autofree double *figures = g_new0(double, n *(2 + SP_N_CAUSES) + paths->n_transfers);
    const SpSupplyFlows flows = {figures, figures + n, figures + 2 * n,
                                 figures + n * (2 + SP_N_CAUSES)};
    const SpSupplyYear of = {.education = model->education,
                             .markets = model->markets,
                             .inflow = model->inflow,
                             .place = model->place,
                             .persons = model->persons,
                             .exit = exit,
                             .gain = model->gains,
                             .year = year,
                             .day = year - model->markets->base,
                             .moves = options->internal_moves};
    sp_exit_year(&model->mortality, n, model->beyond, year, exit);
    sp_supply_step(&of, model->stock, &flows);
    if (of.day < 0) {
        return;
    }
    gsize day = (gsize)of.day + 1;
    for (gsize g = 0; g < n; g++) {
        paths->exit_rate[g * paths->n_days + day] =
            flows.before[g] > 0.0 ? flows.left[g] / flows.before[g] : 0.0;
        for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
            paths->inflow[(g * SP_N_CAUSES + cause) * paths->n_days + day] =
                flows.came[g * SP_N_CAUSES + cause];
        }
    }
    for (gsize i = 0; i < paths->n_transfers; i++) {
        paths->transfers[i].came[day] = flows.changed[i];
    }
    record(model, day, paths);
}

/* Places of work; where too few commute, regions' municipal shares give way: who works there and
 * lives elsewhere is then counted as if living there, so a share may come out above 1. */
static gboolean find_work(const SpTables *in, Model *model, SpSupplyPaths *paths,
                          SpQuality *quality, GError **error)
{
    gsize n = paths->n_professions;
    g_autofree double *supply = g_new(double, n * paths->n_labour_markets);
    g_autofree double *factor = g_new(double, n * paths->n_labour_markets);
    for (gsize i = 0; i < n * paths->n_labour_markets; i++) {
        gsize g = i / paths->n_labour_markets, market = i % paths->n_labour_markets;
        supply[i] = sp_supply_at(paths, paths->aarsverk, market, g, SP_CAUSE_BASE)[0];
    }
    const SpWorkplaceSources sources = {in, &model->rules, model->education, model->markets,
                                        supply};
    const SpWorkplace made = {paths->work, paths->reach, factor, paths->is_placed};
    if (!sp_workplace_matrices(&sources, &made, quality, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n * paths->n_labour_markets; i++) {
        model->municipal[i] *= factor[i];
    }
    return TRUE;
}

static double national_persons(const SpSupplyPaths *paths, gsize g, gsize day)
{
    double sum = 0.0;
    for (gsize i = 0; i < paths->n_labour_markets * SP_N_CAUSES; i++) {
        sum += sp_supply_at(paths, paths->persons, i / SP_N_CAUSES, g,
                            (SpSupplyCause)(i % SP_N_CAUSES))[day];
    }
    return sum;
}

/* How the stock grew, and that beside how the path begins. */
static void find_growth(const Model *model, SpSupplyPaths *paths)
{
    const SpPersonnel *personnel = model->personnel;
    gsize n_cells = 2 * personnel->n_bands;
    for (gsize g = 0; g < paths->n_professions && paths->n_seen > 0 && paths->n_days > 1; g++) {
        double first = sum_of(n_cells, sp_personnel_national(personnel, 0, g)), last = first;
        double now = national_persons(paths, g, 0), next = national_persons(paths, g, 1);
        for (gsize i = 0; i < paths->n_seen; i++) {
            double before = last;
            last = sum_of(n_cells, sp_personnel_national(personnel, i + 1, g));
            paths->growth[g * paths->n_seen + i] =
                before > 0.0 && last > 0.0 ? log(last / before) : 0.0;
        }
        if (first > 0.0 && last > 0.0 && now > 0.0 && next > 0.0) {
            paths->unexplained[g] = log(last / first) / paths->n_seen - log(next / now);
        }
    }
}

gboolean sp_supply_paths_make(const SpTables *in, const SpSupplyOptions *options,
                              const SpPopulationOptions *people, SpQuality *quality,
                              SpSupplyPaths **paths, GError **error)
{
    g_auto(Model) model = {.markets = NULL};
    gboolean is_known;
    *paths = NULL;
    if (!read_stock(in, &model, &is_known, quality, error)) {
        return FALSE;
    }
    if (!is_known) {
        return TRUE;
    }
    if (!estimate(in, options, people, &model, quality, error)) {
        return FALSE;
    }
    g_autoptr(SpSupplyPaths) made = new_paths(&model);
    new_transfers(&model, made);
    for (int year = model.personnel->newest + 1; year < made->base; year++) {
        go_on(&model, options, year, made);
    }
    sp_supply_stock_settle(model.stock);
    record(&model, 0, made);
    if (!find_work(in, &model, made, quality, error)) {
        return FALSE;
    }
    clear_day(0, made);
    record(&model, 0, made);
    if (people != NULL) {
        sp_mortality_set_scenario(&model.mortality, people->mortality_fall, &people->mortality);
    }
    for (gsize day = 1; day < made->n_days; day++) {
        go_on(&model, options, made->base + (int)day - 1, made);
    }
    find_growth(&model, made);
    *paths = g_steal_pointer(&made);
    return TRUE;
}
