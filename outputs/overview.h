/**
 * Figures for the top of a report: a few rows of the published tables, chosen in config/tables.csv,
 * for some regions side by side. Nothing is computed.
 *
 * Column `overview` of the catalogue holds choices parted by '|', each a measure and the codes that
 * name its row but for region and period: "innbyggere kjonn=1 alder=080-089". The period is the
 * newest for which one of the regions has a number, or with "fram" the one of the year that is told
 * (sp_told_year) after the table's first; a choice without any number is left out, and one of
 * "?p05" where the table has no such measure. One that begins with '*' stands in lists of many
 * regions too.
 */
#ifndef SP_OUTPUTS_OVERVIEW_H
#define SP_OUTPUTS_OVERVIEW_H

#include "outputs/words.h"

typedef struct {
    const SpTable *table;
    char *label;  /* "Folkemengde: Menn, 80–89 år" */
    char *period; /* in words */
    SpFigureForm form;
    gsize measure;
    gsize *rows;       /* [n_regions], SP_NO_COLUMN if the table has none */
    gboolean is_brief; /* stands in lists of many regions too */
} SpOverviewLine;

typedef struct {
    char **codes; /* [n_regions] */
    char **names; /* [n_regions], in words */
    guint n_regions;
    GArray *lines; /* SpOverviewLine, in order of the package's tables */
} SpOverview;

/** `regions` NULL-terminated; NULL: the package's own and the country, once if they are the same.
 * SP_ERROR_CONFIG when a choice names a column that its table does not have or leaves one of its
 * keys open. */
SpOverview *sp_overview_new(const SpWords *words, const char *const regions[], GError **error);
void sp_overview_free(SpOverview *overview);

/** The figure of a line for a region by its place; FALSE if the table has none. */
gboolean sp_overview_figure(const SpOverviewLine *line, guint region, SpReal *real);

/** What the signs and flags of the figures of regions [n] by their places, or of all (NULL), mean,
 * as sp_forklaring_legend. g_free. */
char *sp_overview_legend(const SpWords *words, const SpOverview *overview, const guint regions[],
                         guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpOverview, sp_overview_free)

#endif
