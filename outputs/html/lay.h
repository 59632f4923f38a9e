/** Elements of the page: text that is always escaped, and a table of figures in its frame. */
#ifndef SP_OUTPUTS_HTML_LAY_H
#define SP_OUTPUTS_HTML_LAY_H

#include "core/io/xml.h"
#include "outputs/grid.h"

/** Appends <NAME>text</NAME> and returns it; the text is escaped and freed of what XML cannot hold.
 * NULL gives an empty element. */
xmlNode *sp_element_add(xmlNode *parent, const char *name, const char *text);
void sp_element_set(xmlNode *element, const char *attribute, const char *text);
/** Appends text to an element. */
void sp_element_text(xmlNode *element, const char *text);
/** A link of its own. */
xmlNode *sp_element_link(xmlNode *parent, const char *target, const char *text);

/** Gives a section its anchor and its heading, by which it is named. Returns the heading. */
xmlNode *sp_lay_section(xmlNode *section, const char *anchor, const char *title);
/** What signs and flags mean, in small letters; nothing where there are none. */
void sp_lay_legend(xmlNode *parent, const char *legend);
/** A frame in which a wide table scrolls, which the keyboard can reach, and the empty table in it
 * with its caption: the page itself stays as narrow as a phone. `notices` follow the caption, since
 * tables are copied and printed alone. Returns the table. */
xmlNode *sp_lay_frame(xmlNode *parent, const SpWords *words, const char *caption);
/** Says which published table all figures of a table are of: the audit holds them against it. */
void sp_lay_set_origin(xmlNode *table, const SpTable *of);
/** Heading of a column; figures stand to the right. */
xmlNode *sp_lay_heading(xmlNode *line, const char *text, gboolean is_figure);
/** Cells: a name of the line, words, and a figure with its flags. */
xmlNode *sp_lay_name(xmlNode *line, const char *text);
void sp_lay_words(xmlNode *line, const char *text);
void sp_lay_figure(xmlNode *line, SpReal real, SpFigureForm form);
/** Flags behind a figure, or behind the heading of figures that all have them. */
void sp_lay_flags(xmlNode *cell, guint flags);
/** Flags that all figures [n] of a column have: they stand in its heading and not in every cell. */
guint8 sp_lay_common_flags(const SpReal reals[], gsize n);

/** The lines of a view as a table; flags that all figures of a column have stand in its heading.
 * The key column `hidden` is left out (SP_NO_COLUMN: none), since the caption says it. */
void sp_lay_table(xmlNode *parent, const SpGridView *view, const char *caption, gsize hidden);

#endif
