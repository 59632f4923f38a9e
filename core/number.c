/* Numbers as text. Where decimal and binary meet, every fast path is exact; what it cannot take
 * goes to the C library, in the C locale. */
#include "core/number.h"

#include <math.h>
#include <string.h>

const SpNumberForm sp_number_plain = {.decimal = '.', .thousands = '\0'};
const SpNumberForm sp_number_norwegian = {.decimal = ',', .thousands = ' '};

static const double exact_limit =
    9007199254740992.0; /* 2^53: below it every whole number is a double */
/* The powers of ten that are doubles: one multiplication or division by them is correctly rounded.
 */
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define MAX_POWER ((int)G_N_ELEMENTS(powers) - 1)
#define SIGNIFICANT 9
#define MINUS "\xE2\x88\x92"                 /* U+2212 */
#define NO_BREAK_SPACE "\xC2\xA0"            /* U+00A0 */
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
    if (starts_with(at, end, NO_BREAK_SPACE)) {
        return strlen(NO_BREAK_SPACE);
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
    if (starts_with(at, end, MINUS)) {
        *is_negative = TRUE;
        return at + strlen(MINUS);
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
    if (decimal->n_significant <= 15 && ABS(decimal->exponent) <= MAX_POWER) {
        double digits = (double)decimal->digits;
        return decimal->exponent < 0 ? digits / powers[-decimal->exponent]
                                     : digits * powers[decimal->exponent];
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
    if (fabs((double)value) < exact_limit) {
        return (double)value / powers[decimals];
    }
    char text[SP_NUMBER_SIZE];
    g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT "e-%u", value, decimals);
    return g_ascii_strtod(text, NULL);
}

/* Nine significant digits of a positive number: it rounds to digits * 10^exponent, 1e8 <= digits <
 * 1e9. */
typedef struct {
    guint64 digits;
    int exponent;
} Nine;

/* `d` tells on which side of the half the exact value lies (0: on it). */
static Nine rounded(guint64 digits, int exponent, double d)
{
    if (d > 0 || (d == 0.0 && (digits & 1) == 1)) {
        digits++;
    }
    return digits == 1000000000 ? (Nine){100000000, exponent + 1} : (Nine){digits, exponent};
}

/* For 1e-7 < value < 1e9. The product of two doubles is the sum of two, product and error, exactly;
 * so the side of the half is known exactly too: the product decides unless it lies on the half, and
 * then the sign of the error does. */
static Nine nine_of_small(double value)
{
    int binary;
    frexp(value, &binary);
    /* floor(log10) from the binary exponent, at most one too low; log10(2) = 0.30103. */
    int magnitude = (int)floor((binary - 1) * 0.30102999566398120);
    double power = powers[SIGNIFICANT - 1 - magnitude];
    if (value * power >= 1e9) {
        magnitude++;
        power = powers[SIGNIFICANT - 1 - magnitude];
    }
    double product = value * power;
    double error = fma(value, power, -product);
    double digits = floor(product);
    double d = product - digits - 0.5;
    return rounded((guint64)digits, magnitude - (SIGNIFICANT - 1), d != 0.0 ? d : error);
}

/* For numbers from 1e9 to 2^53 that are not whole: the fraction only decides what would be a tie.
 */
static Nine nine_of_large(double value)
{
    guint64 whole = (guint64)value, power = 10;
    int exponent = 1;
    for (; whole / power >= 1000000000; power *= 10) {
        exponent++;
    }
    guint64 digits = whole / power, rest = whole % power;
    double d = (double)rest - (double)power / 2;
    return rounded(digits, exponent, d != 0.0 ? d : value - (double)whole);
}

/* Outside those ranges: the C library's exact conversion, "d.dddddddde+XX". */
static Nine nine_of_any(double value)
{
    char text[SP_NUMBER_SIZE];
    g_ascii_formatd(text, sizeof text, "%.8e", value);
    Nine nine = {0, 0};
    const char *at = text;
    for (; *at != 'e'; at++) {
        if (*at != '.') {
            nine.digits = nine.digits * 10 + (guint64)(*at - '0');
        }
    }
    gint64 exponent = 0;
    sp_number_parse_int(at + 1, strlen(at + 1), &exponent);
    nine.exponent = (int)exponent - (SIGNIFICANT - 1);
    return nine;
}

static Nine nine_of(double value)
{
    if (value > 1e-7 && value < 1e9) {
        return nine_of_small(value);
    }
    return value >= 1e9 && value < exact_limit ? nine_of_large(value) : nine_of_any(value);
}

static gboolean is_exact_whole(double value)
{
    return fabs(value) < exact_limit && value == floor(value);
}

static char *write_whole(char *at, guint64 whole)
{
    char digits[24];
    gsize n = 0;
    do {
        digits[n++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    while (n > 0) {
        *at++ = digits[--n];
    }
    return at;
}

/* The canonical form of n digits, the last not 0; the decimal point stands before digit number
 * `point`. */
static char *write_decimal(char *at, const char *digits, int n, int point)
{
    if (point < -6 || point > 16) {
        *at++ = digits[0];
        if (n > 1) {
            *at++ = '.';
            memcpy(at, digits + 1, (gsize)(n - 1));
            at += n - 1;
        }
        int exponent = point - 1;
        *at++ = 'e';
        *at++ = exponent < 0 ? '-' : '+';
        if (ABS(exponent) < 10) {
            *at++ = '0';
        }
        return write_whole(at, (guint64)ABS(exponent));
    }
    if (point <= 0) {
        *at++ = '0';
        *at++ = '.';
        memset(at, '0', (gsize)-point);
        at += -point;
        memcpy(at, digits, (gsize)n);
        return at + n;
    }
    int n_whole = MIN(n, point);
    memcpy(at, digits, (gsize)n_whole);
    at += n_whole;
    if (n > point) {
        *at++ = '.';
        memcpy(at, digits + point, (gsize)(n - point));
        return at + (n - point);
    }
    memset(at, '0', (gsize)(point - n));
    at += point - n;
    return at;
}

gsize sp_number_format(double value, char buffer[SP_NUMBER_SIZE])
{
    g_assert(isfinite(value));
    char *at = buffer;
    if (value < 0) {
        *at++ = '-';
        value = -value;
    }
    if (is_exact_whole(value)) {
        at = write_whole(at, (guint64)value);
    } else {
        Nine nine = nine_of(value);
        int point = nine.exponent + SIGNIFICANT;
        while (nine.digits % 10 == 0) {
            nine.digits /= 10;
        }
        char digits[SIGNIFICANT];
        int n = (int)(write_whole(digits, nine.digits) - digits);
        at = write_decimal(at, digits, n, point);
    }
    *at = '\0';
    return (gsize)(at - buffer);
}

double sp_number_round(double value)
{
    g_assert(isfinite(value));
    if (is_exact_whole(value)) {
        return value == 0.0 ? 0.0 : value;
    }
    Nine nine = nine_of(fabs(value));
    if (ABS(nine.exponent) <= MAX_POWER) {
        double digits = (double)nine.digits;
        double found =
            nine.exponent < 0 ? digits / powers[-nine.exponent] : digits * powers[nine.exponent];
        return copysign(found, value);
    }
    char text[SP_NUMBER_SIZE];
    sp_number_format(value, text);
    return g_ascii_strtod(text, NULL);
}

gsize sp_number_print(double value, guint decimals, char buffer[SP_NUMBER_PRINT_SIZE])
{
    g_assert(isfinite(value) && decimals <= 9);
    char text[SP_NUMBER_PRINT_SIZE];
    if (fabs(value) < 1e36) {
        char format[] = {'%', '.', (char)('0' + decimals), 'f', '\0'};
        g_ascii_formatd(text, sizeof text, format, fabs(value));
    } else {
        sp_number_format(fabs(value), text);
    }
    char *at = buffer;
    gsize n_whole = strspn(text, "0123456789");
    if (value < 0 && strpbrk(text, "123456789") != NULL) {
        at = stpcpy(at, MINUS);
    }
    for (gsize i = 0; text[i] != '\0'; i++) {
        if (i > 0 && i < n_whole && (n_whole - i) % 3 == 0) {
            at = stpcpy(at, NO_BREAK_SPACE);
        }
        *at++ = text[i];
        if (text[i] == '.') {
            at[-1] = ',';
        }
    }
    *at = '\0';
    return (gsize)(at - buffer);
}
