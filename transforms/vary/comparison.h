/** Each kommune beside those it may be compared with (table `sammenlikning`, docs/tables.md).
 * Method: docs/methods/variation.md#comparison. */
#ifndef SP_TRANSFORMS_VARY_COMPARISON_H
#define SP_TRANSFORMS_VARY_COMPARISON_H

#include "transforms/vary/comparators.h"

/** With whom, in the order of the table's columns. Each has middel_WORD, n_WORD and forhold_WORD.
 */
typedef enum {
    SP_WITH_NEAREST,
    SP_WITH_KOSTRA,
    SP_WITH_CENTRALITY,
    SP_WITH_FYLKE,
    SP_WITH_COUNTRY,
    SP_N_WITH
} SpCompared;

const char *sp_compared_word(SpCompared with);

/** The kommuner that kommune `i` is compared with: of the nearest the others, of groups and the
 * country all, itself too. NULL-free list of numbers (gsize), g_array_unref. */
GArray *sp_compared_members(const SpCountry *country, const SpComparators *comparators,
                            SpCompared with, gsize i);

typedef struct {
    double period_minimum_share; /* see sp_country_newest */
    gsize minimum_members;       /* a mean of fewer kommuner is missing */
} SpComparisonRules;

/**
 * One row an indicator and kommune, for the newest period of the indicator that is complete
 * enough.
 *   verdi        the kommune's own, with its status
 *   middel_…     mean of verdi over the kommuner that enter, weighted by nevner (what they have
 *                together), where they are at least minimum_members; missing otherwise. Kommuner
 *                counted with their host enter once; flags of all that enter are or-ed
 *   n_…          how many entered
 *   forhold_…    verdi over the mean. Not applicable for shares, which are compared as they are,
 *                and where the mean is not above 0
 */
SpTable *sp_comparison_table(const SpCountry *country, const SpComparators *comparators,
                             const SpComparisonRules *rules, GError **error);

#endif
