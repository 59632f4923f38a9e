/* Left-looking elimination: a column is reduced once, when its turn comes, by all pivots that it
 * meets on the way. */
#include "transforms/protect/elimination.h"

#include "transforms/protect/residue.h"

/* ---- columns ---- */

static SpSparse sparse_new(gsize n)
{
    return (SpSparse){.n = 0, .row = g_new(guint32, n + 1), .value = g_new(guint64, n + 1)};
}

static void append(SpSparse *sparse, guint32 row, guint64 value)
{
    sparse->row[sparse->n] = row;
    sparse->value[sparse->n++] = value;
}

void sp_sparse_clear(SpSparse *sparse)
{
    g_free(sparse->row);
    g_free(sparse->value);
    *sparse = (SpSparse){0};
}

SpSparse sp_sparse_of_cell(const SpDesign *design, guint32 cell, guint32 from)
{
    const gsize end = design->start[cell + 1];
    gsize begin = design->start[cell];
    while (begin < end && design->inner[begin] < from) {
        begin++;
    }
    SpSparse column = sparse_new(end - begin);
    for (gsize i = begin; i < end; i++) {
        append(&column, design->inner[i], sp_residue_of(design->coef[i]));
    }
    return column;
}

/* ---- elimination ---- */

#define NO_PIVOT G_MAXUINT32
#define BITS 64

struct SpElimination {
    GArray *pivots;     /* SpSparse in the order of acceptance */
    GArray *pivot_rows; /* guint32: of each, where its value is 1 */
    guint32 *pivot_of;  /* [n_rows] number of the pivot in the row, or NO_PIVOT */
    guint64 *work;      /* [n_rows] the column in hand; 0 elsewhere */
    guint64 *is_met;    /* bits of the rows of no pivot that the column in hand has met */
    guint64 *waiting;   /* bits of the pivots that the column has still to meet */
    gsize n_words;      /* there is room for */
};

static void clear_pivot(gpointer pivot)
{
    sp_sparse_clear(pivot);
}

SpElimination *sp_elimination_new(gsize n_rows)
{
    SpElimination *elimination = g_new0(SpElimination, 1);
    elimination->pivots = g_array_new(FALSE, FALSE, sizeof(SpSparse));
    g_array_set_clear_func(elimination->pivots, clear_pivot);
    elimination->pivot_rows = g_array_new(FALSE, FALSE, sizeof(guint32));
    elimination->pivot_of = g_new(guint32, n_rows + 1);
    for (gsize row = 0; row < n_rows; row++) {
        elimination->pivot_of[row] = NO_PIVOT;
    }
    elimination->work = g_new0(guint64, n_rows + 1);
    elimination->n_words = n_rows / BITS + 1;
    elimination->waiting = g_new0(guint64, elimination->n_words);
    elimination->is_met = g_new0(guint64, elimination->n_words);
    return elimination;
}

void sp_elimination_free(SpElimination *elimination)
{
    if (elimination != NULL) {
        g_array_unref(elimination->pivots);
        g_array_unref(elimination->pivot_rows);
        g_free(elimination->pivot_of);
        g_free(elimination->work);
        g_free(elimination->is_met);
        g_free(elimination->waiting);
        g_free(elimination);
    }
}

static guint64 bit_of(guint32 number)
{
    return G_GUINT64_CONSTANT(1) << (number % BITS);
}

/* Takes factor · column from the column in hand. */
static void subtract(SpElimination *elimination, guint64 factor, const SpSparse *column)
{
    for (guint32 i = 0; i < column->n; i++) {
        const guint32 row = column->row[i];
        elimination->work[row] = sp_residue_subtract(elimination->work[row],
                                                     sp_residue_multiply(factor, column->value[i]));
        const guint32 pivot = elimination->pivot_of[row];
        if (pivot != NO_PIVOT) {
            elimination->waiting[pivot / BITS] |= bit_of(pivot);
        } else {
            elimination->is_met[row / BITS] |= bit_of(row);
        }
    }
}

/* A pivot has nothing in the rows of those before it: met in their order, each is met once. */
static void meet_pivots(SpElimination *elimination)
{
    const gsize n_words = elimination->pivots->len / BITS + 1;
    for (gsize word = 0; word < n_words; word++) {
        while (elimination->waiting[word] != 0) {
            const guint32 bit = (guint32)__builtin_ctzll(elimination->waiting[word]);
            const gsize number = word * BITS + bit;
            const guint32 row = g_array_index(elimination->pivot_rows, guint32, number);
            elimination->waiting[word] &= elimination->waiting[word] - 1;
            if (elimination->work[row] != 0) {
                subtract(elimination, elimination->work[row],
                         &g_array_index(elimination->pivots, SpSparse, number));
            }
        }
    }
}

/* The column in hand, which is then no more in hand. */
static SpSparse gather(SpElimination *elimination)
{
    gsize n = 0;
    for (gsize word = 0; word < elimination->n_words; word++) {
        n += (gsize)__builtin_popcountll(elimination->is_met[word]);
    }
    SpSparse column = sparse_new(n);
    for (gsize word = 0; word < elimination->n_words; word++) {
        for (guint64 bits = elimination->is_met[word]; bits != 0; bits &= bits - 1) {
            const guint32 row = (guint32)(word * BITS) + (guint32)__builtin_ctzll(bits);
            if (elimination->work[row] != 0) {
                append(&column, row, elimination->work[row]);
                elimination->work[row] = 0;
            }
        }
        elimination->is_met[word] = 0;
    }
    return column;
}

SpSparse sp_elimination_reduce(SpElimination *elimination, const SpSparse *column)
{
    subtract(elimination, SP_RESIDUE_PRIME - 1, column);
    meet_pivots(elimination);
    return gather(elimination);
}

const SpSparse *sp_elimination_accept(SpElimination *elimination, SpSparse *reduced, guint32 place)
{
    const guint64 scale = sp_residue_inverse(reduced->value[place]);
    const guint32 row = reduced->row[place];
    for (guint32 i = 0; i < reduced->n; i++) {
        reduced->value[i] = sp_residue_multiply(reduced->value[i], scale);
    }
    elimination->pivot_of[row] = elimination->pivots->len;
    g_array_append_val(elimination->pivot_rows, row);
    g_array_append_val(elimination->pivots, *reduced);
    *reduced = (SpSparse){0};
    return &g_array_index(elimination->pivots, SpSparse, elimination->pivots->len - 1);
}
