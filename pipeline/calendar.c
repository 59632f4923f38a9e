/* Which period a dataset should hold on a day. */
#include "pipeline/calendar.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

enum { YEAR_FORM = 10000 }; /* a day is year * 10000 + month * 100 + day */

/* "{-1}-12-31" of 2024: "2023-12-31". NULL when there is no {N}. */
static char *period_of(const char *form, int year)
{
    const char *open = strchr(form, '{');
    const char *close = open == NULL ? NULL : strchr(open, '}');
    gint64 offset = 0;
    if (close == NULL || !sp_number_parse_int(open + 1, (gsize)(close - open - 1), &offset) ||
        offset < -10 || offset > 10) {
        return NULL;
    }
    g_autofree char *before = g_strndup(form, (gsize)(open - form));
    return g_strdup_printf("%s%d%s", before, year + (int)offset, close + 1);
}

/* The last such day that is not after `day`. */
static gboolean last_due(const char *month_day, SpDay day, SpDay *due)
{
    for (int year = sp_day_year(day); year >= sp_day_year(day) - 1; year--) {
        g_autofree char *text = g_strdup_printf("%04d-%s", year, month_day);
        if (!sp_day_parse(text, due)) {
            return FALSE;
        }
        if (*due <= day) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean set_wrong(gsize row, const char *column, const char *text, const char *wanted,
                          GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "config/" SP_CALENDAR_FILE ": row %" G_GSIZE_FORMAT ": %s \"%s\": want %s",
                        row + 2, column, text, wanted);
}

gboolean sp_calendar_expected(const SpTable *calendar, const char *dataset, SpDay day,
                              char **period, SpDay *due, GError **error)
{
    static const char *const names[] = {"dataset", "forventet", "periode"};
    gsize columns[G_N_ELEMENTS(names)];
    g_autofree char *newest = NULL;
    *period = NULL;
    if (!sp_table_need_all(calendar, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error)) {
        g_prefix_error(error, "config/" SP_CALENDAR_FILE ": ");
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(calendar); row++) {
        const char *month_day = sp_table_code(calendar, row, columns[1]);
        const char *form = sp_table_code(calendar, row, columns[2]);
        SpDay at = 0;
        SpPeriod parsed;
        if (strcmp(sp_table_code(calendar, row, columns[0]), dataset) != 0) {
            continue;
        }
        if (!last_due(month_day, day, &at)) {
            return set_wrong(row, "forventet", month_day, "a month and day such as 03-01", error);
        }
        g_autofree char *expected = period_of(form, at / YEAR_FORM);
        if (expected == NULL || !sp_period_parse(expected, &parsed)) {
            return set_wrong(row, "periode", form, "a period such as {0}-01-01 or {-1}", error);
        }
        if (newest == NULL || strcmp(expected, newest) > 0) {
            g_free(newest);
            newest = g_steal_pointer(&expected);
            *due = at;
        }
    }
    *period = g_steal_pointer(&newest);
    return TRUE;
}

gboolean sp_calendar_is_late(const char *newest, const char *expected)
{
    return newest == NULL || strcmp(newest, expected) < 0;
}
