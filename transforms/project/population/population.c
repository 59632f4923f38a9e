/* Population of kommuner from a base to a horizon. */
#include "transforms/project/population/population.h"

#include "core/period.h"
#include "transforms/project/population/sexes.h"

#include <string.h>

/* Survival of one year, from its own rates where the source has the year. */
static void find_survival(const SpMortality *mortality, const GArray *death_years, int year,
                          SpSurvival *survival)
{
    const SpDeathYear *actual = death_years == NULL ? NULL : sp_death_years_find(death_years, year);
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        sp_mortality_survival(mortality, actual, sex, year, survival->share[sex],
                              &survival->newborn[sex]);
    }
}

static void note_short_series(const SpPopulationModel *model, SpQuality *quality)
{
    if (model->mortality.n_level_years < SP_LEVEL_YEARS || model->mortality.n_slope_years == 0) {
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

SpPopulationModel *sp_population_model_new(const SpTables *in, const SpPopulationOptions *options,
                                           SpQuality *quality, GError **error)
{
    const SpTable *folkemengde = sp_tables_need(in, "folkemengde", error);
    const SpTable *doedelighet =
        folkemengde == NULL ? NULL : sp_tables_need(in, "doedelighet", error);
    const SpTable *fruktbarhet =
        doedelighet == NULL ? NULL : sp_tables_need(in, "fruktbarhet", error);
    const SpTable *region = fruktbarhet == NULL ? NULL : sp_tables_need(in, "region", error);
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
    g_autoptr(SpPlaces) places = sp_places_new(region, (const char *const *)model->history->codes,
                                               model->history->n_regions, error);
    g_autoptr(GArray) deaths =
        places == NULL ? NULL : sp_death_years_new(doedelighet, options->base, error);
    g_autoptr(GArray) births =
        deaths == NULL ? NULL : sp_birth_years_new(fruktbarhet, options->base, error);
    if (births == NULL) {
        return NULL;
    }
    sp_mortality_fit(deaths, &model->mortality);
    g_autofree SpSurvival *past = g_new(SpSurvival, model->history->n_days);
    for (gsize i = 0; i + 1 < model->history->n_days; i++) {
        find_survival(&model->mortality, deaths, model->history->first_year + (int)i, &past[i]);
    }
    sp_history_part_sexes(model->history, past, quality);
    model->migration = sp_migration_new(model->history, places, past, &options->migration, quality);
    model->fertility = sp_fertility_new(model->history, births, past, options->boy_share, quality);
    note_short_series(model, quality);
    return g_steal_pointer(&model);
}

void sp_population_model_free(SpPopulationModel *model)
{
    if (model == NULL) {
        return;
    }
    sp_history_free(model->history);
    sp_migration_free(model->migration);
    sp_fertility_free(model->fertility);
    g_free(model);
}

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
    SpSurvival survival;
    find_survival(&model->mortality, NULL, model->history->base + (int)day, &survival);
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
        sp_migration_leaving(model->migration, deviation, mean, leaving);
        rates.fertility_factor = model->options.fertility_level * model->fertility->calibration *
                                 model->fertility->factor[region];
        sp_cohort_step(&rates, from, to, &flows);
    }
}

void sp_population_project(const SpPopulationModel *model, gsize n_days, SpPersons persons[])
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
    for (gsize day = 0; day + 1 < n_days; day++) {
        step(model, n_days, day, persons);
    }
}

/* The classification that the facts have for a column. */
static const char *classification_of(const SpTable *table, const char *column)
{
    gsize found = sp_table_find(table, column);
    return found == SP_NO_COLUMN ? NULL : sp_table_column(table, found)->classification;
}

static SpReal figure(const SpHistory *history, gsize region, gsize day, gsize cell,
                     const SpPersons *persons)
{
    if (day == 0) {
        return history->base_reals[region * SP_N_SEXES * SP_N_AGES + cell];
    }
    SpReal real = history->status[region] == SP_PRESENT
                      ? sp_real(persons->count[cell / SP_N_AGES][cell % SP_N_AGES])
                      : sp_real_none((SpStatus)history->status[region]);
    real.flags |= SP_FLAG_MODELLED;
    return real;
}

/* Writes all rows column by column in the order of the key, by code number. */
static void fill(const SpPopulationModel *model, gsize n_days, const SpPersons persons[],
                 SpTable *table)
{
    const SpHistory *history = model->history;
    SpReal *reals = sp_table_reals(table, 4);
    guint32 *numbers[4];
    SpCodes *codes[4];
    for (gsize column = 0; column < G_N_ELEMENTS(numbers); column++) {
        numbers[column] = sp_table_code_numbers(table, column);
        codes[column] = sp_table_codes(table, column);
    }
    g_autofree guint32 *days = g_new(guint32, n_days);
    for (gsize day = 0; day < n_days; day++) {
        char text[SP_DAY_SIZE];
        SpDay date = (history->base + (SpDay)day) * 10000 + 101;
        days[day] = sp_codes_add(codes[3], sp_day_format(date, text));
    }
    guint32 sexes[SP_N_SEXES] = {sp_codes_add(codes[1], "1"), sp_codes_add(codes[1], "2")};
    guint32 ages[SP_N_AGES];
    for (guint age = 0; age < SP_N_AGES; age++) {
        char text[8];
        g_snprintf(text, sizeof text, "%03u", age);
        ages[age] = sp_codes_add(codes[2], text);
    }
    gsize row = 0;
    for (gsize region = 0; region < history->n_regions; region++) {
        guint32 number = sp_codes_add(codes[0], history->codes[region]);
        for (gsize cell = 0; cell < (gsize)SP_N_SEXES * SP_N_AGES; cell++) {
            for (gsize day = 0; day < n_days; day++) {
                numbers[0][row] = number;
                numbers[1][row] = sexes[cell / SP_N_AGES];
                numbers[2][row] = ages[cell % SP_N_AGES];
                numbers[3][row] = days[day];
                reals[row] = figure(history, region, day, cell, &persons[region * n_days + day]);
                row++;
            }
        }
    }
}

SpTable *sp_population_table(const SpPopulationModel *model, gsize n_days,
                             const SpPersons persons[], const SpTable *folkemengde)
{
    const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "kjonn", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "alder", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .unit = "persons", .is_additive = TRUE},
    };
    SpColumn classified[G_N_ELEMENTS(columns)];
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
        classified[i] = columns[i];
        classified[i].classification = classification_of(folkemengde, columns[i].name);
    }
    SpTable *table = sp_table_new("framskriving_befolkning", classified, G_N_ELEMENTS(classified));
    sp_table_set_edition(table, sp_table_edition(folkemengde));
    sp_table_set_marks(table, sp_table_marks(folkemengde));
    gsize n_rows = model->history->n_regions * SP_N_SEXES * SP_N_AGES * n_days;
    sp_table_add_rows(table, n_rows);
    fill(model, n_days, persons, table);
    return table;
}
