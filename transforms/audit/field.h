/** Exact arithmetic of fractions modulo the prime 2^63 - 25, the largest below 2^63: elimination
 * without growth or rounding. */
#ifndef SP_TRANSFORMS_AUDIT_FIELD_H
#define SP_TRANSFORMS_AUDIT_FIELD_H

#include <glib.h>

/** Residues are 0 … SP_FIELD_PRIME - 1. */
#define SP_FIELD_PRIME ((G_GUINT64_CONSTANT(1) << 63) - 25)

__extension__ typedef unsigned __int128 SpFieldProduct;

static inline guint64 sp_field_add(guint64 a, guint64 b)
{
    const guint64 sum = a + b;
    return sum >= SP_FIELD_PRIME ? sum - SP_FIELD_PRIME : sum;
}

static inline guint64 sp_field_negate(guint64 a)
{
    return a == 0 ? 0 : SP_FIELD_PRIME - a;
}

/* 2^63 is 25: the upper part is multiplied by it and added to the lower, twice. */
static inline guint64 sp_field_multiply(guint64 a, guint64 b)
{
    const guint64 low = G_GUINT64_CONSTANT(0x7fffffffffffffff);
    const SpFieldProduct product = (SpFieldProduct)a * b;
    const SpFieldProduct once =
        ((guint64)product & low) + (SpFieldProduct)25 * (guint64)(product >> 63);
    const guint64 twice = ((guint64)once & low) + 25 * (guint64)(once >> 63);
    return twice >= SP_FIELD_PRIME ? twice - SP_FIELD_PRIME : twice;
}

/** 1 / a, a not 0: a^(p - 2), by Fermat. */
static inline guint64 sp_field_inverse(guint64 a)
{
    guint64 inverse = 1;
    for (guint64 power = SP_FIELD_PRIME - 2; power > 0; power >>= 1) {
        inverse = (power & 1) != 0 ? sp_field_multiply(inverse, a) : inverse;
        a = sp_field_multiply(a, a);
    }
    return inverse;
}

#endif
