/** The regions above kommuner that projections are told for: fylker, the country, KOSTRA groups and
 * centrality classes, and which kommuner each holds. */
#ifndef SP_TRANSFORMS_PROJECT_GROUPS_H
#define SP_TRANSFORMS_PROJECT_GROUPS_H

#include "core/table.h"

/** A region above the kommuner. */
typedef struct {
    const char *code;
    const guint *members; /* [n_members >= 1] numbers of kommuner, rising: the order of every sum */
    gsize n_members;
} SpRegionGroup;

typedef struct {
    gsize n;
    const SpRegionGroup *at; /* [n] byte order of code */
} SpRegionGroups;

/**
 *   table     `region`: region, fylke · (kostragruppe, sentralitet); an empty code is no group
 *   kommuner  [n] codes, numbered as they stand
 * SP_ERROR_DATA as sp_places_new.
 */
SpRegionGroups *sp_region_groups_new(const SpTable *table, const char *const kommuner[], gsize n,
                                     GError **error);
void sp_region_groups_free(SpRegionGroups *groups);

/** NULL when no group has the code. Borrowed. */
const SpRegionGroup *sp_region_groups_find(const SpRegionGroups *groups, const char *code);

/**
 * Sums over the members of each group: missing, pending and suppressed as sp_real_add; of members
 * that are all not applicable, not applicable.
 *
 *   figure  [n of kommuner + groups->n] the kommuner's in, the groups' filled behind them
 */
void sp_region_groups_sum(const SpRegionGroups *groups, gsize n_kommuner, SpReal figure[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRegionGroups, sp_region_groups_free)

#endif
