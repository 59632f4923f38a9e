/** A dimension of a published table: codes, and which of them are sums of others. */
#ifndef SP_TRANSFORMS_PROTECT_HIERARCHY_H
#define SP_TRANSFORMS_PROTECT_HIERARCHY_H

#include "transforms/protect/design.h"

typedef struct {
    const char *name;    /* of the dimension; borrowed */
    GPtrArray *codes;    /* char*, leaves first, both in the order in which the links name them */
    GHashTable *numbers; /* code -> its number in `codes` */
    guint n_leaves;      /* codes that are no parent */
    GArray **above; /* [codes->len] of a leaf: guint32 of itself and all that hold it, rising */
} SpHierarchy;

/**
 *   parent, child  [n_links] a child may have several parents, and is counted once in what holds it
 *                  in several ways
 * SP_ERROR_DATA naming the dimension for a code that holds itself, or an empty one.
 */
SpHierarchy *sp_hierarchy_new(const char *name, gsize n_links, const char *const parent[],
                              const char *const child[], GError **error);
void sp_hierarchy_free(SpHierarchy *hierarchy);

/** The number of a code, FALSE if there is none. */
gboolean sp_hierarchy_find(const SpHierarchy *hierarchy, const char *code, guint32 *number);

/** More published cells are not taken in at once. */
#define SP_HIERARCHIES_MAX_CELLS 20000000

/** How many cells the dimensions have together. SP_ERROR_DATA above the most. */
gboolean sp_hierarchies_n_cells(SpHierarchy *const dimensions[], gsize n_dimensions, gsize *n_cells,
                                GError **error);

/** The cell of one code in each dimension: codes [n_dimensions]. The last dimension runs
 * fastest. */
guint32 sp_hierarchies_cell(SpHierarchy *const dimensions[], gsize n_dimensions,
                            const guint32 codes[]);

/**
 * The design of all cells of the dimensions, which are no more than the most.
 *   leaves  [n_inner * n_dimensions] numbers of leaves of each inner cell, dimension by dimension
 */
SpDesign *sp_hierarchies_design(SpHierarchy *const dimensions[], gsize n_dimensions, gsize n_inner,
                                const guint32 leaves[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpHierarchy, sp_hierarchy_free)

#endif
