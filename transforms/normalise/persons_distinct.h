/**
 * Distinct persons of cells, exact at every level. Whoever has one leaf in a period is counted in
 * that leaf for good, and so in each cell that holds it; whoever has several is looked at in each
 * level. For persons*.c alone.
 *
 * There are two passes: measures of a period by itself, and (is_next) those of the year that
 * follows.
 */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_DISTINCT_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_DISTINCT_H

#include "transforms/normalise/persons_next.h"

/** Of a leaf that is in no cell of the level. */
#define SP_PERSONS_NO_CELL G_MAXUINT32

typedef struct {
    const SpPersonsRead *read;
    guint32 *order;
    SpPersonsNext next; /* nothing in it without measures of the year that follows */
    GArray *runs;       /* of persons with several leaves in a period */
    GArray *placed;     /* of the present run */
    gboolean is_next;   /* the present pass; set by the owner */
} SpPersonsDistinct;

/** `read` is borrowed for the life of `persons`; its leaves' values of distinct persons get those
 * with one leaf. */
void sp_persons_distinct_init(SpPersonsDistinct *persons, const SpPersonsRead *read);
void sp_persons_distinct_clear(SpPersonsDistinct *persons);

/** Whether a leaf's rows, and a measure, are of the present pass. */
gboolean sp_persons_distinct_is_leaf(const SpPersonsDistinct *persons, guint32 leaf);
gboolean sp_persons_distinct_is_measure(const SpPersonsDistinct *persons,
                                        const SpPersonsMeasure *measure);

/**
 * Adds whoever has several leaves to a level of the present pass.
 *
 *   cell_of [leaves]           the cell of each leaf, SP_PERSONS_NO_CELL if it has none
 *   values  [cells][measures]  only those of distinct persons are written
 */
void sp_persons_distinct_count(SpPersonsDistinct *persons, const guint32 cell_of[],
                               gint64 values[]);

#endif
