/* The reference. */
#include "transforms/project/demand/options.h"

void sp_demand_options_init(SpDemandOptions *options)
{
    *options = (SpDemandOptions){
        .healthy_ageing_from = 67,
        .family_care_aarsverk = 90000.0,
        .formal_care_aarsverk = 151935.0,
        .law_floor = 1.0,
    };
}
