/** The cells of a layer in blocks that are decided one by one: what is above the kommuner, and each
 * fylke's kommuner under it. */
#ifndef SP_TRANSFORMS_PROTECT_BLOCKS_H
#define SP_TRANSFORMS_PROTECT_BLOCKS_H

#include "transforms/protect/cells.h"
#include "transforms/protect/design.h"

/** Some cells of one group, with their inner cells. */
typedef struct {
    GArray *cells; /* guint32: numbers in SpCells of the block's cells */
    GArray *inner; /* guint32: numbers of the leaves; of what is above, of one for each tuple of
                      `fylke_leaves` */
    GArray *above; /* guint32: the tuple of each leaf; not of what is above */
    SpDesign *design;
    GArray *lifted; /* SpLifted (lifted.h) over the tuples: what published cells tie to what is
                       above; NULL: there are none, and of what is above */
} SpBlock;

typedef struct {
    SpCells *cells;       /* borrowed */
    guint32 *fylke_of;    /* [regions] what a kommune is directly part of, a fylke itself; none of
                             what is above fylker and of those alone */
    guint32 *local;       /* [cells] its number in the block of its fylke */
    guint32 *local_above; /* [cells] its number in the block above */
    gboolean *is_above; /* [cells] decided above: of fylker, or of a kommune that is alone there */
    GPtrArray *parts;   /* SpBlock* of the group in hand, by fylke in order of appearance: its
                             kommuner's cells, and its own */
    guint32 *block_of;  /* [regions] of a fylke */
    SpBlock *above;
    SpTuples *fylke_leaves; /* inner cells of the block above: a fylke, and leaves */
    GArray *n_kommuner;     /* guint32 [fylke_leaves] that have somebody there */
} SpBlocks;

/** Of no group yet. Regions must be a tree: a kommune in two sums is SP_ERROR_CONFIG. */
SpBlocks *sp_blocks_new(SpCells *cells, GError **error);
void sp_blocks_free(SpBlocks *blocks);

/** The blocks of the cells of one group (guint32), in the place of those of another. What follows
 * does not depend on the number of threads. */
void sp_blocks_gather(SpBlocks *blocks, const GArray *of_group, guint n_threads);

/** Which cells of a block are published: [cells of the block], g_free. */
gboolean *sp_block_published(const SpBlocks *blocks, const SpBlock *block);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpBlocks, sp_blocks_free)

#endif
