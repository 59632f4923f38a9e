/**
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC11).
 *
 * A number is a function of a key and an index and of nothing else: there is no state, so any
 * number may be drawn at any time, on any thread, in any order, and is always the same. A key is
 * made by naming what the number is for, level by level:
 *
 *   SpRandom run = sp_random_seed(42);
 *   SpRandom use = sp_random_named(run, "use");           component
 *   SpRandom oslo = sp_random_named(use, "0301");         code
 *   guint64 bits = sp_random_bits(oslo, draw);            index
 */
#ifndef SP_CORE_RANDOM_H
#define SP_CORE_RANDOM_H

#include <glib.h>

typedef struct {
    guint32 key[2];
} SpRandom;

enum { SP_RANDOM_WORDS = 4 };

/** The key of a run. Different seeds give different keys. */
SpRandom sp_random_seed(guint64 seed);
/** The key below another for a name (any bytes up to the NUL). */
SpRandom sp_random_named(SpRandom parent, const char *name);
/** The key below another for a number. Different numbers below one parent give different keys. */
SpRandom sp_random_numbered(SpRandom parent, guint64 number);

/** 128 independent bits for an index, as four words. */
void sp_random_block(SpRandom random, guint64 index, guint32 words[SP_RANDOM_WORDS]);
/** The first 64 of them. */
guint64 sp_random_bits(SpRandom random, guint64 index);
/** A double in [0, 1): a multiple of 2^-53. */
double sp_random_uniform(SpRandom random, guint64 index);
/** A whole number in [0, n), n > 0: the high half of a product, so its bias is below n / 2^64. */
guint64 sp_random_below(SpRandom random, guint64 index, guint64 n);

/** The function itself, for its published test vectors: counter [4] and key [2] to words [4]. */
void sp_random_philox(const guint32 counter[4], const guint32 key[2],
                      guint32 words[SP_RANDOM_WORDS]);

#endif
