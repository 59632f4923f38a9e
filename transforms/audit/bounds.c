/* Interval arithmetic over sums, each looked at again only when a bound in it has moved. */
#include "transforms/audit/bounds.h"

#include <math.h>
#include <string.h>

/* Of figures with nine digits sums are right to this share; smaller moves tell nothing. */
static const double rounding = 1e-7;

typedef struct {
    const SpSystem *system;
    SpBounds *bounds;
    gboolean *is_against;
    gboolean *has_moved; /* [n_unknowns], in this round */
} Search;

/* A sum of bounds, of which some may be infinite. */
typedef struct {
    double finite;
    guint n_infinite;
} Total;

static void total_add(Total *total, double bound)
{
    if (isinf(bound)) {
        total->n_infinite++;
    } else {
        total->finite += bound;
    }
}

/* The total without one of its terms; INFINITY if another is. */
static double total_without(const Total *total, double bound)
{
    const guint n_others = total->n_infinite - (isinf(bound) ? 1 : 0);
    return n_others > 0 ? HUGE_VAL : total->finite - (isinf(bound) ? 0.0 : bound);
}

static double total_of(const Total *total)
{
    return total->n_infinite > 0 ? HUGE_VAL : total->finite;
}

static double slack(double value)
{
    return rounding * (1.0 + fabs(value));
}

gboolean sp_bounds_is_point(double lower, double upper)
{
    return !isinf(upper) && upper - lower <= slack(upper);
}

static void raise_lower(const Search *search, guint32 unknown, double bound)
{
    double *lower = &search->bounds->lower[unknown];
    if (isfinite(bound) && bound > *lower + slack(bound)) {
        *lower = bound;
        search->has_moved[unknown] = TRUE;
    }
}

static void cut_upper(const Search *search, guint32 unknown, double bound)
{
    double *upper = &search->bounds->upper[unknown];
    if (isfinite(bound) && (isinf(*upper) || bound < *upper - slack(bound))) {
        *upper = bound;
        search->has_moved[unknown] = TRUE;
    }
}

static void look_for_contradiction(const Search *search, guint32 unknown)
{
    const double lower = search->bounds->lower[unknown], upper = search->bounds->upper[unknown];
    if (lower > upper + 10.0 * slack(lower)) {
        search->is_against[unknown] = TRUE;
    }
}

/* parts − whole >= rest, and where it is an equation <= too. */
static void narrow_sum(const Search *search, gsize i)
{
    const SpSystem *system = search->system;
    const guint32 start = system->starts[i], end = system->starts[i + 1];
    const double rest = system->rest[i];
    double whole_lower = 0.0, whole_upper = 0.0, largest = system->largest[i];
    guint32 whole = G_MAXUINT32;
    Total lower = {0.0, 0}, upper = {0.0, 0};
    for (guint32 k = start; k < end; k++) {
        const guint32 unknown = SP_ENTRY_UNKNOWN(system->entries[k]);
        const double least = search->bounds->lower[unknown];
        const double most = search->bounds->upper[unknown];
        if (SP_ENTRY_IS_WHOLE(system->entries[k])) {
            whole = unknown;
            whole_lower = least;
            whole_upper = most;
        } else {
            largest = MAX(largest, least);
            total_add(&lower, least);
            total_add(&upper, most);
        }
    }
    if (whole != G_MAXUINT32) {
        cut_upper(search, whole, total_of(&upper) - rest);
        raise_lower(search, whole, system->is_at_most[i] ? largest : total_of(&lower) - rest);
    }
    for (guint32 k = start; k < end; k++) {
        const guint32 unknown = SP_ENTRY_UNKNOWN(system->entries[k]);
        if (unknown == whole) {
            look_for_contradiction(search, unknown);
            continue;
        }
        const double others_lower = total_without(&lower, search->bounds->lower[unknown]);
        const double others_upper = total_without(&upper, search->bounds->upper[unknown]);
        raise_lower(search, unknown, rest + whole_lower - others_upper);
        if (system->is_at_most[i]) {
            cut_upper(search, unknown, whole == G_MAXUINT32 ? system->whole[i] : whole_upper);
        } else {
            cut_upper(search, unknown, rest + whole_upper - others_lower);
        }
        look_for_contradiction(search, unknown);
    }
}

void sp_bounds_narrow(const SpSystem *system, guint n_rounds, SpBounds *bounds,
                      gboolean is_against[])
{
    g_autofree guint32 *sums = NULL;
    g_autofree guint32 *starts = sp_system_sums_of(system, &sums);
    g_autofree gboolean *has_moved = g_new0(gboolean, MAX(system->n_unknowns, 1));
    g_autofree gboolean *is_due = g_new0(gboolean, MAX(system->n_sums, 1));
    Search search = {.system = system, .bounds = bounds, .has_moved = has_moved};
    search.is_against = is_against;
    gboolean is_any_due = TRUE;
    for (gsize i = 0; i < system->n_sums; i++) {
        is_due[i] = TRUE;
    }
    for (guint round = 0; round < n_rounds && is_any_due; round++) {
        memset(has_moved, 0, system->n_unknowns * sizeof *has_moved);
        for (gsize i = 0; i < system->n_sums; i++) {
            if (is_due[i]) {
                is_due[i] = FALSE;
                narrow_sum(&search, i);
            }
        }
        is_any_due = FALSE;
        for (gsize unknown = 0; unknown < system->n_unknowns; unknown++) {
            for (guint32 k = starts[unknown]; has_moved[unknown] && k < starts[unknown + 1]; k++) {
                is_due[sums[k]] = TRUE;
                is_any_due = TRUE;
            }
        }
    }
}
