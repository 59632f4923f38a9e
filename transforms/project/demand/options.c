/* What may be chosen about demand. */
#include "transforms/project/demand/options.h"

void sp_demand_options_init(SpDemandOptions *options)
{
    *options = (SpDemandOptions){.use_drift = {.kind = SP_SIZE_ESTIMATED},
                                 .intensity_drift = {.kind = SP_SIZE_ESTIMATED},
                                 .drift_damping = {.kind = SP_SIZE_ESTIMATED},
                                 .ageing = {.kind = SP_SIZE_ESTIMATED},
                                 .healthy_ageing_from = 67,
                                 .family_care_aarsverk = 90000.0};
}
