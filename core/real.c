/* Figures with status and flags: how they add, divide and are written. */
#include "core/real.h"

#include <math.h>
#include <string.h>

static const char *const signs[] = {
    [SP_PRESENT] = "",    [SP_ZERO] = "-",     [SP_BELOW_UNIT] = "0", [SP_NOT_APPLICABLE] = ".",
    [SP_PENDING] = "...", [SP_MISSING] = "..", [SP_SUPPRESSED] = ":",
};
/* Of the larger of two numbers: equal ones differ by less, and figures are told with nine
 * digits. */
#define ROUNDING 1e-9

static const char flag_letters[] = "pmcbsur"; /* letter i stands for the flag 1 << i */

SpReal sp_real(double value)
{
    if (!isfinite(value)) {
        return sp_real_none(SP_MISSING);
    }
    /* A negative zero would be written "-0" by some and "0" by others. */
    return value == 0.0 ? sp_real_none(SP_ZERO) : (SpReal){.value = value, .status = SP_PRESENT};
}

SpReal sp_real_flagged(double value, guint flags)
{
    SpReal real = sp_real(value);
    real.flags = (guint8)flags;
    return real;
}

double sp_real_change(double earlier, double later)
{
    const double change = later - earlier;
    return fabs(change) < ROUNDING * fmax(fabs(earlier), fabs(later)) ? 0.0 : change;
}

SpReal sp_real_none(SpStatus status)
{
    return (SpReal){.value = 0.0, .status = (guint8)status};
}

gboolean sp_real_is_number(SpReal real)
{
    return real.status <= SP_BELOW_UNIT;
}

static gboolean propagates(SpReal real)
{
    return real.status >= SP_PENDING;
}

SpReal sp_real_add(SpReal a, SpReal b)
{
    SpReal sum;
    if (a.status == SP_NOT_APPLICABLE || b.status == SP_NOT_APPLICABLE) {
        return a.status == SP_NOT_APPLICABLE ? b : a;
    }
    if (propagates(a) || propagates(b)) {
        sum = sp_real_none(MAX(a.status, b.status));
    } else {
        sum = sp_real(a.value + b.value);
        if (sum.status == SP_ZERO && (a.status == SP_BELOW_UNIT || b.status == SP_BELOW_UNIT)) {
            sum.status = SP_BELOW_UNIT;
        }
    }
    sum.flags = a.flags | b.flags;
    return sum;
}

SpReal sp_real_sum(const SpReal reals[], gsize n)
{
    SpReal sum = sp_real_none(SP_NOT_APPLICABLE);
    for (gsize i = 0; i < n; i++) {
        sum = sp_real_add(sum, reals[i]);
    }
    return sum;
}

SpReal sp_real_rate(SpReal numerator, SpReal denominator, double per)
{
    SpReal rate;
    if (propagates(numerator) || propagates(denominator)) {
        rate = sp_real_none(MAX(numerator.status, denominator.status));
    } else if (numerator.status == SP_NOT_APPLICABLE || denominator.value == 0.0) {
        rate = sp_real_none(SP_NOT_APPLICABLE);
    } else {
        rate = sp_real(numerator.value * per / denominator.value);
    }
    rate.flags = numerator.flags | denominator.flags;
    return rate;
}

const char *sp_status_sign(SpStatus status)
{
    return signs[status];
}

gboolean sp_status_find(const char *sign, SpStatus *status)
{
    for (guint i = 0; i < G_N_ELEMENTS(signs); i++) {
        if (strcmp(sign, signs[i]) == 0) {
            *status = (SpStatus)i;
            return TRUE;
        }
    }
    return FALSE;
}

const char *sp_flags_format(guint flags, char buffer[SP_FLAGS_TEXT_SIZE])
{
    gsize n = 0;
    for (guint i = 0; flag_letters[i] != '\0'; i++) {
        if (flags & (1u << i)) {
            buffer[n++] = flag_letters[i];
        }
    }
    buffer[n] = '\0';
    return buffer;
}

gboolean sp_flags_parse(const char *text, guint8 *flags)
{
    guint found = 0;
    for (; *text != '\0'; text++) {
        const char *letter = strchr(flag_letters, *text);
        if (letter == NULL) {
            return FALSE;
        }
        found |= 1u << (letter - flag_letters);
    }
    *flags = (guint8)found;
    return TRUE;
}
