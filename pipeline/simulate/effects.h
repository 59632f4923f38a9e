/**
 * What parts kommuner from each other and years from each other beyond age and sex: lasting effects
 * with heavy tails, walks with shocks common to the nation, fylke, labour-market region and
 * kommune, and changes of regime in the drifts. On the log (odds) scale.
 */
#ifndef SP_SIMULATE_EFFECTS_H
#define SP_SIMULATE_EFFECTS_H

#include "pipeline/simulate/chance.h"
#include "pipeline/simulate/geography.h"
#include "pipeline/simulate/parameters.h"

typedef struct {
    guint n_years; /* from SP_SIM_FIRST_YEAR */
    guint n_kommuner;
    double *use;         /* [year * n_kommuner + kommune] level of use, log odds */
    double *slope;       /* [kommune] of use over age, log odds over 40 years, 0 at 80 */
    double *institution; /* [kommune] institution against housing, log odds */
    double *staffing;    /* [year * n_kommuner + kommune] årsverk for the same need, log */
    double *leaving;     /* [year * n_kommuner + kommune] leaving a position, log odds */
    double *midpoint;    /* [year] age of half use, difference from 2022 */
    double *intensity;   /* [year] årsverk a user, log, difference from 2022 */
    guint regime;        /* year in which the drifts changed */
    guint8 *is_copied;   /* [kommune] copied 2018 into 2019 */
} SpSimEffects;

SpSimEffects *sp_sim_effects_new(SpRandom random, const SpSimParameters *parameters,
                                 const SpSimGeography *geography, guint n_years);
void sp_sim_effects_free(SpSimEffects *effects);

/** TRUE when the kommune did not report that year: its figures of use are missing. */
gboolean sp_sim_is_silent(SpRandom random, const SpSimParameters *parameters, guint kommune,
                          guint year);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSimEffects, sp_sim_effects_free)

#endif
