/** Random doubles and a foreign locale, for the tests of numbers as text. */
#ifndef SP_TESTS_CORE_NUMBERS_H
#define SP_TESTS_CORE_NUMBERS_H

#include "tests/check.h"
#include "tests/seed.h"

#include "core/number.h"

#include <locale.h>

static inline double random_double(guint64 *state, int lowest, int highest)
{
    double mantissa = (double)(seed_bits(state) >> 11) * 0x1p-53;
    int exponent = lowest + (int)(seed_bits(state) % (guint64)(highest - lowest));
    return ldexp(1 + mantissa, exponent);
}

/** Checks a claim under a locale that writes a decimal comma. A machine without one cannot tell
 * whether the locale matters: the test is then skipped. */
static inline void check_under_comma_locale(void (*claim)(void))
{
    locale_t comma = newlocale(LC_ALL_MASK, "nb_NO.UTF-8", (locale_t)0);
    comma = comma != (locale_t)0 ? comma : newlocale(LC_ALL_MASK, "de_DE.UTF-8", (locale_t)0);
    if (comma == (locale_t)0) {
        skip();
    }
    locale_t before = uselocale(comma);
    claim();
    uselocale(before);
    freelocale(comma);
}

#endif
