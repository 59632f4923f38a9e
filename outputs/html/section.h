/** One published table as a section of a theme's page: heading, note, the figures of the package's
 * region and the country, those of others as far as the page can bear them, what its signs mean,
 * and a link to all of it. */
#ifndef SP_OUTPUTS_HTML_SECTION_H
#define SP_OUTPUTS_HTML_SECTION_H

#include "outputs/html/page.h"

/**
 * Fills an empty section, which gets the id "tabell-NAME", laid out by outputs/grid.h. The
 * package's own region and the country stand with their periods; other fylker, kommuner and groups
 * with the newest period, folded away, each if its lines are at most the site's max_details;
 * indicators have a table each. Nothing is computed: rows and periods are chosen, and the section
 * says so.
 */
void sp_section_fill(SpPage *page, xmlNode *node, gsize table);
/** The same of any table, with all its rows in one. */
void sp_section_fill_whole(SpPage *page, xmlNode *node, const SpTable *table);

/** The same of a table that is too long for a page, with the figures that are drawn of it alone. */
void sp_section_fill_figures(SpPage *page, xmlNode *node, const SpTable *table);

/** The anchor of a table's section, "tabell-NAME". g_free. */
char *sp_section_anchor(const SpTable *table);
/** A note behind a section's heading: of a long one the first sentences, and the others folded
 * away. Returns the last element of it. */
xmlNode *sp_section_add_note(const SpPage *page, xmlNode *heading, const char *note);
/** The theme's page that holds a table's section; NULL where none does. */
const SpTheme *sp_section_theme(const SpPage *page, gsize table);
/** A link to the table's section on its theme's page, where there is one. */
void sp_section_explain(const SpPage *page, xmlNode *node, gsize table);
/** The paragraph of links below a table: to all its figures. */
void sp_section_add_ways(const SpPage *page, xmlNode *section, const SpTable *table);
/** Rows of a grid as a table with at most so many periods; TRUE if some are left out. The key
 * column `hidden` is not shown (SP_NO_COLUMN: none). */
gboolean sp_section_add_rows(xmlNode *parent, const SpGrid *grid, const GArray *rows,
                             const char *caption, gsize hidden);
/** Title of a grid's table, with its one measure when periods stand in the headings. g_free. */
char *sp_section_caption(const SpGrid *grid);

#endif
