/**
 * Births: national rates by age, one national calibration, one shrunk factor a kommune.
 * Source: population-model.md §5 step 6 of the design; docs/methods/population.md#births.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_FERTILITY_H
#define SP_TRANSFORMS_PROJECT_POPULATION_FERTILITY_H

#include "transforms/project/population/migration.h"

enum { SP_FERTILITY_YEARS = 15, SP_LEAST_FERTILITY_YEARS = 5 };

typedef struct {
    int rate_year;          /* of the rates, the newest before the base */
    double rate[SP_N_AGES]; /* births per woman and year */
    /* Children of age 0 at the end of the newest year of history over those the rates and survival
     * give: holds the tempo of births since the rates' year and the newborn's moves. 1 without
     * history. */
    double calibration;
    double *factor;   /* [n_regions] of the kommune, 1 on the mean of the country */
    double *variance; /* [n_regions] of the true factor around it */
    /* Standard deviation of the yearly change of the log of children per woman, over the newest
     * SP_FERTILITY_YEARS there are; 0 with fewer than SP_LEAST_FERTILITY_YEARS changes. */
    double yearly_sd;
} SpFertility;

/**
 * Fits to the intervals of the history. Of births only the children of age 0 at the end of a year
 * are seen. A spread whose rounds did not settle is used and told (finding "unsettled_estimate").
 *
 *   births    SpBirthYear (sp_birth_years_new), at least one; years without rates take those of the
 *             newest year before them
 *   survival  [n_days - 1] of the years of the history
 */
SpFertility *sp_fertility_new(const SpHistory *history, const GArray *births,
                              const SpSurvival survival[], double boy_share, SpQuality *quality);
void sp_fertility_free(SpFertility *fertility);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpFertility, sp_fertility_free)

#endif
