/**
 * The projection of all kommuner by sex and one-year age, expected values.
 * docs/methods/population.md.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_POPULATION_H
#define SP_TRANSFORMS_PROJECT_POPULATION_POPULATION_H

#include "transforms/project/population/fertility.h"

typedef struct {
    int base;            /* the newest figures that may be read are those of 1 January this year */
    guint history_years; /* years of history used, at most */
    double boy_share;    /* of the births */
    double fertility_level; /* multiplies all births of the projection; 1: the newest level */
    SpMigrationOptions migration;
} SpPopulationOptions;

/** All that is estimated before the first step. */
typedef struct {
    SpPopulationOptions options;
    SpHistory *history;
    SpMortality mortality;
    SpMigration *migration;
    SpFertility *fertility;
} SpPopulationModel;

/**
 * Estimates from what was known on the base day. Tables by docs/tables.md: folkemengde,
 * doedelighet, fruktbarhet, region. Findings: "base_incomplete", "no_history", "short_history" (one
 * interval: noise cannot be seen and is taken as Poisson), "migration_level", "short_mortality",
 * "unsettled_estimate".
 * Errors: as sp_history_new, sp_death_years_new, sp_birth_years_new, sp_places_new.
 */
SpPopulationModel *sp_population_model_new(const SpTables *in, const SpPopulationOptions *options,
                                           SpQuality *quality, GError **error);
void sp_population_model_free(SpPopulationModel *model);

/**
 * Steps from the base.
 *
 *   persons  [n_regions][n_days] filled: the base first, then 1 January of each later year; 0
 * throughout for a kommune that cannot be projected (history->status)
 */
void sp_population_project(const SpPopulationModel *model, gsize n_days, SpPersons persons[]);

/**
 * The table `framskriving_befolkning`: region, kjonn, alder, period (1 January of base ... base +
 * n_days - 1) · innbyggere. Base rows are the facts with status and flags as they were; later ones
 * carry SP_FLAG_MODELLED, and the base's strongest missing status where a kommune cannot be
 * projected. Sorted by key.
 *
 *   folkemengde  gives classifications, edition and marks
 */
SpTable *sp_population_table(const SpPopulationModel *model, gsize n_days,
                             const SpPersons persons[], const SpTable *folkemengde);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPopulationModel, sp_population_model_free)

#endif
