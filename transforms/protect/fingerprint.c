/* Two random vectors with a value for each row, kept orthogonal to all shown columns: rows without
 * a pivot keep their random values, those of pivots follow from them. */
#include "transforms/protect/fingerprint.h"

#include "core/random.h"
#include "transforms/protect/holders.h"
#include "transforms/protect/residue.h"

#define BITS 64

struct SpFingerprints {
    SpFingerprint *of_row; /* [n_rows] */
    SpHolders *holders;    /* shown columns by their order */
    guint32 *pivot_row;    /* [n_rows] of each shown column */
    guint32 n_shown;
    guint64 *share;   /* [n_rows] how much of the new pivot's row is in this one; 0 elsewhere */
    guint64 *waiting; /* bits of the shown columns whose rows have a share */
    SpFingerprintChanges changes; /* there is room for all rows */
};

SpFingerprints *sp_fingerprints_new(gsize n_rows)
{
    const SpRandom random = sp_random_named(sp_random_seed(0), "fingerprint");
    SpFingerprints *fingerprints = g_new(SpFingerprints, 1);
    *fingerprints = (SpFingerprints){
        .of_row = g_new(SpFingerprint, n_rows + 1),
        .holders = sp_holders_new(n_rows),
        .pivot_row = g_new(guint32, n_rows + 1),
        .share = g_new0(guint64, n_rows + 1),
        .waiting = g_new0(guint64, n_rows / BITS + 1),
        .changes = {.row = g_new(guint32, n_rows + 1), .less = g_new(SpFingerprint, n_rows + 1)}};
    for (gsize row = 0; row < n_rows; row++) {
        for (gsize i = 0; i < 2; i++) {
            fingerprints->of_row[row].of[i] =
                sp_random_below(random, 2 * row + i, SP_RESIDUE_PRIME);
        }
    }
    return fingerprints;
}

void sp_fingerprints_free(SpFingerprints *fingerprints)
{
    if (fingerprints != NULL) {
        g_free(fingerprints->of_row);
        sp_holders_free(fingerprints->holders);
        g_free(fingerprints->pivot_row);
        g_free(fingerprints->share);
        g_free(fingerprints->waiting);
        g_free(fingerprints->changes.row);
        g_free(fingerprints->changes.less);
        g_free(fingerprints);
    }
}

SpFingerprint sp_fingerprint_of(const SpFingerprints *fingerprints, const SpSparse *column)
{
    SpFingerprint sum = {{0, 0}};
    for (guint32 i = 0; i < column->n; i++) {
        const SpFingerprint *of_row = &fingerprints->of_row[column->row[i]];
        for (gsize j = 0; j < 2; j++) {
            sum.of[j] =
                sp_residue_add(sum.of[j], sp_residue_multiply(column->value[i], of_row->of[j]));
        }
    }
    return sum;
}

guint sp_fingerprints_n_holders(const SpFingerprints *fingerprints, guint32 row)
{
    guint n = 0;
    (void)sp_holders_of(fingerprints->holders, row, &n);
    return n;
}

/* What the row of a shown column has, it takes from the rows of the columns that have it, so that
 * their fingerprints stay 0. The column itself is the last that has it: later ones were reduced. */
static void pass_on(SpFingerprints *fingerprints, guint32 row)
{
    const guint64 share = fingerprints->share[row];
    guint n = 0;
    const SpHolder *holder = sp_holders_of(fingerprints->holders, row, &n);
    for (guint i = 0; i + 1 < n; i++) {
        const guint32 column = holder[i].column;
        guint64 *of_column = &fingerprints->share[fingerprints->pivot_row[column]];
        *of_column = sp_residue_subtract(*of_column, sp_residue_multiply(holder[i].value, share));
        fingerprints->waiting[column / BITS] |= G_GUINT64_CONSTANT(1) << (column % BITS);
    }
}

/* A pivot's row is in columns shown before it alone: in falling order each row's share is whole
 * when its turn comes. */
static void find_shares(SpFingerprints *fingerprints)
{
    SpFingerprintChanges *changes = &fingerprints->changes;
    changes->n = 0;
    for (gsize word = (fingerprints->n_shown - 1) / BITS + 1; word-- > 0;) {
        while (fingerprints->waiting[word] != 0) {
            const guint32 bit = BITS - 1 - (guint32)__builtin_clzll(fingerprints->waiting[word]);
            const guint32 row = fingerprints->pivot_row[word * BITS + bit];
            fingerprints->waiting[word] ^= G_GUINT64_CONSTANT(1) << bit;
            if (fingerprints->share[row] != 0) {
                changes->row[changes->n++] = row;
                pass_on(fingerprints, row);
            }
        }
    }
}

const SpFingerprintChanges *sp_fingerprints_show(SpFingerprints *fingerprints,
                                                 const SpSparse *pivot, guint32 row)
{
    const SpFingerprint before = sp_fingerprint_of(fingerprints, pivot);
    const SpFingerprintChanges *changes = &fingerprints->changes;
    const guint32 number = fingerprints->n_shown++;
    sp_holders_add(fingerprints->holders, pivot, number);
    fingerprints->pivot_row[number] = row;
    fingerprints->share[row] = 1;
    fingerprints->waiting[number / BITS] |= G_GUINT64_CONSTANT(1) << (number % BITS);
    find_shares(fingerprints);
    for (guint32 i = 0; i < changes->n; i++) {
        guint64 *share = &fingerprints->share[changes->row[i]];
        SpFingerprint *of_row = &fingerprints->of_row[changes->row[i]];
        for (gsize j = 0; j < 2; j++) {
            changes->less[i].of[j] = sp_residue_multiply(before.of[j], *share);
            of_row->of[j] = sp_residue_subtract(of_row->of[j], changes->less[i].of[j]);
        }
        *share = 0;
    }
    return changes;
}
