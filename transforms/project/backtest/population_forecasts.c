/* Forecasts of the population: our own, plain survival, SSB's round of the time. */
#include "transforms/project/backtest/forecaster.h"

#include "core/error.h"
#include "core/quantile.h"

#include <math.h>
#include <string.h>

/* ---- our own ---- */

static gboolean is_projected(const SpForecastTask *task, gsize unit)
{
    return task->population->model->history->status[unit] == SP_PRESENT;
}

/* Quantiles of one kommune's bands. draws [n_groups of the parting][n_days][n_draws]. */
static void add_quantiles(const SpForecastTask *task, gsize unit, const float draws[],
                          gsize n_draws, SpReal *const out[SP_N_FORECAST])
{
    static const double shares[] = {0.05, 0.10, 0.90, 0.95};
    g_autofree float *sum = g_new(float, n_draws);
    for (gsize group = 0; group < task->series->n_groups; group++) {
        const SpAgeBand *band = &task->series->bands[group];
        for (gsize year = 0; year < task->places.n_years; year++) {
            double quantile[G_N_ELEMENTS(shares)];
            memset(sum, 0, n_draws * sizeof *sum);
            for (guint part = band->first; part <= band->last; part++) {
                const float *from = draws + (part * task->population->n_days + year + 1) * n_draws;
                for (gsize draw = 0; draw < n_draws; draw++) {
                    sum[draw] += from[draw];
                }
            }
            sp_quantiles(n_draws, sum, G_N_ELEMENTS(shares), shares, quantile);
            gsize place = sp_series_place(task->series, &task->places, unit, group, year);
            /* People are whole, so their quantiles are. */
            for (gsize i = 0; i < G_N_ELEMENTS(shares); i++) {
                out[SP_FORECAST_P05 + i][place] = sp_real(floor(quantile[i] + 0.5));
            }
        }
    }
}

static void draw_quantiles(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST])
{
    const SpKnownPopulation *population = task->population;
    gsize n_draws = population->draws.n_draws;
    g_autoptr(SpPopulationDraws) draws = sp_population_draws_new(
        population->model, population->n_days, population->persons, sp_draw_key(&population->draws),
        n_draws, &population->draws.shocks);
    g_autoptr(SpPopulationScratch) scratch = sp_population_scratch_new(draws);
    g_autofree float *drawn =
        g_new(float, task->series->groups->n_groups * population->n_days * n_draws);
    for (gsize unit = 0; unit < task->places.n_units; unit++) {
        if (is_projected(task, unit)) {
            sp_population_draw(draws, unit, task->series->groups, scratch, drawn);
            add_quantiles(task, unit, drawn, n_draws, out);
        }
    }
}

/* The bands of a projection from the base. */
static void add_expected(const SpForecastTask *task, const SpKnownPopulation *population,
                         SpReal out[])
{
    for (gsize unit = 0; unit < task->places.n_units; unit++) {
        for (gsize group = 0; is_projected(task, unit) && group < task->series->n_groups; group++) {
            const SpAgeBand *band = &task->series->bands[group];
            for (gsize year = 0; year < task->places.n_years; year++) {
                double persons = sp_known_persons(population, unit, year + 1, band->from, band->to);
                out[sp_series_place(task->series, &task->places, unit, group, year)] =
                    sp_real(persons);
            }
        }
    }
}

SpTable *sp_known_population_table(const SpKnownPopulation *population,
                                   const SpSeriesPlaces *places)
{
    static const char *const keys[] = {"region", "kjonn", "alder", "period"};
    SpTable *table = sp_table_new("framskriving_befolkning", NULL, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        sp_table_add_column(table,
                            &(SpColumn){.name = keys[i], .kind = SP_COLUMN_CODE, .is_key = TRUE});
    }
    sp_table_add_column(table, &(SpColumn){.name = "innbyggere", .kind = SP_COLUMN_MEASURE});
    const gsize n_a_day = (gsize)SP_N_SEXES * SP_N_AGES;
    sp_table_reserve(table, places->n_units * population->n_days * n_a_day);
    for (gsize unit = 0; unit < places->n_units; unit++) {
        if (sp_known_persons(population, unit, 0, 0, SP_N_AGES - 1) <= 0.0) {
            continue;
        }
        for (gsize cell = 0; cell < population->n_days * n_a_day; cell++) {
            gsize day = cell / n_a_day;
            guint sex = (guint)(cell / SP_N_AGES % SP_N_SEXES), age = (guint)(cell % SP_N_AGES);
            char age_text[8], day_text[16];
            gsize row = sp_table_add_row(table);
            g_snprintf(age_text, sizeof age_text, "%03u", age);
            g_snprintf(day_text, sizeof day_text, "%d-01-01", places->first_year - 1 + (int)day);
            const char *const codes[] = {places->units[unit], sex == SP_MEN ? "1" : "2", age_text,
                                         day_text};
            for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
                sp_table_set_code(table, row, i, codes[i]);
            }
            const SpPersons *persons = &population->persons[unit * population->n_days + day];
            sp_table_set_real(table, row, G_N_ELEMENTS(codes), sp_real(persons->count[sex][age]));
        }
    }
    return table;
}

gboolean sp_forecast_own_population(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                                    GError **error)
{
    (void)error;
    add_expected(task, task->population, out[SP_FORECAST_EXPECTED]);
    if (task->population->draws.n_draws > 0) {
        draw_quantiles(task, out);
    }
    return TRUE;
}

/* ---- plain survival ---- */

/* The yearly fall of all death rates, and no year of history: nobody moves. */
#define PLAIN_DECLINE 0.015

gboolean sp_forecast_plain_survival(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                                    GError **error)
{
    if (task->population->model->deaths == NULL) {
        return TRUE; /* no survival without rates of death */
    }
    /* What it has to tell of the past was told when our own was made. */
    g_autoptr(SpQuality) told = sp_quality_new();
    SpPopulationOptions options;
    sp_population_options_init(&options, task->base, task->base + (int)task->places.n_years);
    options.history_years = 0;
    g_autoptr(SpPopulationModel) model =
        sp_population_model_new(task->known, &options, told, error);
    if (model == NULL) {
        return FALSE;
    }
    for (guint age = 0; age < SP_N_RATE_AGES; age++) {
        model->mortality.decline[age] = PLAIN_DECLINE;
    }
    gsize n_days = task->places.n_years + 1;
    g_autofree SpPersons *persons = g_new(SpPersons, task->places.n_units * n_days);
    sp_population_project(model, n_days, persons, told);
    const SpKnownPopulation plain = {.model = model, .n_days = n_days, .persons = persons};
    add_expected(task, &plain, out[SP_FORECAST_EXPECTED]);
    return TRUE;
}

/* ---- SSB ---- */

#define MAIN_ALTERNATIVE "MMMM"

typedef struct {
    gsize alternative, edition; /* columns */
    const char *year;
} Round;

static gboolean is_of_round(const SpTable *table, gsize row, gconstpointer data)
{
    const Round *round = data;
    return strcmp(sp_table_code(table, row, round->alternative), MAIN_ALTERNATIVE) == 0 &&
           strcmp(sp_table_code(table, row, round->edition), round->year) == 0;
}

/* Fills the cells that are not told yet from one of the tables of rounds. */
static gboolean add_round(const SpForecastTask *task, const char *name, SpReal out[],
                          GError **error)
{
    const SpTable *table = sp_tables_find(task->known, name);
    char year[16];
    Round round = {.year = year};
    const SpKeptRows kept = {is_of_round, &round};
    g_snprintf(year, sizeof year, "%d", task->base);
    if (table == NULL) {
        return TRUE;
    }
    gsize n = task->places.n_units * task->series->n_groups * task->places.n_years;
    g_autofree SpReal *sums = g_new(SpReal, n + 1);
    if (!sp_table_need(table, "alternativ", SP_COLUMN_CODE, &round.alternative, error) ||
        !sp_table_need(table, "utgave", SP_COLUMN_CODE, &round.edition, error) ||
        !sp_band_sums(table, task->series, &task->places, &kept, sums, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        out[i] = out[i].status == SP_MISSING ? sums[i] : out[i];
    }
    return TRUE;
}

gboolean sp_forecast_ssb(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                         GError **error)
{
    return add_round(task, "ssb_framskriving_ettaarig", out[SP_FORECAST_EXPECTED], error) &&
           add_round(task, "ssb_framskriving", out[SP_FORECAST_EXPECTED], error);
}

/* ---- chance ---- */

/* Share alive `n_years` after the base of those of a sex and age on the base day. */
static double survival_of(const SpSurvival years[], guint sex, guint age, gsize n_years)
{
    double alive = 1;
    for (gsize year = 0; year < n_years; year++) {
        alive *= years[year].share[sex][MIN(age + (guint)year, (guint)SP_N_AGES - 1)];
    }
    return alive;
}

/* The variance of one kommune's band on a day `n_years` after the base. */
static double variance_of(const SpForecastTask *task, const SpSurvival years[], gsize unit,
                          const SpAgeBand *band, gsize n_years)
{
    const SpKnownPopulation *population = task->population;
    const SpPersons *base = &population->persons[unit * population->n_days];
    guint born = (guint)MIN(n_years, (gsize)SP_N_AGES);
    double variance = 0;
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age < SP_N_AGES; age++) {
            guint then = MIN(age + (guint)n_years, (guint)SP_N_AGES - 1);
            if (then >= band->from && then <= band->to) {
                /* Of a past's own change of cohorts (no rates of death) more may be left than there
                 * were; that is no risk. */
                double alive = MIN(survival_of(years, sex, age, n_years), 1);
                variance += base->count[sex][age] * alive * (1 - alive);
            }
        }
    }
    if (born > band->from) {
        variance +=
            sp_known_persons(population, unit, n_years, band->from, MIN(band->to, born - 1));
    }
    return variance;
}

void sp_population_chance(const SpForecastTask *task, double sd[])
{
    g_autofree SpSurvival *years = g_new(SpSurvival, task->places.n_years + 1);
    for (gsize year = 0; year < task->places.n_years; year++) {
        sp_population_survival(task->population->model, task->base + (int)year, &years[year]);
    }
    for (gsize unit = 0; unit < task->places.n_units; unit++) {
        for (gsize group = 0; group < task->series->n_groups; group++) {
            for (gsize year = 0; year < task->places.n_years; year++) {
                double variance =
                    variance_of(task, years, unit, &task->series->bands[group], year + 1);
                sd[sp_series_place(task->series, &task->places, unit, group, year)] =
                    sqrt(variance);
            }
        }
    }
}
