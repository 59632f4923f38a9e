/**
 * XML by libxml2: its types show here, there is no tree of our own. No entities, no DTD, no
 * network, limits on size and depth.
 */
#ifndef SP_CORE_IO_XML_H
#define SP_CORE_IO_XML_H

#include <glib.h>
#include <libxml/tree.h>
#include <libxml/xmlwriter.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlDoc, xmlFreeDoc)

/** Parses a small document (templates, KLASS answers) of at most 64 MiB. SP_ERROR_DATA with origin,
 * line and libxml2's words; a document type declaration is refused before anything in it is read.
 */
xmlDoc *sp_xml_parse(const char *bytes, gsize size, const char *origin, GError **error);
/** A document as UTF-8 text, `as_html` with the HTML serialisation: void elements, content of
 * script and style as it is, no XML declaration, "<!DOCTYPE html>" first. Nothing is indented.
 * g_free. SP_ERROR_BUG if the document has no root. */
char *sp_xml_format(xmlDoc *doc, gboolean as_html, GError **error);

/** Puts the HTML text of what an element holds, as sp_xml_format writes it, in the place of the
 * nodes, which take ten times its memory. From then on there is nothing in it to find or to change,
 * and the document can be written as HTML alone. */
void sp_xml_freeze(xmlNode *element);

#endif
