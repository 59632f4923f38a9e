/* What may be chosen about supply, from text. */
#include "transforms/project/supply/options.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

const char *const sp_supply_option_keys[] = {
    "profile",          "inflow",   "capacity",       "foreign", "further_education",
    "exit_delay_years", "work_60p", "internal_moves", NULL};

static const double most_factor = 10.0, most_delay = 10.0, most_work = 2.0;

void sp_supply_options_init(SpSupplyOptions *options)
{
    *options = (SpSupplyOptions){.profile = SP_PROFILE_SPLINE,
                                 .inflow_factor = 1.0,
                                 .capacity = SP_CAPACITY_CONSTANT,
                                 .foreign = SP_SERIES_RECENT,
                                 .foreign_factor = 1.0,
                                 .further_education = SP_SERIES_RECENT,
                                 .further_education_factor = 1.0,
                                 .work_60p = 1.0,
                                 .internal_moves = TRUE};
}

static gboolean refuse(const char *key, const char *text, const char *allowed, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG, "supply %s is \"%s\"; write %s", key, text,
                        allowed);
}

/* The place of a word among two. */
static gboolean choose(const char *key, const char *text, const char *const words[2], guint *which,
                       GError **error)
{
    for (guint i = 0; i < 2; i++) {
        if (strcmp(text, words[i]) == 0) {
            *which = i;
            return TRUE;
        }
    }
    g_autofree char *allowed = g_strdup_printf("%s or %s", words[0], words[1]);
    return refuse(key, text, allowed, error);
}

static gboolean read_number(const char *key, const char *text, double most, const char *allowed,
                            double *value, GError **error)
{
    double read;
    if (!sp_number_parse(text, strlen(text), sp_number_plain, &read) || read < 0.0 || read > most) {
        return refuse(key, text, allowed, error);
    }
    *value = read;
    return TRUE;
}

static gboolean read_series(const char *key, const char *text, SpSeriesKind *kind, double *factor,
                            GError **error)
{
    if (strcmp(text, "none") == 0 || strcmp(text, "recent") == 0) {
        *kind = text[0] == 'n' ? SP_SERIES_NONE : SP_SERIES_RECENT;
        return TRUE;
    }
    if (!read_number(key, text, most_factor, "none, recent or a factor, 0-10", factor, error)) {
        return FALSE;
    }
    *kind = SP_SERIES_FACTOR;
    return TRUE;
}

static gboolean read_inflow(const char *text, SpSupplyOptions *options, GError **error)
{
    static const char allowed[] = "a factor, 0-10, or a factor and the first year: 1.1, 2028";
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    gint64 year = 0;
    double factor = 0;
    if (g_strv_length(parts) < 1 || g_strv_length(parts) > 2) {
        return refuse("inflow", text, allowed, error);
    }
    for (gsize i = 0; parts[i] != NULL; i++) {
        g_strstrip(parts[i]);
    }
    if (parts[1] != NULL &&
        (!sp_number_parse_int(parts[1], strlen(parts[1]), &year) || year < 1900 || year > 2150)) {
        return refuse("inflow", text, allowed, error);
    }
    g_assert(parts[0] != NULL);
    if (!read_number("inflow", parts[0], most_factor, allowed, &factor, error)) {
        return FALSE;
    }
    options->inflow_factor = factor;
    options->inflow_from = (int)year;
    return TRUE;
}

gboolean sp_supply_option_set(SpSupplyOptions *options, const char *key, const char *text,
                              GError **error)
{
    static const char *const profiles[2] = {"spline", "poly5"};
    static const char *const capacities[2] = {"constant", "population"};
    static const char *const answers[2] = {"no", "yes"};
    guint which = 0;
    if (strcmp(key, "profile") == 0) {
        if (!choose(key, text, profiles, &which, error)) {
            return FALSE;
        }
        options->profile = which == 0 ? SP_PROFILE_SPLINE : SP_PROFILE_POLY5;
        return TRUE;
    }
    if (strcmp(key, "capacity") == 0) {
        if (!choose(key, text, capacities, &which, error)) {
            return FALSE;
        }
        options->capacity = which == 0 ? SP_CAPACITY_CONSTANT : SP_CAPACITY_POPULATION;
        return TRUE;
    }
    if (strcmp(key, "internal_moves") == 0) {
        if (!choose(key, text, answers, &which, error)) {
            return FALSE;
        }
        options->internal_moves = which == 1;
        return TRUE;
    }
    if (strcmp(key, "inflow") == 0) {
        return read_inflow(text, options, error);
    }
    if (strcmp(key, "foreign") == 0) {
        return read_series(key, text, &options->foreign, &options->foreign_factor, error);
    }
    if (strcmp(key, "further_education") == 0) {
        return read_series(key, text, &options->further_education,
                           &options->further_education_factor, error);
    }
    if (strcmp(key, "exit_delay_years") == 0) {
        return read_number(key, text, most_delay, "years, 0-10", &options->exit_delay_years, error);
    }
    if (strcmp(key, "work_60p") == 0) {
        return read_number(key, text, most_work, "a factor, 0-2", &options->work_60p, error);
    }
    g_autofree char *keys = g_strjoinv(", ", (char **)(gpointer)sp_supply_option_keys);
    return sp_error_set(error, SP_ERROR_CONFIG, "supply has no option \"%s\"; there are %s", key,
                        keys);
}
