/** What a scenario gives at chosen years, and all scenarios beside each other. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_ALTERNATIVES_H
#define SP_TRANSFORMS_PROJECT_BALANCE_ALTERNATIVES_H

#include "core/table.h"

/**
 * `framskriving_valgte_aar`: region, yrke, period (1 January of the chosen years that demand has,
 * or its last day where it has none of them) · etterspoersel, tilbud, gap aarsverk; indeks ratio,
 * etterspoersel over that of demand's first day. Without a gap table tilbud and gap are missing.
 * Flags as they were, marks or-ed; sorted by key. SP_ERROR_DATA as sp_panel_new.
 *
 *   demand  `framskriving_etterspoersel`
 *   gap     `framskriving_gap`; NULL where there is no supply
 *   years   [n_years]
 */
SpTable *sp_chosen_years_table(const SpTable *demand, const SpTable *gap, gsize n_years,
                               const int years[], GError **error);

/** `framskriving_valgte_brukere`: region, tjeneste, period · brukere, indeks of
 * `framskriving_behov` on the same days. SP_ERROR_DATA when a column is not there. */
SpTable *sp_chosen_users_table(const SpTable *users, gsize n_years, const int years[],
                               GError **error);

/** One scenario's; borrowed. */
typedef struct {
    const char *scenario;
    const SpTable *table;
} SpAlternative;

/**
 * A table `name` of the rows of all, with a first key, scenario; marks or-ed, sorted by key.
 * SP_ERROR_DATA when the tables' columns differ, or a scenario comes twice.
 *
 *   alternatives  [n >= 1]
 */
SpTable *sp_alternatives_table(const char *name, gsize n, const SpAlternative alternatives[],
                               GError **error);

#endif
