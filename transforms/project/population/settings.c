/* Settings of the population projection. */
#include "transforms/project/population/settings.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

enum {
    LAST_YEAR = 2150, /* beyond it is a slip of the pen */
    /* With fewer, p05 and p95 are the least and the largest draw, and say nothing of 5 %. */
    LEAST_DRAWS = 20,
    MOST_DRAWS = 10000, /* 9 GB (draws/run.h) */
};

const char *const sp_population_keys[SP_N_POPULATION_DRAW_KEYS] = {SP_POPULATION_KEYS,
                                                                   SP_POPULATION_DRAW_KEYS};

static gboolean find_base(const SpTables *in, const SpSettings *settings, int *base, GError **error)
{
    const char *text;
    if (!sp_settings_text_or(settings, "project.base", "newest", &text, error)) {
        return FALSE;
    }
    if (strcmp(text, "newest") == 0) {
        const SpTable *folkemengde = sp_tables_need(in, "folkemengde", error);
        return folkemengde != NULL && sp_history_newest(folkemengde, base, error);
    }
    gint64 year;
    if (!sp_number_parse_int(text, strlen(text), &year) || year < 1900 || year > LAST_YEAR) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "project.base is \"%s\"; write a year or \"newest\"", text);
    }
    *base = (int)year;
    return TRUE;
}

/* The setting, from 0 to `most`; untouched when it is not set. */
static gboolean read_number(const SpSettings *settings, const char *key, double most, double *value,
                            GError **error)
{
    const char *text;
    return sp_settings_text_or(settings, key, NULL, &text, error) &&
           (text == NULL || sp_settings_double(settings, key, 0.0, most, value, error));
}

static gboolean read_whole(const SpSettings *settings, const char *key, gint64 least, gint64 most,
                           gint64 *value, GError **error)
{
    const char *text;
    return sp_settings_text_or(settings, key, NULL, &text, error) &&
           (text == NULL || sp_settings_int(settings, key, least, most, value, error));
}

static gboolean read_path(const SpSettings *settings, const char *key, SpPath *path, GError **error)
{
    static const double most = 3.0; /* a factor beyond this is a percentage */
    const char *text;
    return sp_settings_text_or(settings, key, NULL, &text, error) &&
           (text == NULL || sp_path_parse(key, text, most, path, error));
}

static gboolean read_reconcile(const SpSettings *settings, SpPopulationOptions *options,
                               GError **error)
{
    static const char *const words[] = {"none", "landet", "fylke"};
    const char *text, *keeps;
    if (!sp_settings_text_or(settings, "project.reconcile", words[0], &text, error) ||
        !sp_settings_text_or(settings, "project.reconcile_keeps", "", &keeps, error)) {
        return FALSE;
    }
    options->reconcile_keeps_kommuner = strcmp(keeps, "kommuner") == 0;
    if (*keeps != '\0' && !options->reconcile_keeps_kommuner) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "project.reconcile_keeps is \"%s\"; write kommuner or nothing", keeps);
    }
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(text, words[i]) == 0) {
            options->reconcile = (SpReconcile)i;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "project.reconcile is \"%s\"; write none, landet or fylke", text);
}

static gboolean read_paths(const SpSettings *settings, SpPopulationOptions *options, GError **error)
{
    SpMigrationOptions *migration = &options->migration;
    return read_path(settings, "project.fertility_level", &options->fertility, error) &&
           read_path(settings, "project.mortality_level", &options->mortality, error) &&
           read_number(settings, "project.mortality_fall", 5.0, &options->mortality_fall, error) &&
           read_path(settings, "project.foreign_migration", &migration->foreign, error) &&
           read_path(settings, "project.domestic_migration", &migration->domestic, error);
}

gboolean sp_population_scenario_read(const SpTables *in, const SpSettings *settings,
                                     SpScenario *scenario, GError **error)
{
    SpPopulationOptions people;
    sp_population_options_init(&people, 0, 0);
    if (!read_paths(settings, &people, error)) {
        return FALSE;
    }
    sp_scenario_init(scenario, &people);
    return sp_scenario_read(in, scenario, error);
}

gboolean sp_population_settings_read(const SpTables *in, const SpSettings *settings,
                                     SpPopulationOptions *options, GError **error)
{
    int base = 0;
    gint64 last = 0;
    if (!find_base(in, settings, &base, error) ||
        !sp_settings_int(settings, "project.horizon", base + 1, LAST_YEAR, &last, error)) {
        return FALSE;
    }
    sp_population_options_init(options, base, (int)last);
    SpMigrationOptions *migration = &options->migration;
    gint64 n_years = options->history_years;
    const char *population;
    if (!read_whole(settings, "project.history_years", 0, 100, &n_years, error) ||
        !read_number(settings, "project.local_weight", 1.0, &migration->local_weight, error) ||
        !read_number(settings, "project.migration_damping", 1.0, &migration->damping, error) ||
        !read_number(settings, "project.boy_share", 1.0, &options->boy_share, error) ||
        !read_paths(settings, options, error) ||
        !sp_settings_text_or(settings, "project.population", "own", &population, error) ||
        !sp_round_parse("project.population", population, &options->round, error) ||
        !read_reconcile(settings, options, error)) {
        return FALSE;
    }
    options->history_years = (guint)n_years;
    SpScenario scenario;
    sp_scenario_init(&scenario, options);
    if (!sp_scenario_read(in, &scenario, error)) {
        return FALSE;
    }
    *options = scenario.population;
    return TRUE;
}

gboolean sp_draw_settings_read(const SpSettings *settings, SpDrawOptions *options, GError **error)
{
    gint64 n_draws = 1000, seed = 1;
    *options = (SpDrawOptions){.n_draws = 0};
    sp_shock_options_init(&options->shocks);
    if (!read_whole(settings, "project.draws", 0, MOST_DRAWS, &n_draws, error) ||
        !read_whole(settings, "project.seed", 0, G_MAXINT64, &seed, error) ||
        !read_number(settings, "project.group_correlation", 1.0, &options->shocks.correlation,
                     error) ||
        !read_number(settings, "project.fertility_sd", 1.0, &options->shocks.fertility_sd, error) ||
        !read_number(settings, "project.mortality_wander", 10.0, &options->shocks.wander, error) ||
        !sp_settings_text_or(settings, "project.interval_bands", "publisert+eldre+alle",
                             &options->bands, error)) {
        return FALSE;
    }
    if (n_draws > 0 && n_draws < LEAST_DRAWS) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "project.draws is %d; write 0 for no intervals, or a number from %d to "
                            "%d",
                            (int)n_draws, LEAST_DRAWS, MOST_DRAWS);
    }
    options->n_draws = (gsize)n_draws;
    options->seed = (guint64)seed;
    return TRUE;
}

SpRandom sp_draw_key(const SpDrawOptions *options)
{
    return sp_random_named(sp_random_seed(options->seed), "population");
}
