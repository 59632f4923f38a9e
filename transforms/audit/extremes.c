/* A linear programme for each part that hangs together: unknowns less their lower bounds, and how
 * far an inequality is from holding as an equation. */
#include "transforms/audit/extremes.h"

#include "transforms/lp.h"

#include <math.h>
#include <string.h>

static const double nothing = 1e-6;

/* The first unknown of the part that an unknown belongs to; the way there is made shorter. */
static guint32 first_of(guint32 parents[], guint32 unknown)
{
    while (parents[unknown] != unknown) {
        parents[unknown] = parents[parents[unknown]];
        unknown = parents[unknown];
    }
    return unknown;
}

/* [n_unknowns] the first unknown of each one's part. */
static guint32 *find_parts(const SpSystem *system)
{
    guint32 *parents = g_new(guint32, MAX(system->n_unknowns, 1));
    for (guint32 i = 0; i < system->n_unknowns; i++) {
        parents[i] = i;
    }
    for (gsize sum = 0; sum < system->n_sums; sum++) {
        const guint32 *entries = system->entries + system->starts[sum];
        const guint32 n = system->starts[sum + 1] - system->starts[sum];
        for (guint32 k = 1; k < n; k++) {
            const guint32 a = first_of(parents, SP_ENTRY_UNKNOWN(entries[0]));
            const guint32 b = first_of(parents, SP_ENTRY_UNKNOWN(entries[k]));
            parents[MAX(a, b)] = MIN(a, b);
        }
    }
    for (guint32 i = 0; i < system->n_unknowns; i++) {
        parents[i] = first_of(parents, i);
    }
    return parents;
}

/* Members of each part, in order: starts[part] to starts[part + 1] of `members`. `part` [n] is a
 * number below `n_parts`. */
typedef struct {
    guint32 *starts;
    guint32 *members;
} Sorted;

static Sorted sort_by_part(const guint32 part[], gsize n, gsize n_parts)
{
    Sorted sorted = {g_new0(guint32, n_parts + 2), g_new(guint32, MAX(n, 1))};
    for (gsize i = 0; i < n; i++) {
        sorted.starts[part[i] + 2]++;
    }
    for (gsize p = 2; p < n_parts + 2; p++) {
        sorted.starts[p] += sorted.starts[p - 1];
    }
    for (guint32 i = 0; i < n; i++) {
        sorted.members[sorted.starts[part[i] + 1]++] = i;
    }
    return sorted;
}

static Sorted sort_sums(const SpSystem *system, const guint32 parts[])
{
    g_autofree guint32 *part = g_new(guint32, MAX(system->n_sums, 1));
    for (gsize sum = 0; sum < system->n_sums; sum++) {
        part[sum] = parts[SP_ENTRY_UNKNOWN(system->entries[system->starts[sum]])];
    }
    return sort_by_part(part, system->n_sums, system->n_unknowns);
}

static void sorted_clear(Sorted *sorted)
{
    g_free(sorted->starts);
    g_free(sorted->members);
}

/* The programme of one part as it grows. */
typedef struct {
    const SpSystem *system;
    const SpBounds *bounds;
    const guint32 *column; /* [n_unknowns] place in the part */
    GArray *entries;       /* SpLpEntry */
    GArray *sums;          /* double, one a row */
    guint32 n_columns;     /* unknowns, and gaps of inequalities */
} Programme;

static void add_entry(Programme *programme, guint32 column, double coef)
{
    const SpLpEntry entry = {programme->sums->len, column, coef};
    g_array_append_val(programme->entries, entry);
}

/* An unknown less its lower bound; what that takes from the row's sum. */
static double add_unknown(Programme *programme, guint32 unknown, double coef)
{
    add_entry(programme, programme->column[unknown], coef);
    return coef * programme->bounds->lower[unknown];
}

static void end_row(Programme *programme, double sum, gboolean has_gap)
{
    if (has_gap) {
        add_entry(programme, programme->n_columns++, -1.0);
    }
    g_array_append_val(programme->sums, sum);
}

/* whole >= each part, where persons may be in several. */
static void add_parts_below(Programme *programme, gsize sum, guint32 whole)
{
    const SpSystem *system = programme->system;
    for (guint32 k = system->starts[sum]; k < system->starts[sum + 1]; k++) {
        const guint32 unknown = SP_ENTRY_UNKNOWN(system->entries[k]);
        if (unknown == whole) {
            continue;
        }
        double right = whole == G_MAXUINT32 ? -system->whole[sum] : 0.0;
        right -= add_unknown(programme, unknown, -1.0);
        right -= whole == G_MAXUINT32 ? 0.0 : add_unknown(programme, whole, 1.0);
        end_row(programme, right, TRUE);
    }
}

static void add_sum(Programme *programme, gsize sum)
{
    const SpSystem *system = programme->system;
    double right = system->rest[sum];
    guint32 whole = G_MAXUINT32;
    for (guint32 k = system->starts[sum]; k < system->starts[sum + 1]; k++) {
        const guint32 unknown = SP_ENTRY_UNKNOWN(system->entries[k]);
        const gboolean is_whole = SP_ENTRY_IS_WHOLE(system->entries[k]);
        right -= add_unknown(programme, unknown, is_whole ? -1.0 : 1.0);
        whole = is_whole ? unknown : whole;
    }
    end_row(programme, right, system->is_at_most[sum]);
    if (system->is_at_most[sum]) {
        add_parts_below(programme, sum, whole);
    }
}

static void ask(SpLp *lp, guint32 column, double *lower, double *upper)
{
    const double one = 1.0, base = *lower;
    const SpLpExtreme least = sp_lp_extreme(lp, 1, &column, &one, FALSE, NULL);
    const SpLpExtreme most = sp_lp_extreme(lp, 1, &column, &one, TRUE, NULL);
    if (least.is_good && most.is_good) {
        *lower = fmax(*lower, ceil(base + least.value - nothing));
        *upper = fmin(*upper, floor(base + most.value + nothing));
    }
}

/* Asks those of a part, at most `n` of them; returns how many. Lower bounds that are found serve
 * the next parts alone: the programme keeps those it was made with. */
static gsize ask_part(Programme *programme, const guint32 members[], gsize n_members,
                      const gboolean is_asked[], gsize n, SpBounds *bounds)
{
    g_autoptr(SpLp) lp =
        sp_lp_new(programme->sums->len, programme->n_columns,
                  (const SpLpEntry *)(gpointer)programme->entries->data, programme->entries->len,
                  (const double *)(gpointer)programme->sums->data);
    gsize n_asked = 0;
    for (gsize i = 0; i < n_members && n_asked < n; i++) {
        if (is_asked[members[i]]) {
            ask(lp, (guint32)i, &bounds->lower[members[i]], &bounds->upper[members[i]]);
            n_asked++;
        }
    }
    return n_asked;
}

static gboolean is_any_asked(const guint32 members[], gsize n, const gboolean is_asked[])
{
    for (gsize i = 0; i < n; i++) {
        if (is_asked[members[i]]) {
            return TRUE;
        }
    }
    return FALSE;
}

gsize sp_extremes_narrow(const SpSystem *system, const gboolean is_asked[], gsize most_together,
                         gsize most_asked, SpBounds *bounds)
{
    g_autofree guint32 *parts = find_parts(system);
    g_autofree guint32 *column = g_new(guint32, MAX(system->n_unknowns, 1));
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(SpLpEntry));
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(double));
    Sorted unknowns = sort_by_part(parts, system->n_unknowns, system->n_unknowns);
    Sorted sums = sort_sums(system, parts);
    gsize n_asked = 0;
    for (gsize p = 0; p < system->n_unknowns && n_asked < most_asked; p++) {
        const guint32 *members = unknowns.members + unknowns.starts[p];
        const gsize n = unknowns.starts[p + 1] - unknowns.starts[p];
        if (n > most_together || !is_any_asked(members, n, is_asked)) {
            continue;
        }
        Programme programme = {system, bounds, column, entries, rows, (guint32)n};
        g_array_set_size(entries, 0);
        g_array_set_size(rows, 0);
        for (guint32 i = 0; i < n; i++) {
            column[members[i]] = i;
        }
        for (guint32 k = sums.starts[p]; k < sums.starts[p + 1]; k++) {
            add_sum(&programme, sums.members[k]);
        }
        n_asked += ask_part(&programme, members, n, is_asked, most_asked - n_asked, bounds);
    }
    sorted_clear(&unknowns);
    sorted_clear(&sums);
    return n_asked;
}
