/* Philox4x32-10. */
#include "core/random.h"

enum { N_ROUNDS = 10 };

static const guint32 MULTIPLIER_0 = 0xD2511F53U;
static const guint32 MULTIPLIER_1 = 0xCD9E8D57U;
static const guint32 WEYL_0 = 0x9E3779B9U;
static const guint32 WEYL_1 = 0xBB67AE85U;

/* The last two words of the counter say what a block is for, so that a key below another never
 * meets its numbers. */
enum { FOR_DRAW = 0, FOR_NUMBER = 1, FOR_NAME = 2 };

void sp_random_philox(const guint32 counter[4], const guint32 key[2],
                      guint32 words[SP_RANDOM_WORDS])
{
    guint32 c0 = counter[0];
    guint32 c1 = counter[1];
    guint32 c2 = counter[2];
    guint32 c3 = counter[3];
    guint32 k0 = key[0];
    guint32 k1 = key[1];
    for (int round = 0; round < N_ROUNDS; round++) {
        guint64 p0 = (guint64)MULTIPLIER_0 * c0;
        guint64 p1 = (guint64)MULTIPLIER_1 * c2;
        c0 = (guint32)(p1 >> 32) ^ c1 ^ k0;
        c2 = (guint32)(p0 >> 32) ^ c3 ^ k1;
        c1 = (guint32)p1;
        c3 = (guint32)p0;
        k0 += WEYL_0;
        k1 += WEYL_1;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
}

static void block(SpRandom random, guint64 index, guint32 purpose, guint32 words[SP_RANDOM_WORDS])
{
    const guint32 counter[4] = {(guint32)index, (guint32)(index >> 32), purpose, 0};
    sp_random_philox(counter, random.key, words);
}

static SpRandom child(SpRandom parent, guint64 number, guint32 purpose)
{
    guint32 words[SP_RANDOM_WORDS];
    block(parent, number, purpose, words);
    return (SpRandom){{words[0], words[1]}};
}

SpRandom sp_random_seed(guint64 seed)
{
    const SpRandom root = {{(guint32)seed, (guint32)(seed >> 32)}};
    return child(root, 0, FOR_NUMBER);
}

SpRandom sp_random_named(SpRandom parent, const char *name)
{
    /* FNV-1a of the name; the block cipher does the mixing. */
    guint64 hash = 0xcbf29ce484222325U;
    for (const char *c = name; *c != '\0'; c++) {
        hash = (hash ^ (guint8)*c) * 0x100000001b3U;
    }
    return child(parent, hash, FOR_NAME);
}

SpRandom sp_random_numbered(SpRandom parent, guint64 number)
{
    return child(parent, number, FOR_NUMBER);
}

void sp_random_block(SpRandom random, guint64 index, guint32 words[SP_RANDOM_WORDS])
{
    block(random, index, FOR_DRAW, words);
}

guint64 sp_random_bits(SpRandom random, guint64 index)
{
    guint32 words[SP_RANDOM_WORDS];
    block(random, index, FOR_DRAW, words);
    return (guint64)words[1] << 32 | words[0];
}

double sp_random_uniform(SpRandom random, guint64 index)
{
    return (double)(sp_random_bits(random, index) >> 11) * 0x1p-53;
}

guint64 sp_random_below(SpRandom random, guint64 index, guint64 n)
{
    guint64 bits = sp_random_bits(random, index);
    guint64 low = (bits & 0xffffffffU) * (n & 0xffffffffU);
    guint64 middle = (bits >> 32) * (n & 0xffffffffU) + (low >> 32);
    guint64 other = (bits & 0xffffffffU) * (n >> 32) + (middle & 0xffffffffU);
    return (bits >> 32) * (n >> 32) + (middle >> 32) + (other >> 32);
}
