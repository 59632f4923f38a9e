/** One base: what was known on it, all forecasts made from that, and what then happened. */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_RUN_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_RUN_H

#include "transforms/project/backtest/backtest.h"
#include "transforms/project/backtest/forecaster.h"

/** What a forecaster told of a series; NULL throughout when it does not tell it. */
typedef struct {
    SpReal *figure[SP_N_FORECAST]; /* placed by sp_series_place */
} SpTold;

/** A series from the base on. */
typedef struct {
    const SpSeries *series;
    SpReal *base;   /* [n_units][n_groups] as it was known */
    SpReal *actual; /* placed by sp_series_place */
    double *sd;     /* the same places, by chance alone; NULL: the square root of the forecast */
    SpTold *told;   /* [number of forecasters] in their order */
} SpOutcome;

typedef struct {
    int base;
    SpTables *known, *rules;
    SpKnownPopulation population;
    SpSeriesPlaces places; /* kommuner of the base day; years base + 1 ... */
    gboolean *is_left_out; /* [n_units] divided: in no measure */
    GArray *areas;         /* SpArea */
    GArray *outcomes;      /* SpOutcome */
} SpBacktestRun;

/** What all bases start from. */
typedef struct {
    const SpTables *in; /* all tables; only what sp_as_of_cut lets pass reaches a forecaster */
    const SpBacktestOptions *options;
    const GArray *series; /* SpSeries; borrowed for the life of the run */
} SpBacktestInput;

/**
 *   horizon   last year that is told
 * Finding "backtest_left_out" for each kommune that is in no measure. SP_ERROR_DATA when something
 * newer than the base would have reached a forecaster; other errors as sp_population_model_new and
 * the forecasters', with the base before them.
 */
SpBacktestRun *sp_backtest_run_new(const SpBacktestInput *input, int base, int horizon,
                                   SpQuality *quality, GError **error);
void sp_backtest_run_free(SpBacktestRun *run);

/** The forecaster's number by name, and the outcome by name of series; SP_NO_COLUMN, NULL if
 * absent.
 */
gsize sp_forecaster_find(const char *name);
gsize sp_n_forecasters(void);
const SpOutcome *sp_backtest_outcome(const SpBacktestRun *run, const char *series);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpBacktestRun, sp_backtest_run_free)

#endif
