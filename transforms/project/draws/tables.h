/** Draws in tables: quantiles beside the expected figures, and who lacks most. */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_TABLES_H
#define SP_TRANSFORMS_PROJECT_DRAWS_TABLES_H

#include "transforms/project/draws/users.h"

#define SP_TABLE_LEADS "framskriving_ledelse"
/** Code of `yrke` for any of the professions (config/profesjoner.csv). */
#define SP_ANY_PROFESSION "tot"

/** What a table is filled from; all borrowed. */
typedef struct {
    const SpDrawsPlan *plan;
    const SpDrawsResults *results;
    const char *point; /* the expected figure in the table that the draws stand beside */
} SpDrawsFill;

/**
 * Adds p05, p10, p25, p50, p75, p90, p95 to a table: quantiles of the draws, årsverk to three
 * decimals, with flag m. Supply is told as it is before the base is balanced; the gap is of the
 * balanced one. Supply of a kommune that no need has placed (is_placed of its paths) is not
 * applicable.
 *
 *   table  keys region, yrke, period (1 January); the measures that `fill` names
 *
 * Where `point` is no number the quantiles have its status; where the draws know nothing of region,
 * profession or day (or of the side that `measure` asks for) they are missing. Rows stay as they
 * are. SP_ERROR_DATA when a column is not there.
 */
gboolean sp_draws_add_quantiles(SpTable *table, const SpDrawsFill *fill, SpDrawn measure,
                                GError **error);

typedef enum {
    SP_CHANCE_SHORTAGE, /* of a relevant shortage: more than 1 årsverk and 5 % of the need */
    SP_CHANCE_NONE,     /* that nobody of the profession works there; kommuner only */
} SpDrawsChance;

/** Adds one measure to a table in the same way: a chance, rounded to 5 % (half up). Less than half
 * of that is below unit, never zero; of a shortage 95 % is the most. Not applicable where the
 * question has no meaning: nobody left in a region above kommuner, a shortage of more than one
 * årsverk where none came and the need's p95 is one at most. */
gboolean sp_draws_add_chance(SpTable *table, const char *column, const SpDrawsFill *fill,
                             SpDrawsChance chance, GError **error);

/** Adds p05 ... p95 in the same way to a table with the keys region, tjeneste, period: users, whole
 * persons, or (`is_per_user`) the index of årsverk per user, to four decimals; of that nothing is
 * known in kommuner. */
gboolean sp_draws_add_user_quantiles(SpTable *table, const char *point, const SpDrawsPlan *plan,
                                     const SpDrawsUsers *users, gboolean is_per_user,
                                     GError **error);

/**
 * The table `framskriving_ledelse`, what a first page says of a fylke: region (those above the
 * kommuner), yrke, period · andel_stoerst_mangel (share of futures in which the profession's
 * shortage is the region's largest in årsverk of those that are relevant there, rounded to 5 %; not
 * applicable for `tot`, for those that stand apart (plan.h), which `tot` does not count, and on the
 * base day where no shortage is measured), kommuner (how many
 * have a relevant shortage, mean), p05 ... p95. Suppressed where a measured shortage of the region
 * or one of its kommuner is; with the status of a kommune that is not projected. `yrke` is "tot"
 * for kommuner short of any profession.
 * Professions without a gap are left out. Sorted by key.
 */
SpTable *sp_draws_lead_table(const SpDrawsPlan *plan, const SpDrawsResults *results);

#endif
