/* A linear programme for each part that hangs together, or for what is near in a large one. */
#include "transforms/audit/extremes.h"

#include "transforms/audit/near.h"
#include "transforms/audit/programme.h"

#include <string.h>

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

typedef struct {
    SpProgramme *programme;
    SpNear *near;
    const gboolean *is_asked;
    gsize most_together;
    gsize n_near;       /* programmes of what is near that may still be made */
    gsize n_programmes; /* made */
    SpBounds *bounds;
} Search;

static void ask(const Search *search, SpLp *lp, guint32 column, guint32 unknown)
{
    sp_programme_ask(lp, column, &search->bounds->lower[unknown], &search->bounds->upper[unknown]);
}

static void ask_near(const Search *search, guint32 unknown)
{
    const SpNear *near = search->near;
    sp_near_gather(search->near, unknown, search->most_together);
    const guint32 *unknowns = (const guint32 *)(gpointer)near->unknowns->data;
    sp_programme_begin(search->programme, unknowns, near->unknowns->len);
    for (guint i = 0; i < near->sums->len; i++) {
        sp_programme_add_sum(search->programme, g_array_index(near->sums, guint32, i));
    }
    for (guint i = 0; i < near->unknowns->len; i++) {
        sp_programme_add_upper(search->programme, unknowns[i]);
    }
    g_autoptr(SpLp) lp = sp_programme_finish(search->programme);
    ask(search, lp, 0, unknown);
}

static SpLp *together(const Search *search, const Sorted *unknowns, const Sorted *sums, gsize part)
{
    const guint32 start = unknowns->starts[part];
    sp_programme_begin(search->programme, unknowns->members + start,
                       unknowns->starts[part + 1] - start);
    for (guint32 k = sums->starts[part]; k < sums->starts[part + 1]; k++) {
        sp_programme_add_sum(search->programme, sums->members[k]);
    }
    return sp_programme_finish(search->programme);
}

/* All of a part by one programme, which is made when the first is asked. */
static void ask_together(Search *search, const Sorted *unknowns, const Sorted *sums, gsize part)
{
    const guint32 start = unknowns->starts[part], end = unknowns->starts[part + 1];
    g_autoptr(SpLp) lp = NULL;
    for (guint32 k = start; k < end; k++) {
        const guint32 unknown = unknowns->members[k];
        if (!search->is_asked[unknown]) {
            continue;
        }
        if (lp == NULL) {
            lp = together(search, unknowns, sums, part);
            search->n_programmes++;
        }
        ask(search, lp, k - start, unknown);
    }
}

static void ask_each(Search *search, const Sorted *unknowns, gsize part)
{
    for (guint32 k = unknowns->starts[part]; k < unknowns->starts[part + 1]; k++) {
        if (search->n_near > 0 && search->is_asked[unknowns->members[k]]) {
            ask_near(search, unknowns->members[k]);
            search->n_near--;
            search->n_programmes++;
        }
    }
}

static void ask_all(Search *search, const Sorted *unknowns, const Sorted *sums, gsize n_parts)
{
    for (gsize part = 0; part < n_parts; part++) {
        if (unknowns->starts[part + 1] - unknowns->starts[part] <= search->most_together) {
            ask_together(search, unknowns, sums, part);
        } else {
            ask_each(search, unknowns, part);
        }
    }
}

/* All are asked by what was known before any was, so that their order changes nothing. */
static SpBounds copy_bounds(const SpBounds *bounds, gsize n)
{
    SpBounds copy = {g_new(double, MAX(n, 1)), g_new(double, MAX(n, 1))};
    memcpy(copy.lower, bounds->lower, n * sizeof *copy.lower);
    memcpy(copy.upper, bounds->upper, n * sizeof *copy.upper);
    return copy;
}

gsize sp_extremes_narrow(const SpSystem *system, const gboolean is_asked[], gsize most_together,
                         gsize n_near, SpBounds *bounds)
{
    SpBounds before = copy_bounds(bounds, system->n_unknowns);
    g_autoptr(SpProgramme) programme = sp_programme_new(system, &before);
    g_autofree guint32 *parts = find_parts(system);
    Sorted unknowns = sort_by_part(parts, system->n_unknowns, system->n_unknowns);
    Sorted sums = sort_sums(system, parts);
    SpNear near;
    sp_near_init(&near, system);
    Search search = {programme, &near, is_asked, most_together, n_near, 0, bounds};
    ask_all(&search, &unknowns, &sums, system->n_unknowns);
    sp_near_clear(&near);
    sorted_clear(&unknowns);
    sorted_clear(&sums);
    g_free(before.lower);
    g_free(before.upper);
    return search.n_programmes;
}
