/**
 * What may be judged: a name, the series it tells, and a function from the tables as they were
 * known on the base day to forecasts. One more is one more line in forecasters.c.
 */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_FORECASTER_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_FORECASTER_H

#include "transforms/project/backtest/series.h"
#include "transforms/project/population/draws.h"
#include "transforms/project/population/settings.h"

/** Figures of a forecast: expected, and quantiles where the forecaster has them. */
typedef enum {
    SP_FORECAST_EXPECTED,
    SP_FORECAST_P05,
    SP_FORECAST_P10,
    SP_FORECAST_P90,
    SP_FORECAST_P95,
    SP_N_FORECAST,
} SpForecastFigure;

/** The program's own population from the base, made once for all who build on people. */
typedef struct {
    SpPopulationModel *model;
    gsize n_days;       /* from the base on */
    SpPersons *persons; /* [n_units][n_days] expected */
    SpTable *table;     /* the same as `framskriving_befolkning` (sp_known_population_table) */
    SpDrawOptions draws;
} SpKnownPopulation;

/** What is asked. All borrowed for the call. */
typedef struct {
    const SpSeries *series;
    int base;
    /* Kommuner, and the years to tell: base + 1 ... (first_year is base + 1). */
    SpSeriesPlaces places;
    const SpTables *known; /* nothing newer than the base: checked by sp_as_of_check */
    const SpTables *rules; /* the program's own method (sp_as_of_rules) */
    const SpKnownPopulation *population;
} SpForecastTask;

typedef struct {
    /* What the series is called in the column `modell`. */
    const char *name;
    /* The name of a series, SP_SERIES_ANY or SP_SERIES_CARE (all but the population). */
    const char *series;
    gboolean is_no_change; /* the naive one, that Theil's U is against */
    /**
     *   out  [SP_N_FORECAST] arrays placed by sp_series_place, all missing when the call begins: a
     *        cell that stays so is not told. Quantiles may be left out.
     * Errors as those of the tables it reads.
     */
    gboolean (*forecast)(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                         GError **error);
} SpForecaster;

#define SP_SERIES_ANY "*"
#define SP_SERIES_CARE "+"

gboolean sp_forecaster_tells(const SpForecaster *forecaster, const SpSeries *series);

/** All forecasters, in the order of the page; ends with an element without name. */
extern const SpForecaster sp_forecasters[];

/* ---- of the population (population_forecasts.c) ---- */

/** The expected path, and quantiles of its draws as whole persons when draws are wanted. */
gboolean sp_forecast_own_population(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                                    GError **error);
/** National survival of the three years before the base, falling 1.5 % a year; nobody moves (design
 * projections.md §0). */
gboolean sp_forecast_plain_survival(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                                    GError **error);
/** SSB's main alternative (MMMM) of the round of the base's own year, from the tables
 * `ssb_framskriving_ettaarig` and `ssb_framskriving`. */
gboolean sp_forecast_ssb(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                         GError **error);

/** The expected population of a run, region, kjonn, alder, period · innbyggere; kommuner that
 * cannot be projected are not in it. Owned by the caller. */
SpTable *sp_known_population_table(const SpKnownPopulation *population,
                                   const SpSeriesPlaces *places);

/* ---- of demand (demand_forecasts.c) ---- */

/**
 * The reference's model of demand (transforms/project/demand) on what was known: users of a
 * service, or the årsverk that the kommuner's own level needs, from the series' own table: of a
 * profession with its parts (wholes.h) when those are the codes that the series asks for, else of
 * all that it asks for as one. Quantiles are log-normal around the expected figure by the variance
 * that futures are drawn with and that of the day's count (demand/variance.h); people are the
 * expected ones. Not told without the tables of rules, without use by age that was out by the base,
 * or when no service and no source of årsverk is the series; a kommune without a figure of the base
 * has that status.
 */
gboolean sp_forecast_own_demand(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                                GError **error);

/* ---- simple rules (simple_rules.c) ---- */

/** The figures of the base day, as they were known. [n_units][n_groups]; g_free, NULL with
 * error. */
SpReal *sp_forecast_base(const SpForecastTask *task, GError **error);

/** The figure of the base. */
gboolean sp_forecast_no_change(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                               GError **error);
/** The base's figure per inhabitant, or per inhabitant of 80 and over, times our own projection of
 * them. Not told where nobody of the age was. */
gboolean sp_forecast_per_inhabitant(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                                    GError **error);
gboolean sp_forecast_per_80p(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                             GError **error);

/**
 * Standard deviation that chance alone gives the population of a series: binomial deaths of those
 * alive on the base day (risks of the model), Poisson births; moves not counted.
 *
 *   sd  placed by sp_series_place; 0 for a kommune that cannot be projected
 */
void sp_population_chance(const SpForecastTask *task, double sd[]);

/** Expected persons of an age band (both ends included) of a kommune on a day of the projection. */
double sp_known_persons(const SpKnownPopulation *population, gsize unit, gsize day, guint from,
                        guint to);

#endif
