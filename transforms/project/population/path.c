/* Factors by year. */
#include "transforms/project/population/path.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

static gboolean refuse(const char *key, const char *text, double most, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "%s is \"%s\"; write one factor from 0 to %g, or up to %d points "
                        "YEAR:FACTOR by rising year with blanks between, as 2026:1 2035:1.2",
                        key, text, most, SP_PATH_POINTS);
}

static gboolean parse_point(const char *word, double most, int *year, double *factor)
{
    const char *colon = strchr(word, ':');
    const char *number = colon == NULL ? word : colon + 1;
    gint64 whole = 0;
    if (colon != NULL && !sp_number_parse_int(word, (gsize)(colon - word), &whole)) {
        return FALSE;
    }
    if (whole < 0 || whole > 9999 ||
        !sp_number_parse(number, strlen(number), sp_number_plain, factor)) {
        return FALSE;
    }
    *year = (int)whole;
    return *factor >= 0.0 && *factor <= most;
}

gboolean sp_path_parse(const char *key, const char *text, double most, SpPath *path, GError **error)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
    *path = (SpPath){0};
    for (char **word = words; *word != NULL; word++) {
        if (**word == '\0') {
            continue;
        }
        guint n = path->n_points;
        if (n == SP_PATH_POINTS || !parse_point(*word, most, &path->year[n], &path->factor[n]) ||
            (n > 0 && path->year[n] <= path->year[n - 1])) {
            return refuse(key, text, most, error);
        }
        path->n_points++;
    }
    /* A number without a year is the whole path. */
    gboolean is_lone = path->n_points == 1;
    if (path->n_points == 0 || (path->year[0] == 0 && !is_lone)) {
        return refuse(key, text, most, error);
    }
    return TRUE;
}

double sp_path_at(const SpPath *path, int year)
{
    if (path->n_points == 0) {
        return 1.0;
    }
    guint i = 0;
    while (i < path->n_points && path->year[i] < year) {
        i++;
    }
    if (i == 0) {
        return path->factor[0];
    }
    if (i == path->n_points) {
        return path->factor[i - 1];
    }
    double share = (double)(year - path->year[i - 1]) / (double)(path->year[i] - path->year[i - 1]);
    return path->factor[i - 1] + share * (path->factor[i] - path->factor[i - 1]);
}
