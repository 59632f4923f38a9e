/** What a scenario gives at chosen years, and all scenarios beside each other. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_ALTERNATIVES_H
#define SP_TRANSFORMS_PROJECT_BALANCE_ALTERNATIVES_H

#include "core/table.h"

/**
 * `framskriving_valgte_aar`: region, yrke, period (1 January of the chosen years that demand has, or
 * its last day where it has none of them) · etterspoersel, tilbud, gap aarsverk. Without a gap table
 * the last two are missing. Flags as they were, marks or-ed; sorted by key. SP_ERROR_DATA as
 * sp_panel_new.
 *
 *   demand  `framskriving_etterspoersel`
 *   gap     `framskriving_gap`; NULL where there is no supply
 *   years   [n_years]
 */
SpTable *sp_chosen_years_table(const SpTable *demand, const SpTable *gap, gsize n_years,
                               const int years[], GError **error);

/** One scenario's; borrowed. */
typedef struct {
    const char *scenario;
    const SpTable *table; /* `framskriving_valgte_aar` */
} SpAlternative;

/**
 * `framskriving_alternativ`: the same rows with a first key, scenario; marks or-ed, sorted by key.
 * SP_ERROR_DATA when a table lacks a column.
 *
 *   alternatives  [n >= 1]
 */
SpTable *sp_alternatives_table(gsize n, const SpAlternative alternatives[], GError **error);

#endif
