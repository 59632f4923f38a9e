/* A search in breadth through the sums. */
#include "transforms/audit/near.h"

#include <string.h>

#define NOBODY G_MAXUINT32

void sp_near_init(SpNear *near, const SpSystem *system)
{
    *near = (SpNear){.system = system,
                     .unknown_seen = g_new(guint32, MAX(system->n_unknowns, 1)),
                     .sum_seen = g_new(guint32, MAX(system->n_sums, 1)),
                     .unknowns = g_array_new(FALSE, FALSE, sizeof(guint32)),
                     .sums = g_array_new(FALSE, FALSE, sizeof(guint32))};
    near->starts = sp_system_sums_of(system, &near->sums_of);
    memset(near->unknown_seen, 0xff, system->n_unknowns * sizeof *near->unknown_seen);
    memset(near->sum_seen, 0xff, system->n_sums * sizeof *near->sum_seen);
}

void sp_near_clear(SpNear *near)
{
    g_free(near->starts);
    g_free(near->sums_of);
    g_free(near->unknown_seen);
    g_free(near->sum_seen);
    g_array_unref(near->unknowns);
    g_array_unref(near->sums);
}

/* A sum comes in with all its unknowns, or not. */
static void take_sum(SpNear *near, guint32 sum, guint32 mark, gsize most)
{
    const SpSystem *system = near->system;
    const guint before = near->unknowns->len;
    near->sum_seen[sum] = mark;
    for (guint32 k = system->starts[sum]; k < system->starts[sum + 1]; k++) {
        const guint32 unknown = SP_ENTRY_UNKNOWN(system->entries[k]);
        if (near->unknown_seen[unknown] != mark) {
            near->unknown_seen[unknown] = mark;
            g_array_append_val(near->unknowns, unknown);
        }
    }
    if (near->unknowns->len <= most) {
        g_array_append_val(near->sums, sum);
        return;
    }
    for (guint i = before; i < near->unknowns->len; i++) {
        near->unknown_seen[g_array_index(near->unknowns, guint32, i)] = NOBODY;
    }
    g_array_set_size(near->unknowns, before);
}

void sp_near_gather(SpNear *near, guint32 unknown, gsize most)
{
    g_array_set_size(near->unknowns, 0);
    g_array_set_size(near->sums, 0);
    g_array_append_val(near->unknowns, unknown);
    near->unknown_seen[unknown] = unknown;
    for (guint i = 0; i < near->unknowns->len; i++) {
        const guint32 next = g_array_index(near->unknowns, guint32, i);
        for (guint32 k = near->starts[next]; k < near->starts[next + 1]; k++) {
            if (near->sum_seen[near->sums_of[k]] != unknown) {
                take_sum(near, near->sums_of[k], unknown, most);
            }
        }
    }
}
