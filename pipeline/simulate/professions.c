/* Professions of the simulated kommuner: config/simulate/profesjoner.csv. */
#include "core/error.h"
#include "core/number.h"
#include "pipeline/simulate/rows.h"
#include "pipeline/simulate/staff.h"

#include <string.h>

enum { OCCUPATION = 10, EDUCATION = 11, HELD_BY = 15 }; /* columns, in the file's order */

/* In the order of the file's number columns. */
static gboolean read_numbers(const SpSimRows *rows, gsize row, SpSimProfession *profession,
                             GError **error)
{
    const struct {
        gsize column;
        SpSimRange range;
        double *value;
    } numbers[] = {{1, {0, 1}, &profession->care},           {2, {0, 1}, &profession->health},
                   {3, {-1, 1}, &profession->remote},        {4, {0, 0.6}, &profession->leaving},
                   {5, {15, 75}, &profession->age},          {6, {0, 30}, &profession->age_spread},
                   {7, {0, 1}, &profession->women},          {8, {0, 10}, &profession->full_time},
                   {9, {0, 5}, &profession->least},          {12, {0, 20}, &profession->hospital},
                   {13, {0, 20}, &profession->other_health}, {14, {0, 20}, &profession->outside}};
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        if (!sp_sim_rows_number(rows, row, numbers[i].column, numbers[i].range, numbers[i].value,
                                error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* "06a:72": the key is left, the percent told; a key alone has all. FALSE for another form. */
static gboolean split_part(char *part, gint64 *percent)
{
    char *colon = strchr(part, ':');
    *percent = 100;
    if (colon != NULL) {
        *colon = '\0';
    }
    return *part != '\0' &&
           (colon == NULL || (sp_number_parse_int(colon + 1, strlen(colon + 1), percent) &&
                              *percent > 0 && *percent <= 100));
}

static gboolean is_whole(const char *list)
{
    g_auto(GStrv) parts = g_strsplit(list, " ", -1);
    gint64 sum = 0;
    for (char **part = parts; *part != NULL; part++) {
        gint64 percent;
        if (!split_part(*part, &percent)) {
            return FALSE;
        }
        sum += percent;
    }
    return sum == 100;
}

/* A percent that is lost is people whom no table counts. */
static gboolean check_lists(const SpSimRows *rows, gsize row, GError **error)
{
    static const gsize columns[] = {OCCUPATION, EDUCATION, HELD_BY};
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
        const char *list = sp_sim_rows_text(rows, row, columns[i]);
        gboolean is_own = columns[i] == HELD_BY && *list == '\0'; /* an education of its own */
        if (!is_own && !is_whole(list)) {
            return sp_sim_rows_wrong(rows, row, columns[i],
                                     "one code, or codes with percent whose sum is 100, as "
                                     "\"06a:72 06b:28\"",
                                     error);
        }
    }
    return TRUE;
}

gboolean sp_sim_professions_read(SpSimProfessions *professions, const char *path, GError **error)
{
    static const char *const columns[] = {
        "profesjon",    "andel",       "helse",   "utkant",   "avgang",    "alder_ny",
        "alder_bredde", "kvinner",     "heltid",  "minst",    "yrke14533", "utdanning14534",
        "sykehus",      "annen_helse", "utenfor", "utdannede"};
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    if (rows == NULL) {
        return FALSE;
    }
    if (sp_sim_rows_size(rows) > SP_SIM_MAX_PROFESSIONS) {
        return sp_error_set(error, SP_ERROR_CONFIG, "%s: more than %d professions; merge some",
                            path, SP_SIM_MAX_PROFESSIONS);
    }
    professions->professions = g_new0(SpSimProfession, sp_sim_rows_size(rows));
    gboolean is_good = TRUE;
    for (gsize row = 0; is_good && row < sp_sim_rows_size(rows); row++) {
        SpSimProfession *profession = &professions->professions[professions->n++];
        profession->id = g_strdup(sp_sim_rows_text(rows, row, 0));
        profession->occupation = g_strdup(sp_sim_rows_text(rows, row, OCCUPATION));
        profession->education = g_strdup(sp_sim_rows_text(rows, row, EDUCATION));
        profession->held_by = g_strdup(sp_sim_rows_text(rows, row, HELD_BY));
        is_good = read_numbers(rows, row, profession, error) && check_lists(rows, row, error);
    }
    return is_good;
}

guint sp_sim_percent_in(const char *list, const char *key)
{
    g_auto(GStrv) parts = g_strsplit(list, " ", -1);
    gint64 sum = 0;
    for (char **part = parts; *part != NULL; part++) {
        gint64 percent;
        if (split_part(*part, &percent) && strcmp(*part, key) == 0) {
            sum += percent;
        }
    }
    return (guint)sum;
}

void sp_sim_professions_clear(SpSimProfessions *professions)
{
    for (guint i = 0; i < professions->n; i++) {
        g_free(professions->professions[i].id);
        g_free(professions->professions[i].occupation);
        g_free(professions->professions[i].education);
        g_free(professions->professions[i].held_by);
    }
    g_clear_pointer(&professions->professions, g_free);
    professions->n = 0;
}
