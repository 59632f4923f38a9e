/**
 * The projection of all kommuner by sex and one-year age, expected values.
 * docs/methods/population.md.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_POPULATION_H
#define SP_TRANSFORMS_PROJECT_POPULATION_POPULATION_H

#include "transforms/project/population/fertility.h"
#include "transforms/project/population/round.h"

/** Which published totals of a round of SSB's our figures are brought to, by sex and age. */
typedef enum { SP_RECONCILE_NONE, SP_RECONCILE_COUNTRY, SP_RECONCILE_FYLKE } SpReconcile;

/** Everything that may be chosen; the only place of options. */
typedef struct {
    int base;            /* the newest figures that may be read are those of 1 January this year */
    int horizon;         /* last year that a round of SSB's is read for */
    guint history_years; /* years of history used, at most */
    double boy_share;    /* of the births */
    SpMigrationOptions migration;
    /* Scenarios: factors by year that are 1 in the reference. */
    SpPath fertility;      /* multiplies all births of a year */
    SpPath mortality;      /* multiplies all death rates of a year */
    double mortality_fall; /* multiplies the yearly fall of mortality; 0 lets nobody live longer */
    /* SSB's own projection. */
    SpRoundChoice round;
    SpReconcile reconcile;
    gboolean reconcile_keeps_kommuner; /* each kommune keeps its share of its area's persons */
} SpPopulationOptions;

/** The reference from a base to a horizon: 8 years of history, boys .513, damping .8, no scenario,
 * nothing of SSB's. */
void sp_population_options_init(SpPopulationOptions *options, int base, int horizon);

/** All that is estimated before the first step. */
typedef struct {
    SpPopulationOptions options;
    SpHistory *history;
    SpPlaces *places;
    GArray *deaths; /* SpDeathYear before the base; NULL: there are none, cohort_change stands in */
    SpMortality mortality;    /* when there are deaths */
    SpSurvival cohort_change; /* when there are none (hamilton_perry.h) */
    SpMigration *migration;
    SpFertility *fertility;
    SpRound *round; /* NULL: nothing of SSB's is used */
} SpPopulationModel;

/**
 * Estimates from what was known on the base day. Tables by docs/tables.md: folkemengde, region;
 * doedelighet and fruktbarhet, without which (absent, or no year before the base) the change of
 * cohorts in the past and children per woman stand in (finding "hamilton_perry");
 * befolkningsendring, if there; ssb_framskriving_ettaarig, if the options ask for it.
 *
 * Findings: "base_incomplete", "no_history", "short_history" (one interval: noise cannot be seen
 * and is taken as Poisson), "migration_level", "short_mortality", "unsettled_estimate",
 * "sexes_modelled", "hamilton_perry", and those of sp_round_new.
 * Errors: as sp_history_new, sp_places_new, sp_flows_new, sp_round_new; SP_ERROR_DATA as
 * sp_death_years_new and sp_birth_years_new; SP_ERROR_NO_INPUT when there are neither rates of
 * death nor two counted days in a row.
 */
SpPopulationModel *sp_population_model_new(const SpTables *in, const SpPopulationOptions *options,
                                           SpQuality *quality, GError **error);
void sp_population_model_free(SpPopulationModel *model);

/** Survival of the year that begins on 1 January `year`, from the base on. */
void sp_population_survival(const SpPopulationModel *model, int year, SpSurvival *survival);

/**
 * Steps from the base. A day that the round has for a kommune is the round's; the next day without
 * is stepped from it. Then, when asked, all are brought to the round's totals, area by area, on
 * each day that has them; a day or an area without keeps what it has.
 *
 *   persons  [n_regions][n_days] filled: the base first, then 1 January of each later year; 0
 *            throughout for a kommune that cannot be projected (history->status)
 * Finding "not_reconciled" with the number of areas and days whose totals could not be met.
 */
void sp_population_project(const SpPopulationModel *model, gsize n_days, SpPersons persons[],
                           SpQuality *quality);

/**
 * The table `framskriving_befolkning`: region, kjonn, alder, period (1 January of base ... base +
 * n_days - 1) · innbyggere. Base rows are the facts with status and flags as they were; later ones
 * carry SP_FLAG_MODELLED, and the base's strongest missing status where a kommune cannot be
 * projected. Sorted by key.
 *
 *   folkemengde  gives classifications and edition
 */
SpTable *sp_population_table(const SpPopulationModel *model, gsize n_days,
                             const SpPersons persons[], const SpTable *folkemengde);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPopulationModel, sp_population_model_free)

#endif
