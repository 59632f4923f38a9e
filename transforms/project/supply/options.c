/* What supply is unless a scenario says otherwise. */
#include "transforms/project/supply/options.h"

void sp_supply_options_init(SpSupplyOptions *options)
{
    *options = (SpSupplyOptions){.profile = SP_PROFILE_SPLINE,
                                 .inflow = {.factor = 1.0},
                                 .capacity = SP_CAPACITY_CONSTANT,
                                 .foreign = SP_FOREIGN_AS_PEOPLE,
                                 .further_education = 1.0,
                                 .work_60p = 1.0,
                                 .internal_moves = TRUE};
}
