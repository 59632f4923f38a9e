/* Numbers from text. Where decimal and binary meet, every fast path is exact; what it cannot take
 * goes to the C library, in the C locale. */
#include "core/number.h"

#include "core/number_parts.h"

#include <math.h>
#include <string.h>

const SpNumberForm sp_number_plain = {.decimal = '.', .thousands = '\0'};
const SpNumberForm sp_number_norwegian = {.decimal = ',', .thousands = ' '};

const double sp_number_powers[SP_NUMBER_MAX_POWER + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define NARROW_NO_BREAK_SPACE "\xE2\x80\xAF" /* U+202F */

static gboolean starts_with(const char *at, const char *end, const char *what)
{
    gsize size = strlen(what);
    return (gsize)(end - at) >= size && memcmp(at, what, size) == 0;
}

/* Bytes of the blank that begins at `at`, 0 if none does. */
static gsize blank_size(const char *at, const char *end)
{
    if (at < end && (*at == ' ' || *at == '\t')) {
        return 1;
    }
    if (starts_with(at, end, SP_NUMBER_NO_BREAK_SPACE)) {
        return strlen(SP_NUMBER_NO_BREAK_SPACE);
    }
    return starts_with(at, end, NARROW_NO_BREAK_SPACE) ? strlen(NARROW_NO_BREAK_SPACE) : 0;
}

static const char *skip_blanks(const char *at, const char *end)
{
    for (gsize size = blank_size(at, end); size > 0; size = blank_size(at, end)) {
        at += size;
    }
    return at;
}

static const char *skip_sign(const char *at, const char *end, gboolean *is_negative)
{
    *is_negative = FALSE;
    if (at < end && (*at == '-' || *at == '+')) {
        *is_negative = *at == '-';
        return at + 1;
    }
    if (starts_with(at, end, SP_NUMBER_MINUS)) {
        *is_negative = TRUE;
        return at + strlen(SP_NUMBER_MINUS);
    }
    return at;
}

/* A number on its way from text: `digits` is exact while n_significant <= 18, and `clean` holds
 * them all, without separators, for the C library. */
typedef struct {
    guint64 digits;
    guint n_significant; /* without leading zeros */
    int exponent;        /* of ten, to apply to `digits` */
    gsize n_clean;
    char clean[SP_NUMBER_TEXT_MAX + 8]; /* the exponent is written anew, with a sign */
} Decimal;

static void take_digit(Decimal *decimal, char digit)
{
    if (decimal->n_significant > 0 || digit != '0') {
        decimal->n_significant++;
    }
    if (decimal->n_significant <= 18) {
        decimal->digits = decimal->digits * 10 + (guint64)(digit - '0');
    }
    decimal->clean[decimal->n_clean++] = digit;
}

static gsize separator_size(const char *at, const char *end, char thousands)
{
    if (thousands == '\0' || at >= end) {
        return 0;
    }
    return thousands == ' ' ? blank_size(at, end) : (gsize)(*at == thousands);
}

static gboolean three_digits(const char *at, const char *end)
{
    return end - at >= 3 && g_ascii_isdigit(at[0]) && g_ascii_isdigit(at[1]) &&
           g_ascii_isdigit(at[2]) && (end - at == 3 || !g_ascii_isdigit(at[3]));
}

/* The whole part. Groups are checked, since "1 2 3" or "12 34" is more likely two columns run
 * together than a number. */
static const char *take_whole(Decimal *decimal, const char *at, const char *end, char thousands)
{
    gsize n_lead = 0;
    for (; at < end && g_ascii_isdigit(*at); at++, n_lead++) {
        take_digit(decimal, *at);
    }
    if (n_lead < 1 || n_lead > 3) {
        return at;
    }
    for (gsize size = separator_size(at, end, thousands); size > 0 && three_digits(at + size, end);
         size = separator_size(at, end, thousands)) {
        at += size;
        for (guint i = 0; i < 3; i++) {
            take_digit(decimal, *at++);
        }
    }
    return at;
}

static const char *take_fraction(Decimal *decimal, const char *at, const char *end, char mark)
{
    if (end - at < 2 || *at != mark || !g_ascii_isdigit(at[1])) {
        return at;
    }
    decimal->clean[decimal->n_clean++] = '.';
    for (at++; at < end && g_ascii_isdigit(*at); at++) {
        take_digit(decimal, *at);
        decimal->exponent--;
    }
    return at;
}

/* NULL when the exponent has no digits or is far outside the range of a double. */
static const char *take_exponent(Decimal *decimal, const char *at, const char *end)
{
    if (at >= end || (*at != 'e' && *at != 'E')) {
        return at;
    }
    at++;
    gboolean is_negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) {
        at++;
    }
    const char *first = at;
    int exponent = 0;
    for (; at < end && g_ascii_isdigit(*at); at++) {
        exponent = exponent * 10 + (*at - '0');
        if (exponent > 1000) {
            return NULL;
        }
    }
    decimal->exponent += is_negative ? -exponent : exponent;
    decimal->clean[decimal->n_clean++] = 'e';
    decimal->clean[decimal->n_clean++] = is_negative ? '-' : '+';
    char tail[16];
    for (gsize n = (gsize)g_snprintf(tail, sizeof tail, "%d", exponent), i = 0; i < n; i++) {
        decimal->clean[decimal->n_clean++] = tail[i];
    }
    return at > first ? at : NULL;
}

/* The value of digits * 10^exponent. Few digits and an exact power: one correctly rounded
 * operation. Else the C library. */
static double value_of(Decimal *decimal)
{
    if (decimal->n_significant <= 15 && ABS(decimal->exponent) <= SP_NUMBER_MAX_POWER) {
        double digits = (double)decimal->digits;
        return decimal->exponent < 0 ? digits / sp_number_powers[-decimal->exponent]
                                     : digits * sp_number_powers[decimal->exponent];
    }
    decimal->clean[decimal->n_clean] = '\0';
    return g_ascii_strtod(decimal->clean, NULL);
}

gboolean sp_number_parse(const char *text, gsize size, SpNumberForm form, double *value)
{
    if (size > SP_NUMBER_TEXT_MAX) {
        return FALSE;
    }
    const char *end = text + size;
    gboolean is_negative;
    Decimal decimal;
    decimal.digits = 0;
    decimal.n_significant = 0;
    decimal.exponent = 0;
    decimal.n_clean = 0;

    const char *at = skip_sign(skip_blanks(text, end), end, &is_negative);
    const char *first = at;
    at = take_whole(&decimal, at, end, form.thousands);
    at = take_fraction(&decimal, at, end, form.decimal);
    if (at == first) {
        return FALSE;
    }
    at = take_exponent(&decimal, at, end);
    if (at == NULL || skip_blanks(at, end) != end) {
        return FALSE;
    }
    double found = decimal.n_significant == 0 ? 0.0 : value_of(&decimal);
    if (!isfinite(found) || (found == 0.0 && decimal.n_significant > 0)) {
        return FALSE;
    }
    *value = is_negative && found != 0.0 ? -found : found;
    return TRUE;
}

gboolean sp_number_parse_int(const char *text, gsize size, gint64 *value)
{
    const char *at = text, *end = text + size;
    gboolean is_negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) {
        at++;
    }
    if (at == end || end - at > 18) {
        return FALSE;
    }
    gint64 found = 0;
    for (; at < end; at++) {
        if (!g_ascii_isdigit(*at)) {
            return FALSE;
        }
        found = found * 10 + (*at - '0');
    }
    *value = is_negative ? -found : found;
    return TRUE;
}

gboolean sp_number_parse_fixed(const char *text, gsize size, char decimal, guint decimals,
                               gint64 *value)
{
    const char *end = text + size;
    gboolean is_negative;
    const char *at = skip_sign(skip_blanks(text, end), end, &is_negative);
    const char *first = at;
    gint64 found = 0;
    guint n_digits = 0, n_after = 0;
    for (gboolean is_fraction = FALSE; at < end; at++) {
        if (*at == decimal && !is_fraction && end - at > 1 && g_ascii_isdigit(at[1])) {
            is_fraction = TRUE;
            continue;
        }
        if (!g_ascii_isdigit(*at)) {
            break;
        }
        n_digits += n_digits > 0 || *at != '0';
        n_after += is_fraction ? 1 : 0;
        if (n_digits > 18 || n_after > decimals) {
            return FALSE;
        }
        found = found * 10 + (*at - '0');
    }
    if (at == first || skip_blanks(at, end) != end) {
        return FALSE;
    }
    for (; n_after < decimals; n_after++) {
        n_digits += n_digits > 0;
        found *= n_digits > 18 ? 0 : 10;
    }
    if (n_digits > 18) {
        return FALSE;
    }
    *value = is_negative ? -found : found;
    return TRUE;
}

double sp_number_of_fixed(gint64 value, guint decimals)
{
    g_assert(decimals <= 9);
    if (fabs((double)value) < SP_NUMBER_EXACT_LIMIT) {
        return (double)value / sp_number_powers[decimals];
    }
    char text[SP_NUMBER_SIZE];
    g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT "e-%u", value, decimals);
    return g_ascii_strtod(text, NULL);
}
