/** An edition seen by a stranger who has only its folder. */
#ifndef SP_PIPELINE_EXAMINE_H
#define SP_PIPELINE_EXAMINE_H

#include "pipeline/attacked.h"
#include "pipeline/formats.h"

typedef struct {
    gsize n_packages;
    gsize n_tables;
    gsize n_sums; /* wholes held against their parts */
    SpFormats formats;
} SpExamination;

/**
 * Checks that every file is the one SHA256SUMS lists and no other is there, that every package's
 * tables can be read by their descriptor, that published parts add up to published wholes, and that
 * no other format tells more than the tables.
 * What is to be attacked of the packages is taken into `attacked` (NULL: nothing is). The packages
 * are looked at by `n_threads` threads; as many of them are in memory.
 * SP_ERROR_DATA names the first fault (and how many sums or figures fail).
 */
gboolean sp_edition_examine(const char *folder, guint n_threads, SpExamination *findings,
                            SpAttacked *attacked, GError **error);

#endif
