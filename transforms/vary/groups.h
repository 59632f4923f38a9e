/** Groups of kommuner by an attribute of table `region`: fylke, KOSTRA group, centrality class,
 * labour-market region. */
#ifndef SP_TRANSFORMS_VARY_GROUPS_H
#define SP_TRANSFORMS_VARY_GROUPS_H

#include "core/table.h"

typedef struct SpGroups SpGroups;

/**
 * The kommuner of `regions` (rows with slag kommune, a column that must be there) by an attribute;
 * those without a code in it are a group together. `regions` is borrowed for the life of the
 * result. NULL when the table has no such column or no kommune has a code in it: the groups are not
 * known.
 */
SpGroups *sp_groups_new(const SpTable *regions, const char *attribute);
void sp_groups_free(SpGroups *groups);

/** How many groups there are. */
guint sp_groups_size(const SpGroups *groups);
/** The number of a kommune's group, below the size. A kommune that is not in the table is a bug. */
guint sp_groups_of(const SpGroups *groups, const char *kommune);

/** All kommuner in the order of the table: char*, borrowed from it. g_ptr_array_unref. */
GPtrArray *sp_groups_list_kommuner(const SpTable *regions, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpGroups, sp_groups_free)

#endif
