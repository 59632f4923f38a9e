/**
 * A delivery looked at for its sender: a sink beside the one that makes the table. Where that one
 * stops at the first error, this one goes on, and tells each with its place in the file.
 */
#ifndef SP_TRANSFORMS_NORMALISE_INSPECT_H
#define SP_TRANSFORMS_NORMALISE_INSPECT_H

#include "core/layout.h"
#include "core/regions.h"
#include "core/sink.h"
#include "transforms/normalise/inspect_notes.h"

typedef struct SpInspect SpInspect;

/** Not for person-level layouts. What it points at is borrowed for its life; `regions` may be
 * NULL. */
SpInspect *sp_inspect_new(const SpLayout *layout, const SpTables *maps, const SpRegions *regions);
void sp_inspect_free(SpInspect *inspect);
/** Borrowed. It never fails. */
SpSink *sp_inspect_sink(SpInspect *inspect);

/** Rows that the table is about. */
guint64 sp_inspect_n_rows(const SpInspect *inspect);
/** Rows that a filter of the layout leaves to another dataset. */
guint64 sp_inspect_n_others(const SpInspect *inspect);
/** SpInspectSheet*, in order; none of a CSV. Borrowed. */
const GPtrArray *sp_inspect_sheets(const SpInspect *inspect);
/** SpInspectFinding*, in the order of the rules above. Borrowed. */
const GPtrArray *sp_inspect_findings(const SpInspect *inspect);
/** Periods (char*) with a row, in order. g_ptr_array_unref; strings borrowed. */
GPtrArray *sp_inspect_periods(const SpInspect *inspect);
/** Kommuner (char*) of that period's division with a row in it, in order. g_ptr_array_unref. */
GPtrArray *sp_inspect_reported(const SpInspect *inspect, const char *period);
/**
 * Kommuner (char*, borrowed from the regions) of the period's division without one, in order: of
 * those fylker alone that the file is about when it is about one. NULL for a text that is no
 * period, where no row of the file is of a kommune, and with the layout's links_until.
 * g_ptr_array_unref.
 */
GPtrArray *sp_inspect_silent(const SpInspect *inspect, const char *period, SpDay *day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpInspect, sp_inspect_free)

#endif
