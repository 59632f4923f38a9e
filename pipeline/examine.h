/** An edition seen by a stranger who has only its folder. */
#ifndef SP_PIPELINE_EXAMINE_H
#define SP_PIPELINE_EXAMINE_H

#include "core/io/minisign.h"
#include "outputs/signature/signature.h"
#include "core/io/tree.h"
#include "pipeline/attacked.h"
#include "pipeline/formats.h"

typedef struct {
    gsize n_packages;
    gsize n_tables;
    gsize n_sums; /* wholes held against their parts */
    SpFormats formats;
    SpSignatureTold told; /* what the signature of all says that it is of; empty: not asked for */
} SpExamination;

void sp_examination_clear(SpExamination *findings);

/**
 * Checks that the edition and each of its packages is signed by `key` (NULL: nobody asks), as the
 * edition and the package that its descriptor says it is, that
 * every file is the one SHA256SUMS lists and no other is there, in the edition and in each package,
 * that every package's tables can be read by their descriptor, that published parts add up to
 * published wholes, and that no other format tells more than the tables.
 * What is to be attacked of the packages is taken into `attacked` (NULL: nothing is). The packages
 * are looked at by `n_threads` threads; as many of them are in memory.
 * SP_ERROR_DATA names the first fault (and how many sums or figures fail).
 */
gboolean sp_edition_examine(const char *folder, guint n_threads, const SpPublicKey *key,
                            SpExamination *findings, SpAttacked *attacked, GError **error);

/** The same of one package alone, its folder or its archive. The other formats of an archive are
 * not held against the tables: they are what was signed. */
gboolean sp_package_examine(const SpTree *package, const SpPublicKey *key, SpExamination *findings,
                            GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpExamination, sp_examination_clear)

#endif
