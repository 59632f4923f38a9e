/**
 * Loops over draws, the innermost index everywhere: plain arrays of float in order of draw, no
 * allocation, no function of a maths library, so that every processor gives the same bytes.
 */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_LANES_H
#define SP_TRANSFORMS_PROJECT_DRAWS_LANES_H

#include <glib.h>

static inline void sp_lanes_fill(float value, gsize n, float *to)
{
    for (gsize i = 0; i < n; i++) {
        to[i] = value;
    }
}

static inline void sp_lanes_add(float factor, const float *restrict from, gsize n,
                                float *restrict sum)
{
    for (gsize i = 0; i < n; i++) {
        sum[i] += factor * from[i];
    }
}

static inline void sp_lanes_multiply(const float *restrict by, gsize n, float *restrict product)
{
    for (gsize i = 0; i < n; i++) {
        product[i] *= by[i];
    }
}

static inline void sp_lanes_scale(float by, gsize n, float *x)
{
    for (gsize i = 0; i < n; i++) {
        x[i] *= by;
    }
}

/** One step of a walk: x = kept x + step z. */
static inline void sp_lanes_step(float kept, float step, const float *restrict z, gsize n,
                                 float *restrict x)
{
    for (gsize i = 0; i < n; i++) {
        x[i] = kept * x[i] + step * z[i];
    }
}

/**
 * exp(x): the sixteenth power of Taylor's polynomial of degree 4 of x / 16, right to 2e-5 of itself
 * for |x| <= 2 and to 1 % for |x| <= 8, positive and rising from -8 on; below that as at -8.
 * Nothing but sums and products: the same on every processor, and a loop of it is vectorised.
 */
static inline float sp_lane_exp(float x)
{
    float y = (x > -8.0F ? x : -8.0F) * 0.0625F;
    float e = 1.0F + y * (1.0F + y * (0.5F + y * (1.0F / 6.0F + y * (1.0F / 24.0F))));
    e *= e;
    e *= e;
    e *= e;
    return e * e;
}

/** to = exp(from + offset); the two may be the same. */
static inline void sp_lanes_exp(const float *from, float offset, gsize n, float *to)
{
    for (gsize i = 0; i < n; i++) {
        to[i] = sp_lane_exp(from[i] + offset);
    }
}

#endif
