/* Professions of the simulated kommuner: config/simulate/profesjoner.csv. */
#include "core/error.h"
#include "core/number.h"
#include "pipeline/simulate/rows.h"
#include "pipeline/simulate/staff.h"

#include <string.h>

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
        profession->occupation = g_strdup(sp_sim_rows_text(rows, row, 10));
        profession->education = g_strdup(sp_sim_rows_text(rows, row, 11));
        profession->held_by = g_strdup(sp_sim_rows_text(rows, row, 15));
        is_good = read_numbers(rows, row, profession, error);
    }
    return is_good;
}

guint sp_sim_percent_in(const char *list, const char *key)
{
    g_auto(GStrv) parts = g_strsplit(list, " ", -1);
    for (char **part = parts; *part != NULL; part++) {
        char *colon = strchr(*part, ':');
        gint64 share = 100;
        if (colon != NULL) {
            *colon = '\0';
            (void)sp_number_parse_int(colon + 1, strlen(colon + 1), &share);
        }
        if (strcmp(*part, key) == 0) {
            return (guint)CLAMP(share, 0, 100);
        }
    }
    return 0;
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
