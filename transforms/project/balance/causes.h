/** The table `framskriving_aarsaker`: why need, supply and gap are no longer those of the base. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_CAUSES_H
#define SP_TRANSFORMS_PROJECT_BALANCE_CAUSES_H

#include "core/table.h"

#define SP_TABLE_CAUSES "framskriving_aarsaker"
#define SP_TABLE_NEED_PARTS "framskriving_etterspoersel_deler"
#define SP_TABLE_SUPPLY_PARTS "framskriving_tilbud_deler"

/** Borrowed. */
typedef struct {
    const SpTable *gap;     /* `framskriving_gap`, all days */
    const SpTable *balance; /* `framskriving_balanse`: yrke · faktor */
    const SpTable *need;    /* region, yrke, period · a measure a part, aarsverk */
    const SpTable *supply;  /* the same, not scaled */
} SpCausesInput;

/**
 * region, yrke, period (those of `need`) · etterspoersel_basis, the parts of `need`, etterspoersel;
 * tilbud_basis, the parts of `supply` x faktor, tilbud (scaled); startmangel, gap: aarsverk, not
 * additive, for the regions above are there already. Each side is its base and its parts, and gap
 * is etterspoersel + startmangel - tilbud, but for rounding.
 *
 * Figures that are of framskriving_gap have its status. The parts of a side are numbers only where
 * the side is one on the day and in the base; else all of them have the strongest status of the
 * two, so that they never tell what a hidden figure is. Marks or-ed, flag m, sorted by key.
 * SP_ERROR_DATA as sp_panel_new.
 */
SpTable *sp_causes_table(const SpCausesInput *input, GError **error);

#endif
