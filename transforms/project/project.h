/** The projections, all of them: population of all kommuner and its intervals, demand, the
 * back-test; and by their own headers supply, balance and draws. */
#ifndef SP_TRANSFORMS_PROJECT_PROJECT_H
#define SP_TRANSFORMS_PROJECT_PROJECT_H

#include "core/transform.h"
#include "transforms/project/balance/balance.h"
#include "transforms/project/draws/transform.h"
#include "transforms/project/supply/transform.h"

/**
 * in: folkemengde, region; doedelighet, fruktbarhet (without them the past of cohorts stands in);
 * befolkningsendring and ssb_framskriving_ettaarig if there · out: framskriving_befolkning
 * (docs/tables.md).
 *
 * Settings (a path is a factor, or points YEAR:FACTOR with straight lines between):
 *   project.base                year whose 1 January is the base, or "newest" (default); nothing
 *                               newer is then read
 *   project.horizon             last year of the projection, required
 *   project.history_years       years before the base that migration and births are learnt from, at
 *                               most (default 8)
 *   project.local_weight        how far a kommune's own deviation in migration below 67 is
 *                               believed, 0-1 (default 1: as estimated)
 *   project.migration_damping   what is left a year later of the deviation that all ages of a
 *                               kommune below 67 share, 0-1 (default .8); its age pattern is kept
 *   project.boy_share           of births (default .513)
 *   project.fertility_level     path, 0-3: multiplies all births (default 1: the newest level)
 *   project.mortality_level     path, 0-3: multiplies all death rates (default 1)
 *   project.mortality_fall      multiplies the yearly fall of mortality, 0-5 (default 1)
 *   project.foreign_migration   path, 0-3: multiplies net moves from abroad (default 1)
 *   project.domestic_migration  path, 0-3: multiplies how kommuner differ by domestic moves
 *                               (default 1)
 *   project.population          own (default) or ssb, with an alternative and a round if need be:
 *                               ssb:HHMH@2024
 *   project.reconcile           none (default), landet or fylke: bring kommuner to that round's
 *                               totals by sex and age
 *   project.reconcile_keeps     kommuner: each keeps its share of its area's persons (default: not)
 * Method: docs/methods/population.md.
 */
extern const SpTransform sp_transform_population;

/**
 * in: as sp_transform_population, and aldersgrupper · out: framskriving_befolkning_intervall. No
 * table when project.draws is 0. Settings: those of sp_transform_population, and
 *   project.draws              futures drawn (default 1000)
 *   project.seed               of the draws (default 1)
 *   project.group_correlation  of a kommune's noise between age groups, 0-1 (default .5)
 *   project.fertility_sd       of the yearly change of births where the past has too few years
 *                              (default .03)
 *   project.mortality_wander   yearly steps of death rates that stay, over how they lie around
 *                              their line: weighed with what past forecasts missed (default .5)
 *   project.interval_bands     lists of age bands, parted by + (default publisert+eldre+alle)
 */
extern const SpTransform sp_transform_population_intervals;

/**
 * in: framskriving_befolkning, region, bruk; the files of config/framskriving as tables (tjenester,
 * struktur, bemanning_kilder of bemanning.csv, lovkrav, utvikling); if there: profesjoner (without
 * it none is counted in another), folkemengde, doedelighet (needed when people become healthier),
 * the tables of users and årsverk that tjenester and bemanning_kilder name, vertskommune · out:
 * framskriving_behov, framskriving_etterspoersel, framskriving_etterspoersel_deler,
 * framskriving_aarsverk_per_bruker (demand/tables.h). Setting project.alternative_years (chosen.h):
 * the days of the parts. Method: docs/methods/demand.md.
 */
extern const SpTransform sp_transform_demand;

/**
 * in: as sp_transform_population, aldersgrupper, treffsikkerhet_serier; and, where they are there,
 * the tables of the rules of demand (sp_as_of_rules), bruk, bruk_tidligere, vertskommune,
 * kommune_endring, ssb_framskriving_ettaarig, ssb_framskriving and the tables of the series · out:
 * treffsikkerhet, treffsikkerhet_deling (sp_backtest's tables but the forecasts themselves); none
 * when the data allow no base. Settings: those of sp_transform_population_intervals, and
 *   project.backtest_bases    auto (default: all that have the history), or years
 *   project.backtest_history  years of history that a base of auto has at least (default 2)
 *   project.backtest_bands    lists of age bands, parted by + (default treffsikkerhet)
 *   project.backtest_sizes    least persons of each size class but the smallest, rising (default:
 *                             no classes)
 * Method: docs/methods/backtest.md.
 */
extern const SpTransform sp_transform_backtest;

#endif
