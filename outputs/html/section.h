/** One published table as a section of the report: heading, note, the table or a choice of its
 * rows, and a link to all of it. */
#ifndef SP_OUTPUTS_HTML_SECTION_H
#define SP_OUTPUTS_HTML_SECTION_H

#include "core/io/xml.h"
#include "outputs/words.h"

/** What a page can bear. */
typedef struct {
    gsize max_rows; /* rows of one table in the page; a longer one shows the regions above kommuner,
                       each kommune folded away */
    gsize max_details; /* rows of all folded tables of one section; beyond that the kommuner are in
                          the CSV alone */
} SpPageLimits;

/**
 * Appends <section id="tabell-NAME"> to `parent`. A table of one measure whose last key is the
 * period has its periods across. Nothing is computed: rows and periods are chosen, and the section
 * says so.
 */
void sp_section_add(xmlNode *parent, const SpWords *words, const SpTable *table,
                    SpPageLimits limits);

/** The anchor of a table's section, "tabell-NAME". g_free. */
char *sp_section_anchor(const SpTable *table);

/** Appends <NAME>text</NAME> and returns it; the text is escaped and freed of what XML cannot hold.
 * NULL gives an empty element. */
xmlNode *sp_element_add(xmlNode *parent, const char *name, const char *text);
void sp_element_set(xmlNode *element, const char *attribute, const char *text);

#endif
