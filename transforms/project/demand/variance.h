/** How well users and need of a kommune are known on a day: the one account of it, for whoever
 * tells an interval or places supply by need. docs/methods/uncertainty.md#need. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_VARIANCE_H
#define SP_TRANSFORMS_PROJECT_DEMAND_VARIANCE_H

#include "transforms/project/demand/paths.h"

/** Variances of the log of a figure around the expected path, by what they are of; they are
 * independent and add up. People are as expected. */
typedef struct {
    double local;  /* the kommune's own level: as estimated, and as it has changed since the base */
    double nation; /* the country's movement since the base */
    double count;  /* one day's count around that level: only what is held against a count has it */
} SpDemandVariance;

/** Need of a profession in an area at today's level: all årsverk of the area, and the profession's
 * share of them. */
SpDemandVariance sp_demand_need_variance(const SpDemandPaths *paths, gsize kommune, gsize area,
                                         gsize profession, gsize day);

/** Users of a service at today's level. */
SpDemandVariance sp_demand_use_variance(const SpDemandPaths *paths, gsize kommune, gsize service,
                                        gsize day);

#endif
