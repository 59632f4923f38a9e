/* Bounds, sum by sum. */
#include "transforms/protect/narrow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROUNDS = 50, MOST_CELLS = 100 };

/* A part of a sum, before they are put together: sums are known by their whole, their column and
 * which of the column's sums they are. */
typedef struct {
    guint32 whole;
    guint32 column;
    guint32 number;
    guint32 part; /* SP_NO_CELL: nobody is told of it */
} Link;

typedef struct {
    guint32 whole;
    guint32 first;     /* of its parts, which end where those of the next sum begin */
    gboolean is_whole; /* all parts are told, or known to be 0 */
    gboolean adds;     /* and they come to the whole and `beside` */
    double beside;     /* persons who are in several parts */
} Sum;

struct SpNarrow {
    double width;
    double threshold;
    const GArray *of_group; /* guint32 */
    GArray *sums;           /* Sum, and one more that ends the last */
    guint32 n_parts;
    guint32 *part;       /* [links] cells */
    guint32 *first_in;   /* [cells + 1] where the sums that a cell is part of begin ... */
    guint32 *in;         /* [links] ... in this list of sums */
    guint32 *first_of;   /* [cells + 1] where the sums that a cell is the whole of begin */
    const double *value; /* [cells] of what is counted */
    const gboolean *is_known;
    double *low; /* [cells] */
    double *high;
    gboolean *is_fresh; /* [cells] hidden in this round */
    gsize n_left;
};

/* ---- sums ---- */

/* The sums of the cells of a group that one of the column's sums makes. */
static void add_links(const SpCells *cells, const GArray *of_group, gsize column, guint number,
                      GArray *links)
{
    const SpNestingSum *nested = cells->nesting[column]->sums->pdata[number];
    g_autofree guint32 *tuple = g_new(guint32, cells->n_columns + 1);
    for (guint i = 0; i < of_group->len; i++) {
        const guint32 whole = g_array_index(of_group, guint32, i);
        const guint32 *from = sp_tuples_at(cells->tuples, whole);
        if (from[column + 1] != nested->whole) {
            continue;
        }
        memcpy(tuple, from, (cells->n_columns + 1) * sizeof(guint32));
        for (guint j = 0; j < nested->parts->len; j++) {
            Link link = {whole, (guint32)column, number, SP_NO_CELL};
            guint32 part = 0;
            tuple[column + 1] = g_array_index(nested->parts, guint32, j);
            const gboolean is_there = sp_tuples_find(cells->tuples, tuple, &part);
            /* Of a part that is not told nobody knows that it is 0. */
            if (is_there || !sp_cells_tell(cells, tuple)) {
                link.part = is_there ? part : SP_NO_CELL;
                g_array_append_val(links, link);
            }
        }
    }
}

static gboolean are_of_one_sum(const Link *a, const Link *b)
{
    return a->whole == b->whole && a->column == b->column && a->number == b->number;
}

static int compare_numbers(guint32 a, guint32 b)
{
    return a < b ? -1 : a > b ? 1 : 0;
}

static int compare_links(const void *a, const void *b)
{
    const Link *first = a;
    const Link *second = b;
    int order = compare_numbers(first->whole, second->whole);
    order = order != 0 ? order : compare_numbers(first->column, second->column);
    order = order != 0 ? order : compare_numbers(first->number, second->number);
    return order != 0 ? order : compare_numbers(first->part, second->part);
}

static void look_at_sum(const SpNarrow *narrow, Sum *sum, guint32 end)
{
    double all = 0.0;
    gboolean is_known = narrow->is_known[sum->whole];
    for (guint32 i = sum->first; i < end; i++) {
        all += narrow->value[narrow->part[i]];
        is_known = is_known && narrow->is_known[narrow->part[i]];
    }
    sum->is_whole = sum->is_whole && is_known;
    sum->beside = all - narrow->value[sum->whole];
    sum->adds = sum->is_whole && fabs(sum->beside) < narrow->width;
}

static void put_together(SpNarrow *narrow, const GArray *links)
{
    Sum *sums = NULL;
    narrow->n_parts = 0;
    narrow->part = g_new(guint32, links->len + 1);
    for (guint i = 0; i < links->len; i++) {
        const Link *link = &g_array_index(links, Link, i);
        if (i == 0 || !are_of_one_sum(link - 1, link)) {
            const Sum sum = {.whole = link->whole, .first = narrow->n_parts, .is_whole = TRUE};
            g_array_append_val(narrow->sums, sum);
        }
        if (link->part == SP_NO_CELL) {
            g_array_index(narrow->sums, Sum, narrow->sums->len - 1).is_whole = FALSE;
        } else {
            narrow->part[narrow->n_parts++] = link->part;
        }
    }
    const Sum end = {.first = narrow->n_parts};
    g_array_append_val(narrow->sums, end);
    sums = (Sum *)(gpointer)narrow->sums->data;
    for (guint i = 0; i + 1 < narrow->sums->len; i++) {
        look_at_sum(narrow, &sums[i], sums[i + 1].first);
    }
}

/* Sums stand in the order of their wholes. */
static void find_wholes(SpNarrow *narrow, gsize n_cells)
{
    const Sum *sums = (const Sum *)(gpointer)narrow->sums->data;
    guint32 sum = 0;
    narrow->first_of = g_new(guint32, n_cells + 2);
    for (guint32 cell = 0; cell <= n_cells; cell++) {
        while (sum + 1 < narrow->sums->len && sums[sum].whole < cell) {
            sum++;
        }
        narrow->first_of[cell] = sum;
    }
    narrow->first_of[n_cells] = narrow->sums->len - 1;
}

/* Of each cell the sums that it is part of. */
static void turn_round(SpNarrow *narrow, gsize n_cells, guint n_links)
{
    const Sum *sums = (const Sum *)(gpointer)narrow->sums->data;
    narrow->first_in = g_new0(guint32, n_cells + 2);
    narrow->in = g_new(guint32, n_links + 1);
    for (guint i = 0; i < n_links; i++) {
        narrow->first_in[narrow->part[i] + 2]++;
    }
    for (gsize cell = 2; cell < n_cells + 2; cell++) {
        narrow->first_in[cell] += narrow->first_in[cell - 1];
    }
    for (guint32 sum = 0; sum + 1 < narrow->sums->len; sum++) {
        for (guint32 i = sums[sum].first; i < sums[sum + 1].first; i++) {
            narrow->in[narrow->first_in[narrow->part[i] + 1]++] = sum;
        }
    }
}

SpNarrow *sp_narrow_new(const SpCells *cells, const SpCount *counted, const GArray *of_group,
                        double width, double threshold)
{
    const gsize n_cells = sp_cells_size(cells);
    SpNarrow *narrow = g_new(SpNarrow, 1);
    g_autoptr(GArray) links = g_array_new(FALSE, FALSE, sizeof(Link));
    const GArray *value = counted != NULL ? counted->value : cells->value;
    const GArray *is_known = counted != NULL ? counted->is_known : cells->is_known;
    *narrow = (SpNarrow){.value = (const double *)(gconstpointer)value->data,
                         .is_known = (const gboolean *)(gconstpointer)is_known->data,
                         .width = width,
                         .threshold = threshold,
                         .of_group = of_group,
                         .sums = g_array_new(FALSE, FALSE, sizeof(Sum)),
                         .low = g_new(double, n_cells + 1),
                         .high = g_new(double, n_cells + 1),
                         .is_fresh = g_new0(gboolean, n_cells + 1)};
    for (gsize column = 0; column < cells->n_columns; column++) {
        for (guint number = 0; number < cells->nesting[column]->sums->len; number++) {
            add_links(cells, of_group, column, number, links);
        }
    }
    g_array_sort(links, compare_links);
    put_together(narrow, links);
    find_wholes(narrow, n_cells);
    turn_round(narrow, n_cells, narrow->n_parts);
    return narrow;
}

void sp_narrow_free(SpNarrow *narrow)
{
    if (narrow != NULL) {
        g_array_unref(narrow->sums);
        g_free(narrow->part);
        g_free(narrow->first_in);
        g_free(narrow->in);
        g_free(narrow->first_of);
        g_free(narrow->low);
        g_free(narrow->high);
        g_free(narrow->is_fresh);
        g_free(narrow);
    }
}

/* ---- bounds ---- */

static void open_bounds(SpNarrow *narrow, const SpCells *cells)
{
    for (guint i = 0; i < narrow->of_group->len; i++) {
        const guint32 cell = g_array_index(narrow->of_group, guint32, i);
        const double value = narrow->value[cell];
        const gboolean is_known = narrow->is_known[cell];
        const gboolean is_shown = is_known && sp_cells_reason(cells, cell) == SP_SHOWN;
        const gboolean is_some = is_known && value > 0.0 && !cells->hides_zeros;
        narrow->low[cell] = is_shown ? value : is_some ? 1.0 : 0.0;
        narrow->high[cell] = is_shown ? value : (double)INFINITY;
    }
}

/* No bound goes beyond the truth, though tables should differ by what somebody rounded. */
static gboolean raise_low(SpNarrow *narrow, guint32 cell, double to)
{
    const double bound = MIN(to, narrow->value[cell]);
    if (bound > narrow->low[cell]) {
        narrow->low[cell] = bound;
        return TRUE;
    }
    return FALSE;
}

static gboolean lower_high(SpNarrow *narrow, guint32 cell, double to)
{
    const double bound = MAX(to, narrow->value[cell]);
    if (bound < narrow->high[cell]) {
        narrow->high[cell] = bound;
        return TRUE;
    }
    return FALSE;
}

/* What the bounds of a sum's parts come to. */
typedef struct {
    double least;
    double most; /* of those that are bounded above */
    guint n_open;
} Span;

static Span span_of(const SpNarrow *narrow, const Sum *sum)
{
    Span span = {0};
    for (guint32 i = sum->first; i < sum[1].first; i++) {
        const double high = narrow->high[narrow->part[i]];
        span.least += narrow->low[narrow->part[i]];
        span.n_open += isinf(high) ? 1 : 0;
        span.most += isinf(high) ? 0.0 : high;
    }
    return span;
}

/* What the other parts may come to, INFINITY where one of them has no bound. */
static double most_beside(const SpNarrow *narrow, const Span *span, guint32 part)
{
    const double high = narrow->high[part];
    if (isinf(high)) {
        return span->n_open == 1 ? span->most : (double)INFINITY;
    }
    return span->n_open == 0 ? span->most - high : (double)INFINITY;
}

/* Parts that come to their whole, or to no less where persons are in several of them: each is then
 * no more than the whole. */
static gboolean bound(SpNarrow *narrow, const Sum *sum)
{
    const guint32 whole = sum->whole;
    const double beside = sum->adds ? sum->beside : 0.0;
    const Span span = span_of(narrow, sum);
    gboolean is_changed =
        sum->is_whole && span.n_open == 0 && lower_high(narrow, whole, span.most - beside);
    is_changed = (sum->adds && raise_low(narrow, whole, span.least - beside)) || is_changed;
    for (guint32 i = sum->first; i < sum[1].first; i++) {
        const guint32 part = narrow->part[i];
        const double rest = sum->adds ? beside - (span.least - narrow->low[part]) : 0.0;
        is_changed = lower_high(narrow, part, narrow->high[whole] + rest) || is_changed;
        const double least = narrow->low[whole] + beside - most_beside(narrow, &span, part);
        is_changed = (sum->is_whole && raise_low(narrow, part, least)) || is_changed;
        is_changed = (!sum->adds && raise_low(narrow, whole, narrow->low[part])) || is_changed;
    }
    return is_changed;
}

static void find_bounds(SpNarrow *narrow, const SpCells *cells)
{
    const Sum *sums = (const Sum *)(gpointer)narrow->sums->data;
    gboolean is_changed = TRUE;
    open_bounds(narrow, cells);
    for (guint round = 0; is_changed && round < MOST_ROUNDS; round++) {
        is_changed = FALSE;
        for (guint i = 0; i + 1 < narrow->sums->len; i++) {
            is_changed = bound(narrow, &sums[i]) || is_changed;
        }
    }
}

/* ---- hiding more ---- */

/* What is hidden by a rule must have room. What is hidden for the sake of others, and is seen to be
 * many, must not be known exactly. */
static gboolean is_close(const SpNarrow *narrow, const SpCells *cells, guint32 cell)
{
    const SpReason reason = sp_cells_reason(cells, cell);
    const gboolean is_by_rule = reason != SP_HIDDEN_CLOSE && reason != SP_HIDDEN_SUM;
    const double low = narrow->low[cell] <= 1.0 ? 0.0 : narrow->low[cell];
    const double room = narrow->high[cell] - low;
    if (reason == SP_SHOWN || !narrow->is_known[cell] ||
        !(narrow->value[cell] > 0.0 || cells->hides_zeros)) {
        return FALSE;
    }
    return room < (is_by_rule || low < narrow->threshold ? narrow->width : 1.0);
}

/* The shown cell that is wanted less, of two that are alike the first. */
static guint32 smaller(const SpNarrow *narrow, const SpCells *cells, guint32 best, guint32 cell)
{
    const double *value = narrow->value;
    if (sp_cells_reason(cells, cell) != SP_SHOWN || !(value[cell] > 0.0) ||
        !narrow->is_known[cell]) {
        return best;
    }
    const gboolean is_less = best == SP_NO_CELL ||
                             sp_cells_is_wanted_less(cells, value, cell, best) ||
                             (cell < best && !sp_cells_is_wanted_less(cells, value, best, cell));
    return is_less ? cell : best;
}

/* What a sum by itself leaves a part. */
static double room_in(const SpNarrow *narrow, const Sum *sum, guint32 part)
{
    double least = 0.0;
    for (guint32 i = sum->first; i < sum[1].first; i++) {
        least += narrow->low[narrow->part[i]];
    }
    return narrow->high[sum->whole] + (sum->adds ? sum->beside - (least - narrow->low[part]) : 0.0);
}

/* What its parts by themselves leave a whole. */
static double room_of(const SpNarrow *narrow, const Sum *sum)
{
    double most = 0.0;
    for (guint32 i = sum->first; i < sum[1].first; i++) {
        most += narrow->high[narrow->part[i]];
    }
    return most - sum->beside;
}

/* A search for what to hide: through the sums that hold a cell down, and those that hold them. */
typedef struct {
    const SpNarrow *narrow;
    const SpCells *cells;
    GArray *waiting; /* guint32: hidden cells that are held down */
    guint32 best;
    double least;       /* smaller parts give too little room */
    gboolean is_helped; /* one of those beside was hidden in this round: its bounds are to come */
} Search;

static gboolean is_waiting(const Search *search, guint32 cell)
{
    for (guint i = 0; i < search->waiting->len; i++) {
        if (g_array_index(search->waiting, guint32, i) == cell) {
            return TRUE;
        }
    }
    return FALSE;
}

/* A cell beside: a shown one may be hidden, a hidden one may be held down itself. Of parts those
 * that give enough room by themselves. */
static void meet(Search *search, guint32 cell, gboolean is_part)
{
    const gboolean is_hidden = sp_cells_reason(search->cells, cell) != SP_SHOWN;
    search->is_helped = search->is_helped || search->narrow->is_fresh[cell];
    if (!is_hidden && (!is_part || search->narrow->value[cell] > search->least)) {
        search->best = smaller(search->narrow, search->cells, search->best, cell);
    } else if (is_hidden && isfinite(search->narrow->high[cell]) && !is_waiting(search, cell)) {
        g_array_append_val(search->waiting, cell);
    }
}

static void meet_parts(Search *search, const Sum *sum)
{
    for (guint32 i = sum->first; sum->adds && i < sum[1].first; i++) {
        meet(search, search->narrow->part[i], TRUE);
    }
}

/* The sums that leave a cell no more than it has room for. */
static void look_round(Search *search, guint32 cell, double room)
{
    const SpNarrow *narrow = search->narrow;
    const Sum *sums = (const Sum *)(gpointer)narrow->sums->data;
    for (guint32 j = narrow->first_in[cell]; j < narrow->first_in[cell + 1]; j++) {
        const Sum *sum = &sums[narrow->in[j]];
        if (room_in(narrow, sum, cell) <= room) {
            meet(search, sum->whole, FALSE);
            meet_parts(search, sum);
        }
    }
    for (guint32 j = narrow->first_of[cell]; j < narrow->first_of[cell + 1]; j++) {
        if (sums[j].is_whole && room_of(narrow, &sums[j]) <= room) {
            meet_parts(search, &sums[j]);
        }
    }
}

/* How far a search goes. */
typedef struct {
    double least;      /* smaller parts are not hidden */
    gboolean goes_far; /* through all sums, not only those that hold cells down */
} Reach;

/* The cell to hide for the sake of one that has too little room; SP_NO_CELL if there is none, or
 * one was hidden just now. */
static guint32 find_more(const SpNarrow *narrow, const SpCells *cells, guint32 cell,
                         const Reach *reach, gboolean *is_helped)
{
    g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(guint32));
    Search search = {.narrow = narrow,
                     .cells = cells,
                     .waiting = waiting,
                     .best = SP_NO_CELL,
                     .least = reach->least};
    g_array_append_val(waiting, cell);
    for (guint i = 0;
         search.best == SP_NO_CELL && !search.is_helped && i < waiting->len && i < MOST_CELLS;
         i++) {
        const guint32 of = g_array_index(waiting, guint32, i);
        const double room = i == 0 ? narrow->high[of] : MAX(narrow->high[of], narrow->width);
        look_round(&search, of, reach->goes_far ? (double)INFINITY : room);
    }
    *is_helped = search.is_helped;
    return search.is_helped ? SP_NO_CELL : search.best;
}

/* The nearest first, and what gives enough room by itself. */
static guint32 find_any(const SpNarrow *narrow, const SpCells *cells, guint32 cell)
{
    const Reach reaches[] = {{narrow->width, FALSE}, {0.0, FALSE}, {0.0, TRUE}};
    guint32 more = SP_NO_CELL;
    gboolean is_helped = FALSE;
    for (gsize i = 0; more == SP_NO_CELL && !is_helped && i < G_N_ELEMENTS(reaches); i++) {
        more = find_more(narrow, cells, cell, &reaches[i], &is_helped);
    }
    return more;
}

gsize sp_narrow_hide(SpNarrow *narrow, SpCells *cells)
{
    gsize n = 0;
    narrow->n_left = 0;
    memset(narrow->is_fresh, 0, sp_cells_size(cells) * sizeof *narrow->is_fresh);
    find_bounds(narrow, cells);
    for (guint i = 0; i < narrow->of_group->len; i++) {
        const guint32 cell = g_array_index(narrow->of_group, guint32, i);
        if (!is_close(narrow, cells, cell)) {
            continue;
        }
        const guint32 more = find_any(narrow, cells, cell);
        if (more == SP_NO_CELL) {
            narrow->n_left++;
            continue;
        }
        g_array_index(cells->reason, guint8, more) = SP_HIDDEN_CLOSE;
        narrow->is_fresh[more] = TRUE;
        n++;
    }
    return n;
}

gsize sp_narrow_n_left(const SpNarrow *narrow)
{
    return narrow->n_left;
}
