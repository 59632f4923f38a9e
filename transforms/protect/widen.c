/* The Gauss method says that nothing hidden follows; here it is seen to that nothing hidden is
 * nearly known. */
#include "transforms/protect/widen.h"

#include "transforms/protect/intervals.h"

#include <math.h>
#include <string.h>

typedef struct {
    const SpGauss *problem;
    const double *inner;
    double width;
    guint32 *place;         /* [n_cells] in the order of candidates */
    gboolean *is_guarded;   /* [n_cells] primaries, and cells hidden for a width */
    gboolean *is_secondary; /* [n_cells] of the last run, besides those guarded */
    gboolean *is_narrow;    /* [n_cells] */
} Run;

static gboolean is_hidden(const Run *run, gsize cell)
{
    return run->is_guarded[cell] || run->is_secondary[cell];
}

/* A solver's ends are whole numbers but for its last digits. */
static double width_of(const SpInterval *interval)
{
    const double nearly = 1e-6;
    return floor(interval->high + nearly) - ceil(interval->low - nearly);
}

static gboolean is_known(const Run *run, gsize cell)
{
    return run->problem->is_forced != NULL && run->problem->is_forced[cell];
}

/* Of what bears on a narrow cell the one wanted least; FALSE where all of it is known anyhow. */
static gboolean choose(const Run *run, const GArray *binding, guint32 *chosen)
{
    gboolean is_any = FALSE;
    for (guint i = 0; i < binding->len; i++) {
        const guint32 cell = g_array_index(binding, guint32, i);
        if (is_known(run, cell)) {
            continue;
        }
        if (!is_any || run->place[cell] > run->place[*chosen]) {
            *chosen = cell;
            is_any = TRUE;
        }
    }
    return is_any;
}

static gboolean touches(const gboolean is_new[], const GArray *binding)
{
    for (guint i = 0; i < binding->len; i++) {
        if (is_new[g_array_index(binding, guint32, i)]) {
            return TRUE;
        }
    }
    return FALSE;
}

/* One more cell for each that is narrow, but where one that is hidden in this round bears on it
 * already. Returns how many. */
static gsize add_cells(Run *run)
{
    const SpDesign *design = run->problem->design;
    g_autofree gboolean *hidden = g_new(gboolean, design->n_cells + 1);
    g_autofree gboolean *is_new = g_new0(gboolean, design->n_cells + 1);
    g_autoptr(GArray) binding = g_array_new(FALSE, FALSE, sizeof(guint32));
    gsize n = 0;
    for (gsize cell = 0; cell < design->n_cells; cell++) {
        hidden[cell] = is_hidden(run, cell) && !is_known(run, cell);
    }
    g_autoptr(SpIntervals) intervals = sp_intervals_new(design, run->inner, hidden);
    for (guint32 cell = 0; cell < design->n_cells; cell++) {
        SpInterval interval;
        guint32 chosen = 0;
        run->is_narrow[cell] = FALSE;
        g_array_set_size(binding, 0);
        if (!hidden[cell]) {
            continue;
        }
        (void)sp_intervals_find(intervals, cell, &interval, binding);
        if (width_of(&interval) >= run->width) {
            continue;
        }
        run->is_narrow[cell] = TRUE;
        if (!touches(is_new, binding) && choose(run, binding, &chosen)) {
            is_new[chosen] = TRUE;
            run->is_guarded[chosen] = TRUE;
            n++;
        }
    }
    return n;
}

static void find_places(Run *run)
{
    const SpGauss *problem = run->problem;
    const gsize n = problem->design->n_cells;
    for (guint32 cell = 0; cell < n; cell++) {
        run->place[cell] = (guint32)problem->n_order + cell; /* without a place: last */
    }
    for (guint32 i = 0; i < problem->n_order; i++) {
        run->place[problem->order[i]] = i;
    }
}

SpWidened sp_widen(const SpGauss *problem, const double inner[], double width,
                   gboolean is_secondary[], gboolean is_unsafe[], gboolean is_narrow[])
{
    const gsize n = problem->design->n_cells;
    g_autofree guint32 *place = g_new(guint32, n + 1);
    g_autofree gboolean *is_guarded = g_new0(gboolean, n + 1);
    SpGauss guarded = *problem;
    Run run = {.problem = problem,
               .inner = inner,
               .width = width,
               .place = place,
               .is_guarded = is_guarded,
               .is_secondary = is_secondary,
               .is_narrow = is_narrow};
    SpWidened widened = {0};
    g_autofree gboolean *was_hidden = NULL; /* by the Gauss method alone */
    memcpy(is_guarded, problem->is_primary, n * sizeof *is_guarded);
    memset(is_narrow, 0, n * sizeof *is_narrow);
    guarded.is_primary = is_guarded;
    find_places(&run);
    do {
        (void)sp_gauss(&guarded, is_secondary, is_unsafe);
        if (was_hidden == NULL) {
            was_hidden = g_memdup2(is_secondary, n * sizeof *is_secondary);
        }
    } while (add_cells(&run) > 0);
    for (gsize cell = 0; cell < n; cell++) {
        is_secondary[cell] = is_hidden(&run, cell) && !problem->is_primary[cell];
        is_unsafe[cell] = is_unsafe[cell] && problem->is_primary[cell];
        widened.n_secondary += is_secondary[cell] ? 1 : 0;
        widened.n_added += is_secondary[cell] && !was_hidden[cell] ? 1 : 0;
        widened.n_narrow += is_narrow[cell] ? 1 : 0;
    }
    return widened;
}
