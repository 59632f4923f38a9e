/** Fingerprints: what is left of a column after all that is shown, in two residues and without
 * elimination of the column. */
#ifndef SP_TRANSFORMS_PROTECT_FINGERPRINT_H
#define SP_TRANSFORMS_PROTECT_FINGERPRINT_H

#include "transforms/protect/elimination.h"

/** Both 0: the column follows from what is shown. In the same ratio as another's: one of the two
 * follows from the other and what is shown. Where columns are so, fingerprints are for certain;
 * where fingerprints are, columns are but for a chance of 2^-122 and of 2^-61. Source: random
 * products, as Freivalds checks those of matrices (Probabilistic machines can use less running
 * time, IFIP 1977). */
typedef struct {
    guint64 of[2];
} SpFingerprint;

/** Rows and by how much less they are. */
typedef struct {
    guint32 n;
    guint32 *row;        /* [n] */
    SpFingerprint *less; /* [n] */
} SpFingerprintChanges;

typedef struct SpFingerprints SpFingerprints;

/** Of columns with rows 0 … n_rows - 1. The same for the same rows, always. */
SpFingerprints *sp_fingerprints_new(gsize n_rows);
void sp_fingerprints_free(SpFingerprints *fingerprints);

/** A column's, reduced or not: the sum of its values times the fingerprints of its rows. */
SpFingerprint sp_fingerprint_of(const SpFingerprints *fingerprints, const SpSparse *column);

/** How many shown columns have the row. */
guint sp_fingerprints_n_holders(const SpFingerprints *fingerprints, guint32 row);

/** `pivot`, reduced by all that is shown and its value in `row` 1, is shown from now on: its
 * fingerprint becomes 0. What changes is borrowed until the next call. */
const SpFingerprintChanges *sp_fingerprints_show(SpFingerprints *fingerprints,
                                                 const SpSparse *pivot, guint32 row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpFingerprints, sp_fingerprints_free)

#endif
