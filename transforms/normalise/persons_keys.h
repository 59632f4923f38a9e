/**
 * Persons by number: what tells a person apart becomes a number from 0, and its text is forgotten.
 *
 * Kept of a text are 128 bits of its SHA-256. Two texts of the same 128 bits would be one person:
 * for n persons the chance is below n^2 / 2^129, less than 10^-25 for five million, which is far
 * below that of a wrong bit in memory; and to make two such texts on purpose takes 2^64 trials. So
 * counts of distinct persons are exact.
 */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_KEYS_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_KEYS_H

#include <glib.h>

/** Memory: 16 bytes a person and a table of 4-byte slots that is between a quarter and half
 * full. */
typedef struct SpPersonsKeys SpPersonsKeys;

/** Knows nobody. The caller frees. */
SpPersonsKeys *sp_persons_keys_new(void);
/** Wipes what it knew. */
void sp_persons_keys_free(SpPersonsKeys *keys);

/** The number of a person, a new one if the text [size] was not met before. */
guint32 sp_persons_keys_add(SpPersonsKeys *keys, const char *text, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPersonsKeys, sp_persons_keys_free)

#endif
