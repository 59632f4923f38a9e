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
    guint64 *share;   /* [n_rows] of each shown column in what changes; 0 but in a change */
    guint64 *waiting; /* bits of the shown columns that have their share to take */
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
    return sp_holders_of(fingerprints->holders, row)->n;
}

static void let_wait(SpFingerprints *fingerprints, guint32 number)
{
    fingerprints->waiting[number / BITS] |= G_GUINT64_CONSTANT(1) << (number % BITS);
}

/* What the row of a shown column gives, the rows of the columns that have it take, so that their
 * fingerprints stay 0. The column itself is the last that has it: later ones were reduced. */
static void pass_on(SpFingerprints *fingerprints, guint32 row, guint64 share)
{
    const SpRowHolders *of_row = sp_holders_of(fingerprints->holders, row);
    for (guint32 i = 0; i + 1 < of_row->n; i++) {
        const SpHolder *holder = &of_row->holder[i];
        guint64 *of_holder = &fingerprints->share[holder->column];
        *of_holder = sp_residue_subtract(*of_holder, sp_residue_multiply(holder->value, share));
        let_wait(fingerprints, holder->column);
    }
}

/* A share of what the new column's fingerprint was is taken from the row of a shown one. */
static void take(SpFingerprints *fingerprints, guint32 number, const SpFingerprint *whole)
{
    SpFingerprintChanges *changes = &fingerprints->changes;
    const guint32 row = fingerprints->pivot_row[number];
    const guint64 share = fingerprints->share[number];
    SpFingerprint *less = &changes->less[changes->n];
    if (share == 0) {
        return;
    }
    fingerprints->share[number] = 0;
    changes->row[changes->n++] = row;
    for (gsize i = 0; i < 2; i++) {
        guint64 *residue = &fingerprints->of_row[row].of[i];
        less->of[i] = sp_residue_multiply(whole->of[i], share);
        *residue = sp_residue_subtract(*residue, less->of[i]);
    }
    pass_on(fingerprints, row, share);
}

/* A pivot's row is in columns shown before it alone: in falling order each share is whole when its
 * turn comes. */
const SpFingerprintChanges *sp_fingerprints_show(SpFingerprints *fingerprints,
                                                 const SpSparse *pivot, guint32 row)
{
    const SpFingerprint whole = sp_fingerprint_of(fingerprints, pivot);
    const guint32 number = fingerprints->n_shown++;
    sp_holders_add(fingerprints->holders, pivot, number);
    fingerprints->pivot_row[number] = row;
    fingerprints->share[number] = 1;
    fingerprints->changes.n = 0;
    let_wait(fingerprints, number);
    for (gsize word = number / BITS + 1; word-- > 0;) {
        while (fingerprints->waiting[word] != 0) {
            const guint32 bit = BITS - 1 - (guint32)__builtin_clzll(fingerprints->waiting[word]);
            fingerprints->waiting[word] ^= G_GUINT64_CONSTANT(1) << bit;
            take(fingerprints, (guint32)(word * BITS) + bit, &whole);
        }
    }
    return &fingerprints->changes;
}
