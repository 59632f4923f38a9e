/* Oslo's clock. */
#include "extractors/ssb/oslo.h"

#include "core/number.h"

#include <string.h>

enum { HOUR = 3600, DAY = 24 * HOUR };

/* 01:00 UTC on the last Sunday of a month that has 31 days. */
static gint64 last_sunday(int year, int month)
{
    g_autoptr(GDateTime) last = g_date_time_new_utc(year, month, 31, 1, 0, 0);
    int weekday = g_date_time_get_day_of_week(last) % 7; /* 0: Sunday */
    return g_date_time_to_unix(last) - (gint64)weekday * DAY;
}

gint64 sp_oslo_offset(gint64 utc)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(utc);
    if (time == NULL) {
        return HOUR;
    }
    int year = g_date_time_get_year(time);
    return utc >= last_sunday(year, 3) && utc < last_sunday(year, 10) ? 2 * HOUR : HOUR;
}

int sp_oslo_minutes(gint64 utc)
{
    gint64 local = utc + sp_oslo_offset(utc);
    return (int)(((local % DAY) + DAY) % DAY / 60);
}

/* Digits of a fixed number. */
static gboolean read_part(const char **text, gsize size, int *number)
{
    gint64 value = 0;
    if (strspn(*text, "0123456789") < size || !sp_number_parse_int(*text, size, &value)) {
        return FALSE;
    }
    *text += size;
    *number = (int)value;
    return TRUE;
}

char *sp_oslo_to_utc(const char *text)
{
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    if (!read_part(&text, 4, &year) || !read_part(&text, 2, &month) || !read_part(&text, 2, &day) ||
        *text++ != ' ' || !read_part(&text, 2, &hour) || *text++ != ':' ||
        !read_part(&text, 2, &minute)) {
        return NULL;
    }
    g_autoptr(GDateTime) local = g_date_time_new_utc(year, month, day, hour, minute, 0);
    if (local == NULL) {
        return NULL;
    }
    gint64 as_winter = g_date_time_to_unix(local) - HOUR;
    g_autoptr(GDateTime) utc =
        g_date_time_new_from_unix_utc(as_winter + HOUR - sp_oslo_offset(as_winter));
    return g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ");
}
