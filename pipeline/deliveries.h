/**
 * Which deliveries of a dataset are in use: one, or with places in `inbox` one for each part
 * (pipeline/inbox_pattern.h). The links `latest` and `latest-PART` in the store say so.
 */
#ifndef SP_PIPELINE_DELIVERIES_H
#define SP_PIPELINE_DELIVERIES_H

#include "pipeline/inbox_pattern.h"
#include "pipeline/snapshots.h"

/**
 * The snapshots in use (SpSnapshot*), in byte order of their parts, at least one. SP_ERROR_NO_INPUT
 * if there is none, or if they were chosen by another pattern than `inbox` is now: then
 * statpakke-fetch chooses anew.
 */
GPtrArray *sp_deliveries_in_use(const SpContext *context, const char *dataset, GError **error);

/** *pattern is NULL unless the dataset's `inbox` has places. */
gboolean sp_deliveries_pattern(const SpContext *context, const char *dataset,
                               SpInboxPattern **pattern, GError **error);

/**
 * Lets the links follow the pattern: those of a part that it does not make, or whose snapshot is no
 * longer in the store, are removed (and told), and a delivery that is in the store and whose part
 * has no link gets one (the last by name, of one name the last received). Else nothing changes.
 */
gboolean sp_deliveries_choose(SpContext *context, const char *dataset,
                              const SpInboxPattern *pattern, GError **error);

/** The parts in use that one would expect besides, by sp_inbox_pattern_missing; NULL without error
 * when the dataset does not come through the inbox or has no places. g_strfreev. */
char **sp_deliveries_missing(const SpContext *context, const char *dataset, GError **error);

/** The name of the file that a snapshot was taken from: the end of its URL. Borrowed. */
const char *sp_delivery_name(const char *url);

#endif
