/* Guarded columns are told apart by the ratio of the two residues of their fingerprints. When a
 * column is shown, few of them change. */
#include "transforms/protect/guard.h"

#include "transforms/protect/fingerprint.h"
#include "transforms/protect/holders.h"
#include "transforms/protect/residue.h"

#define NO_COLUMN G_MAXUINT32

typedef struct {
    SpFingerprint fingerprint;
    guint64 ratio;
    guint32 name;
    guint32 before, after; /* in its bucket: numbers of columns, or NO_COLUMN */
    gboolean is_known;     /* it follows from what is shown, and is in no bucket */
    gboolean is_touched;   /* its fingerprint is in change, and it is in no bucket */
} Guarded;

struct SpGuard {
    SpFingerprints *fingerprints;
    GArray *columns;    /* Guarded */
    SpHolders *holders; /* guarded columns as they were added */
    gsize n_buckets;
    guint32 *bucket; /* [n_buckets] by ratio: the first column's number, or NO_COLUMN */
    GArray *touched; /* guint32: numbers of columns in change */
    GArray *inverse; /* guint64: of their fingerprints' second residues */
};

SpGuard *sp_guard_new(gsize n_rows)
{
    SpGuard *guard = g_new(SpGuard, 1);
    *guard = (SpGuard){.fingerprints = sp_fingerprints_new(n_rows),
                       .columns = g_array_new(FALSE, FALSE, sizeof(Guarded)),
                       .holders = sp_holders_new(n_rows),
                       .n_buckets = 2 * n_rows + 1,
                       .bucket = g_new(guint32, 2 * n_rows + 1),
                       .touched = g_array_new(FALSE, FALSE, sizeof(guint32)),
                       .inverse = g_array_new(FALSE, FALSE, sizeof(guint64))};
    for (gsize i = 0; i < guard->n_buckets; i++) {
        guard->bucket[i] = NO_COLUMN;
    }
    return guard;
}

void sp_guard_free(SpGuard *guard)
{
    if (guard != NULL) {
        sp_fingerprints_free(guard->fingerprints);
        g_array_unref(guard->columns);
        sp_holders_free(guard->holders);
        g_free(guard->bucket);
        g_array_unref(guard->touched);
        g_array_unref(guard->inverse);
        g_free(guard);
    }
}

/* ---- buckets ---- */

static Guarded *column_at(const SpGuard *guard, guint32 number)
{
    return &g_array_index(guard->columns, Guarded, number);
}

static guint32 *bucket_of(const SpGuard *guard, guint64 ratio)
{
    return &guard->bucket[ratio % guard->n_buckets];
}

static void put_in(SpGuard *guard, guint32 number)
{
    Guarded *guarded = column_at(guard, number);
    guint32 *bucket = bucket_of(guard, guarded->ratio);
    guarded->before = NO_COLUMN;
    guarded->after = *bucket;
    if (*bucket != NO_COLUMN) {
        column_at(guard, *bucket)->before = number;
    }
    *bucket = number;
}

static void take_out(SpGuard *guard, const Guarded *guarded)
{
    if (guarded->before != NO_COLUMN) {
        column_at(guard, guarded->before)->after = guarded->after;
    } else {
        *bucket_of(guard, guarded->ratio) = guarded->after;
    }
    if (guarded->after != NO_COLUMN) {
        column_at(guard, guarded->after)->before = guarded->before;
    }
}

/* ---- columns ---- */

static gboolean is_zero(SpFingerprint fingerprint)
{
    return fingerprint.of[0] == 0 && fingerprint.of[1] == 0;
}

/* A second residue of 0 has the inverse 0: as rare as two ratios that are the same by chance, and
 * ratios of columns that follow from one another are the same still. */
static guint64 ratio_of(SpFingerprint fingerprint)
{
    return sp_residue_multiply(fingerprint.of[0], sp_residue_inverse(fingerprint.of[1]));
}

void sp_guard_add(SpGuard *guard, const SpSparse *column, guint32 name)
{
    const SpFingerprint fingerprint = sp_fingerprint_of(guard->fingerprints, column);
    const Guarded guarded = {
        .fingerprint = fingerprint, .ratio = ratio_of(fingerprint), .name = name};
    const guint32 number = guard->columns->len;
    g_array_append_val(guard->columns, guarded);
    sp_holders_add(guard->holders, column, number);
    put_in(guard, number);
}

guint sp_guard_n_holders(const SpGuard *guard, guint32 row)
{
    return sp_fingerprints_n_holders(guard->fingerprints, row);
}

guint32 sp_guard_choose_pivot(const SpGuard *guard, const SpSparse *column, guint32 n_plain)
{
    guint least = G_MAXUINT;
    guint32 best = 0;
    for (guint32 i = 0; i < column->n; i++) {
        const guint n = sp_guard_n_holders(guard, column->row[i]);
        if (i > 0 && column->row[i] >= n_plain) {
            break;
        }
        if (n < least) {
            least = n;
            best = i;
        }
    }
    return best;
}

/* ---- candidates ---- */

gboolean sp_guard_is_known(const SpGuard *guard, const SpSparse *column)
{
    return is_zero(sp_fingerprint_of(guard->fingerprints, column));
}

gboolean sp_guard_gives_away(const SpGuard *guard, const SpSparse *column)
{
    const guint64 ratio = ratio_of(sp_fingerprint_of(guard->fingerprints, column));
    guint32 number = *bucket_of(guard, ratio);
    while (number != NO_COLUMN && column_at(guard, number)->ratio != ratio) {
        number = column_at(guard, number)->after;
    }
    return number != NO_COLUMN;
}

/* ---- what is shown ---- */

static void change_row(SpGuard *guard, guint32 row, SpFingerprint less)
{
    const SpRowHolders *of_row = sp_holders_of(guard->holders, row);
    for (guint32 i = 0; i < of_row->n; i++) {
        const SpHolder *holder = &of_row->holder[i];
        Guarded *guarded = column_at(guard, holder->column);
        if (guarded->is_known) {
            continue;
        }
        if (!guarded->is_touched) {
            guarded->is_touched = TRUE;
            g_array_append_val(guard->touched, holder->column);
            take_out(guard, guarded);
        }
        for (gsize j = 0; j < 2; j++) {
            guarded->fingerprint.of[j] = sp_residue_subtract(
                guarded->fingerprint.of[j], sp_residue_multiply(holder->value, less.of[j]));
        }
    }
}

/* Ratios of all that changed, by one inversion. */
static void settle(SpGuard *guard, GArray *told)
{
    const guint n = guard->touched->len;
    guint64 *inverse = NULL;
    g_array_set_size(guard->inverse, n);
    inverse = (guint64 *)(gpointer)guard->inverse->data;
    for (guint i = 0; i < n; i++) {
        const guint32 number = g_array_index(guard->touched, guint32, i);
        inverse[i] = column_at(guard, number)->fingerprint.of[1];
    }
    sp_residue_invert(n, inverse);
    for (guint i = 0; i < n; i++) {
        const guint32 number = g_array_index(guard->touched, guint32, i);
        Guarded *guarded = column_at(guard, number);
        guarded->is_touched = FALSE;
        guarded->is_known = is_zero(guarded->fingerprint);
        if (guarded->is_known) {
            g_array_append_val(told, guarded->name);
        } else {
            guarded->ratio = sp_residue_multiply(guarded->fingerprint.of[0], inverse[i]);
            put_in(guard, number);
        }
    }
    g_array_set_size(guard->touched, 0);
}

void sp_guard_show(SpGuard *guard, const SpSparse *pivot, guint32 row, GArray *told)
{
    const SpFingerprintChanges *changes = sp_fingerprints_show(guard->fingerprints, pivot, row);
    for (guint32 i = 0; i < changes->n; i++) {
        change_row(guard, changes->row[i], changes->less[i]);
    }
    settle(guard, told);
}
