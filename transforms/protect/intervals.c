/* Feasible intervals: elimination by hand where one step is enough, linear programmes for the
 * rest. */
#include "transforms/protect/intervals.h"

#include "transforms/lp.h"

#include <math.h>
#include <string.h>

/* A part of the unknown inner figures that shown sums hold together. */
typedef struct {
    SpLp *lp;
    GArray *row_cells; /* GArray* of guint32: shown cells that say the same, one a row */
} Part;

struct SpIntervals {
    const SpDesign *design;
    double *known;   /* [n_inner] the figure where it follows, else NAN */
    guint32 *by;     /* [n_inner] the shown cell that a known one follows from */
    double *inner;   /* [n_inner] true figures */
    guint32 *part;   /* [n_inner] of those not known */
    guint32 *column; /* [n_inner] its variable in the part */
    GArray *parts;   /* Part */
};

/* ---- what follows at once ---- */

/* Shown cells by inner figure. */
typedef struct {
    gsize *start; /* [n_inner + 1] */
    guint32 *cells;
} Rows;

static Rows rows_of(const SpDesign *design, const gboolean is_hidden[])
{
    Rows rows = {g_new0(gsize, design->n_inner + 1),
                 g_new(guint32, design->start[design->n_cells] + 1)};
    for (int is_second = FALSE; is_second <= TRUE; is_second++) {
        for (gsize cell = 0; cell < design->n_cells; cell++) {
            for (gsize i = design->start[cell]; !is_hidden[cell] && i < design->start[cell + 1];
                 i++) {
                if (is_second) {
                    rows.cells[--rows.start[design->inner[i]]] = (guint32)cell;
                } else {
                    rows.start[design->inner[i]]++;
                }
            }
        }
        for (gsize i = 0; !is_second && i < design->n_inner; i++) {
            rows.start[i + 1] += rows.start[i];
        }
    }
    return rows;
}

static void rows_clear(Rows *rows)
{
    g_free(rows->start);
    g_free(rows->cells);
}

typedef struct {
    const SpDesign *design;
    const double *inner;
    double *known;
    guint32 *by;
    gsize *n_unknown; /* [n_cells] of shown cells */
    GArray *ready;    /* guint32: shown cells to be looked at */
} Follow;

/* What a shown cell leaves to its unknown figures; *is_positive: no coefficient of them is below
 * 0. */
static double rest_of(const Follow *follow, guint32 cell, gboolean *is_positive)
{
    const SpDesign *design = follow->design;
    double rest = 0.0;
    *is_positive = TRUE;
    for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
        if (isnan(follow->known[design->inner[i]])) {
            rest += design->coef[i] * follow->inner[design->inner[i]];
            *is_positive = *is_positive && design->coef[i] > 0;
        }
    }
    return rest;
}

/* One unknown figure follows from its sum, and all of a sum of nothing. */
static void look_at(const Follow *follow, const Rows *rows, guint32 cell)
{
    const SpDesign *design = follow->design;
    gboolean is_positive = TRUE;
    const double rest = rest_of(follow, cell, &is_positive);
    if (follow->n_unknown[cell] != 1 && !(is_positive && fabs(rest) < 1e-9)) {
        return;
    }
    for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
        const guint32 inner = design->inner[i];
        if (!isnan(follow->known[inner])) {
            continue;
        }
        follow->known[inner] = follow->inner[inner];
        follow->by[inner] = cell;
        for (gsize j = rows->start[inner]; j < rows->start[inner + 1]; j++) {
            follow->n_unknown[rows->cells[j]]--;
            g_array_append_val(follow->ready, rows->cells[j]);
        }
    }
}

static void find_known(SpIntervals *intervals, const gboolean is_hidden[], const Rows *rows)
{
    const SpDesign *design = intervals->design;
    g_autofree gsize *n_unknown = g_new0(gsize, design->n_cells + 1);
    g_autoptr(GArray) ready = g_array_new(FALSE, FALSE, sizeof(guint32));
    const Follow follow = {design,        intervals->inner, intervals->known,
                           intervals->by, n_unknown,        ready};
    for (gsize i = 0; i < design->n_inner; i++) {
        intervals->known[i] = NAN;
    }
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        if (!is_hidden[cell]) {
            n_unknown[cell] = design->start[cell + 1] - design->start[cell];
            g_array_append_val(ready, cell);
        }
    }
    while (ready->len > 0) {
        const guint32 cell = g_array_index(ready, guint32, ready->len - 1);
        g_array_set_size(ready, ready->len - 1);
        if (n_unknown[cell] > 0) {
            look_at(&follow, rows, cell);
        }
    }
}

/* ---- parts ---- */

/* Numbers the unknown figures that shown sums hold together; returns how many parts. */
static guint32 find_parts(SpIntervals *intervals, const Rows *rows)
{
    const SpDesign *design = intervals->design;
    g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(guint32));
    guint32 n_parts = 0;
    for (gsize i = 0; i < design->n_inner; i++) {
        intervals->part[i] = G_MAXUINT32;
    }
    for (guint32 first = 0; first < design->n_inner; first++) {
        if (!isnan(intervals->known[first]) || intervals->part[first] != G_MAXUINT32) {
            continue;
        }
        guint32 n_columns = 0;
        intervals->part[first] = n_parts;
        g_array_append_val(waiting, first);
        while (waiting->len > 0) {
            const guint32 inner = g_array_index(waiting, guint32, waiting->len - 1);
            g_array_set_size(waiting, waiting->len - 1);
            intervals->column[inner] = n_columns++;
            for (gsize j = rows->start[inner]; j < rows->start[inner + 1]; j++) {
                const guint32 cell = rows->cells[j];
                for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
                    const guint32 other = design->inner[i];
                    if (isnan(intervals->known[other]) && intervals->part[other] == G_MAXUINT32) {
                        intervals->part[other] = n_parts;
                        g_array_append_val(waiting, other);
                    }
                }
            }
        }
        n_parts++;
    }
    return n_parts;
}

/* The programme of a part while it is put together. */
typedef struct {
    GHashTable *rows;  /* what a row is, as text -> its number + 1 */
    GArray *entries;   /* SpLpEntry */
    GArray *sums;      /* double */
    GArray *row_cells; /* GArray* */
    guint32 n_columns;
} Draft;

static void clear_cells(gpointer cells)
{
    g_array_unref(*(GArray **)cells);
}

static void draft_init(Draft *draft)
{
    *draft = (Draft){.rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                     .entries = g_array_new(FALSE, FALSE, sizeof(SpLpEntry)),
                     .sums = g_array_new(FALSE, FALSE, sizeof(double)),
                     .row_cells = g_array_new(FALSE, FALSE, sizeof(GArray *))};
    g_array_set_clear_func(draft->row_cells, clear_cells);
}

/* A shown cell's unknown figures are of one part: the sum holds them together. */
static void add_row(const SpIntervals *intervals, guint32 cell, Draft *draft)
{
    const SpDesign *design = intervals->design;
    g_autoptr(GString) key = g_string_new(NULL);
    double sum = 0.0;
    for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
        const guint32 inner = design->inner[i];
        if (isnan(intervals->known[inner])) {
            g_string_append_printf(key, "%u*%d,", intervals->column[inner], design->coef[i]);
            sum += design->coef[i] * intervals->inner[inner];
        }
    }
    guint32 row = GPOINTER_TO_UINT(g_hash_table_lookup(draft->rows, key->str));
    if (row == 0) {
        GArray *cells = g_array_new(FALSE, FALSE, sizeof cell);
        row = draft->sums->len + 1;
        g_hash_table_insert(draft->rows, g_strdup(key->str), GUINT_TO_POINTER(row));
        g_array_append_val(draft->sums, sum);
        g_array_append_val(draft->row_cells, cells);
        for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
            const guint32 inner = design->inner[i];
            const SpLpEntry entry = {row - 1, intervals->column[inner], design->coef[i]};
            if (isnan(intervals->known[inner])) {
                g_array_append_val(draft->entries, entry);
            }
        }
    }
    g_array_append_val(g_array_index(draft->row_cells, GArray *, row - 1), cell);
}

static void make_parts(SpIntervals *intervals, guint32 n_parts, const gboolean is_hidden[])
{
    const SpDesign *design = intervals->design;
    g_autofree Draft *drafts = g_new(Draft, n_parts + 1);
    for (guint32 p = 0; p < n_parts; p++) {
        draft_init(&drafts[p]);
    }
    for (gsize i = 0; i < design->n_inner; i++) {
        if (isnan(intervals->known[i])) {
            drafts[intervals->part[i]].n_columns++;
        }
    }
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        for (gsize i = design->start[cell]; !is_hidden[cell] && i < design->start[cell + 1]; i++) {
            if (isnan(intervals->known[design->inner[i]])) {
                add_row(intervals, cell, &drafts[intervals->part[design->inner[i]]]);
                break;
            }
        }
    }
    for (guint32 p = 0; p < n_parts; p++) {
        Draft *draft = &drafts[p];
        const Part part = {sp_lp_new(draft->sums->len, draft->n_columns,
                                     (const SpLpEntry *)(gpointer)draft->entries->data,
                                     draft->entries->len,
                                     (const double *)(gpointer)draft->sums->data),
                           draft->row_cells};
        g_array_append_val(intervals->parts, part);
        g_hash_table_unref(draft->rows);
        g_array_unref(draft->entries);
        g_array_unref(draft->sums);
    }
}

static void clear_part(gpointer data)
{
    Part *part = data;
    sp_lp_free(part->lp);
    g_array_unref(part->row_cells);
}

SpIntervals *sp_intervals_new(const SpDesign *design, const double inner[],
                              const gboolean is_hidden[])
{
    SpIntervals *intervals = g_new(SpIntervals, 1);
    *intervals = (SpIntervals){.design = design,
                               .known = g_new(double, design->n_inner + 1),
                               .inner = g_memdup2(inner, design->n_inner * sizeof *inner),
                               .by = g_new0(guint32, design->n_inner + 1),
                               .part = g_new(guint32, design->n_inner + 1),
                               .column = g_new0(guint32, design->n_inner + 1),
                               .parts = g_array_new(FALSE, FALSE, sizeof(Part))};
    g_array_set_clear_func(intervals->parts, clear_part);
    Rows rows = rows_of(design, is_hidden);
    find_known(intervals, is_hidden, &rows);
    make_parts(intervals, find_parts(intervals, &rows), is_hidden);
    rows_clear(&rows);
    return intervals;
}

void sp_intervals_free(SpIntervals *intervals)
{
    if (intervals != NULL) {
        g_array_unref(intervals->parts);
        g_free(intervals->inner);
        g_free(intervals->known);
        g_free(intervals->part);
        g_free(intervals->by);
        g_free(intervals->column);
        g_free(intervals);
    }
}

/* ---- intervals ---- */

static void add_cell(GArray *binding, guint32 cell)
{
    for (guint i = 0; i < binding->len; i++) {
        if (g_array_index(binding, guint32, i) == cell) {
            return;
        }
    }
    g_array_append_val(binding, cell);
}

static void add_binding(const Part *part, const gboolean binds[], GArray *binding)
{
    for (guint row = 0; row < part->row_cells->len; row++) {
        const GArray *cells = g_array_index(part->row_cells, GArray *, row);
        for (guint i = 0; binds[row] && i < cells->len; i++) {
            add_cell(binding, g_array_index(cells, guint32, i));
        }
    }
}

/* Both ends of what a cell has in one part. */
static gboolean add_part(const Part *part, const GArray *columns, const GArray *coefs,
                         SpInterval *interval, GArray *binding)
{
    g_autofree gboolean *binds = g_new0(gboolean, part->row_cells->len + 1);
    for (int is_most = FALSE; is_most <= TRUE; is_most++) {
        memset(binds, 0, part->row_cells->len * sizeof *binds);
        const SpLpExtreme extreme =
            sp_lp_extreme(part->lp, columns->len, (const guint32 *)(gpointer)columns->data,
                          (const double *)(gpointer)coefs->data, is_most, binds);
        if (!extreme.is_good) {
            return FALSE;
        }
        *(is_most ? &interval->high : &interval->low) += extreme.value;
        if (binding != NULL) {
            add_binding(part, binds, binding);
        }
    }
    return TRUE;
}

gboolean sp_intervals_find(SpIntervals *intervals, guint32 cell, SpInterval *interval,
                           GArray *binding)
{
    const SpDesign *design = intervals->design;
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) coefs = g_array_new(FALSE, FALSE, sizeof(double));
    g_autofree gboolean *is_done = g_new0(gboolean, intervals->parts->len + 1);
    double figure = 0.0;
    *interval = (SpInterval){0.0, 0.0};
    for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
        const double amount = design->coef[i] * intervals->inner[design->inner[i]];
        figure += amount;
        if (!isnan(intervals->known[design->inner[i]])) {
            interval->low += amount;
            interval->high += amount;
            if (binding != NULL) {
                add_cell(binding, intervals->by[design->inner[i]]);
            }
        }
    }
    for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
        const guint32 p = intervals->part[design->inner[i]];
        if (!isnan(intervals->known[design->inner[i]]) || is_done[p]) {
            continue;
        }
        is_done[p] = TRUE;
        g_array_set_size(columns, 0);
        g_array_set_size(coefs, 0);
        for (gsize j = i; j < design->start[cell + 1]; j++) {
            const guint32 inner = design->inner[j];
            const double coef = design->coef[j];
            if (isnan(intervals->known[inner]) && intervals->part[inner] == p) {
                g_array_append_val(columns, intervals->column[inner]);
                g_array_append_val(coefs, coef);
            }
        }
        if (!add_part(&g_array_index(intervals->parts, Part, p), columns, coefs, interval,
                      binding)) {
            *interval = (SpInterval){figure, figure};
            return FALSE;
        }
    }
    return TRUE;
}
