/* Numbers of workbooks as texts. */
#include "core/io/sheets_reader.h"

#include "core/number.h"

#include <math.h>
#include <string.h>

enum { SECONDS_A_DAY = 86400, LAST_SERIAL = 2958465 /* 9999-12-31 */ };

/* Day 60 of the 1900 system is the 29 February that 1900 did not have; days after it count from 30
 * December 1899, those before it from the day after. */
static gint64 unix_day(double serial, gboolean is_1904)
{
    gint64 day = (gint64)floor(serial);
    if (is_1904) {
        return day - 24107; /* 1 January 1904 is day 0 */
    }
    return day - 25569 + (day < 60 ? 1 : 0);
}

static gboolean append_date(GString *text, double serial, gboolean is_1904)
{
    gboolean is_no_day = !is_1904 && (serial < 1 || floor(serial) == 60);
    if (is_no_day || serial < 0 || serial > LAST_SERIAL) {
        return FALSE;
    }
    gint64 second = (gint64)round((serial - floor(serial)) * SECONDS_A_DAY);
    gint64 stamp = unix_day(serial, is_1904) * SECONDS_A_DAY + second;
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(stamp);
    if (time == NULL) {
        return FALSE;
    }
    gboolean is_midnight = stamp % SECONDS_A_DAY == 0;
    g_autofree char *formatted =
        g_date_time_format(time, is_midnight ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%S");
    g_string_append(text, formatted);
    return TRUE;
}

/* The first section of a format without what it prints as it stands: quoted texts, escaped and
 * filling characters, conditions and colours in brackets. g_free. */
static char *bare_code(const char *code)
{
    GString *bare = g_string_new(NULL);
    for (const char *c = code; *c != '\0' && *c != ';'; c++) {
        if (*c == '"' || *c == '[') {
            const char *end = strchr(c + 1, *c == '[' ? ']' : '"');
            if (end == NULL) {
                break;
            }
            c = end;
        } else if ((*c == '\\' || *c == '_' || *c == '*') && c[1] != '\0') {
            c++;
        } else {
            g_string_append_c(bare, g_ascii_tolower(*c));
        }
    }
    return g_string_free(bare, FALSE);
}

SpSheetFormat sp_sheet_format_of(const char *code)
{
    g_autofree char *bare = bare_code(code);
    gsize size = strlen(bare);
    SpSheetFormat format = {0};
    if (size > 1 && size <= 18 && strspn(bare, "0") == size) {
        format.digits = (guint)size;
        return format;
    }
    if (strcmp(bare, "general") == 0) {
        return format;
    }
    /* A time of day alone is no date; an m beside h or s is a minute. */
    gboolean has_day = strpbrk(bare, "dy") != NULL;
    gboolean has_time = strpbrk(bare, "hs") != NULL;
    format.is_date = has_day || (strchr(bare, 'm') != NULL && !has_time);
    return format;
}

void sp_sheet_append_number(GString *text, double value, SpSheetFormat format, gboolean is_1904,
                            char decimal)
{
    char buffer[SP_NUMBER_SIZE];
    if (format.is_date && append_date(text, value, is_1904)) {
        return;
    }
    gsize size = sp_number_format(value, buffer);
    if (format.digits > size && strspn(buffer, "0123456789") == size) {
        for (gsize i = size; i < format.digits; i++) {
            g_string_append_c(text, '0');
        }
    }
    char *point = memchr(buffer, '.', size);
    if (point != NULL) {
        *point = decimal;
    }
    g_string_append_len(text, buffer, (gssize)size);
}
