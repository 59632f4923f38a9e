/** The groups of kommuner that accuracy is told of: all, fylker, centrality classes, sizes. */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_AREAS_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_AREAS_H

#include "transforms/project/places.h"

enum { SP_AREA_CODE_SIZE = 24 };

typedef struct {
    /* "0", a fylke, "S1" ... "S6", or a size by persons on the base day: "002000-004999", the
     * largest "020000+". */
    char code[SP_AREA_CODE_SIZE];
    gboolean is_fylke;
    GArray *units; /* gsize, rising */
} SpArea;

/**
 * SpArea: all kommuner first, then fylker, centrality classes and sizes, each kind in order of
 * code; free with g_array_unref. Kommuner without a class are in no class.
 *
 *   places   of the kommuner
 *   persons  [n_regions] on the base day
 *   limits   [n_limits] rising: the least persons of each size but the smallest
 */
GArray *sp_areas_new(const SpPlaces *places, const double persons[], const double limits[],
                     gsize n_limits);

#endif
