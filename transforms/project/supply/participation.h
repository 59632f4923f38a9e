/** Share in work and årsverk per person in work, by profession, sex and single age.
 * docs/methods/supply.md#participation. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_PARTICIPATION_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_PARTICIPATION_H

#include "transforms/project/supply/options.h"
#include "transforms/project/supply/personnel.h"

typedef struct {
    double *single; /* [professions][2][SP_N_WORK_AGES] persons of the country, newest year */
    double *share;  /* the same shape: in work, 0-1 */
    double *hours;  /* the same shape: årsverk per person in work, all jobs that count */
    /* share x hours of the base, scaled by profession so that the country's årsverk of the newest
     * year are met; and of later days, as the options want them. */
    double *work_base;
    double *work_later;
} SpParticipation;

/**
 * Bands to single ages, small professions drawn towards their parent group (beta.h; kappa by parent
 * group and sex), curves by `options->profile`.
 *
 * Findings: "unsettled_profile" for a curve whose rounds ended before it stood still.
 */
SpParticipation *sp_participation_new(const SpPersonnel *personnel, const SpEducation *education,
                                      const SpSupplyOptions *options, SpQuality *quality);
void sp_participation_free(SpParticipation *participation);

/** Single ages [2][SP_N_WORK_AGES] from bands [2][n_bands]. */
void sp_participation_single(const SpPersonnel *personnel, const double bands[], double single[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpParticipation, sp_participation_free)

#endif
