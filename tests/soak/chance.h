/** Chance for pasts that are made up: a stream of numbers by a key, with tails that are heavier
 * than the normal ones which the projections draw. */
#ifndef SP_TESTS_SOAK_CHANCE_H
#define SP_TESTS_SOAK_CHANCE_H

#include "core/random.h"

#include <math.h>

/** Numbers of one purpose, one after another: the same whatever else is drawn. */
typedef struct {
    SpRandom key;
    guint64 next;
} Chance;

static inline Chance chance_of(SpRandom key, const char *purpose)
{
    return (Chance){.key = sp_random_named(key, purpose)};
}

/** In (0, 1). */
static inline double chance_uniform(Chance *chance)
{
    return (sp_random_uniform(chance->key, chance->next++) * 0x1p53 + 0.5) * 0x1p-53;
}

static inline double chance_normal(Chance *chance)
{
    double radius = sqrt(-2.0 * log(chance_uniform(chance)));
    return radius * cos(2.0 * G_PI * chance_uniform(chance));
}

/** Student's t with four degrees of freedom, scaled to standard deviation 1. */
static inline double chance_heavy(Chance *chance)
{
    double four = -2.0 * (log(chance_uniform(chance)) + log(chance_uniform(chance)));
    return chance_normal(chance) / sqrt(four / 4.0) / sqrt(2.0);
}

/** A Poisson number; normal, rounded, from 60 on. */
static inline double chance_poisson(Chance *chance, double mean)
{
    if (!(mean > 0.0)) {
        return 0.0;
    }
    if (mean > 60.0) {
        return fmax(0.0, floor(mean + sqrt(mean) * chance_normal(chance) + 0.5));
    }
    double product = chance_uniform(chance), least = exp(-mean), n = 0.0;
    while (product > least) {
        product *= chance_uniform(chance);
        n += 1.0;
    }
    return n;
}

/** How many of n (a whole number) it happens to: one by one below 12, Poisson where it is rare,
 * else normal, rounded. */
static inline double chance_binomial(Chance *chance, double n, double share)
{
    double hit = 0.0, mean = n * share;
    if (n < 12.0) {
        for (guint i = 0; i < (guint)n; i++) {
            hit += chance_uniform(chance) < share ? 1.0 : 0.0;
        }
        return hit;
    }
    if (share < 0.05 && mean < 60.0) {
        return fmin(n, chance_poisson(chance, mean));
    }
    hit = floor(mean + sqrt(fmax(0.0, mean * (1.0 - share))) * chance_normal(chance) + 0.5);
    return fmin(n, fmax(0.0, hit));
}

/** A whole number that is x on the average, so that small levels are not rounded away: a part of
 * one is one by chance. 0 for x < 0. */
static inline double chance_whole(Chance *chance, double x)
{
    double whole = floor(fmax(0.0, x)), part = fmax(0.0, x) - whole;
    return whole + (chance_uniform(chance) < part ? 1.0 : 0.0);
}

/** Places or positions that are filled: a whole number near a level, drawn to it a year at a time
 * and off it by chance that is some share (`loose`) of a Poisson number's. */
static inline double chance_filled(Chance *chance, double before, double level, double loose)
{
    double off = 0.4 * (before - level) + loose * sqrt(level) * chance_heavy(chance);
    return chance_whole(chance, level + off);
}

#endif
