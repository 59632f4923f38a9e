/** The table `framskriving_alternativ`: what all scenarios give, at chosen years. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_ALTERNATIVES_H
#define SP_TRANSFORMS_PROJECT_BALANCE_ALTERNATIVES_H

#include "core/table.h"

/** One scenario's tables; borrowed. */
typedef struct {
    const char *scenario;
    const SpTable *demand; /* `framskriving_etterspoersel` */
    const SpTable *gap;    /* `framskriving_gap`; NULL where there is no supply */
} SpAlternative;

/**
 * scenario, region, yrke, period (1 January of the chosen years that demand has, or its last day
 * where it has none of them) · etterspoersel, tilbud, gap aarsverk. Without a gap table the last two
 * are missing. Flags as they were; sorted by key. SP_ERROR_DATA as sp_panel_new.
 *
 *   alternatives  [n >= 1]
 *   years         [n_years]
 */
SpTable *sp_alternatives_table(gsize n, const SpAlternative alternatives[], gsize n_years,
                               const int years[], GError **error);

#endif
