/* Arithmetic modulo 2^61 - 1. */
#include "transforms/protect/residue.h"

/* Fermat: a^(p - 2). */
guint64 sp_residue_inverse(guint64 a)
{
    guint64 power = 1;
    for (guint64 exponent = SP_RESIDUE_PRIME - 2; exponent > 0; exponent >>= 1) {
        if ((exponent & 1) != 0) {
            power = sp_residue_multiply(power, a);
        }
        a = sp_residue_multiply(a, a);
    }
    return power;
}

/* One inversion for all: of their product, from which the inverse of each is parted again
 * (Montgomery, Mathematics of Computation 48, 1987). */
void sp_residue_invert(gsize n, guint64 values[])
{
    g_autofree guint64 *before = g_new(guint64, n + 1); /* products of the values before */
    guint64 product = 1;
    for (gsize i = 0; i < n; i++) {
        before[i] = product;
        product = values[i] != 0 ? sp_residue_multiply(product, values[i]) : product;
    }
    guint64 inverse = sp_residue_inverse(product);
    for (gsize i = n; i-- > 0;) {
        const guint64 value = values[i];
        if (value != 0) {
            values[i] = sp_residue_multiply(inverse, before[i]);
            inverse = sp_residue_multiply(inverse, value);
        }
    }
}

/* Euclid's algorithm on the prime and the residue, stopped when the rest is as small as its
 * factor: rest = factor · a, so a = rest / factor. */
int sp_residue_sign(guint64 a)
{
    const gint64 bound = (gint64)1 << 30;
    gint64 rest[2] = {(gint64)SP_RESIDUE_PRIME, (gint64)a};
    gint64 factor[2] = {0, 1};
    if (a == 0) {
        return 0;
    }
    while (rest[1] > bound) {
        const gint64 quotient = rest[0] / rest[1];
        const gint64 next_rest = rest[0] - quotient * rest[1];
        const gint64 next_factor = factor[0] - quotient * factor[1];
        rest[0] = rest[1];
        rest[1] = next_rest;
        factor[0] = factor[1];
        factor[1] = next_factor;
    }
    return factor[1] < 0 ? -1 : 1;
}
