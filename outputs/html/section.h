/** One published table as a section of the report: heading, note, the table or a choice of its
 * rows, what its signs mean, and a link to all of it. */
#ifndef SP_OUTPUTS_HTML_SECTION_H
#define SP_OUTPUTS_HTML_SECTION_H

#include "outputs/html/lay.h"

/** What a page can bear. */
typedef struct {
    gsize max_rows;     /* lines of a table that is shown in one. A longer one is parted: of several
                           measures by measure, else by region. The package's own and the country
                           (of several measures other fylker too) always stand; then come other
                           fylker, kommuner and groups, in this order, as far as the next three
                           allow; what they leave out is in the CSV alone */
    gsize max_kommuner; /* lines of a section's kommuner, with what always stands */
    gsize max_details;  /* lines with the groups too, or of the indicators */
    gsize max_bytes;    /* what all these may weigh in all sections; what is used is taken off */
} SpPageLimits;

/**
 * Fills an empty section, which gets the id "tabell-NAME", laid out by outputs/grid.h; indicators
 * have a table each. Nothing is computed: rows and periods are chosen, and the section says so.
 */
void sp_section_fill(xmlNode *node, const SpWords *words, const SpTable *table,
                     SpPageLimits *limits);

/** The anchor of a table's section, "tabell-NAME". g_free. */
char *sp_section_anchor(const SpTable *table);

#endif
