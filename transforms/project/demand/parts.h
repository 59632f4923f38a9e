/** What a change is made of: parts that add up to it exactly. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_PARTS_H
#define SP_TRANSFORMS_PROJECT_DEMAND_PARTS_H

#include "transforms/project/demand/paths.h"

/** A change by cause. */
typedef enum {
    SP_NEED_PART_POPULATION, /* people and their ages, with use by age as in the base */
    SP_NEED_PART_USE,        /* users beyond that: drift, healthier ageing, how much ageing shows */
    SP_NEED_PART_PRODUCTIVITY, /* årsverk per user: drift, standard, family care */
    SP_NEED_PART_COMPOSITION,  /* the profession's share of the service's årsverk */
    SP_N_NEED_PARTS
} SpNeedPart;

/** The words of the parts, as columns of tables have them; NULL-terminated. */
extern const char *const sp_demand_part_names[SP_N_NEED_PARTS + 1];

/** The change of a kommune's need of a profession from the base to a day, parted service by service
 * (lmdi.h) and summed. Where need, users or staff of a service is 0 on either day its whole change
 * is the population's. */
void sp_demand_parts(const SpDemandPaths *paths, SpNeed basis, gsize kommune, gsize profession,
                     gsize day, double part[SP_N_NEED_PARTS]);

/** The change of a kommune's users of a service from the base to a day: SP_NEED_PART_POPULATION and
 * SP_NEED_PART_USE, the others 0. */
void sp_demand_user_parts(const SpDemandPaths *paths, SpNeed basis, gsize kommune, gsize service,
                          gsize day, double part[SP_N_NEED_PARTS]);

#endif
