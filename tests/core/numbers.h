/** Random doubles and a foreign locale, for the tests of numbers as text. */
#ifndef SP_TESTS_CORE_NUMBERS_H
#define SP_TESTS_CORE_NUMBERS_H

#include "tests/check.h"

#include "core/number.h"

#include <locale.h>

/* splitmix64: the same doubles in every run. */
static inline guint64 next_random(guint64 *state)
{
    guint64 z = *state += G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static inline double random_double(guint64 *state, int lowest, int highest)
{
    double mantissa = (double)(next_random(state) >> 11) * 0x1p-53;
    int exponent = lowest + (int)(next_random(state) % (guint64)(highest - lowest));
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
