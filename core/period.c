/* Periods: each form is told by its length and its separators, so no two forms can be confused. */
#include "core/period.h"

#include <string.h>

enum { FIRST_YEAR = 1000 };

static SpDay make_day(int year, int month, int day_of_month)
{
    return year * 10000 + month * 100 + day_of_month;
}

/** Exactly `n` digits, nothing else looked at. */
static gboolean parse_digits(const char *text, gsize n, int *value)
{
    int number = 0;
    for (gsize i = 0; i < n; i++) {
        if (!g_ascii_isdigit(text[i])) {
            return FALSE;
        }
        number = 10 * number + g_ascii_digit_value(text[i]);
    }
    *value = number;
    return TRUE;
}

static gboolean parse_year(const char *text, int *year)
{
    int value = 0;
    if (!parse_digits(text, 4, &value) || value < FIRST_YEAR) {
        return FALSE;
    }
    *year = value;
    return TRUE;
}

/** The ten bytes of "2024-01-01"; what follows is not looked at. */
static gboolean parse_ten(const char *text, SpDay *day)
{
    int year = 0;
    int month = 0;
    int of_month = 0;
    if (strnlen(text, 10) < 10 || !parse_year(text, &year) || text[4] != '-' ||
        !parse_digits(text + 5, 2, &month) || text[7] != '-' ||
        !parse_digits(text + 8, 2, &of_month)) {
        return FALSE;
    }
    if (!g_date_valid_dmy((GDateDay)of_month, (GDateMonth)month, (GDateYear)year)) {
        return FALSE;
    }
    *day = make_day(year, month, of_month);
    return TRUE;
}

static SpDay last_of_month(int year, int month)
{
    return make_day(year, month, g_date_get_days_in_month((GDateMonth)month, (GDateYear)year));
}

/** A part of a year: `n_parts` of 12 / n_parts months each, the part counted from 1. */
static gboolean fill_part(int year, int part, int n_parts, SpPeriodKind kind, SpPeriod *period)
{
    if (part < 1 || part > n_parts) {
        return FALSE;
    }
    int n_months = 12 / n_parts;
    *period = (SpPeriod){kind, make_day(year, (part - 1) * n_months + 1, 1),
                         last_of_month(year, part * n_months)};
    return TRUE;
}

static gboolean parse_half_year_or_quarter(const char *text, int year, SpPeriod *period)
{
    int part = 0;
    if (!parse_digits(text + 5, 1, &part)) {
        return FALSE;
    }
    if (text[4] == 'H') {
        return fill_part(year, part, 2, SP_PERIOD_HALF_YEAR, period);
    }
    return text[4] == 'K' && fill_part(year, part, 4, SP_PERIOD_QUARTER, period);
}

static gboolean parse_month_or_school_year(const char *text, int year, SpPeriod *period)
{
    int part = 0;
    if (!parse_digits(text + 5, 2, &part)) {
        return FALSE;
    }
    if (text[4] == 'M') {
        return fill_part(year, part, 12, SP_PERIOD_MONTH, period);
    }
    if (text[4] != '/' || part != (year + 1) % 100) {
        return FALSE;
    }
    *period = (SpPeriod){SP_PERIOD_SCHOOL_YEAR, make_day(year, 8, 1), make_day(year + 1, 7, 31)};
    return TRUE;
}

static gboolean parse_moving_mean(const char *text, int year, SpPeriod *period)
{
    int last = 0;
    if (text[4] != '-' || !parse_year(text + 5, &last) || last <= year) {
        return FALSE;
    }
    *period = (SpPeriod){SP_PERIOD_MOVING_MEAN, make_day(year, 1, 1), make_day(last, 12, 31)};
    return TRUE;
}

static gboolean parse_interval(const char *text, SpPeriod *period)
{
    SpDay first = 0;
    SpDay last = 0;
    if (!parse_ten(text, &first) || text[10] != '-' || text[11] != '-' ||
        !parse_ten(text + 12, &last) || last <= first) {
        return FALSE;
    }
    *period = (SpPeriod){SP_PERIOD_INTERVAL, first, last};
    return TRUE;
}

static gboolean parse_date(const char *text, SpPeriod *period)
{
    SpDay day = 0;
    if (!sp_day_parse(text, &day)) {
        return FALSE;
    }
    *period = (SpPeriod){SP_PERIOD_DATE, day, day};
    return TRUE;
}

gboolean sp_period_parse(const char *text, SpPeriod *period)
{
    gsize size = strlen(text);
    int year = 0;
    if (size < 4 || !parse_year(text, &year)) {
        return FALSE;
    }
    switch (size) {
    case 4:
        *period = (SpPeriod){SP_PERIOD_YEAR, make_day(year, 1, 1), make_day(year, 12, 31)};
        return TRUE;
    case 6:
        return parse_half_year_or_quarter(text, year, period);
    case 7:
        return parse_month_or_school_year(text, year, period);
    case 9:
        return parse_moving_mean(text, year, period);
    case 10:
        return parse_date(text, period);
    case 22:
        return parse_interval(text, period);
    default:
        return FALSE;
    }
}

gboolean sp_day_parse(const char *text, SpDay *day)
{
    return strlen(text) == 10 && parse_ten(text, day);
}

const char *sp_day_format(SpDay day, char buffer[SP_DAY_SIZE])
{
    g_snprintf(buffer, SP_DAY_SIZE, "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
    return buffer;
}

int sp_day_year(SpDay day)
{
    return day / 10000;
}

int sp_told_year(int base)
{
    const int last = base + SP_TOLD_YEARS;
    return last - last % SP_TOLD_STEP;
}

static GDate date_of(SpDay day)
{
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
                   (GDateYear)(day / 10000));
    return date;
}

SpDay sp_day_before(SpDay day)
{
    GDate date = date_of(day);
    g_date_subtract_days(&date, 1);
    return make_day(g_date_get_year(&date), (int)g_date_get_month(&date), g_date_get_day(&date));
}

gint64 sp_day_distance(SpDay a, SpDay b)
{
    GDate one = date_of(a);
    GDate other = date_of(b);
    return ABS((gint64)g_date_days_between(&one, &other));
}

char *sp_time_format(gint64 seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

gboolean sp_time_parse(const char *text, gint64 *seconds)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, utc);
    if (time == NULL) {
        return FALSE;
    }
    *seconds = g_date_time_to_unix(time);
    return TRUE;
}
