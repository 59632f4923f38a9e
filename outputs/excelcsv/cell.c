/* Texts that Excel shows as they stand. */
#include "outputs/excelcsv/cell.h"

#include "core/io/csv.h"
#include "core/period.h"
#include "outputs/words.h"

#include <string.h>

enum { EXCEL_DIGITS = 15 /* all that Excel keeps of a number */, BAND_LENGTH = 7 };

#define DIGITS "0123456789"

/* The sign of a zero alone is none. */
static gboolean is_formula(const char *text)
{
    const char *first = text + strspn(text, " ");
    return *first != '\0' && strchr("=+-@\t\r\n", *first) != NULL && strcmp(text, "-") != 0;
}

static gboolean is_whole_number(const char *text)
{
    gsize n = strlen(text);
    return n <= EXCEL_DIGITS && strspn(text, DIGITS) == n && (text[0] != '0' || n == 1);
}

/* "1.1.2024" and "2024-01-01", which Excel makes the day that they are. */
static gboolean is_day(const char *text)
{
    SpDay day = 0;
    gsize first = strspn(text, DIGITS);
    gsize second = text[first] == '.' ? strspn(text + first + 1, DIGITS) : 0;
    const char *year = text + first + 1 + second;
    if (second == 0) {
        return sp_day_parse(text, &day);
    }
    return first >= 1 && first <= 2 && second <= 2 && year[0] == '.' && strlen(year + 1) == 4 &&
           strspn(year + 1, DIGITS) == 4;
}

/* "067-079" is neither day nor number. */
static gboolean is_band(const char *text)
{
    return strlen(text) == BAND_LENGTH && strspn(text, DIGITS) == BAND_LENGTH / 2 &&
           text[BAND_LENGTH / 2] == '-' &&
           strspn(text + BAND_LENGTH / 2 + 1, DIGITS) == BAND_LENGTH / 2;
}

static gboolean is_changed(const char *text)
{
    return g_ascii_isdigit(text[0]) && text[strspn(text, DIGITS ".,:/- eE+")] == '\0' &&
           !is_whole_number(text) && !is_day(text) && !is_band(text);
}

char *sp_excel_cell(const char *text, const char *before)
{
    g_autofree char *clean = sp_words_clean(text);
    g_autofree char *safe = NULL;
    if (is_formula(clean)) {
        safe = g_strconcat("'", clean, NULL);
    } else if (is_changed(clean)) {
        safe = g_strconcat(before, " ", clean, NULL);
    }
    return sp_csv_quote(safe != NULL ? safe : clean, ';');
}
