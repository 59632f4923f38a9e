/* Dictionaries of codes and of tuples of code numbers: dense numbers found through an
 * open-addressed hash table. */
#include "core/codes.h"

#include <stdlib.h>
#include <string.h>

/* The hash table of both: numbers + 1 in slots, a power of two of them, at most half full; linear
 * probing. */
typedef struct {
    guint32 *slots; /* 0: empty */
    gsize mask;
    guint32 *hashes; /* [size], of the entries, so that growing needs no entry */
    guint32 size;
    gsize n_hashes; /* capacity of `hashes` */
} Lookup;

struct SpCodes {
    gint n_refs; /* atomic */
    Lookup lookup;
    const char **texts; /* [n_texts], used up to lookup.size */
    gsize n_texts;
    GStringChunk *chunk; /* where the texts lie, never moved */
};

struct SpTuples {
    Lookup lookup;
    gsize width;
    guint32 *numbers; /* [n_tuples][width] */
    gsize n_tuples;
};

static void lookup_init(Lookup *lookup)
{
    *lookup = (Lookup){.mask = 15};
    lookup->slots = g_new0(guint32, lookup->mask + 1);
}

static void lookup_clear(Lookup *lookup)
{
    g_free(lookup->slots);
    g_free(lookup->hashes);
}

static void lookup_place(Lookup *lookup, guint32 i)
{
    gsize slot = lookup->hashes[i] & lookup->mask;
    while (lookup->slots[slot] != 0) {
        slot = (slot + 1) & lookup->mask;
    }
    lookup->slots[slot] = i + 1;
}

/* Adds the entry number `size`, which the caller has found to be new. */
static guint32 lookup_add(Lookup *lookup, guint32 hash)
{
    g_assert(lookup->size < G_MAXUINT32 - 1);
    guint32 added = lookup->size++;
    if (added == lookup->n_hashes) {
        lookup->n_hashes = MAX(8, 2 * lookup->n_hashes);
        lookup->hashes = g_renew(guint32, lookup->hashes, lookup->n_hashes);
    }
    lookup->hashes[added] = hash;
    if (2 * (gsize)lookup->size > lookup->mask) {
        lookup->mask = 2 * lookup->mask + 1;
        g_free(lookup->slots);
        lookup->slots = g_new0(guint32, lookup->mask + 1);
        for (guint32 i = 0; i < added; i++) {
            lookup_place(lookup, i);
        }
    }
    lookup_place(lookup, added);
    return added;
}

/* A multiply between every eight bytes spreads short codes, which differ in a digit or two, over
 * the whole word. */
static guint64 mix(guint64 hash, guint64 word)
{
    hash = (hash ^ word) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 32);
}

static guint32 hash_text(const char *text, gsize size)
{
    guint64 hash = size;
    for (; size >= 8; text += 8, size -= 8) {
        guint64 word;
        memcpy(&word, text, 8);
        hash = mix(hash, word);
    }
    guint64 word = 0;
    for (gsize i = 0; i < size; i++) {
        word = word << 8 | (guint8)text[i];
    }
    return (guint32)mix(hash, word);
}

static guint32 hash_tuple(const guint32 tuple[], gsize width)
{
    guint64 hash = width;
    for (gsize i = 0; i < width; i++) {
        hash = mix(hash, tuple[i]);
    }
    return (guint32)mix(hash, 0);
}

SpCodes *sp_codes_new(void)
{
    SpCodes *codes = g_new0(SpCodes, 1);
    codes->n_refs = 1;
    codes->chunk = g_string_chunk_new(1024);
    lookup_init(&codes->lookup);
    return codes;
}

SpCodes *sp_codes_copy(const SpCodes *codes)
{
    SpCodes *copy = sp_codes_new();
    for (guint32 i = 0; i < codes->lookup.size; i++) {
        sp_codes_add(copy, codes->texts[i]);
    }
    return copy;
}

SpCodes *sp_codes_ref(SpCodes *codes)
{
    g_atomic_int_inc(&codes->n_refs);
    return codes;
}

void sp_codes_unref(SpCodes *codes)
{
    if (codes == NULL || !g_atomic_int_dec_and_test(&codes->n_refs)) {
        return;
    }
    lookup_clear(&codes->lookup);
    g_string_chunk_free(codes->chunk);
    g_free(codes->texts);
    g_free(codes);
}

guint32 sp_codes_size(const SpCodes *codes)
{
    return codes->lookup.size;
}

const char *sp_codes_text(const SpCodes *codes, guint32 i)
{
    g_assert(i < codes->lookup.size);
    return codes->texts[i];
}

static gboolean find_text(const SpCodes *codes, const char *text, gsize size, guint32 hash,
                          guint32 *i)
{
    const Lookup *lookup = &codes->lookup;
    for (gsize slot = hash & lookup->mask; lookup->slots[slot] != 0;
         slot = (slot + 1) & lookup->mask) {
        guint32 entry = lookup->slots[slot] - 1;
        const char *known = codes->texts[entry];
        if (lookup->hashes[entry] == hash && strncmp(known, text, size) == 0 &&
            known[size] == '\0') {
            *i = entry;
            return TRUE;
        }
    }
    return FALSE;
}

static guint32 add_text(SpCodes *codes, const char *text, gsize size)
{
    guint32 hash = hash_text(text, size), i;
    if (find_text(codes, text, size, hash, &i)) {
        return i;
    }
    i = lookup_add(&codes->lookup, hash);
    if (i == codes->n_texts) {
        codes->n_texts = MAX(8, 2 * codes->n_texts);
        codes->texts = g_renew(const char *, codes->texts, codes->n_texts);
    }
    codes->texts[i] = g_string_chunk_insert_len(codes->chunk, text, (gssize)size);
    return i;
}

guint32 sp_codes_add(SpCodes *codes, const char *text)
{
    return add_text(codes, text, strlen(text));
}

guint32 sp_codes_add_sized(SpCodes *codes, const char *text, gsize size)
{
    return add_text(codes, text, strnlen(text, size));
}

gboolean sp_codes_find(const SpCodes *codes, const char *text, guint32 *i)
{
    gsize size = strlen(text);
    return find_text(codes, text, size, hash_text(text, size), i);
}

gboolean sp_codes_find_sized(const SpCodes *codes, const char *text, gsize size, guint32 *i)
{
    return strnlen(text, size) == size && find_text(codes, text, size, hash_text(text, size), i);
}

int sp_codes_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

gsize sp_codes_place(char *const codes[], gsize n, const char *code)
{
    gsize i = 0;
    while (i < n && strcmp(codes[i], code) != 0) {
        i++;
    }
    return i;
}

gint32 *sp_codes_places(const SpCodes *codes, char *const list[], gsize n)
{
    gint32 *places = g_new(gint32, MAX(codes->lookup.size, 1));
    for (guint32 i = 0; i < codes->lookup.size; i++) {
        places[i] = -1;
    }
    for (gsize place = 0; place < n; place++) {
        guint32 i;
        if (sp_codes_find(codes, list[place], &i)) {
            places[i] = (gint32)place;
        }
    }
    return places;
}

typedef struct {
    const char *text;
    guint32 i;
} Ranked;

static int compare_ranked(const void *a, const void *b)
{
    return strcmp(((const Ranked *)a)->text, ((const Ranked *)b)->text);
}

guint32 *sp_codes_ranks(const SpCodes *codes)
{
    guint32 n = codes->lookup.size;
    guint32 *ranks = g_new(guint32, MAX(n, 1));
    g_autofree Ranked *order = g_new(Ranked, MAX(n, 1));
    gboolean is_ordered = TRUE;
    for (guint32 i = 0; i < n; i++) {
        order[i] = (Ranked){codes->texts[i], i};
        is_ordered = is_ordered && (i == 0 || strcmp(codes->texts[i - 1], codes->texts[i]) < 0);
    }
    /* Codes read from a sorted file are in order already; they are distinct, so stability does not
     * matter. */
    if (!is_ordered) {
        qsort(order, n, sizeof *order, compare_ranked);
    }
    for (guint32 place = 0; place < n; place++) {
        ranks[order[place].i] = place;
    }
    return ranks;
}

SpTuples *sp_tuples_new(gsize width)
{
    SpTuples *tuples = g_new0(SpTuples, 1);
    tuples->width = width;
    lookup_init(&tuples->lookup);
    return tuples;
}

void sp_tuples_free(SpTuples *tuples)
{
    if (tuples == NULL) {
        return;
    }
    lookup_clear(&tuples->lookup);
    g_free(tuples->numbers);
    g_free(tuples);
}

guint32 sp_tuples_size(const SpTuples *tuples)
{
    return tuples->lookup.size;
}

const guint32 *sp_tuples_at(const SpTuples *tuples, guint32 i)
{
    g_assert(i < tuples->lookup.size);
    return tuples->numbers + i * tuples->width;
}

static gboolean find_tuple(const SpTuples *tuples, const guint32 tuple[], guint32 hash, guint32 *i)
{
    const Lookup *lookup = &tuples->lookup;
    gsize width = tuples->width;
    for (gsize slot = hash & lookup->mask; lookup->slots[slot] != 0;
         slot = (slot + 1) & lookup->mask) {
        guint32 entry = lookup->slots[slot] - 1;
        const guint32 *known = tuples->numbers + entry * width;
        gsize same = 0;
        while (same < width && known[same] == tuple[same]) {
            same++;
        }
        if (same == width) {
            *i = entry;
            return TRUE;
        }
    }
    return FALSE;
}

guint32 sp_tuples_add(SpTuples *tuples, const guint32 tuple[])
{
    guint32 hash = hash_tuple(tuple, tuples->width), i;
    if (find_tuple(tuples, tuple, hash, &i)) {
        return i;
    }
    i = lookup_add(&tuples->lookup, hash);
    if (i == tuples->n_tuples) {
        tuples->n_tuples = MAX(8, 2 * tuples->n_tuples);
        tuples->numbers =
            g_renew(guint32, tuples->numbers, tuples->n_tuples * MAX(tuples->width, 1));
    }
    for (gsize column = 0; column < tuples->width; column++) {
        tuples->numbers[i * tuples->width + column] = tuple[column];
    }
    return i;
}

gboolean sp_tuples_find(const SpTuples *tuples, const guint32 tuple[], guint32 *i)
{
    return find_tuple(tuples, tuple, hash_tuple(tuple, tuples->width), i);
}
