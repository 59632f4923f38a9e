/**
 * From a published figure back to bytes: each figure of a result is explained by the transforms
 * that made it (`explain` in core/transform.h), with the inputs and settings of its manifest, until
 * every branch ends at a snapshot or at a file of the configuration.
 *
 * Of many figures of one kind some are listed and one is followed; a figure is explained once.
 */
#ifndef SP_PIPELINE_WHY_WALK_H
#define SP_PIPELINE_WHY_WALK_H

#include "pipeline/why/package.h"
#include "pipeline/why/sight.h"
#include "pipeline/why/step.h"

typedef struct {
    guint depth;     /* levels behind the figure that was asked; 0: all */
    gboolean is_all; /* list and follow every figure */
    SpWhyReader reader;
} SpWhyOptions;

typedef struct SpWhy SpWhy;

/** `package`, which is asked, and `context` are borrowed. */
SpWhy *sp_why_new(SpContext *context, SpWhyPackage *package, const SpWhyOptions *options);
void sp_why_free(SpWhy *why);

/**
 * The walk of a cell of the package, which is in `row` of its table. What is gone, or may not be
 * read, is told in the steps. SP_ERROR_DATA when the workspace holds the edition and its figure is
 * another one: then the package was changed, or is of another workspace.
 */
SpWhyAnswer *sp_why_walk(SpWhy *why, const SpCell *cell, gsize row, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpWhy, sp_why_free)

#endif
