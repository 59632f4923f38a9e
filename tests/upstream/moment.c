/* Oslo is one hour ahead of UTC, two from the last Sunday of March to that of October, 01:00 UTC:
 * told here and not read from the machine, which may have no time zones. */
#include "tests/upstream/moment.h"

#include <string.h>

static gint64 last_sunday(int year, int month)
{
    g_autoptr(GDateTime) last = g_date_time_new_utc(year, month, 31, 1, 0, 0);
    return g_date_time_to_unix(last) - (g_date_time_get_day_of_week(last) % 7) * (gint64)86400;
}

static gint64 oslo_offset(gint64 time)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(time);
    int year = g_date_time_get_year(utc);
    return time >= last_sunday(year, 3) && time < last_sunday(year, 10) ? 7200 : 3600;
}

gboolean fake_time_parse(const char *text, gint64 *time)
{
    gboolean is_day = strlen(text) == strlen("2026-03-16");
    g_autofree char *whole = is_day ? g_strconcat(text, "T12:00:00", NULL) : g_strdup(text);
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) parsed = g_date_time_new_from_iso8601(whole, utc);
    if (parsed == NULL) {
        return FALSE;
    }
    *time = g_date_time_to_unix(parsed);
    if (!g_str_has_suffix(whole, "Z")) {
        *time -= oslo_offset(*time);
    }
    return TRUE;
}

char *fake_time_format(gint64 time)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(time);
    return g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ");
}

char *fake_time_format_oslo(gint64 time, const char *format)
{
    g_autoptr(GDateTime) local = g_date_time_new_from_unix_utc(time + oslo_offset(time));
    return g_date_time_format(local, format);
}

int fake_oslo_hour(gint64 time)
{
    return (int)((time + oslo_offset(time)) / 3600 % 24);
}
