/** How far it is from each kommune to the nearest place of a kind: table `avstand`. */
#ifndef SP_TRANSFORMS_VARY_DISTANCES_H
#define SP_TRANSFORMS_VARY_DISTANCES_H

#include "core/quality.h"
#include "core/table.h"

#define SP_TABLE_PLACES "sted"
#define SP_TABLE_DISTANCES "avstand"

/** Kilometres on the sphere of the earth's mean radius (6 371.0088 km) between two points in
 * degrees of latitude and longitude. */
double sp_distance_km(double latitude, double longitude, double to_latitude, double to_longitude);

/**
 * In a straight line from the middle of each kommune of the division.
 *
 *   places   sted: region, sted, stedsslag · breddegrad, lengdegrad; one without a number in either
 *            is passed over
 *   middles  kommune · breddegrad, lengdegrad (config/midtpunkter.csv)
 *   regions  table region; its division's day is the period
 *   result   region, stedsslag, period · km, flagged m: who travels does so by road and sea. A kind
 *            without a place with coordinates has no rows
 *
 * Finding: middle_unknown, subject a kommune that `middles` does not have; it has no rows.
 * SP_ERROR_DATA when a column is not there.
 */
SpTable *sp_distances(const SpTable *places, const SpTable *middles, const SpTable *regions,
                      SpQuality *quality, GError **error);

#endif
