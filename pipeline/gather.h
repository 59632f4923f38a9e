/** The tables of a dataset, one a layout, gathered from its deliveries. */
#ifndef SP_PIPELINE_GATHER_H
#define SP_PIPELINE_GATHER_H

#include "core/layout.h"
#include "core/quality.h"
#include "core/sink.h"
#include "core/table.h"

typedef struct SpGather SpGather;

/** For layouts (SpLayout*, borrowed for its life) of one dataset; `origin` names all deliveries. */
SpGather *sp_gather_new(const GPtrArray *layouts, const char *origin);
void sp_gather_free(SpGather *gather);

/** SpSink*, one a layout: each wants every row of every delivery. g_ptr_array_unref; sinks
 * borrowed. */
GPtrArray *sp_gather_sinks(const SpGather *gather);

/** The rows that come from now on are of the delivery that `origin` names. */
void sp_gather_next(SpGather *gather, const char *origin);

/**
 * The tables (SpTable*, owned by the array), in the layouts' order: our column names, the source's
 * codes, rows as they came. What filters left out is noted. Then the gather is empty. SP_ERROR_DATA
 * when no header came, and when a row stands in two deliveries, where it would be counted twice;
 * names both. (Within one delivery, and where codes of the source become one of ours, normalise
 * notices.)
 */
GPtrArray *sp_gather_steal(SpGather *gather, SpQuality *quality, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpGather, sp_gather_free)

#endif
