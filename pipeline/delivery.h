/**
 * What the sender of a delivery is told: inbox/SOURCE/NAME.rapport.txt beside the receipt, in
 * bokmål (config/rapport.csv), and the same findings in the unit's quality report.
 */
#ifndef SP_PIPELINE_DELIVERY_H
#define SP_PIPELINE_DELIVERY_H

#include "core/regions.h"
#include "pipeline/parse.h"

typedef struct SpDelivery SpDelivery;

/** Declares the texts among a unit's inputs, if one of its snapshots came through the inbox. */
gboolean sp_delivery_need(SpUnit *unit, GError **error);

/**
 * To be called between sp_parse_open and sp_parse: sets the observers of a plain layout, one a
 * delivery in use; of several layouts a file is looked at by the first. NULL in a trial, which
 * leaves the inbox alone. Borrows all.
 */
SpDelivery *sp_delivery_new(SpUnit *unit, SpParsed *parsed, const SpRegions *regions);

/**
 * Tells of each delivery, in a report of its own, what was read: rows by sheet, periods, kommuner;
 * every rule that was broken with sheet, row, column and what stood there, doublets, and what to
 * do; why the reading stopped, if it did (delivery_stops.h); the kommuner of the period's division
 * that have no row, by name. Of a person-level file its own rules, columns and row numbers, and the
 * kommuner of its own periods that no delivery has: nothing of a row may leave it. Made-up
 * deliveries are said to be that.
 *
 *   facts    NULL when the dataset failed
 *   failure  why; NULL when it did not
 *   kept     SpInput*: the snapshots of an older state that stands in; their files are in use and
 *            have not failed. NULL: none
 *
 * Files that were not reached because one before them failed have no new report. The file is
 * written only if its content changes. That it cannot be written is a warning in the log:
 * a report is no part of any result. Findings are noted before (levering_RULE, not_reported). NULL
 * is fine.
 */
void sp_delivery_tell(SpDelivery *delivery, const SpTable *facts, const GError *failure,
                      const GPtrArray *kept);
void sp_delivery_free(SpDelivery *delivery);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDelivery, sp_delivery_free)

#endif
