/** Exact arithmetic of fractions modulo the prime 2^61 - 1: elimination without growth or
 * rounding. */
#ifndef SP_TRANSFORMS_PROTECT_RESIDUE_H
#define SP_TRANSFORMS_PROTECT_RESIDUE_H

#include <glib.h>

/** Residues are 0 … SP_RESIDUE_PRIME - 1. Two different fractions of small numbers have different
 * residues; of large ones the chance of the same is one in 2 · 10^18. */
#define SP_RESIDUE_PRIME G_GUINT64_CONSTANT(0x1fffffffffffffff)

__extension__ typedef unsigned __int128 SpResidueProduct;

static inline guint64 sp_residue_of(gint64 number)
{
    const gint64 rest = number % (gint64)SP_RESIDUE_PRIME;
    return (guint64)(rest < 0 ? rest + (gint64)SP_RESIDUE_PRIME : rest);
}

/* 2^61 is 1, so that the upper half is added to the lower. */
static inline guint64 sp_residue_multiply(guint64 a, guint64 b)
{
    const SpResidueProduct product = (SpResidueProduct)a * b;
    const guint64 sum = ((guint64)product & SP_RESIDUE_PRIME) + (guint64)(product >> 61);
    return sum >= SP_RESIDUE_PRIME ? sum - SP_RESIDUE_PRIME : sum;
}

static inline guint64 sp_residue_add(guint64 a, guint64 b)
{
    return a + b >= SP_RESIDUE_PRIME ? a + b - SP_RESIDUE_PRIME : a + b;
}

static inline guint64 sp_residue_subtract(guint64 a, guint64 b)
{
    return a >= b ? a - b : a + SP_RESIDUE_PRIME - b;
}

/** 1 / a; of 0 it is 0. */
guint64 sp_residue_inverse(guint64 a);

/** The same of many [n], in their place and much faster. */
void sp_residue_invert(gsize n, guint64 values[]);

/** The sign (-1, 0, 1) of the fraction n / d with the smallest numbers that has this residue: the
 * fraction itself while |n| and d are below 2^30 (Wang, SYMSAC 1981, rational reconstruction). */
int sp_residue_sign(guint64 a);

#endif
