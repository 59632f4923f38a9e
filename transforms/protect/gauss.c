/* The Gauss method: cells are shown one by one, the one wanted most first, unless a hidden figure
 * would then follow. */
#include "transforms/protect/gauss.h"

#include "transforms/protect/elimination.h"
#include "transforms/protect/guard.h"
#include "transforms/protect/residue.h"

#define NO_CELL G_MAXUINT32

typedef struct {
    const SpGauss *problem;
    SpDesign *design;    /* its rows: inner cells of no singleton first, then singletons */
    guint32 n_plain;     /* rows of no singleton */
    guint32 *first;      /* [n_cells] the first of the cell's copies */
    gboolean *is_hidden; /* [n_cells] of the first of copies */
    gboolean *is_done;   /* [n_cells] of the first of copies: shown or hidden for good */
    gboolean *is_let;    /* [n_inner] rows of sums of singletons that were let through */
    SpGuard *hidden;     /* primaries by their cells, guarded sums by numbers after those, sums of
                            singletons as NO_CELL */
    GArray *told;        /* guint32: names of guarded columns that known ones give away */
    SpElimination *shown;
} Run;

static gsize n_cells_of(const Run *run)
{
    return run->problem->design->n_cells;
}

/* ---- columns ---- */

/* The design with singletons as its last rows, where sums of them alone are to be found. */
static SpDesign *order_rows(const SpGauss *problem, guint32 *n_plain)
{
    const SpDesign *design = problem->design;
    const gsize n_entries = design->start[design->n_cells];
    g_autofree guint32 *row = g_new(guint32, design->n_inner + 1);
    g_autofree SpDesignEntry *entries = g_new(SpDesignEntry, n_entries + 1);
    guint32 next = 0;
    for (int is_last = FALSE; is_last <= TRUE; is_last++) {
        for (gsize i = 0; i < design->n_inner; i++) {
            const gboolean is_singleton = problem->is_singleton != NULL && problem->is_singleton[i];
            if (is_singleton == is_last) {
                row[i] = next++;
            }
        }
        if (!is_last) {
            *n_plain = next;
        }
    }
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
            entries[i] = (SpDesignEntry){row[design->inner[i]], cell, design->coef[i]};
        }
    }
    return sp_design_new(design->n_inner, design->n_cells, entries, n_entries);
}

/* ---- what is guarded ---- */

/* A sum of singletons alone is covered by hiding such sums, where those are hidden. */
static void guard_primaries(Run *run)
{
    const gboolean are_covered = run->problem->singletons == SP_SINGLETONS_ANY_SUM;
    for (guint32 cell = 0; cell < n_cells_of(run); cell++) {
        if (!run->is_hidden[cell] || run->first[cell] != cell) {
            continue;
        }
        SpSparse column = sp_sparse_of_cell(run->design, cell, 0);
        if (column.n == 0 || (are_covered && column.row[0] >= run->n_plain)) {
            sp_sparse_clear(&column);
            continue;
        }
        sp_guard_add(run->hidden, &column, cell);
        sp_sparse_clear(&column);
    }
}

static void guard_others(Run *run)
{
    for (gsize i = 0; i < run->problem->n_guarded; i++) {
        if (run->problem->guarded[i].n > 0) {
            sp_guard_add(run->hidden, &run->problem->guarded[i], (guint32)(n_cells_of(run) + i));
        }
    }
}

/* Sums of the two or more singletons in a cell. */
static void guard_sums(Run *run)
{
    for (guint32 cell = 0; cell < n_cells_of(run); cell++) {
        SpSparse column = sp_sparse_of_cell(run->design, cell, run->n_plain);
        if (run->first[cell] != cell || column.n < 2) {
            sp_sparse_clear(&column);
            continue;
        }
        sp_guard_add(run->hidden, &column, NO_CELL);
        sp_sparse_clear(&column);
    }
}

/* What is left of a column after all that is shown, in its place. */
static void reduce(Run *run, SpSparse *column)
{
    SpSparse rest = sp_elimination_reduce(run->shown, column);
    sp_sparse_clear(column);
    *column = rest;
}

static void show(Run *run, SpSparse *column)
{
    reduce(run, column);
    const guint32 place = /* Of plain rows, so that sums of singletons alone are seen as such. */
        sp_guard_choose_pivot(run->hidden, column, run->n_plain);
    const guint32 row = column->row[place];
    sp_guard_show(run->hidden, sp_elimination_accept(run->shown, column, place), row, run->told);
}

/* ---- candidates ---- */

/* A sum in which singletons alone are left is hidden, but for one of both signs whose rows no other
 * such sum has used: what it tells is a difference. */
static gboolean is_sum_of_singletons(Run *run, SpSparse *column)
{
    gboolean has_both_signs = FALSE;
    gboolean is_let = FALSE;
    if (run->problem->singletons != SP_SINGLETONS_ANY_SUM) {
        return FALSE;
    }
    reduce(run, column);
    if (column->row[0] < run->n_plain) {
        return FALSE;
    }
    const guint64 scale = sp_residue_inverse(column->value[0]);
    for (guint32 i = 0; i < column->n; i++) {
        has_both_signs =
            has_both_signs || sp_residue_sign(sp_residue_multiply(column->value[i], scale)) < 0;
        is_let = is_let || run->is_let[column->row[i]];
    }
    if (!has_both_signs || is_let) {
        return TRUE;
    }
    for (guint32 i = 0; i < column->n; i++) {
        run->is_let[column->row[i]] = TRUE;
    }
    return FALSE;
}

static void consider(Run *run, guint32 cell, gboolean is_forced)
{
    if (run->is_done[cell]) {
        return;
    }
    run->is_done[cell] = TRUE;
    SpSparse column = sp_sparse_of_cell(run->design, cell, 0);
    if (sp_guard_is_known(run->hidden, &column)) {
        /* It follows from what is shown. */
    } else if (!is_forced &&
               (is_sum_of_singletons(run, &column) || sp_guard_gives_away(run->hidden, &column))) {
        run->is_hidden[cell] = TRUE;
    } else {
        show(run, &column);
    }
    sp_sparse_clear(&column);
}

/* A sum that is known as it is. */
static void learn(Run *run, const SpSparse *known)
{
    if (!sp_guard_is_known(run->hidden, known)) {
        SpSparse column = sp_elimination_reduce(run->shown, known);
        show(run, &column);
        sp_sparse_clear(&column);
    }
}

static void consider_all(Run *run)
{
    const SpGauss *problem = run->problem;
    for (gsize i = 0; i < problem->n_known; i++) {
        learn(run, &problem->known[i]);
    }
    for (guint32 cell = 0; problem->is_forced != NULL && cell < n_cells_of(run); cell++) {
        if (problem->is_forced[cell]) {
            run->is_done[run->first[cell]] = FALSE; /* a primary that is known in another cell */
            consider(run, run->first[cell], TRUE);
        }
    }
    for (gsize i = 0; i < problem->n_order; i++) {
        consider(run, run->first[problem->order[i]], FALSE);
    }
    for (guint32 cell = 0; cell < n_cells_of(run); cell++) {
        consider(run, run->first[cell], FALSE);
    }
}

/* ---- the run ---- */

static void run_init(Run *run, const SpGauss *problem)
{
    const gsize n_inner = problem->design->n_inner;
    const gsize n_cells = problem->design->n_cells;
    *run = (Run){.problem = problem,
                 .first = g_new(guint32, n_cells + 1),
                 .is_hidden = g_new0(gboolean, n_cells + 1),
                 .is_done = g_new0(gboolean, n_cells + 1),
                 .is_let = g_new0(gboolean, n_inner + 1),
                 .hidden = sp_guard_new(n_inner),
                 .told = g_array_new(FALSE, FALSE, sizeof(guint32)),
                 .shown = sp_elimination_new(n_inner)};
    run->design = order_rows(problem, &run->n_plain);
    sp_design_find_copies(problem->design, run->first);
    for (gsize cell = 0; cell < n_cells; cell++) {
        if (problem->is_primary[cell]) {
            run->is_hidden[run->first[cell]] = TRUE;
            run->is_done[run->first[cell]] = TRUE;
        }
    }
}

static void run_clear(Run *run)
{
    g_array_unref(run->told);
    sp_guard_free(run->hidden);
    sp_elimination_free(run->shown);
    sp_design_free(run->design);
    g_free(run->first);
    g_free(run->is_hidden);
    g_free(run->is_done);
    g_free(run->is_let);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

/* Names of guarded columns that known ones give away: [n_cells + n_guarded]. */
static gboolean *told_of(const Run *run)
{
    gboolean *is_told = g_new0(gboolean, n_cells_of(run) + run->problem->n_guarded + 1);
    for (guint i = 0; i < run->told->len; i++) {
        const guint32 name = g_array_index(run->told, guint32, i);
        if (name != NO_CELL) {
            is_told[name] = TRUE;
        }
    }
    return is_told;
}

gsize sp_gauss(const SpGauss *problem, gboolean is_secondary[], gboolean is_unsafe[])
{
    g_auto(Run) run;
    const gsize n_cells = problem->design->n_cells;
    gsize n = 0;
    g_assert((problem->n_known == 0 && problem->n_guarded == 0) ||
             problem->singletons == SP_SINGLETONS_NONE);
    run_init(&run, problem);
    guard_primaries(&run);
    guard_others(&run);
    if (problem->singletons == SP_SINGLETONS_SUB_SUM) {
        guard_sums(&run);
    }
    consider_all(&run);
    g_autofree gboolean *is_told = told_of(&run);
    for (gsize cell = 0; cell < n_cells; cell++) {
        const guint32 first = run.first[cell];
        is_unsafe[cell] = problem->is_primary[cell] && is_told[first];
        is_secondary[cell] = run.is_hidden[first] && !problem->is_primary[cell] &&
                             !is_told[first] &&
                             (problem->is_forced == NULL || !problem->is_forced[cell]);
        n += is_secondary[cell] ? 1 : 0;
    }
    for (gsize i = 0; i < problem->n_guarded; i++) {
        is_unsafe[n_cells + i] = problem->guarded[i].n == 0 || is_told[n_cells + i];
    }
    return n;
}
