/** The sums nearest to an unknown. */
#ifndef SP_TRANSFORMS_AUDIT_NEAR_H
#define SP_TRANSFORMS_AUDIT_NEAR_H

#include "transforms/audit/system.h"

/**
 * What was gathered last.
 *
 *   unknowns  guint32, the one that was asked for first
 *   sums      guint32, of these unknowns alone
 */
typedef struct {
    const SpSystem *system;
    guint32 *starts, *sums_of; /* sp_system_sums_of */
    guint32 *unknown_seen;     /* [n_unknowns] the last one gathered for that it was near to */
    guint32 *sum_seen;         /* [n_sums] */
    GArray *unknowns;
    GArray *sums;
} SpNear;

/** The system is borrowed; the caller clears. */
void sp_near_init(SpNear *near, const SpSystem *system);
void sp_near_clear(SpNear *near);

/** Gathers the sums of an unknown, then those of its neighbours, and so on; a sum with which there
 * would be more than `most` unknowns is left out. Each unknown is gathered for once. */
void sp_near_gather(SpNear *near, guint32 unknown, gsize most);

#endif
