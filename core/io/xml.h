/**
 * XML by libxml2: its types show here, there is no tree of our own. No entities, no DTD, no network, limits on size and depth.
 */
#ifndef SP_CORE_IO_XML_H
#define SP_CORE_IO_XML_H

#include <glib.h>
#include <libxml/tree.h>
#include <libxml/xmlwriter.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlDoc, xmlFreeDoc)

/** Parses a small document (templates, KLASS answers). SP_ERROR_DATA with origin, line and libxml2's words. */
xmlDoc *sp_xml_parse(const char *bytes, gsize size, const char *origin, GError **error);
/** A document as UTF-8 text, `as_html` with the HTML serialisation (void elements, no XML declaration). g_free. */
char *sp_xml_format(xmlDoc *doc, gboolean as_html, GError **error);

#endif
