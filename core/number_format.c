/* Numbers to text. Rounding to nine digits is exact: it is decided on the decimal expansion of the
 * double, with the C library where the fast paths end. */
#include "core/number.h"

#include "core/number_parts.h"

#include <math.h>
#include <string.h>

#define SIGNIFICANT 9

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
    double power = sp_number_powers[SIGNIFICANT - 1 - magnitude];
    if (value * power >= 1e9) {
        magnitude++;
        power = sp_number_powers[SIGNIFICANT - 1 - magnitude];
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
    return value >= 1e9 && value < SP_NUMBER_EXACT_LIMIT ? nine_of_large(value)
                                                         : nine_of_any(value);
}

static gboolean is_exact_whole(double value)
{
    return fabs(value) < SP_NUMBER_EXACT_LIMIT && value == floor(value);
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
    if (ABS(nine.exponent) <= SP_NUMBER_MAX_POWER) {
        double digits = (double)nine.digits;
        double found = nine.exponent < 0 ? digits / sp_number_powers[-nine.exponent]
                                         : digits * sp_number_powers[nine.exponent];
        return copysign(found, value);
    }
    char text[SP_NUMBER_SIZE];
    sp_number_format(value, text);
    return g_ascii_strtod(text, NULL);
}

gsize sp_number_format_full(double value, char buffer[SP_NUMBER_SIZE])
{
    static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
    g_assert(isfinite(value));
    if (fabs(value) < 9007199254740992.0 && floor(value) == value) {
        return (gsize)g_snprintf(buffer, SP_NUMBER_SIZE, "%" G_GINT64_FORMAT, (gint64)value);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        const double back =
            g_ascii_strtod(g_ascii_formatd(buffer, SP_NUMBER_SIZE, formats[i], value), NULL);
        if (back >= value && back <= value) {
            break;
        }
    }
    return strlen(buffer);
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
        at = stpcpy(at, SP_NUMBER_MINUS);
    }
    for (gsize i = 0; text[i] != '\0'; i++) {
        if (i > 0 && i < n_whole && (n_whole - i) % 3 == 0) {
            at = stpcpy(at, SP_NUMBER_NO_BREAK_SPACE);
        }
        *at++ = text[i];
        if (text[i] == '.') {
            at[-1] = ',';
        }
    }
    *at = '\0';
    return (gsize)(at - buffer);
}
