/* Normal numbers by look-up. */
#include "core/normal.h"

#include <math.h>

enum { HALF = SP_NORMALS_SIZE / 2, N_STEPS = 8, BITS_OF_ONE = 16, BITS_UNUSED = 4 };

/* The z above 0 below which a share p >= .5 lies. The distribution bends downwards there, so
 * Newton's steps from a smaller z never pass it. */
static double solve(double p, double z)
{
    for (int step = 0; step < N_STEPS; step++) {
        double below = 0.5 * erfc(-z / G_SQRT2);
        double density = exp(-z * z / 2) / sqrt(2 * G_PI);
        z += (p - below) / density;
    }
    return z;
}

void sp_normals_init(SpNormals *normals)
{
    double middle[HALF], square = 0, z = 0;
    for (gsize i = 0; i < HALF; i++) {
        z = solve(0.5 + ((double)i + 0.5) / SP_NORMALS_SIZE, z);
        middle[i] = z;
        square += z * z / HALF;
    }
    for (gsize i = 0; i < HALF; i++) {
        float scaled = (float)(middle[i] / sqrt(square));
        normals->middle[HALF + i] = scaled;
        normals->middle[HALF - 1 - i] = -scaled;
    }
}

void sp_normals_draw(const SpNormals *normals, SpRandom random, guint64 first, gsize n,
                     float normal[])
{
    g_assert(first % SP_NORMALS_PER_BLOCK == 0);
    guint64 index = first / SP_NORMALS_PER_BLOCK;
    for (gsize i = 0; i < n; index++) {
        guint32 words[SP_RANDOM_WORDS];
        sp_random_block(random, index, words);
        for (gsize k = 0; k < SP_NORMALS_PER_BLOCK && i < n; k++, i++) {
            guint32 half = words[k / 2] >> (k % 2 * BITS_OF_ONE) & 0xffffU;
            normal[i] = normals->middle[half >> BITS_UNUSED];
        }
    }
}
