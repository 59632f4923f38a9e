/* The Gauss method, twice at once: by what is shown, and by that with all that is above. */
#include "transforms/protect/nested.h"

#include "transforms/protect/elimination.h"
#include "transforms/protect/guard.h"
#include "transforms/protect/residue.h"

#include <math.h>

typedef struct {
    const SpNested *problem;
    SpGuard *hidden;      /* primaries of the part, less what `known` tells of them */
    GArray *told;         /* guint32: primaries that the cells above give away: copies of them */
    SpElimination *shown; /* shown cells, above and of the part */
    SpElimination *known; /* all cells above, and the shown ones of the part */
} Run;

static void run_clear(Run *run)
{
    sp_guard_free(run->hidden);
    g_array_unref(run->told);
    sp_elimination_free(run->shown);
    sp_elimination_free(run->known);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

static SpSparse column_of(const SpDesign *design, guint32 cell)
{
    const gsize begin = design->start[cell];
    const guint32 n = (guint32)(design->start[cell + 1] - begin);
    SpSparse column = {
        .n = n, .row = g_new(guint32, (gsize)n + 1), .value = g_new(guint64, (gsize)n + 1)};
    for (guint32 i = 0; i < n; i++) {
        column.row[i] = design->inner[begin + i];
        column.value[i] = sp_residue_of(design->coef[begin + i]);
    }
    return column;
}

/* The row that the fewest guarded columns have: they are what is kept reduced. */
static guint32 choose_pivot(const SpGuard *guard, const SpSparse *column)
{
    const double per_row = 0.01; /* as gauss.c: early rows lie close together */
    double least = INFINITY;
    guint32 best = 0;
    for (guint32 i = 0; i < column->n; i++) {
        const double cost = sp_guard_n_holders(guard, column->row[i]) + per_row * column->row[i];
        if (cost < least) {
            least = cost;
            best = i;
        }
    }
    return best;
}

/* Takes what is left of the column, which is not empty. */
static void know(Run *run, SpSparse *rest)
{
    const guint32 place = choose_pivot(run->hidden, rest);
    const guint32 row = rest->row[place];
    sp_guard_show(run->hidden, sp_elimination_accept(run->known, rest, place), row, run->told);
}

static void show(Run *run, const SpSparse *column)
{
    SpSparse rest = sp_elimination_reduce(run->shown, column);
    if (rest.n > 0) {
        (void)sp_elimination_accept(run->shown, &rest, 0);
    }
    sp_sparse_clear(&rest);
}

static void accept_above(Run *run)
{
    const SpNested *problem = run->problem;
    for (guint32 cell = 0; cell < problem->design->n_cells; cell++) {
        if (problem->place[cell] == SP_CELL_OF_PART) {
            continue;
        }
        SpSparse column = column_of(problem->design, cell);
        if (problem->place[cell] == SP_CELL_ABOVE_SHOWN) {
            show(run, &column);
        }
        SpSparse rest = sp_elimination_reduce(run->known, &column);
        if (rest.n > 0) {
            know(run, &rest);
        }
        sp_sparse_clear(&rest);
        sp_sparse_clear(&column);
    }
}

static void guard_primaries(Run *run)
{
    const SpNested *problem = run->problem;
    for (guint32 cell = 0; cell < problem->design->n_cells; cell++) {
        if (problem->place[cell] != SP_CELL_OF_PART || !problem->is_primary[cell]) {
            continue;
        }
        SpSparse column = column_of(problem->design, cell);
        if (column.n > 0) {
            sp_guard_add(run->hidden, &column, cell);
        }
        sp_sparse_clear(&column);
    }
}

/* Whether the cell follows from shown ones alone. */
static gboolean follows(Run *run, const SpSparse *column)
{
    SpSparse rest = sp_elimination_reduce(run->shown, column);
    const gboolean is_empty = rest.n == 0;
    sp_sparse_clear(&rest);
    return is_empty;
}

/* A cell that follows from what is known but not from what is shown would tell of hidden cells
 * above. */
static gboolean may_show(Run *run, const SpSparse *column)
{
    SpSparse rest = sp_elimination_reduce(run->known, column);
    gboolean may = FALSE;
    if (rest.n == 0) {
        may = follows(run, column);
    } else if (!sp_guard_gives_away(run->hidden, &rest)) {
        show(run, column);
        know(run, &rest);
        may = TRUE;
    }
    sp_sparse_clear(&rest);
    return may;
}

gsize sp_gauss_nested(const SpNested *problem, gboolean is_hidden[])
{
    const gsize n_inner = problem->design->n_inner;
    g_auto(Run) run = {.problem = problem,
                       .hidden = sp_guard_new(n_inner),
                       .told = g_array_new(FALSE, FALSE, sizeof(guint32)),
                       .shown = sp_elimination_new(n_inner),
                       .known = sp_elimination_new(n_inner)};
    gsize n = 0;
    guard_primaries(&run);
    accept_above(&run);
    for (gsize cell = 0; cell < problem->design->n_cells; cell++) {
        is_hidden[cell] = problem->place[cell] == SP_CELL_OF_PART;
    }
    for (gsize i = 0; i < problem->n_order; i++) {
        const guint32 cell = problem->order[i];
        if (problem->place[cell] != SP_CELL_OF_PART || problem->is_primary[cell]) {
            continue;
        }
        SpSparse column = column_of(problem->design, cell);
        is_hidden[cell] = !may_show(&run, &column);
        n += is_hidden[cell] ? 1 : 0;
        sp_sparse_clear(&column);
    }
    return n;
}
