/** What the steps of the demand model share; inside transforms/project/demand alone. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_WORK_H
#define SP_TRANSFORMS_PROJECT_DEMAND_WORK_H

#include "core/quality.h"
#include "transforms/project/demand/growth.h"
#include "transforms/project/demand/people.h"
#include "transforms/project/demand/staffing.h"

/** Year i of what was observed goes with day i: figures of the end of a year with the people of the
 * following 1 January. There are base_day + 1 of them. */
typedef struct {
    const SpTables *in;
    const SpDemandOptions *options;
    SpQuality *quality;
    GArray *services; /* SpService */
    GArray *growth;   /* SpGrowth */
    SpStructure *structure;
    SpPeople *people;
    SpStaffing *staffing;
    gsize n_groups;
    guint32 *group;      /* [u] centrality class, or fylke where the table has none */
    double *by_age;      /* [k][u][d] expected users, the country's level, with healthier ageing */
    double *constant;    /* [k][u][d] the same without; `by_age` itself when there is none */
    double *calibration; /* [k][2] of use below and at SP_ELDERLY_AGE */
    SpDemandSeries *users; /* [k] */
    SpDemandPaths *paths;
} SpDemandWork;

/** Notes the years of a service or area that sp_observed_drop_zero_years left out (finding
 * "zero_year"). */
void sp_demand_note_zero_years(const SpDemandWork *work, const char *subject, guint n_years);

/**
 * The country's level of a year is that of whoever has figures of it, so years that are thin by the
 * people of the base (sp_observed_find_thin_years) are no longer seen (finding "thin_year"), the
 * newest and older ones: a kommune that alone tells of a year would be the country then.
 *
 *   is_seen  [u][base_day + 1]
 */
void sp_demand_drop_thin_years(const SpDemandWork *work, const char *subject, gboolean is_seen[]);

/** Notes an estimate whose rounds ended before it settled (finding "unsettled_estimate"). */
void sp_demand_note_unsettled(const SpDemandWork *work, const char *subject, const char *what);

/** Users of all services into the paths, both bases. SP_ERROR_DATA as sp_observe. */
gboolean sp_demand_fill_users(SpDemandWork *work, GError **error);

/** Årsverk of all areas into the paths, both bases; after users. */
void sp_demand_fill_need(SpDemandWork *work);

/** The law's floors, times the scenario's factor, on what fill_need has made. */
void sp_demand_apply_floors(const SpDemandWork *work);

/** Rows [u][d] from the base on, of one service or of heads: [u][n_days of the paths]. */
void sp_demand_later(const SpPeople *people, const double all[], double later[]);

/** Rows [u][d] up to the base: [u][base_day + 1]. */
void sp_demand_past(const SpPeople *people, const double all[], double past[]);

#endif
