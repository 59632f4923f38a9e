/** Projected figures by region, profession and day, as arrays. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_PANEL_H
#define SP_TRANSFORMS_PROJECT_BALANCE_PANEL_H

#include "core/table.h"

/** Everything in byte order of codes; a combination without a row is SP_MISSING. */
typedef struct {
    gsize n_regions, n_yrker, n_periods;
    char **regions; /* NULL-terminated, as the other two */
    char **yrker;
    char **periods;
    gsize n_measures;
    SpReal *figures; /* [measure][region][yrke][period] */
} SpPanel;

/**
 *   table     code columns region, yrke, period (days)
 *   measures  [n] names
 * SP_ERROR_DATA when a column is not there or the table has no row.
 */
SpPanel *sp_panel_new(const SpTable *table, const char *const measures[], gsize n, GError **error);
void sp_panel_free(SpPanel *panel);

/** n_periods figures. Borrowed. */
const SpReal *sp_panel_at(const SpPanel *panel, gsize measure, gsize region, gsize yrke);

/** One figure by its codes; missing where the panel has none. */
SpReal sp_panel_figure(const SpPanel *panel, gsize measure, const char *region, const char *yrke,
                       const char *period);

/** The place of a code in a list in byte order [n]; FALSE if it is not there. */
gboolean sp_panel_find(char *const codes[], gsize n, const char *code, gsize *place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPanel, sp_panel_free)

#endif
