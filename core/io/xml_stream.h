/**
 * XML in pieces, by libxml2's push parser: nothing of the document is kept but the tag that is
 * being read, so memory does not depend on the size of the file. For files that come from outside
 * and may be about persons.
 *
 * What is never done: entities beyond XML's own five and character numbers, document type
 * declarations, external files, network, XInclude, processing instructions.
 */
#ifndef SP_CORE_IO_XML_STREAM_H
#define SP_CORE_IO_XML_STREAM_H

#include <glib.h>

/** One attribute: name without prefix, value UTF-8 and not NUL-terminated. Borrowed for the
 * call. */
typedef struct {
    const char *name;
    const char *value;
    gsize size;
} SpXmlAttribute;

/** The attribute of that name; NULL if there is none. */
const SpXmlAttribute *sp_xml_attribute(const SpXmlAttribute attributes[], gsize n,
                                       const char *name);
/** Whether its value is this text. */
gboolean sp_xml_attribute_is(const SpXmlAttribute *attribute, const char *value);

/** Who is told of the document, in its order. An error ends the reading. */
typedef struct SpXmlHandler SpXmlHandler;
struct SpXmlHandler {
    /** An element begins: name without prefix; attributes [n]. */
    gboolean (*start)(SpXmlHandler *handler, const char *name, const SpXmlAttribute attributes[],
                      gsize n, GError **error);
    /** Text inside an element, maybe in several pieces, blanks between elements too. NULL: none is
     * wanted; so with `end`. */
    gboolean (*text)(SpXmlHandler *handler, const char *text, gsize size, GError **error);
    gboolean (*end)(SpXmlHandler *handler, const char *name, GError **error);
};

/** Each limit is a largest allowed value; 0 stands for the default. */
typedef struct {
    guint depth;      /* of elements in elements: 16 */
    gsize name;       /* bytes of an element's or attribute's name: 64 */
    gsize text;       /* bytes of an attribute's value, and of text between two tags: 4096 */
    guint attributes; /* of one element: 64 */
    guint64 size;     /* bytes of the whole file: 64 GiB */
} SpXmlLimits;

typedef struct {
    const char *origin;      /* file name for messages */
    gboolean is_private;     /* about persons: no message quotes the file, its names included */
    gboolean tells_prefixed; /* attributes with a prefix are told too, without it (r:id), but for
                                xmlns; FALSE: they are passed over, being no data (xsi:...) */
    SpXmlLimits limits;
} SpXmlForm;

typedef struct SpXml SpXml;

/** `handler` is borrowed until the end; the form only for the call. */
SpXml *sp_xml_open(const SpXmlForm *form, SpXmlHandler *handler);
/**
 * Bytes [size] in pieces of any size. The document is UTF-8 (a byte order mark is skipped),
 * US-ASCII, or ISO-8859-1 if its XML declaration says so. SP_ERROR_DATA names origin, line and
 * place in it: what is not well-formed, beyond a limit, in another encoding than declared or with a
 * document type declaration. An error of the handler is handed on as it is. After an error only
 * sp_xml_abandon is allowed.
 */
gboolean sp_xml_push(SpXml *xml, const char *bytes, gsize size, GError **error);
/** All bytes have come: the document must be whole. The handler may still be called; then frees,
 * also after an error. */
gboolean sp_xml_close(SpXml *xml, GError **error);
void sp_xml_abandon(SpXml *xml);

/** Line of what is being read, from 1: for the handler's own messages, in its calls alone. */
guint64 sp_xml_line(const SpXml *xml);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpXml, sp_xml_abandon)

#endif
