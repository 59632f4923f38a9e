/**
 * Figures for the top of a report: a few rows of the published tables, chosen in config/tables.csv,
 * for the package's region and the country. Nothing is computed.
 *
 * Column `overview` of the catalogue holds choices parted by '|', each a measure and the codes that
 * name its row but for region and period: "innbyggere kjonn=1 alder=080-089". The period is the
 * newest for which one of the regions has a number, or with "+10" the one ten years after the
 * table's first; a choice without any number is left out, and one of "?p05" where the table has no
 * such measure.
 */
#ifndef SP_OUTPUTS_OVERVIEW_H
#define SP_OUTPUTS_OVERVIEW_H

#include "outputs/words.h"

enum { SP_OVERVIEW_REGIONS = 2 };

typedef struct {
    const SpTable *table;
    char *label;  /* "Folkemengde: Menn, 80–89 år" */
    char *period; /* in words */
    SpFigureForm form;
    gsize measure;
    gsize rows[SP_OVERVIEW_REGIONS]; /* by region, SP_NO_COLUMN if the table has none */
} SpOverviewLine;

typedef struct {
    char
        *regions[SP_OVERVIEW_REGIONS]; /* names; the second is NULL for the country's own package */
    guint n_regions;
    GArray *lines; /* SpOverviewLine, in order of the package's tables */
} SpOverview;

/** SP_ERROR_CONFIG when a choice names a column that its table does not have or leaves one of its
 * keys open. */
SpOverview *sp_overview_new(const SpWords *words, GError **error);
void sp_overview_free(SpOverview *overview);

/** What the signs and flags of its figures mean, as sp_forklaring_legend. g_free. */
char *sp_overview_legend(const SpWords *words, const SpOverview *overview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpOverview, sp_overview_free)

#endif
