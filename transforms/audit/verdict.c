/* Equations, then bounds, then programmes. */
#include "transforms/audit/verdict.h"

#include "transforms/audit/extremes.h"

#include <math.h>

enum {
    N_ROUNDS = 100,     /* of bounds through all sums */
    MOST_TOGETHER = 100 /* unknowns of a linear programme */
};

/* Intervals of so many least widths are asked for again by a linear programme: wider ones seldom
 * become narrow. */
static const double worth_asking = 3.0;

/* Zeros are shown, as far as anybody knows. */
static gboolean narrow(double least_hidden, SpVerdicts *told)
{
    const SpSystem *system = &told->figures->system;
    gboolean is_any_against = FALSE;
    for (gsize i = 0; i < system->n_unknowns; i++) {
        const gboolean is_hidden = told->figures->state[told->figures->cell[i]] == SP_FIGURE_HIDDEN;
        told->bounds.lower[i] = is_hidden ? least_hidden : 0.0;
        told->bounds.upper[i] = HUGE_VAL;
        told->is_against[i] = FALSE;
    }
    sp_bounds_narrow(system, N_ROUNDS, &told->bounds, told->is_against);
    for (gsize i = 0; i < system->n_unknowns; i++) {
        is_any_against = is_any_against || told->is_against[i];
    }
    return !is_any_against;
}

static gboolean is_narrow(const SpVerdicts *told, double lower, double upper)
{
    const gboolean may_be_few = !(told->options->few > 0.0) || lower < told->options->few;
    return told->figures->is_count && may_be_few &&
           upper - lower < told->options->least_width - 1.0;
}

/* Counts that bounds leave open, and not by far. */
static void ask_programmes(SpVerdicts *told)
{
    const SpSystem *system = &told->figures->system;
    g_autofree gboolean *is_asked = g_new0(gboolean, MAX(system->n_unknowns, 1));
    for (gsize i = 0; i < system->n_unknowns; i++) {
        const double lower = told->bounds.lower[i], upper = told->bounds.upper[i];
        is_asked[i] = told->figures->state[told->figures->cell[i]] == SP_FIGURE_HIDDEN &&
                      told->linear[i] != SP_LINEAR_FOLLOWS && !told->is_against[i] &&
                      !is_narrow(told, lower, upper) &&
                      upper - lower < worth_asking * told->options->least_width;
    }
    told->n_programmes =
        sp_extremes_narrow(system, is_asked, MOST_TOGETHER, told->options->n_near, &told->bounds);
}

static gboolean mark_nothing(gboolean is_nothing[], guint32 entry)
{
    const gboolean is_new = !is_nothing[SP_ENTRY_UNKNOWN(entry)];
    is_nothing[SP_ENTRY_UNKNOWN(entry)] = TRUE;
    return is_new;
}

/* What one sum says: parts of nothing are nothing, and so is what has such parts alone. Of figures
 * below 0 neither is said. */
static gboolean follow_nothing(const SpSystem *system, gsize sum, gboolean is_nothing[])
{
    const guint32 *entries = system->entries + system->starts[sum];
    const guint32 n = system->starts[sum + 1] - system->starts[sum];
    gboolean is_whole_nothing = !(fabs(system->whole[sum]) > 0.0);
    gboolean are_parts_nothing = !(system->largest[sum] > 0.0 || fabs(system->rest[sum]) > 0.0);
    gboolean is_changed = FALSE;
    for (guint32 k = 0; k < n; k++) {
        const gboolean is_here = is_nothing[SP_ENTRY_UNKNOWN(entries[k])];
        is_whole_nothing = is_whole_nothing || (SP_ENTRY_IS_WHOLE(entries[k]) && is_here);
        are_parts_nothing = are_parts_nothing && (SP_ENTRY_IS_WHOLE(entries[k]) || is_here);
    }
    for (guint32 k = 0; k < n; k++) {
        if (SP_ENTRY_IS_WHOLE(entries[k]) ? are_parts_nothing : is_whole_nothing) {
            is_changed = mark_nothing(is_nothing, entries[k]) || is_changed;
        }
    }
    return is_changed;
}

/* What is seen to be nothing by zeros that are shown alone: [n_unknowns], g_free. It tells no more
 * than they do. */
static gboolean *find_nothing(const SpSystem *system)
{
    gboolean *is_nothing = g_new0(gboolean, MAX(system->n_unknowns, 1));
    gboolean is_changed = TRUE;
    while (is_changed) {
        is_changed = FALSE;
        for (gsize i = 0; i < system->n_sums; i++) {
            is_changed = follow_nothing(system, i, is_nothing) || is_changed;
        }
    }
    return is_nothing;
}

SpVerdicts sp_verdicts_of(const SpFigures *figures, const SpAttackOptions *options)
{
    const SpSystem *system = &figures->system;
    const gsize n = MAX(system->n_unknowns, 1);
    SpVerdicts told = {.figures = figures,
                       .options = options,
                       .linear = g_new0(SpLinear, n),
                       .bounds = {g_new(double, n), g_new(double, n)},
                       .is_against = g_new(gboolean, n),
                       .is_nothing = find_nothing(system)};
    sp_rowspace(system, options->most_work, told.linear);
    /* Sums that contradict that say that some row hides a zero of this measure with its others. */
    told.least = 1.0;
    if (!figures->is_count || figures->is_had || !narrow(told.least, &told)) {
        told.least = 0.0;
        told.is_against_any = !narrow(told.least, &told);
    }
    if (figures->is_count) {
        ask_programmes(&told);
    }
    return told;
}

void sp_verdicts_clear(SpVerdicts *verdicts)
{
    g_free(verdicts->linear);
    g_free(verdicts->bounds.lower);
    g_free(verdicts->bounds.upper);
    g_free(verdicts->is_against);
    g_free(verdicts->is_nothing);
}

SpVerdict sp_verdict_of(const SpVerdicts *verdicts, guint32 cell)
{
    const guint32 unknown = verdicts->figures->unknown[cell];
    if (unknown == SP_NO_UNKNOWN) {
        return SP_VERDICT_SAFE;
    }
    const double lower = verdicts->bounds.lower[unknown], upper = verdicts->bounds.upper[unknown];
    const gboolean is_against = verdicts->is_against[unknown];
    const SpLinear linear = verdicts->linear[unknown];
    return verdicts->is_nothing[unknown] && !is_against ? SP_VERDICT_NOTHING
           : linear == SP_LINEAR_FOLLOWS                ? SP_VERDICT_FOLLOWS
           : is_against                                 ? SP_VERDICT_AGAINST
           : sp_bounds_is_point(lower, upper)           ? SP_VERDICT_ONE_VALUE
           : is_narrow(verdicts, lower, upper)          ? SP_VERDICT_NARROW
           : linear == SP_LINEAR_GIVEN_UP               ? SP_VERDICT_NOT_ATTACKED
                                                        : SP_VERDICT_SAFE;
}

void sp_verdict_limits(const SpVerdicts *verdicts, guint32 cell, double *low, double *high)
{
    const SpFigures *figures = verdicts->figures;
    const guint32 unknown = figures->unknown[cell];
    const guint8 state = figures->state[cell];
    const gboolean is_known = state >= SP_FIGURE_SHOWN && state != SP_FIGURE_HIDDEN;
    const gboolean is_bounded = unknown != SP_NO_UNKNOWN && !verdicts->is_against[unknown];
    *low = is_known ? figures->value[cell] : is_bounded ? verdicts->bounds.lower[unknown] : 0.0;
    *high = is_known     ? figures->value[cell]
            : is_bounded ? verdicts->bounds.upper[unknown]
                         : HUGE_VAL;
}
