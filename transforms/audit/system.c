/* Sums by unknown. */
#include "transforms/audit/system.h"

guint32 *sp_system_sums_of(const SpSystem *system, guint32 **sums)
{
    const gsize n_entries = system->starts[system->n_sums];
    guint32 *starts = g_new0(guint32, system->n_unknowns + 2);
    *sums = g_new(guint32, MAX(n_entries, 1));
    for (gsize k = 0; k < n_entries; k++) {
        starts[SP_ENTRY_UNKNOWN(system->entries[k]) + 2]++;
    }
    for (gsize i = 2; i < system->n_unknowns + 2; i++) {
        starts[i] += starts[i - 1];
    }
    for (guint32 i = 0; i < system->n_sums; i++) {
        for (guint32 k = system->starts[i]; k < system->starts[i + 1]; k++) {
            (*sums)[starts[SP_ENTRY_UNKNOWN(system->entries[k]) + 1]++] = i;
        }
    }
    return starts;
}
