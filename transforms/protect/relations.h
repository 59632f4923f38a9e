/** Which published cells are sums of which. */
#ifndef SP_TRANSFORMS_PROTECT_RELATIONS_H
#define SP_TRANSFORMS_PROTECT_RELATIONS_H

#include "transforms/protect/cells.h"

/** A cell and the parts that a source says it is the sum of. */
typedef struct {
    guint32 whole;
    guint32 first;     /* its parts in `part`, which end where those of the next begin */
    gboolean is_whole; /* FALSE: of some part nobody is told */
} SpRelation;

typedef struct {
    gsize n_cells;     /* of the layer */
    GArray *all;       /* SpRelation in the order of wholes, and one more that ends the last */
    guint32 *part;     /* cells */
    guint32 *first_in; /* [cells + 1] where the relations that a cell is part of begin ... */
    guint32 *in;       /* ... in this list of them */
    guint32 *first_of; /* [cells + 1] where the relations that a cell is the whole of begin */
} SpRelations;

/** Those among cells of one group (guint32). Parts where nobody is are left out. */
SpRelations *sp_relations_new(const SpCells *cells, const GArray *of_group);
void sp_relations_free(SpRelations *relations);

static inline guint32 sp_relations_size(const SpRelations *relations)
{
    return relations->all->len - 1;
}

static inline const SpRelation *sp_relation(const SpRelations *relations, guint32 i)
{
    return &g_array_index(relations->all, SpRelation, i);
}

/** Where its parts end. */
static inline guint32 sp_relation_end(const SpRelation *relation)
{
    return relation[1].first;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRelations, sp_relations_free)

#endif
