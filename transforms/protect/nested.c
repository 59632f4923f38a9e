/* The Gauss method, twice at once: as if all that is above were known, and with a mark for each
 * hidden cell of it that a combination makes use of. */
#include "transforms/protect/nested.h"

#include "transforms/protect/elimination.h"
#include "transforms/protect/guard.h"

typedef struct {
    const SpNested *problem;
    SpGuard *hidden;      /* primaries of the part, less what `known` tells of them */
    GArray *told;         /* guint32: of no use here */
    SpElimination *known; /* all cells above, and the shown ones of the part */
    SpElimination
        *marked; /* the same, hidden cells above with a row of their own after the others */
} Run;

static void run_clear(Run *run)
{
    sp_guard_free(run->hidden);
    g_array_unref(run->told);
    sp_elimination_free(run->known);
    sp_elimination_free(run->marked);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

/* The row of a hidden cell above's own. */
static guint32 mark_of(const SpDesign *design, guint32 cell)
{
    return (guint32)design->n_inner + cell;
}

/* Takes what is left of the column, which is not empty. */
static void know(Run *run, SpSparse *rest)
{
    const guint32 place = sp_guard_choose_pivot(run->hidden, rest, G_MAXUINT32);
    const guint32 row = rest->row[place];
    sp_guard_show(run->hidden, sp_elimination_accept(run->known, rest, place), row, run->told);
}

/* The first row is a row of the part, if there is one, else a mark: a sum of hidden cells above
 * that is known. */
static void mark(Run *run, const SpSparse *column)
{
    SpSparse rest = sp_elimination_reduce(run->marked, column);
    if (rest.n > 0) {
        (void)sp_elimination_accept(run->marked, &rest, 0);
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
        SpSparse column = sp_sparse_of_cell(problem->design, cell, 0);
        SpSparse rest = sp_elimination_reduce(run->known, &column);
        if (rest.n > 0) {
            know(run, &rest);
        }
        if (problem->place[cell] == SP_CELL_ABOVE_HIDDEN) {
            column.row[column.n] = mark_of(problem->design, cell);
            column.value[column.n++] = 1;
        }
        mark(run, &column);
        sp_sparse_clear(&rest);
        sp_sparse_clear(&column);
    }
}

static gboolean is_forced(const SpNested *problem, guint32 cell)
{
    return problem->is_forced != NULL && problem->is_forced[cell];
}

static void accept_forced(Run *run)
{
    const SpNested *problem = run->problem;
    for (guint32 cell = 0; cell < problem->design->n_cells; cell++) {
        if (problem->place[cell] != SP_CELL_OF_PART || !is_forced(problem, cell)) {
            continue;
        }
        SpSparse column = sp_sparse_of_cell(problem->design, cell, 0);
        SpSparse rest = sp_elimination_reduce(run->known, &column);
        mark(run, &column);
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
        if (problem->place[cell] != SP_CELL_OF_PART || !problem->is_primary[cell] ||
            is_forced(problem, cell)) {
            continue;
        }
        SpSparse column = sp_sparse_of_cell(problem->design, cell, 0);
        if (column.n > 0) {
            sp_guard_add(run->hidden, &column, cell);
        }
        sp_sparse_clear(&column);
    }
}

/* A cell that follows from all cells above and what is shown: whether it tells nothing new of the
 * hidden ones. */
static gboolean tells_nothing(Run *run, const SpSparse *column)
{
    const SpNested *problem = run->problem;
    SpSparse rest = sp_elimination_reduce(run->marked, column);
    gboolean is_known = rest.n == 0;
    if (!is_known) {
        g_autofree guint32 *cells = g_new(guint32, rest.n);
        for (guint32 i = 0; i < rest.n; i++) {
            cells[i] = rest.row[i] - (guint32)problem->design->n_inner;
        }
        is_known = problem->is_known_above(rest.n, cells, rest.value, problem->data);
        if (is_known) {
            (void)sp_elimination_accept(run->marked, &rest, 0);
        }
    }
    sp_sparse_clear(&rest);
    return is_known;
}

static gboolean may_show(Run *run, const SpSparse *column)
{
    SpSparse rest = sp_elimination_reduce(run->known, column);
    gboolean may = FALSE;
    if (rest.n == 0) {
        may = tells_nothing(run, column);
    } else if (!sp_guard_gives_away(run->hidden, &rest)) {
        mark(run, column);
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
                       .known = sp_elimination_new(n_inner),
                       .marked = sp_elimination_new(n_inner + problem->design->n_cells)};
    gsize n = 0;
    guard_primaries(&run);
    accept_above(&run);
    accept_forced(&run);
    for (guint32 cell = 0; cell < problem->design->n_cells; cell++) {
        is_hidden[cell] = problem->place[cell] == SP_CELL_OF_PART &&
                          (problem->is_primary[cell] || !is_forced(problem, cell));
    }
    for (gsize i = 0; i < problem->n_order; i++) {
        const guint32 cell = problem->order[i];
        if (problem->place[cell] != SP_CELL_OF_PART || problem->is_primary[cell] ||
            is_forced(problem, cell)) {
            continue;
        }
        SpSparse column = sp_sparse_of_cell(problem->design, cell, 0);
        is_hidden[cell] = !may_show(&run, &column);
        n += is_hidden[cell] ? 1 : 0;
        sp_sparse_clear(&column);
    }
    return n;
}
