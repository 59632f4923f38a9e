/** The table `demografikostnad`. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_COST_TABLE_H
#define SP_TRANSFORMS_PROJECT_BALANCE_COST_TABLE_H

#include "core/quality.h"
#include "core/table.h"

typedef struct {
    const SpTable *population; /* `framskriving_befolkning` */
    const SpTable
        *past; /* `folkemengde`, or NULL: the accounts were spent on those of the first day */
    const SpTable *accounts; /* `regnskap`: region, kontoklasse, funksjon, artsgruppe, period (year)
                                  · beloep */
    const SpTable *use;      /* `kostnad` (config/framskriving/kostnad.csv): funksjon, alder_fra,
                                  alder_til (both included) · vekt, relative use per inhabitant */
    char *const *groups;     /* NULL-terminated: the artsgrupper that are spending */
} SpCostInput;

/**
 * region (kommune), funksjon (those of `kostnad`, and "alle"), period (day) · utgift_basis,
 * merkostnad (cost per head of the country's kommuner), merkostnad_eget (of the kommune's own), NOK
 * of the accounts' year, additive, against the first day of the population. Flag m; sorted by key.
 *
 * Accounts are those of the newest year that had ended on the first day; operations (`drift`) only;
 * they were spent on the mean of that year's two 1 Januaries where `past` has both.
 * A kommune without accounts has its own cost missing; the country's mean is of the others. Persons
 * that are missing or suppressed give the same status.
 *
 * NULL without error, with a finding "no_accounts", when no year is old enough or no kommune has
 * spending. SP_ERROR_DATA names row and remedy: a missing column, ages outside 000-105 or the wrong
 * way round, an age twice, a weight below 0 or missing.
 */
SpTable *sp_cost_table(const SpCostInput *input, SpQuality *quality, GError **error);

/** Whom a change of cost is for. */
typedef enum {
    SP_COST_YOUNG,  /* below 67 */
    SP_COST_OLD,    /* 67-79 */
    SP_COST_OLDEST, /* 80 and over */
    SP_N_COST_PARTS
} SpCostPart;

typedef struct {
    const char *region, *function, *period;
    gboolean is_own; /* at the kommune's own cost per head, else the country's */
} SpCostCell;

/** Parts of one cell, NOK, whose sum is its figure. FALSE without error when the cell has no
 * number or is not in the table; SP_ERROR_DATA as sp_cost_table. */
gboolean sp_cost_cell_parts(const SpCostInput *input, const SpCostCell *cell,
                            double parts[SP_N_COST_PARTS], GError **error);

#endif
