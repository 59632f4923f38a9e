/* Draws without the maths library. */
#include "pipeline/simulate/chance.h"

#include <math.h>

enum { MAX_EXPONENT = 700, N_TERMS = 16 };
static const double LARGE_VARIANCE = 25;
static const double TWO_TO_32 = 4294967296.0;

double sp_sim_exp(double x)
{
    g_assert(x >= -MAX_EXPONENT && x <= MAX_EXPONENT);
    guint n_halvings = 0;
    while (x > 0.5 || x < -0.5) {
        x *= 0.5;
        n_halvings++;
    }
    double sum = 1;
    for (int i = N_TERMS; i >= 1; i--) {
        sum = 1 + x * sum / i;
    }
    for (; n_halvings > 0; n_halvings--) {
        sum *= sum;
    }
    return sum;
}

double sp_sim_logistic(double x)
{
    return 1 / (1 + sp_sim_exp(-CLAMP(x, -40, 40)));
}

double sp_sim_normal(SpRandom random, guint64 index)
{
    guint32 words[SP_RANDOM_WORDS];
    sp_random_block(random, index, words);
    guint32 sum = 0;
    for (int i = 0; i < SP_RANDOM_WORDS; i++) {
        sum += (words[i] & 0xffffU) + (words[i] >> 16);
    }
    /* The sum has mean 8 * 32767.5 and variance 8 * (65536^2 - 1) / 12. */
    return ((double)sum - 262140.0) / sqrt(8.0 * (65536.0 * 65536.0 - 1) / 12.0);
}

double sp_sim_heavy(SpRandom random, guint64 index)
{
    double squares = 0;
    SpRandom below = sp_random_numbered(random, index);
    for (guint64 i = 1; i <= 4; i++) {
        double z = sp_sim_normal(below, i);
        squares += z * z;
    }
    /* t with 4 degrees of freedom has variance 2. */
    return sp_sim_normal(below, 0) / sqrt(2 * MAX(squares, 0.01) / 4);
}

/* x^n by squaring. */
static double power(double x, guint32 n)
{
    double result = 1;
    for (; n > 0; n >>= 1) {
        if (n & 1) {
            result *= x;
        }
        x *= x;
    }
    return result;
}

/* Walks up the distribution from 0: `ratio(k)` leads from the chance of k to that of k + 1. */
static guint32 walk_binomial(double u, guint32 n, double p)
{
    double q = 1 - p;
    double odds = p / q;
    double chance = power(q, n);
    guint32 k = 0;
    while (u >= chance && k < n) {
        u -= chance;
        chance *= odds * (double)(n - k) / (double)(k + 1);
        k++;
    }
    return k;
}

static guint32 round_normal(SpRandom random, guint64 index, double mean, double variance,
                            double highest)
{
    double x = floor(mean + sqrt(variance) * sp_sim_normal(random, index) + 0.5);
    return (guint32)CLAMP(x, 0, highest);
}

guint32 sp_sim_binomial(SpRandom random, guint64 index, guint32 n, double p)
{
    if (n == 0 || !(p > 0)) {
        return 0;
    }
    if (p >= 1) {
        return n;
    }
    if (p > 0.5) {
        return n - sp_sim_binomial(random, index, n, 1 - p);
    }
    double variance = n * p * (1 - p);
    if (variance > LARGE_VARIANCE) {
        return round_normal(random, index, n * p, variance, n);
    }
    return walk_binomial(sp_random_uniform(random, index), n, p);
}

guint32 sp_sim_poisson(SpRandom random, guint64 index, double mean)
{
    if (!(mean > 0)) {
        return 0;
    }
    if (mean > LARGE_VARIANCE) {
        return round_normal(random, index, mean, mean, TWO_TO_32 / 2);
    }
    double u = sp_random_uniform(random, index);
    double chance = sp_sim_exp(-mean);
    guint32 k = 0;
    while (u >= chance && k < 10 * LARGE_VARIANCE) {
        u -= chance;
        k++;
        chance *= mean / k;
    }
    return k;
}

guint32 sp_sim_threshold(double p)
{
    double scaled = floor(CLAMP(p, 0, 1) * TWO_TO_32);
    return scaled >= TWO_TO_32 ? G_MAXUINT32 : (guint32)scaled;
}
