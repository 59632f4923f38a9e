/** Numbers that look random and are the same in every run: splitmix64 (Steele, Lea and Flood
 * 2014). */
#ifndef SP_TESTS_SEED_H
#define SP_TESTS_SEED_H

#include <glib.h>

static inline guint64 seed_bits(guint64 *seed)
{
    guint64 z = *seed += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/** From 0 to `n` - 1. */
static inline int seed_next(guint64 *seed, int n)
{
    return (int)(seed_bits(seed) >> 33) % n;
}

#endif
