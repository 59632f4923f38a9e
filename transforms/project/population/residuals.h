/**
 * What the population series shows beyond survival: persons seen a year later against persons
 * expected alive, by kommune, year and group of start age. Source: population-model.md §5 step 2 of
 * the design; docs/methods/population.md#migration.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_RESIDUALS_H
#define SP_TRANSFORMS_PROJECT_POPULATION_RESIDUALS_H

#include "transforms/project/population/history.h"
#include "transforms/project/population/mortality.h"

enum {
    SP_N_START_AGES =
        SP_N_AGES - 1, /* 0-103, and 104 with 105 or older: the ages that reach 1-104 and 105 */
    SP_N_MIGRATION_GROUPS = 14,
    SP_OLD_START_AGE = 67, /* from here moves are few and stable */
    SP_OLD_GROUP = 11,     /* the group that begins there */
};

/** The group of a start age, and the first start age of a group. */
guint sp_migration_group(guint start_age);
guint sp_migration_group_first(guint group);
/** Persons expected alive a year on, by start age, both sexes together. [SP_N_START_AGES] */
void sp_migration_expect(const SpPersons *persons, const SpSurvival *survival, double expected[]);

/** Layout for the shrinkage, group by group. */
typedef struct {
    const SpHistory *history;
    gsize n_years;     /* intervals of the history, used or not */
    double *expected;  /* [groups][n_regions][n_years] persons, 0 where there is no interval */
    double *deviation; /* the same places: observed / expected - 1, less the country's */
    double (*national_expected)[SP_N_START_AGES]; /* [n_years] over all kommuner with an interval */
    double (*national_observed)[SP_N_START_AGES];
} SpResiduals;

/** survival [n_days - 1] of the years of the history, from its first year. */
void sp_residuals_init(SpResiduals *residuals, const SpHistory *history,
                       const SpSurvival survival[]);
void sp_residuals_clear(SpResiduals *residuals);
gsize sp_residuals_place(const SpResiduals *residuals, guint group, gsize region, gsize year);
/** The country's expected and observed persons of a group in a year. */
void sp_residuals_national(const SpResiduals *residuals, guint group, gsize year, double *expected,
                           double *observed);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpResiduals, sp_residuals_clear)

#endif
