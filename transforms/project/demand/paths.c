/* Memory of the expected path. */
#include "transforms/project/demand/paths.h"

void sp_demand_paths_free(SpDemandPaths *paths)
{
    if (paths == NULL) {
        return;
    }
    g_strfreev(paths->kommuner);
    g_strfreev(paths->services);
    g_strfreev(paths->areas);
    g_strfreev(paths->professions);
    g_free(paths->area_of);
    g_free(paths->user_status);
    g_free(paths->has_users);
    g_free(paths->is_hosted);
    g_free(paths->is_observed);
    g_free(paths->is_rest);
    g_free(paths->part_of);
    g_free(paths->by_law);
    g_free(paths->least);
    g_free(paths->users);
    g_free(paths->need);
    g_free(paths->band_persons);
    g_free(paths->band_use);
    g_free(paths->band_need);
    g_free(paths->use_drift);
    g_free(paths->need_drift);
    g_free(paths->use_with_need);
    g_free(paths->share_drift);
    g_free(paths->use_sd);
    g_free(paths->staff_sd);
    g_free(paths->share_sd);
    g_free(paths->count_variance);
    g_free(paths->use_noise);
    g_free(paths->constant_use);
    g_free(paths);
}
