/**
 * The back-test: projections from earlier years with what was known then, judged on what happened.
 * docs/methods/backtest.md.
 */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_BACKTEST_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_BACKTEST_H

#include "transforms/project/population/settings.h"

enum { SP_BACKTEST_SIZES = 8 };

typedef struct {
    SpPopulationOptions
        population; /* of our own projection; base and horizon are set for each base */
    SpDrawOptions draws;
    guint least_history; /* years between counted days before a base that is chosen by `auto` */
    GArray *bases;       /* int, rising; of length 0: all that the data allow */
    int target;          /* the only year to judge; 0: all there are */
    const char *bands;   /* lists of age bands of the population, parted by '+'; borrowed */
    gsize n_sizes;
    double sizes[SP_BACKTEST_SIZES]; /* least persons of each size class but the smallest */
} SpBacktestOptions;

/** The settings that options are read from (project.h lists them). */
enum { SP_N_BACKTEST_KEYS = SP_N_POPULATION_DRAW_KEYS + 4 };
extern const char *const sp_backtest_keys[SP_N_BACKTEST_KEYS];

/** SP_ERROR_CONFIG names key and remedy. `options` may be cleared whether it succeeds or not. */
gboolean sp_backtest_options_init(SpBacktestOptions *options, const SpTables *in,
                                  const SpSettings *settings, GError **error);
void sp_backtest_options_clear(SpBacktestOptions *options);

/** What projections of the population are made from, and the lists that name the tables of series
 * and of the services they rest on. NULL-terminated. */
extern const char *const sp_backtest_people[];
extern const char *const sp_backtest_lists[];

/**
 * Adds three tables to `out` (docs/tables.md): treffsikkerhet, treffsikkerhet_deling,
 * treffsikkerhet_prognose (the forecasts themselves, kommune by kommune). None, and the finding
 * "backtest_no_base", when `auto` finds no base: a 1 January with persons by sex of kommuner, at
 * least least_history days in a row just before it, and a later day.
 * Their marks are those of what they are made of.
 *
 *   in  those of sp_transform_population, `aldersgrupper`, and `treffsikkerhet_serier` (the series:
 *       config/framskriving/treffsikkerhet.csv); the tables of the series and of SSB's rounds,
 *       those of the rules of demand (sp_as_of_rules), bruk, bruk_tidligere, vertskommune and
 *       kommune_endring, if there
 * SP_ERROR_NO_INPUT when a base or target that was asked for has no figures, naming those there
 * are; other errors as sp_backtest_run_new, sp_series_new, sp_age_bands_init.
 */
gboolean sp_backtest(const SpTables *in, const SpBacktestOptions *options, SpTables *out,
                     SpQuality *quality, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpBacktestOptions, sp_backtest_options_clear)

#endif
