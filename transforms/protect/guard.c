/* Guarded columns are kept reduced at all times: each candidate is held against all of them. */
#include "transforms/protect/guard.h"

#include "transforms/protect/residue.h"

/* Entries in any order. Columns with the same rows have the same signature. */
typedef struct {
    GArray *row;   /* guint32 */
    GArray *value; /* guint64, not 0 */
    guint64 signature;
    guint32 name;
} Guarded;

struct SpGuard {
    gsize n_rows;
    GArray *columns;  /* Guarded */
    GArray **holders; /* [n_rows] guint32: columns that have the row, or had it */
    guint64 *work;    /* [n_rows] the column in hand; 0 elsewhere */
    guint32 *seen;    /* [n_rows] number of the turn in which the row was last met */
    guint32 turn;
};

static void clear_guarded(gpointer data)
{
    Guarded *guarded = data;
    g_array_unref(guarded->row);
    g_array_unref(guarded->value);
}

SpGuard *sp_guard_new(gsize n_rows)
{
    SpGuard *guard = g_new(SpGuard, 1);
    *guard = (SpGuard){.n_rows = n_rows,
                       .columns = g_array_new(FALSE, FALSE, sizeof(Guarded)),
                       .holders = g_new0(GArray *, n_rows + 1),
                       .work = g_new0(guint64, n_rows + 1),
                       .seen = g_new0(guint32, n_rows + 1)};
    g_array_set_clear_func(guard->columns, clear_guarded);
    return guard;
}

void sp_guard_free(SpGuard *guard)
{
    if (guard != NULL) {
        for (gsize row = 0; row < guard->n_rows; row++) {
            g_clear_pointer(&guard->holders[row], g_array_unref);
        }
        g_array_unref(guard->columns);
        g_free(guard->holders);
        g_free(guard->work);
        g_free(guard->seen);
        g_free(guard);
    }
}

/* A row's part of a signature: Steele, Lea and Flood's mix of its number (OOPSLA 2014). */
static guint64 mix(guint32 row)
{
    guint64 bits = (row + G_GUINT64_CONSTANT(1)) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    bits = (bits ^ (bits >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    bits = (bits ^ (bits >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return bits ^ (bits >> 31);
}

static void append(SpGuard *guard, guint32 number, guint32 row, guint64 value)
{
    Guarded *guarded = &g_array_index(guard->columns, Guarded, number);
    g_array_append_val(guarded->row, row);
    g_array_append_val(guarded->value, value);
    guarded->signature += mix(row);
    if (guard->holders[row] == NULL) {
        guard->holders[row] = g_array_new(FALSE, FALSE, sizeof number);
    }
    g_array_append_val(guard->holders[row], number);
}

void sp_guard_add(SpGuard *guard, const SpSparse *column, guint32 name)
{
    const Guarded guarded = {.row = g_array_new(FALSE, FALSE, sizeof(guint32)),
                             .value = g_array_new(FALSE, FALSE, sizeof(guint64)),
                             .name = name};
    const guint32 number = guard->columns->len;
    g_array_append_val(guard->columns, guarded);
    for (guint32 i = 0; i < column->n; i++) {
        append(guard, number, column->row[i], column->value[i]);
    }
}

guint sp_guard_n_holders(const SpGuard *guard, guint32 row)
{
    return guard->holders[row] != NULL ? guard->holders[row]->len : 0;
}

/* ---- candidates ---- */

static void take_in_hand(SpGuard *guard, const SpSparse *column)
{
    for (guint32 i = 0; i < column->n; i++) {
        guard->work[column->row[i]] = column->value[i];
    }
}

static void let_go(SpGuard *guard, const SpSparse *column)
{
    for (guint32 i = 0; i < column->n; i++) {
        guard->work[column->row[i]] = 0;
    }
}

/* Whether the column is a multiple of the one in hand, which has as many rows. */
static gboolean is_multiple(const SpGuard *guard, const Guarded *guarded)
{
    const guint32 *row = (const guint32 *)(gpointer)guarded->row->data;
    const guint64 *value = (const guint64 *)(gpointer)guarded->value->data;
    for (guint i = 0; i < guarded->row->len; i++) {
        if (guard->work[row[i]] == 0 || sp_residue_multiply(value[i], guard->work[row[0]]) !=
                                            sp_residue_multiply(value[0], guard->work[row[i]])) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_guard_gives_away(SpGuard *guard, const SpSparse *column)
{
    const GArray *holders = guard->holders[column->row[0]];
    guint64 signature = 0;
    gboolean does = FALSE;
    for (guint32 i = 0; i < column->n; i++) {
        signature += mix(column->row[i]);
    }
    take_in_hand(guard, column);
    for (guint i = 0; holders != NULL && i < holders->len && !does; i++) {
        const Guarded *guarded =
            &g_array_index(guard->columns, Guarded, g_array_index(holders, guint32, i));
        does = guarded->signature == signature && guarded->row->len == column->n &&
               is_multiple(guard, guarded);
    }
    let_go(guard, column);
    return does;
}

/* ---- what is shown ---- */

/* The value of a row, 0 where it has none. */
static guint64 value_of(const Guarded *guarded, guint32 row)
{
    const guint32 *rows = (const guint32 *)(gpointer)guarded->row->data;
    for (guint i = 0; i < guarded->row->len; i++) {
        if (rows[i] == row) {
            return g_array_index(guarded->value, guint64, i);
        }
    }
    return 0;
}

/* Takes factor · the column in hand, which is `pivot`, from a guarded one. */
static void subtract(SpGuard *guard, guint32 number, guint64 factor, const SpSparse *pivot)
{
    Guarded *guarded = &g_array_index(guard->columns, Guarded, number);
    guint32 *row = (guint32 *)(gpointer)guarded->row->data;
    guint64 *value = (guint64 *)(gpointer)guarded->value->data;
    guint n = 0;
    guard->turn++;
    for (guint i = 0; i < guarded->row->len; i++) {
        const guint64 of_pivot = guard->work[row[i]];
        guint64 rest = value[i];
        if (of_pivot != 0) {
            guard->seen[row[i]] = guard->turn;
            rest = sp_residue_subtract(rest, sp_residue_multiply(factor, of_pivot));
        }
        if (rest == 0) {
            guarded->signature -= mix(row[i]);
            continue;
        }
        row[n] = row[i];
        value[n++] = rest;
    }
    g_array_set_size(guarded->row, n);
    g_array_set_size(guarded->value, n);
    for (guint32 i = 0; i < pivot->n; i++) {
        if (guard->seen[pivot->row[i]] != guard->turn) {
            const guint64 taken = sp_residue_multiply(factor, pivot->value[i]);
            append(guard, number, pivot->row[i], SP_RESIDUE_PRIME - taken);
        }
    }
}

void sp_guard_show(SpGuard *guard, const SpSparse *pivot, guint32 row, GArray *told)
{
    g_autoptr(GArray) holders = g_steal_pointer(&guard->holders[row]);
    take_in_hand(guard, pivot);
    for (guint i = 0; holders != NULL && i < holders->len; i++) {
        const guint32 number = g_array_index(holders, guint32, i);
        const Guarded *guarded = &g_array_index(guard->columns, Guarded, number);
        const guint64 factor = value_of(guarded, row);
        if (factor == 0) {
            continue; /* it had the row once, or stands twice among those that hold it */
        }
        subtract(guard, number, factor, pivot);
        if (guarded->row->len == 0) {
            g_array_append_val(told, guarded->name);
        }
    }
    let_go(guard, pivot);
}
