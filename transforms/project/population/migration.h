/**
 * Net migration by kommune as the residual of the series: how many there were a year later against
 * how many survival alone would give. National by age, local by groups of start age, local
 * deviations shrunk through centrality class, fylke and kommune. Source: population-model.md §5
 * steps 2, 3 and 5 of the design; docs/methods/population.md#migration.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_MIGRATION_H
#define SP_TRANSFORMS_PROJECT_POPULATION_MIGRATION_H

#include "transforms/project/population/history.h"
#include "transforms/project/population/mortality.h"
#include "transforms/project/places.h"
#include "transforms/project/shrink.h"

enum {
    SP_N_START_AGES =
        SP_N_AGES - 1, /* 0-103, and 104 with 105 or older: the ages that reach 1-104 and 105 */
    SP_N_MIGRATION_GROUPS = 14,
    SP_OLD_START_AGE = 67, /* from here moves are few and stable */
};

/** What of the evidence below age 67 is carried on; from 67 all is (docs/methods/population.md). */
typedef struct {
    double
        local_weight; /* multiplies tau2 of the kommune level below 67; 1 believes the estimate */
    double damping; /* what is left a year later of the overall deviation below 67; the age pattern
                       is kept */
} SpMigrationOptions;

/** Net migration as a share of the survivors, per year. */
typedef struct {
    double national[SP_N_START_AGES]; /* at the newest year's level */
    /* [n_regions] deviation from the national share by group of start age */
    double (*local)[SP_N_MIGRATION_GROUPS];
    /* [n_regions] the part of it that all ages below 67 share: its mean over the persons of the
     * base day. What is left is the age pattern, in which as many come as go. */
    double *overall;
    double damping;
    guint n_intervals;   /* years of history used; 0: no migration at all */
    double newest_level; /* k: newest year's net migration below 67 over the mean of the history */
} SpMigration;

/** The group of a start age. */
guint sp_migration_group(guint start_age);
/** Persons expected alive a year on, by start age, both sexes together. [SP_N_START_AGES] */
void sp_migration_expect(const SpPersons *persons, const SpSurvival *survival, double expected[]);

/**
 * Fits to the intervals of the history.
 *
 *   survival  [n_days - 1] of the years of the history, from its first year
 *
 * Without any interval, national and local are 0 (finding "no_history"). When net migration of the
 * newest year or of the mean is not positive the national shares stay at their mean (finding
 * "migration_level"). An estimate whose rounds did not settle is used and told (finding
 * "unsettled_estimate").
 */
SpMigration *sp_migration_new(const SpHistory *history, const SpPlaces *places,
                              const SpSurvival survival[], const SpMigrationOptions *options,
                              SpQuality *quality);
void sp_migration_free(SpMigration *migration);

/**
 * Local deviations by start age in a year that begins `years_on` years after the base: below 67
 * local - overall * (1 - damping^years_on), from there local.
 *   deviation  [SP_N_START_AGES]
 */
void sp_migration_deviations(const SpMigration *migration, gsize region, guint years_on,
                             double deviation[]);

/**
 * The share that leaves, by age reached (sp_cohort_step's `leaving`): 1 - R, R = 1 + national +
 * deviation - mean, kept within .3 and 2.
 *
 *   deviation [SP_N_START_AGES] of the kommune that year (sp_migration_deviations)
 *   mean      [SP_N_START_AGES] deviations weighted by expected persons over the country: local
 * deviations move nobody in or out leaving   [SP_N_AGES]
 */
void sp_migration_leaving(const SpMigration *migration, const double deviation[],
                          const double mean[], double leaving[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpMigration, sp_migration_free)

#endif
