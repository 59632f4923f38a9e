/**
 * Draws of the simulator, on core/random.h.
 *
 * Nothing here calls the maths library: additions, multiplications, divisions and square roots are
 * exact by IEEE 754 on every machine, exp() and log() are not. So the same seed gives the same
 * counts whatever the processor and library.
 */
#ifndef SP_SIMULATE_CHANCE_H
#define SP_SIMULATE_CHANCE_H

#include "core/random.h"

/** e^x for |x| <= 700, by halving and a series; relative error below 1e-14. */
double sp_sim_exp(double x);
/** 1 / (1 + e^-x). */
double sp_sim_logistic(double x);

/** Near-normal, mean 0 and variance 1: eight 16-bit uniforms summed, so never beyond 4.9. */
double sp_sim_normal(SpRandom random, guint64 index);
/** Heavy-tailed: Student's t with 4 degrees of freedom scaled to variance 1 (of such normals). */
double sp_sim_heavy(SpRandom random, guint64 index);

/** How many of `n` trials succeed, each with probability `p` (outside 0-1: taken as 0 or 1). Exact
 * for small n * p, normal with a continuity correction for large. */
guint32 sp_sim_binomial(SpRandom random, guint64 index, guint32 n, double p);
/** A count with that mean, by the same rules. */
guint32 sp_sim_poisson(SpRandom random, guint64 index, double mean);

/** A probability as a threshold on 32 random bits: `bits < threshold` has it within 2^-32. */
guint32 sp_sim_threshold(double p);

#endif
