/**
 * Net migration by kommune as the residual of the series: how many there were a year later against
 * how many survival alone would give. National by age, local by groups of start age, local
 * deviations shrunk level by level (local.h); what is foreign and what is domestic apart where
 * registered moves are known (flows.h). Source: population-model.md §5 steps 2, 3 and 5 of the
 * design; docs/methods/population.md#migration.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_MIGRATION_H
#define SP_TRANSFORMS_PROJECT_POPULATION_MIGRATION_H

#include "transforms/project/population/flows.h"
#include "transforms/project/population/local.h"
#include "transforms/project/population/momentum.h"
#include "transforms/project/population/path.h"

/** What of the evidence below age 67 is carried on; from 67 all is (docs/methods/population.md). */
typedef struct {
    double
        local_weight; /* multiplies tau2 of the kommune level below 67; 1 believes the estimate */
    double damping;  /* what is left a year later of the overall deviation below 67; the age pattern
                       is kept */
    SpPath foreign;  /* scenario: multiplies net moves from abroad below 67, year by year */
    SpPath domestic; /* scenario: multiplies how kommuner differ by domestic moves */
} SpMigrationOptions;

/** What the fit reads; all borrowed. */
typedef struct {
    const SpHistory *history;
    const SpPlaces *places;
    const SpSurvival *survival; /* [n_days - 1] of the years of the history, from its first year */
    const SpFlows *flows;       /* NULL: moves to and from abroad are not known apart */
    /* FALSE: survival is the past's own change of cohorts and holds the country's moves
     * (hamilton_perry.h), so that there is no level of the newest year to carry on. */
    gboolean has_mortality;
} SpMigrationInput;

/** Net migration as a share of the survivors, per year. */
typedef struct {
    SpMigrationOptions options;
    int base;
    double national[SP_N_START_AGES]; /* at the newest year's level; all of it is foreign */
    double national_mean;             /* of the ages below 67, weighted by persons */
    SpLocal *local;  /* [n_regions] deviation from the national share by group of start age */
    double *overall; /* [n_regions] the part of it that all ages below 67 share: its mean over the
                        persons of the base day. What is left is the age pattern, in which as many
                        come as go. */
    double *foreign; /* [n_regions] the part of the overall deviation that is from abroad; 0 when
                        that is not known */
    /* How kommuner's own deviations last, by group: fitted below 67, elsewhere the noise is the
     * kommune level's and nothing lasts. */
    SpMomentum momentum[SP_N_MIGRATION_GROUPS];
    guint n_intervals;   /* years of history used; 0: no migration at all */
    double newest_level; /* k: newest year's net migration below 67 over the mean of the history */
    /* Variance between years of the country's share from 67, by group; 0 with fewer than two. */
    double national_variance[SP_N_MIGRATION_GROUPS];
} SpMigration;

/**
 * Fits to the intervals of the history.
 *
 * Without any interval, national and local are 0 (finding "no_history"). k is of registered moves
 * from abroad when all years have them, else of the residuals. When net migration of the newest
 * year or of the mean is not positive the national shares stay at their mean (finding
 * "migration_level"). An estimate whose rounds did not settle is used and told (finding
 * "unsettled_estimate").
 */
SpMigration *sp_migration_new(const SpMigrationInput *input, const SpMigrationOptions *options,
                              SpQuality *quality);
void sp_migration_free(SpMigration *migration);

/**
 * Local deviations by start age in the year that begins `years_on` years after the base. Below 67,
 * with d = damping^years_on: foreign(year) * foreign * d + domestic(year) * (local - foreign -
 * (overall - foreign) * (1 - d)), which is local - overall * (1 - d) when both factors are 1; from
 * 67 domestic(year) * local.
 *
 *   deviation  [SP_N_START_AGES]
 */
void sp_migration_deviations(const SpMigration *migration, gsize region, guint years_on,
                             double deviation[]);

/**
 * The share that leaves, by age reached (sp_cohort_step's `leaving`): 1 - R, R = 1 + national *
 * foreign(year) + deviation - mean, kept within .3 and 2; from 67 the national share has no factor.
 *
 *   deviation [SP_N_START_AGES] of the kommune that year (sp_migration_deviations)
 *   mean      [SP_N_START_AGES] deviations weighted by expected persons over the country: local
 *             deviations move nobody in or out
 *   leaving   [SP_N_AGES]
 */
void sp_migration_leaving(const SpMigration *migration, guint years_on, const double deviation[],
                          const double mean[], double leaving[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpMigration, sp_migration_free)

#endif
