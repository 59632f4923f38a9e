/* Pseudonyms to numbers. */
#include "transforms/normalise/persons_keys.h"

#include "core/hash.h"

#include <string.h>

typedef struct {
    guint64 part[2];
} Digest;

struct SpPersonsKeys {
    SpHash *hash;
    Digest *digests; /* [n_digests], used up to n */
    gsize n_digests;
    guint32 n;
    guint32 *slots; /* number + 1, 0: empty; a power of two of them */
    gsize mask;
    /* Several layouts ask for the same row: the last text and its number. */
    char last[64];
    gsize last_size;
    guint32 last_number;
};

SpPersonsKeys *sp_persons_keys_new(void)
{
    SpPersonsKeys *keys = g_new0(SpPersonsKeys, 1);
    keys->hash = sp_hash_new();
    keys->mask = 1023;
    keys->slots = g_new0(guint32, keys->mask + 1);
    return keys;
}

void sp_persons_keys_free(SpPersonsKeys *keys)
{
    if (keys == NULL) {
        return;
    }
    sp_hash_free(keys->hash);
    if (keys->digests != NULL) {
        explicit_bzero(keys->digests, keys->n_digests * sizeof *keys->digests);
    }
    explicit_bzero(keys->last, sizeof keys->last);
    g_free(keys->digests);
    g_free(keys->slots);
    g_free(keys);
}

/* The slot of a digest, or the empty one where it belongs. */
static guint32 *find_slot(const SpPersonsKeys *keys, const Digest *digest)
{
    gsize at = digest->part[0] & keys->mask;
    while (keys->slots[at] != 0 &&
           memcmp(&keys->digests[keys->slots[at] - 1], digest, sizeof *digest) != 0) {
        at = (at + 1) & keys->mask;
    }
    return &keys->slots[at];
}

static void grow_slots(SpPersonsKeys *keys)
{
    keys->mask = 2 * keys->mask + 1;
    g_free(keys->slots);
    keys->slots = g_new0(guint32, keys->mask + 1);
    for (guint32 i = 0; i < keys->n; i++) {
        *find_slot(keys, &keys->digests[i]) = i + 1;
    }
}

static guint32 add_digest(SpPersonsKeys *keys, const Digest *digest)
{
    guint32 *slot = find_slot(keys, digest);
    if (*slot != 0) {
        return *slot - 1;
    }
    g_assert(keys->n < G_MAXUINT32 - 1);
    if (keys->n == keys->n_digests) {
        /* By half, not to twice: it is the largest single block there is. */
        keys->n_digests = MAX(1024, keys->n_digests + keys->n_digests / 2);
        keys->digests = g_renew(Digest, keys->digests, keys->n_digests);
    }
    keys->digests[keys->n] = *digest;
    *slot = ++keys->n;
    if (2 * (gsize)keys->n > keys->mask) {
        grow_slots(keys);
    }
    return keys->n - 1;
}

guint32 sp_persons_keys_add(SpPersonsKeys *keys, const char *text, gsize size)
{
    if (size > 0 && size == keys->last_size && memcmp(text, keys->last, size) == 0) {
        return keys->last_number;
    }
    Digest digest;
    sp_hash_short(keys->hash, text, size, digest.part);
    guint32 number = add_digest(keys, &digest);
    if (size <= sizeof keys->last) {
        memcpy(keys->last, text, size);
        keys->last_size = size;
        keys->last_number = number;
    }
    return number;
}
