/** The edition that a new one is compared with. */
#ifndef SP_PIPELINE_PREVIOUS_H
#define SP_PIPELINE_PREVIOUS_H

#include "core/table.h"
#include "pipeline/context.h"

typedef struct {
    char *edition;    /* NULL: there is none */
    gboolean is_here; /* its folder is in packages/ and whole */
    SpTable *basis;   /* its `grunnlag`; NULL where it is not here or has none */
    char *same;       /* an edition of the new one's figures, whole, that was compared with it; NULL
                         if none */
} SpPrevious;

/**
 * By content: `current`, where its figures are others than those of `basis` (the new edition's
 * `grunnlag`); else the one that `current` was compared with, be it here or not. So an edition that
 * is made again is compared with the same one. Where `current` is gone or damaged, the next edition
 * of the feed that is whole and not withdrawn takes its place.
 */
gboolean sp_previous_find(const SpContext *context, const SpTable *basis, SpPrevious *previous,
                          GError **error);
void sp_previous_clear(SpPrevious *previous);

/** The edition that one with this basis was compared with; NULL if none. Borrowed. */
const char *sp_previous_of(const SpTable *basis);

#endif
