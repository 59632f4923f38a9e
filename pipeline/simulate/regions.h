/** Regions of the StatBank's tables: kommuner of each year, and the sums of them that the tables
 * also publish. */
#ifndef SP_SIMULATE_REGIONS_H
#define SP_SIMULATE_REGIONS_H

#include "pipeline/simulate/care.h"
#include "pipeline/simulate/staff.h"

typedef enum {
    SP_SIM_REGION_KOMMUNE,
    SP_SIM_REGION_FYLKE,
    SP_SIM_REGION_COUNTRY,
    SP_SIM_REGION_COUNTRY_WITHOUT_OSLO,
} SpSimRegionKind;

/** What is known of a region in a year. */
typedef struct {
    gboolean holds;    /* FALSE: the code is none in that year, and the rest is zero */
    SpSimUse use;      /* as it was */
    SpSimUse reported; /* as it was reported: a kommune that copied 2018 into 2019 has that again */
    SpSimStaffCount staff[SP_SIM_MAX_PROFESSIONS][SP_SIM_N_SECTORS];
    guint32 cells[SP_SIM_N_CELLS]; /* persons on 1 January */
} SpSimRegionYear;

typedef struct {
    SpSimRegionKind kind;
    char *code; /* "0301", "03", "0", "0u" */
    char *name;
    guint number; /* kommuner: into the geography's codes */
} SpSimRegion;

typedef struct {
    SpSimRegion *regions; /* the country, without Oslo, fylker, kommuner; by code within each */
    guint n;
    guint first; /* calendar year of the first */
    guint n_years;
    SpSimRegionYear *years; /* [year * n + region] */
} SpSimRegions;

const SpSimRegionYear *sp_sim_regions_at(const SpSimRegions *regions, guint region, guint year);
void sp_sim_regions_free(SpSimRegions *regions);

#endif
