/* Settings of the back-test. */
#include "transforms/project/backtest/backtest.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/project/population/settings.h"

#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2150, MOST_HISTORY = 50, LEAST_HISTORY = 2 };

/* Those of the population with its draws, and our own. */
const char *const sp_backtest_keys[SP_N_BACKTEST_KEYS] = {
    SP_POPULATION_KEYS,         SP_POPULATION_DRAW_KEYS,  "project.backtest_bases",
    "project.backtest_history", "project.backtest_bands", "project.backtest_sizes",
};

static gint compare_ints(gconstpointer a, gconstpointer b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static gboolean parse_year(const char *text, GArray *bases, GError **error)
{
    gint64 year;
    if (!sp_number_parse_int(text, strlen(text), &year) || year < FIRST_YEAR || year > LAST_YEAR) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "project.backtest_bases: \"%s\"; write auto, or years such as "
                            "2022, 2024",
                            text);
    }
    int base = (int)year;
    for (guint i = 0; i < bases->len; i++) {
        if (g_array_index(bases, int, i) == base) {
            return sp_error_set(error, SP_ERROR_CONFIG, "project.backtest_bases: %d stands twice",
                                base);
        }
    }
    g_array_append_val(bases, base);
    return TRUE;
}

static gboolean read_bases(const SpSettings *settings, GArray *bases, GError **error)
{
    const char *text;
    if (!sp_settings_text_or(settings, "project.backtest_bases", "auto", &text, error)) {
        return FALSE;
    }
    if (strcmp(text, "auto") == 0) {
        return TRUE;
    }
    g_auto(GStrv) words = sp_settings_list(settings, "project.backtest_bases", error);
    for (char **word = words; word != NULL && *word != NULL; word++) {
        if (!parse_year(*word, bases, error)) {
            return FALSE;
        }
    }
    g_array_sort(bases, compare_ints);
    return words != NULL;
}

static gboolean read_sizes(const SpSettings *settings, SpBacktestOptions *options, GError **error)
{
    static const char key[] = "project.backtest_sizes";
    const char *text;
    if (!sp_settings_text_or(settings, key, NULL, &text, error)) {
        return FALSE;
    }
    if (text == NULL) {
        return TRUE;
    }
    g_auto(GStrv) words = sp_settings_list(settings, key, error);
    double before = 0;
    for (char **word = words; word != NULL && *word != NULL; word++) {
        gint64 least;
        if (!sp_number_parse_int(*word, strlen(*word), &least) || (double)least <= before ||
            options->n_sizes == SP_BACKTEST_SIZES) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "%s: \"%s\"; write at most %d whole numbers of persons, rising",
                                key, *word, SP_BACKTEST_SIZES);
        }
        before = (double)least;
        options->sizes[options->n_sizes++] = before;
    }
    return words != NULL;
}

gboolean sp_backtest_options_init(SpBacktestOptions *options, const SpTables *in,
                                  const SpSettings *settings, GError **error)
{
    gint64 history = LEAST_HISTORY;
    const char *text;
    *options = (SpBacktestOptions){.bases = g_array_new(FALSE, FALSE, sizeof(int))};
    if (!sp_population_settings_read(in, settings, &options->population, error) ||
        !sp_draw_settings_read(settings, &options->draws, error) ||
        !read_bases(settings, options->bases, error) || !read_sizes(settings, options, error) ||
        !sp_settings_text_or(settings, "project.backtest_bands", "treffsikkerhet", &options->bands,
                             error) ||
        !sp_settings_text_or(settings, "project.backtest_history", NULL, &text, error) ||
        (text != NULL && !sp_settings_int(settings, "project.backtest_history", 0, MOST_HISTORY,
                                          &history, error))) {
        return FALSE;
    }
    options->least_history = (guint)history;
    return TRUE;
}

void sp_backtest_options_clear(SpBacktestOptions *options)
{
    g_clear_pointer(&options->bases, g_array_unref);
}
