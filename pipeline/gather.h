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

/** Where in its source a row of a table stands. */
typedef struct {
    guint delivery;    /* from 0, in the order of sp_gather_next */
    const char *sheet; /* interned; NULL in what is no workbook */
    guint64 number;    /* as the parser counts (core/sink.h) */
} SpPlaceOfRow;

/** From now on places are kept of every row. Before sp_gather_sinks. */
void sp_gather_keep_places(SpGather *gather);
/** The places of a layout's rows (SpPlaceOfRow, in the order of its table), which the caller
 * unrefs; of those that come before sp_gather_steal. */
GArray *sp_gather_places(const SpGather *gather, guint layout);

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
