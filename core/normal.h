/**
 * Standard normal numbers in bulk, on core/random.h: a function of key and index alone.
 *
 * A number is a look-up of 12 random bits among the middles of 4096 equally likely slices of the
 * distribution, scaled to variance 1: what follows is exact IEEE arithmetic, so no maths library of
 * a processor can tell. Its range is about -3.7 to 3.7; what needs a finer tail takes a sum of
 * several.
 */
#ifndef SP_CORE_NORMAL_H
#define SP_CORE_NORMAL_H

#include "core/random.h"

enum {
    SP_NORMALS_SIZE = 4096,
    SP_NORMALS_PER_BLOCK = 8, /* numbers that one block of random bits gives */
};

/** The slices, filled once and then shared by any number of threads. */
typedef struct {
    float middle[SP_NORMALS_SIZE]; /* rising */
} SpNormals;

void sp_normals_init(SpNormals *normals);

/**
 * Numbers first, first + 1, ... of a key.
 *
 *   first   a multiple of SP_NORMALS_PER_BLOCK
 *   normal  [n]
 */
void sp_normals_draw(const SpNormals *normals, SpRandom random, guint64 first, gsize n,
                     float normal[]);

#endif
