/** Figures that are hidden from readers are replaced by marks, so that a mark anywhere in what is
 * published is a leak. */
#ifndef SP_TESTS_PIPELINE_PLANTED_H
#define SP_TESTS_PIPELINE_PLANTED_H

#include "core/table.h"

/** Sets of marks: gint64 keys, owned. */
typedef struct {
    GHashTable *hidden;
    GHashTable *shown;
} Planted;

/**
 * Replaces figures of a workspace's sensitive facts by others, in stage normalise and in what unit
 * `fakta` of protect shows of them, which both must be there; what is hidden stays hidden, though
 * the figures are others. A figure that is not shown becomes
 *
 *   a measure of persons, 1 to 4      another of 1 to 4
 *   a measure of persons, 5 or more   a larger one
 *   10 årsverk or fewer               another such number: the owner's rule rests on it
 *   any other measure                 a mark, a number of 13 digits
 *
 * but for what the country's rates of leaving are made of, which are told to three decimals.
 * Another `turn` (0, 1, ...) gives other numbers. Some of the amounts (refusjon_kr) that are shown
 * become marks, too, the same in each turn.
 */
void planted_init(Planted *planted, const char *workspace, guint turn);
void planted_clear(Planted *planted);

/** Adds to `found` those of `marks` that stand anywhere in a file, also in the entries of a zip
 * archive or workbook: as their digits, with or without signs between them. */
void planted_search(const char *path, GHashTable *marks, GHashTable *found);
/** The same of bytes [size]. */
void planted_search_bytes(const char *bytes, gsize size, GHashTable *marks, GHashTable *found);
/** An empty set of marks. g_hash_table_unref. */
GHashTable *planted_set(void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Planted, planted_clear)

#endif
