/* Sparse elimination over a prime field. A pivot is an unknown and the row that tells it by the
 * others; unknowns without one are free. */
#include "transforms/audit/rowspace.h"

#include "core/random.h"
#include "transforms/audit/field.h"

#include <string.h>

enum {
    N_BUCKETS = 256,             /* unknowns of more sums than this share the last */
    MOST_FILL = 16 * 1024 * 1024 /* entries that rows may gain in all: 12 bytes each */
};

#define NONE G_MAXUINT32

typedef struct {
    guint32 *columns; /* [n], ascending */
    guint64 *values;  /* [n], not 0 */
    guint32 n;
    gboolean is_owned; /* its arrays are its own, not pieces of the first ones */
    gboolean is_done;  /* a pivot's, or empty */
} Row;

typedef struct {
    guint32 *rows; /* [n] that hold the column, and some that did */
    guint32 n, capacity;
    gboolean is_owned;
    guint32 degree; /* rows that are not done and hold it */
    guint32 before, after;
} Column;

typedef struct {
    guint32 column, row;
} Pivot;

typedef struct {
    Row *rows;
    Column *columns;
    guint32 buckets[N_BUCKETS]; /* first column of each degree; those in one are a list */
    GArray *singles;            /* guint32: rows that came to hold one column */
    GArray *pivots;             /* Pivot, in their order */
    guint64 work, most_work;
    gint64 fill; /* entries that rows have gained */
    guint32 *all_columns, *all_rows;
    guint64 *all_values;
    gsize n_columns, n_rows;
} Matrix;

static guint32 bucket_of(guint32 degree)
{
    return MIN(degree, N_BUCKETS - 1);
}

static void leave_bucket(Matrix *matrix, guint32 i)
{
    const Column *column = &matrix->columns[i];
    if (column->before != NONE) {
        matrix->columns[column->before].after = column->after;
    } else {
        matrix->buckets[bucket_of(column->degree)] = column->after;
    }
    if (column->after != NONE) {
        matrix->columns[column->after].before = column->before;
    }
}

static void enter_bucket(Matrix *matrix, guint32 i)
{
    Column *column = &matrix->columns[i];
    guint32 *first = &matrix->buckets[bucket_of(column->degree)];
    column->before = NONE;
    column->after = *first;
    if (*first != NONE) {
        matrix->columns[*first].before = i;
    }
    *first = i;
}

static void change_degree(Matrix *matrix, guint32 i, gint change)
{
    leave_bucket(matrix, i);
    matrix->columns[i].degree += (guint32)change;
    enter_bucket(matrix, i);
}

static void add_to_column(Matrix *matrix, guint32 i, guint32 row)
{
    Column *column = &matrix->columns[i];
    if (column->n == column->capacity) {
        const guint32 capacity = MAX(8, 2 * column->capacity);
        guint32 *rows = g_new(guint32, capacity);
        memcpy(rows, column->rows, column->n * sizeof *rows);
        if (column->is_owned) {
            g_free(column->rows);
        }
        column->rows = rows;
        column->capacity = capacity;
        column->is_owned = TRUE;
    }
    column->rows[column->n++] = row;
    change_degree(matrix, i, 1);
}

/* The first rows are pieces of two arrays, and the first columns of another. */
static void matrix_init(Matrix *matrix, const SpSystem *system, guint64 most_work)
{
    const gsize n_entries = system->starts[system->n_sums];
    *matrix = (Matrix){.most_work = most_work,
                       .n_columns = system->n_unknowns,
                       .n_rows = system->n_sums,
                       .rows = g_new0(Row, system->n_sums),
                       .columns = g_new0(Column, system->n_unknowns),
                       .singles = g_array_new(FALSE, FALSE, sizeof(guint32)),
                       .pivots = g_array_new(FALSE, FALSE, sizeof(Pivot)),
                       .all_columns = g_new0(guint32, n_entries),
                       .all_rows = g_new0(guint32, n_entries),
                       .all_values = g_new0(guint64, n_entries)};
    for (gsize i = 0; i < n_entries; i++) {
        matrix->columns[SP_ENTRY_UNKNOWN(system->entries[i])].capacity++;
    }
    guint32 *place = matrix->all_rows;
    for (gsize i = 0; i < matrix->n_columns; i++) {
        matrix->columns[i].rows = place;
        place += matrix->columns[i].capacity;
    }
}

static int compare_entries(gconstpointer a, gconstpointer b)
{
    const guint32 left = *(const guint32 *)a, right = *(const guint32 *)b;
    return left < right ? -1 : left > right;
}

static void fill_rows(Matrix *matrix, const SpSystem *system)
{
    memcpy(matrix->all_columns, system->entries,
           system->starts[system->n_sums] * sizeof *matrix->all_columns);
    for (guint32 r = 0; r < matrix->n_rows; r++) {
        const guint32 start = system->starts[r];
        Row *row = &matrix->rows[r];
        row->columns = matrix->all_columns + start;
        row->values = matrix->all_values + start;
        row->n = system->starts[r + 1] - start;
        qsort(row->columns, row->n, sizeof *row->columns, compare_entries);
        for (guint32 k = 0; k < row->n; k++) {
            row->values[k] = SP_ENTRY_IS_WHOLE(row->columns[k]) ? SP_FIELD_PRIME - 1 : 1;
            row->columns[k] = SP_ENTRY_UNKNOWN(row->columns[k]);
            Column *column = &matrix->columns[row->columns[k]];
            column->rows[column->n++] = r;
            column->degree++;
        }
        if (row->n == 1) {
            g_array_append_val(matrix->singles, r);
        }
    }
    memset(matrix->buckets, 0xff, sizeof matrix->buckets);
    for (guint32 i = 0; i < matrix->n_columns; i++) {
        enter_bucket(matrix, i);
    }
}

static void matrix_clear(Matrix *matrix)
{
    for (gsize r = 0; r < matrix->n_rows; r++) {
        if (matrix->rows[r].is_owned) {
            g_free(matrix->rows[r].columns);
            g_free(matrix->rows[r].values);
        }
    }
    for (gsize i = 0; i < matrix->n_columns; i++) {
        if (matrix->columns[i].is_owned) {
            g_free(matrix->columns[i].rows);
        }
    }
    g_free(matrix->rows);
    g_free(matrix->columns);
    g_array_unref(matrix->singles);
    g_array_unref(matrix->pivots);
    g_free(matrix->all_columns);
    g_free(matrix->all_rows);
    g_free(matrix->all_values);
}

/* Where a column stands in a row, NONE if it does not. */
static guint32 place_in(const Row *row, guint32 column)
{
    guint32 low = 0, high = row->n;
    while (low < high) {
        const guint32 middle = low + (high - low) / 2;
        if (row->columns[middle] < column) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < row->n && row->columns[low] == column ? low : NONE;
}

/* One entry of row + factor · pivot into `sum`; what comes and goes is told to the columns. */
static void put(Matrix *matrix, Row *sum, guint32 column, guint64 value)
{
    sum->columns[sum->n] = column;
    sum->values[sum->n] = value;
    sum->n += value != 0 ? 1 : 0;
    if (value == 0) {
        change_degree(matrix, column, -1);
    }
}

/* Adds the multiple of the pivot's row that takes its column out of row `r`. */
static void reduce(Matrix *matrix, guint32 r, const Row *pivot, guint64 factor)
{
    Row *row = &matrix->rows[r];
    const gsize room = (gsize)row->n + pivot->n;
    const gint64 row_size = row->n;
    Row sum = {.columns = g_new(guint32, room), .values = g_new(guint64, room), .is_owned = TRUE};
    guint32 a = 0, b = 0;
    while (a < row->n || b < pivot->n) {
        const guint32 left = a < row->n ? row->columns[a] : NONE;
        const guint32 right = b < pivot->n ? pivot->columns[b] : NONE;
        const guint64 added = right <= left ? sp_field_multiply(factor, pivot->values[b]) : 0;
        if (left <= right) {
            put(matrix, &sum, left, sp_field_add(row->values[a], added));
        } else {
            put(matrix, &sum, right, added);
            add_to_column(matrix, right, r);
        }
        a += left <= right ? 1 : 0;
        b += right <= left ? 1 : 0;
    }
    if (row->is_owned) {
        g_free(row->columns);
        g_free(row->values);
    }
    sum.columns = g_renew(guint32, sum.columns, MAX(sum.n, 1));
    sum.values = g_renew(guint64, sum.values, MAX(sum.n, 1));
    sum.is_done = sum.n == 0;
    *row = sum;
    matrix->work += room;
    matrix->fill += (gint64)sum.n - row_size;
    if (sum.n == 1) {
        g_array_append_val(matrix->singles, r);
    }
}

static void pivot_on(Matrix *matrix, guint32 column, guint32 r)
{
    Row *pivot = &matrix->rows[r];
    const Pivot made = {column, r};
    const guint32 own = place_in(pivot, column);
    g_assert(own != NONE && pivot->values != NULL && pivot->columns != NULL);
    const guint64 inverse = sp_field_inverse(pivot->values[own]);
    /* The column's list grows no more: no row gets it again. */
    for (guint32 i = 0; i < matrix->columns[column].n; i++) {
        const guint32 other = matrix->columns[column].rows[i];
        const Row *row = &matrix->rows[other];
        const guint32 place = other == r || row->is_done ? NONE : place_in(row, column);
        if (place != NONE) {
            const guint64 times = sp_field_multiply(row->values[place], inverse);
            reduce(matrix, other, pivot, sp_field_negate(times));
        }
    }
    pivot->is_done = TRUE;
    for (guint32 k = 0; k < pivot->n; k++) {
        change_degree(matrix, pivot->columns[k], -1);
    }
    matrix->work += pivot->n;
    g_array_append_val(matrix->pivots, made);
}

/* The shortest row that holds the column, the first of equals. */
static guint32 shortest_row(const Matrix *matrix, const Column *column, guint32 i)
{
    guint32 shortest = NONE;
    for (guint32 k = 0; k < column->n; k++) {
        const guint32 r = column->rows[k];
        const Row *row = &matrix->rows[r];
        if (!row->is_done && place_in(row, i) != NONE &&
            (shortest == NONE || row->n < matrix->rows[shortest].n ||
             (row->n == matrix->rows[shortest].n && r < shortest))) {
            shortest = r;
        }
    }
    return shortest;
}

static guint32 least_column(const Matrix *matrix)
{
    for (guint32 degree = 1; degree < N_BUCKETS; degree++) {
        if (matrix->buckets[degree] != NONE) {
            return matrix->buckets[degree];
        }
    }
    return NONE;
}

static void eliminate(Matrix *matrix)
{
    while (matrix->work <= matrix->most_work && matrix->fill <= MOST_FILL) {
        if (matrix->singles->len > 0) {
            const guint32 r = g_array_index(matrix->singles, guint32, matrix->singles->len - 1);
            g_array_set_size(matrix->singles, matrix->singles->len - 1);
            if (!matrix->rows[r].is_done) {
                g_assert(matrix->rows[r].n > 0 && matrix->rows[r].columns != NULL);
                pivot_on(matrix, matrix->rows[r].columns[0], r);
            }
            continue;
        }
        const guint32 column = least_column(matrix);
        if (column == NONE) {
            return;
        }
        pivot_on(matrix, column, shortest_row(matrix, &matrix->columns[column], column));
    }
}

/* The drawn vector: free unknowns are random, pivots follow from those after them. */
static void judge(const Matrix *matrix, SpLinear linear[])
{
    const SpRandom random = sp_random_named(sp_random_seed(1), "attack");
    g_autofree guint64 *vector = g_new(guint64, MAX(matrix->n_columns, 1));
    for (gsize i = 0; i < matrix->n_columns; i++) {
        vector[i] = 1 + sp_random_below(random, i, SP_FIELD_PRIME - 1);
        linear[i] = matrix->columns[i].degree > 0 ? SP_LINEAR_GIVEN_UP : SP_LINEAR_OPEN;
    }
    for (guint p = matrix->pivots->len; p-- > 0;) {
        const Pivot *pivot = &g_array_index(matrix->pivots, Pivot, p);
        const Row *row = &matrix->rows[pivot->row];
        gboolean is_given_up = FALSE;
        guint64 own = 0, others = 0;
        for (guint32 k = 0; k < row->n; k++) {
            const guint32 column = row->columns[k];
            if (column == pivot->column) {
                own = row->values[k];
                continue;
            }
            others = sp_field_add(others, sp_field_multiply(row->values[k], vector[column]));
            is_given_up = is_given_up || linear[column] == SP_LINEAR_GIVEN_UP;
        }
        vector[pivot->column] = sp_field_multiply(sp_field_negate(others), sp_field_inverse(own));
        linear[pivot->column] = is_given_up                  ? SP_LINEAR_GIVEN_UP
                                : vector[pivot->column] == 0 ? SP_LINEAR_FOLLOWS
                                                             : SP_LINEAR_OPEN;
    }
}

void sp_rowspace(const SpSystem *system, guint64 most_work, SpLinear linear[])
{
    Matrix matrix;
    if (system->n_sums == 0) {
        for (gsize i = 0; i < system->n_unknowns; i++) {
            linear[i] = SP_LINEAR_OPEN;
        }
        return;
    }
    matrix_init(&matrix, system, most_work);
    fill_rows(&matrix, system);
    eliminate(&matrix);
    judge(&matrix, linear);
    matrix_clear(&matrix);
}
