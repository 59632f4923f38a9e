/* Population of kommuner from a base to a horizon. */
#include "transforms/project/population/population.h"

#include "core/error.h"
#include "transforms/project/population/hamilton_perry.h"
#include "transforms/project/population/reconcile.h"
#include "transforms/project/population/sexes.h"

#include <string.h>

void sp_population_options_init(SpPopulationOptions *options, int base, int horizon)
{
    *options = (SpPopulationOptions){
        .base = base,
        .horizon = horizon,
        .history_years = 8,
        .boy_share = 0.513,
        .migration = {.local_weight = 1.0, .damping = 0.8},
        .mortality_fall = 1.0,
    };
}

/* ---- estimating ---- */

/* Survival of one year, from its own rates where the source has the year. */
static void find_survival(const SpPopulationModel *model, const SpDeathYear *actual, int year,
                          SpSurvival *survival)
{
    if (model->deaths == NULL) {
        *survival = model->cohort_change;
        return;
    }
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        sp_mortality_survival(&model->mortality, actual, sex, year, survival->share[sex],
                              &survival->newborn[sex]);
    }
}

void sp_population_survival(const SpPopulationModel *model, int year, SpSurvival *survival)
{
    find_survival(model, NULL, year, survival);
}

static void note_short_series(const SpPopulationModel *model, SpQuality *quality)
{
    if (model->deaths != NULL &&
        (model->mortality.n_level_years < SP_LEVEL_YEARS || model->mortality.n_slope_years == 0)) {
        sp_quality_note(quality, "short_mortality", "doedelighet", 0,
                        "the level rests on %u years; its fall on %u (0: taken as constant)",
                        model->mortality.n_level_years, model->mortality.n_slope_years);
    }
    if (model->migration->n_intervals == 1) {
        sp_quality_note(quality, "short_history", "folkemengde", 0,
                        "one year of history: how much a kommune's figures vary from year to "
                        "year cannot be seen and is taken as Poisson");
    }
}

/* Years of a table of rates before the base: NULL without an error when there are none, whatever
 * the reason. */
static gboolean read_rates(const SpTables *in, const char *name, int base,
                           GArray *(*read)(const SpTable *table, int before, GError **error),
                           GArray **years, GError **error)
{
    const SpTable *table = sp_tables_find(in, name);
    g_autoptr(GError) here = NULL;
    *years = table == NULL ? NULL : read(table, base, &here);
    if (here != NULL && !g_error_matches(here, SP_ERROR, SP_ERROR_NO_INPUT)) {
        g_propagate_error(error, g_steal_pointer(&here));
        return FALSE;
    }
    return TRUE;
}

static gboolean find_mortality(const SpTables *in, SpPopulationModel *model, SpQuality *quality,
                               GError **error)
{
    int base = model->options.base;
    if (!read_rates(in, "doedelighet", base, sp_death_years_new, &model->deaths, error)) {
        return FALSE;
    }
    if (model->deaths != NULL) {
        sp_mortality_fit(model->deaths, &model->mortality);
        return TRUE;
    }
    if (!sp_cohort_change(model->history, &model->cohort_change)) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "doedelighet has no year before %d, and no kommune has counted "
                            "figures a year apart to stand in; fetch one of the two",
                            base);
    }
    sp_quality_note(quality, "hamilton_perry", "doedelighet", 0,
                    "no rates of death before %d: how cohorts changed in the past stands for "
                    "deaths and moves together",
                    base);
    return TRUE;
}

static gboolean find_births(const SpTables *in, const SpSurvival past[], SpPopulationModel *model,
                            SpQuality *quality, GError **error)
{
    g_autoptr(GArray) births = NULL;
    int base = model->options.base;
    if (!read_rates(in, "fruktbarhet", base, sp_birth_years_new, &births, error)) {
        return FALSE;
    }
    if (births == NULL) {
        births = sp_child_woman_new(model->history->first_year);
        sp_quality_note(quality, "hamilton_perry", "fruktbarhet", 0,
                        "no rates of birth before %d: children per woman aged 15-49 stand in",
                        base);
    }
    model->fertility =
        sp_fertility_new(model->history, births, past, model->options.boy_share, quality);
    return TRUE;
}

static gboolean find_migration(const SpTables *in, const SpSurvival past[],
                               SpPopulationModel *model, SpQuality *quality, GError **error)
{
    const SpTable *moves = sp_tables_find(in, "befolkningsendring");
    g_autoptr(SpFlows) flows = NULL;
    if (moves != NULL) {
        flows = sp_flows_new(moves, model->history, error);
        if (flows == NULL) {
            return FALSE;
        }
    }
    const SpMigrationInput input = {
        .history = model->history,
        .places = model->places,
        .survival = past,
        .flows = flows,
        .has_mortality = model->deaths != NULL,
    };
    model->migration = sp_migration_new(&input, &model->options.migration, quality);
    return TRUE;
}

static gboolean find_round(const SpTables *in, SpPopulationModel *model, SpQuality *quality,
                           GError **error)
{
    const SpPopulationOptions *options = &model->options;
    if (!options->round.is_used && options->reconcile == SP_RECONCILE_NONE) {
        return TRUE;
    }
    gsize n_days = (gsize)MAX(options->horizon - options->base, 0) + 1;
    model->round = sp_round_new(in, &options->round, model->history, model->places, n_days, error);
    if (model->round != NULL && options->round.is_used) {
        sp_round_note(model->round, model->history, quality);
    }
    return model->round != NULL;
}

SpPopulationModel *sp_population_model_new(const SpTables *in, const SpPopulationOptions *options,
                                           SpQuality *quality, GError **error)
{
    const SpTable *folkemengde = sp_tables_need(in, "folkemengde", error);
    const SpTable *region = folkemengde == NULL ? NULL : sp_tables_need(in, "region", error);
    if (region == NULL) {
        return NULL;
    }
    g_autoptr(SpPopulationModel) model = g_new0(SpPopulationModel, 1);
    model->options = *options;
    model->history =
        sp_history_new(folkemengde, options->base, options->history_years, quality, error);
    if (model->history == NULL) {
        return NULL;
    }
    model->places = sp_places_new(region, (const char *const *)model->history->codes,
                                  model->history->n_regions, error);
    if (model->places == NULL || !find_mortality(in, model, quality, error)) {
        return NULL;
    }
    g_autofree SpSurvival *past = g_new(SpSurvival, model->history->n_days);
    for (gsize i = 0; i + 1 < model->history->n_days; i++) {
        int year = model->history->first_year + (int)i;
        const SpDeathYear *actual =
            model->deaths == NULL ? NULL : sp_death_years_find(model->deaths, year);
        find_survival(model, actual, year, &past[i]);
    }
    sp_history_part_sexes(model->history, past, quality);
    if (!find_migration(in, past, model, quality, error) ||
        !find_births(in, past, model, quality, error) || !find_round(in, model, quality, error)) {
        return NULL;
    }
    sp_mortality_set_scenario(&model->mortality, options->mortality_fall, &options->mortality);
    note_short_series(model, quality);
    return g_steal_pointer(&model);
}

void sp_population_model_free(SpPopulationModel *model)
{
    if (model == NULL) {
        return;
    }
    sp_history_free(model->history);
    sp_places_free(model->places);
    g_clear_pointer(&model->deaths, g_array_unref);
    sp_migration_free(model->migration);
    sp_fertility_free(model->fertility);
    sp_round_free(model->round);
    g_free(model);
}

/* ---- stepping ---- */

/* The country's mean of local deviations, weighted by those expected alive a year on. Kommuner are
 * summed in the order of their codes, so the order of rows in the table is never seen. */
static void find_mean_deviation(const SpPopulationModel *model, const SpSurvival *survival,
                                gsize n_days, gsize day, const SpPersons persons[], double mean[])
{
    double weights[SP_N_START_AGES] = {0};
    memset(mean, 0, SP_N_START_AGES * sizeof *mean);
    for (gsize region = 0; region < model->history->n_regions; region++) {
        double expected[SP_N_START_AGES], deviation[SP_N_START_AGES];
        sp_migration_expect(&persons[region * n_days + day], survival, expected);
        sp_migration_deviations(model->migration, region, (guint)day, deviation);
        for (guint age = 0; age < SP_N_START_AGES; age++) {
            weights[age] += expected[age];
            mean[age] += expected[age] * deviation[age];
        }
    }
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        mean[age] = weights[age] > 0.0 ? mean[age] / weights[age] : 0.0;
    }
}

/* All kommuner from day to day + 1. */
static void step(const SpPopulationModel *model, gsize n_days, gsize day, SpPersons persons[])
{
    int year = model->history->base + (int)day;
    SpSurvival survival;
    sp_population_survival(model, year, &survival);
    double mean[SP_N_START_AGES], deviation[SP_N_START_AGES], leaving[SP_N_AGES];
    find_mean_deviation(model, &survival, n_days, day, persons, mean);
    SpCohortRates rates = {
        .n_ages = SP_N_AGES,
        .survival = {survival.share[SP_MEN], survival.share[SP_WOMEN]},
        .newborn_survival = {survival.newborn[SP_MEN], survival.newborn[SP_WOMEN]},
        .leaving = leaving,
        .fertility = model->fertility->rate,
        .boy_share = model->options.boy_share,
    };
    for (gsize region = 0; region < model->history->n_regions; region++) {
        SpPersons *now = &persons[region * n_days + day], *next = now + 1;
        const double *const from[SP_N_SEXES] = {now->count[SP_MEN], now->count[SP_WOMEN]};
        double *const to[SP_N_SEXES] = {next->count[SP_MEN], next->count[SP_WOMEN]};
        SpCohortFlows flows;
        sp_migration_deviations(model->migration, region, (guint)day, deviation);
        sp_migration_leaving(model->migration, (guint)day, deviation, mean, leaving);
        rates.fertility_factor = sp_path_at(&model->options.fertility, year) *
                                 model->fertility->calibration * model->fertility->factor[region];
        sp_cohort_step(&rates, from, to, &flows);
    }
}

/* Days that SSB's round has are SSB's. */
static void take_round(const SpPopulationModel *model, gsize n_days, gsize day, SpPersons persons[])
{
    const SpRound *round = model->round;
    if (round == NULL || !model->options.round.is_used || day >= round->n_days) {
        return;
    }
    for (gsize region = 0; region < round->n_regions; region++) {
        gsize at = region * round->n_days + day;
        if (round->has[at] && model->history->status[region] == SP_PRESENT) {
            persons[region * n_days + day] = round->persons[at];
        }
    }
}

void sp_population_project(const SpPopulationModel *model, gsize n_days, SpPersons persons[],
                           SpQuality *quality)
{
    const SpHistory *history = model->history;
    for (gsize region = 0; region < history->n_regions; region++) {
        SpPersons *base = &persons[region * n_days];
        if (history->status[region] == SP_PRESENT) {
            *base = *sp_history_persons(history, region, history->base);
        } else {
            memset(base, 0, sizeof *base);
        }
    }
    guint n_unmet = 0;
    for (gsize day = 0; day + 1 < n_days; day++) {
        step(model, n_days, day, persons);
        take_round(model, n_days, day + 1, persons);
        n_unmet += sp_population_reconcile(model, n_days, day + 1, persons);
    }
    if (n_unmet > 0) {
        sp_quality_note(quality, "not_reconciled", "landet", 0,
                        "%u areas and days could not be brought to SSB's totals", n_unmet);
    }
}
