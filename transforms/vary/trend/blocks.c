/* Blocks of a series in another order. */
#include "transforms/vary/trend/blocks.h"

#include "transforms/vary/trend/kendall.h"

#include <math.h>

/* Of six points blocks can be laid out in 36 ways only, and more of them than 5 % alarm at 5 %. */
enum { LEAST_POINTS = 12 };

/* Blocks begin anywhere; what runs past the end goes on at the beginning. */
static void lay_blocks(gsize n, const double y[], gsize length, SpRandom replicate, double laid[])
{
    gsize start = 0;
    for (gsize i = 0; i < n; i++) {
        if (i % length == 0) {
            start = sp_random_below(replicate, i / length, n);
        }
        laid[i] = y[(start + i % length) % n];
    }
}

static gboolean varies(gsize n, const double y[])
{
    for (gsize i = 1; i < n; i++) {
        if (y[i] != y[0]) {
            return TRUE;
        }
    }
    return FALSE;
}

SpReal sp_trend_blocks(gsize n, const double y[], gsize length, SpRandom key, guint replicates)
{
    if (n < LEAST_POINTS || !varies(n, y)) {
        return sp_real_none(SP_MISSING);
    }
    g_autofree double *laid = g_new(double, n);
    const gsize points = length > 0 ? length : (gsize)ceil(sqrt((double)n));
    const double own = fabs(sp_trend_s(n, y));
    guint n_beyond = 1;
    for (guint r = 0; r < replicates; r++) {
        lay_blocks(n, y, points, sp_random_numbered(key, r), laid);
        n_beyond += fabs(sp_trend_s(n, laid)) >= own ? 1 : 0;
    }
    return sp_real((double)n_beyond / (replicates + 1.0));
}
