/* XML pushed in pieces. libxml2 has limits of its own, in megabytes; ours are far below, and what
 * the parser holds back of an unfinished tag is looked at after each piece. */
#include "core/io/xml_stream.h"

#include "core/error.h"
#include "core/io/xml_library.h"

#include <libxml/parser.h>

#include <string.h>

/* A tag must fit into MAX_HELD; PIECE_SIZE is how often that is asked. */
enum { PIECE_SIZE = 4096, MAX_HELD = 256 * 1024, MARK_SIZE = 3, PLACE_SIZE = 64 };
enum { DEFAULT_DEPTH = 16, DEFAULT_NAME = 64, DEFAULT_TEXT = 4096, DEFAULT_ATTRIBUTES = 64 };
#define DEFAULT_SIZE (G_GUINT64_CONSTANT(64) << 30)
#define MARK "\xef\xbb\xbf"

struct SpXml {
    char *origin;
    gboolean is_private;
    gboolean tells_prefixed;
    SpXmlLimits limits;
    SpXmlHandler *handler;
    xmlParserCtxt *context;
    GError *failure;       /* the first one */
    int code;              /* libxml2's, of `failure`; 0 if it is ours */
    char start[MARK_SIZE]; /* the first bytes, until there are enough to look for the mark */
    gsize n_start;
    gboolean is_started;
    gboolean has_mark;
    gboolean is_latin1;
    gboolean has_root;
    gboolean is_closing;
    guint depth;
    gsize n_text;       /* bytes since the last tag */
    guint64 n_bytes;    /* of the file */
    GArray *attributes; /* SpXmlAttribute */
};

/* libxml2's words quote names and values, so a private file gets ours. */
static const struct {
    int code;
    const char *words;
} sentences[] = {
    {XML_ERR_INTERNAL_ERROR, "bytes that cannot be read: damaged, or in another encoding"},
    {XML_ERR_INVALID_ENCODING, "bytes that are not of the encoding that the file declares"},
    {XML_ERR_INVALID_CHAR, "a character that XML does not allow, or bytes of another encoding"},
    {XML_ERR_UNKNOWN_ENCODING, "the encoding is not known"},
    {XML_ERR_TAG_NAME_MISMATCH, "an end tag does not belong to the element that is open"},
    {XML_ERR_DOCUMENT_END, "something stands behind the end of the document"},
    {XML_ERR_ATTRIBUTE_REDEFINED, "an attribute stands twice in one tag"},
    {XML_ERR_UNDECLARED_ENTITY, "an entity that XML does not have"},
    {XML_WAR_UNDECLARED_ENTITY, "an entity that XML does not have"},
    {XML_ERR_LT_IN_ATTRIBUTE, "a < in the value of an attribute"},
    {XML_NS_ERR_UNDEFINED_NAMESPACE, "a prefix that is not declared"},
};

static void format_place(const SpXml *xml, char place[PLACE_SIZE])
{
    const xmlParserInput *input = xml->context->input;
    g_snprintf(place, PLACE_SIZE, "line %d, place %d", input != NULL ? input->line : 1,
               input != NULL ? input->col : 1);
}

/* Keeps the failure and stops libxml2, which calls back no more. */
static void refuse(SpXml *xml, const char *what)
{
    if (xml->failure == NULL) {
        char place[PLACE_SIZE];
        format_place(xml, place);
        sp_error_set(&xml->failure, SP_ERROR_DATA, "%s: %s: %s", xml->origin, place, what);
    }
    xmlStopParser(xml->context);
}

static void refuse_limit(SpXml *xml, const char *what, guint64 limit)
{
    g_autofree char *text = g_strdup_printf(
        "%s, more than the %" G_GUINT64_FORMAT " that are read; ask the sender", what, limit);
    refuse(xml, text);
}

static const char *find_sentence(int code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sentences); i++) {
        if (sentences[i].code == code) {
            return sentences[i].words;
        }
    }
    return NULL;
}

static void on_error(void *data, xmlErrorPtr error)
{
    SpXml *xml = data;
    if (xml->failure != NULL || error->level < XML_ERR_ERROR) {
        return;
    }
    const char *own = find_sentence(error->code);
    g_autofree char *words = xml->is_private ? g_strdup(own) : NULL;
    if (words == NULL && !xml->is_private && error->message != NULL) {
        words = g_strdelimit(g_strchomp(g_strdup(error->message)), "\n", ' ');
    }
    if (words == NULL) {
        words = g_strdup_printf("not well-formed (libxml2's error %d)", error->code);
    }
    g_autofree char *what =
        g_strconcat(words, "; it is damaged or not XML: ask for it again", NULL);
    xml->code = error->code;
    refuse(xml, what);
}

/* Comes before anything in the declaration is read, so before an entity can be declared. */
static void on_doctype(void *data, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    refuse(data,
           "a document type declaration (DOCTYPE), which is not read; the sender must take it "
           "away");
}

/* Comes when the XML declaration has been read. */
static void on_document(void *data)
{
    static const char *const utf8[] = {"UTF-8", "US-ASCII"};
    SpXml *xml = data;
    const char *declared = (const char *)xml->context->encoding;
    gboolean is_known = declared == NULL;
    for (gsize i = 0; !is_known && i < G_N_ELEMENTS(utf8); i++) {
        is_known = g_ascii_strcasecmp(declared, utf8[i]) == 0;
    }
    xml->is_latin1 = declared != NULL && g_ascii_strcasecmp(declared, "ISO-8859-1") == 0;
    if (xml->is_latin1 && xml->has_mark) {
        refuse(xml, "begins with the byte order mark of UTF-8 but declares ISO-8859-1; ask the "
                    "sender which it is");
    } else if (!is_known && !xml->is_latin1) {
        refuse(xml, "declares an encoding that is not read; want UTF-8 or ISO-8859-1");
    }
}

static gboolean check_name(SpXml *xml, const xmlChar *name)
{
    if (strlen((const char *)name) > xml->limits.name) {
        refuse_limit(xml, "the name of an element or attribute has more bytes", xml->limits.name);
        return FALSE;
    }
    return TRUE;
}

/* libxml2 gives five pointers an attribute: name, prefix, namespace, value and its end. */
static gboolean take_attributes(SpXml *xml, int n, const xmlChar **fives)
{
    g_array_set_size(xml->attributes, 0);
    if (n > 0 && (guint)n > xml->limits.attributes) {
        refuse_limit(xml, "an element has more attributes", xml->limits.attributes);
        return FALSE;
    }
    for (int i = 0; i < n; i++) {
        const xmlChar **five = fives + (gsize)i * 5;
        const SpXmlAttribute attribute = {.name = (const char *)five[0],
                                          .value = (const char *)five[3],
                                          .size = (gsize)(five[4] - five[3])};
        if (!check_name(xml, five[0])) {
            return FALSE;
        }
        if (attribute.size > xml->limits.text) {
            refuse_limit(xml, "the value of an attribute has more bytes", xml->limits.text);
            return FALSE;
        }
        if (five[1] == NULL || xml->tells_prefixed) {
            g_array_append_val(xml->attributes, attribute);
        }
    }
    return TRUE;
}

/* The form of the callback is libxml2's. NOLINTNEXTLINE(readability-function-size) */
static void on_start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int n_namespaces, const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes)
{
    SpXml *xml = data;
    (void)prefix;
    (void)uri;
    (void)n_namespaces;
    (void)namespaces;
    (void)n_defaulted;
    if (xml->failure != NULL || !check_name(xml, name) ||
        !take_attributes(xml, n_attributes, attributes)) {
        return;
    }
    xml->has_root = TRUE;
    xml->n_text = 0;
    if (++xml->depth > xml->limits.depth) {
        refuse_limit(xml, "elements stand in each other deeper", xml->limits.depth);
        return;
    }
    const SpXmlAttribute *all = (const SpXmlAttribute *)(gpointer)xml->attributes->data;
    if (!xml->handler->start(xml->handler, (const char *)name, all, xml->attributes->len,
                             &xml->failure)) {
        /* What is still to come when the file has ended is a tag that was cut. */
        xml->code = xml->is_closing ? XML_ERR_DOCUMENT_END : 0;
        xmlStopParser(xml->context);
    }
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    SpXml *xml = data;
    (void)prefix;
    (void)uri;
    if (xml->failure != NULL) {
        return;
    }
    xml->depth--;
    xml->n_text = 0;
    if (xml->handler->end != NULL &&
        !xml->handler->end(xml->handler, (const char *)name, &xml->failure)) {
        xmlStopParser(xml->context);
    }
}

static void on_text(void *data, const xmlChar *text, int size)
{
    SpXml *xml = data;
    if (xml->failure != NULL) {
        return;
    }
    xml->n_text += (gsize)size;
    if (xml->n_text > xml->limits.text) {
        refuse_limit(xml, "the text between two tags has more bytes", xml->limits.text);
    } else if (xml->handler->text != NULL &&
               !xml->handler->text(xml->handler, (const char *)text, (gsize)size, &xml->failure)) {
        xmlStopParser(xml->context);
    }
}

SpXml *sp_xml_open(const SpXmlForm *form, SpXmlHandler *handler)
{
    static const xmlSAXHandler calls = {.initialized = XML_SAX2_MAGIC,
                                        .internalSubset = on_doctype,
                                        .startDocument = on_document,
                                        .startElementNs = on_start,
                                        .endElementNs = on_end,
                                        .characters = on_text,
                                        .ignorableWhitespace = on_text,
                                        .cdataBlock = on_text,
                                        .serror = on_error};
    sp_xml_library_start();
    SpXml *xml = g_new0(SpXml, 1);
    xml->origin = g_strdup(form->origin);
    xml->is_private = form->is_private;
    xml->tells_prefixed = form->tells_prefixed;
    xml->handler = handler;
    xml->limits = form->limits;
    xml->limits.depth = form->limits.depth > 0 ? form->limits.depth : DEFAULT_DEPTH;
    xml->limits.name = form->limits.name > 0 ? form->limits.name : DEFAULT_NAME;
    xml->limits.text = form->limits.text > 0 ? form->limits.text : DEFAULT_TEXT;
    xml->limits.size = form->limits.size > 0 ? form->limits.size : DEFAULT_SIZE;
    if (xml->limits.attributes == 0) {
        xml->limits.attributes = DEFAULT_ATTRIBUTES;
    }
    xml->attributes = g_array_new(FALSE, FALSE, sizeof(SpXmlAttribute));
    xmlSAXHandler own = calls; /* copied by libxml2 */
    xml->context = xmlCreatePushParserCtxt(&own, xml, NULL, 0, NULL);
    g_assert(xml->context != NULL); /* only without memory */
    /* Without the latter "&amp;" in an attribute comes as "&#38;"; no entity of the file's own can
     * be declared, since a document type declaration is refused. */
    xmlCtxtUseOptions(xml->context, XML_PARSE_NONET | XML_PARSE_NOENT);
    return xml;
}

/* What libxml2 would take for the end of the text, or for letters. */
static gboolean check_bytes(SpXml *xml, const char *bytes, gsize size)
{
    if (memchr(bytes, '\0', size) != NULL) {
        refuse(xml, "a byte 0x00: the file is damaged, or in UTF-16; want UTF-8 or ISO-8859-1");
    }
    return xml->failure == NULL;
}

/* 0x80 to 0x9F are no letters of ISO-8859-1: they betray UTF-8 or Windows-1252. */
static void check_latin1(SpXml *xml, const char *bytes, gsize size)
{
    for (gsize i = 0; i < size && xml->failure == NULL; i++) {
        guchar c = (guchar)bytes[i];
        if (c >= 0x80 && c <= 0x9f) {
            refuse(xml, "the file declares ISO-8859-1, but bytes of it are no letters of that; it "
                        "is UTF-8 or Windows-1252: ask the sender");
        }
    }
}

static gboolean feed(SpXml *xml, const char *bytes, gsize size)
{
    for (gsize done = 0; done < size && xml->failure == NULL; done += PIECE_SIZE) {
        gsize n = MIN(size - done, PIECE_SIZE);
        xml->n_bytes += n;
        if (!check_bytes(xml, bytes + done, n)) {
            break;
        }
        if (xml->n_bytes > xml->limits.size) {
            refuse_limit(xml, "the file has more bytes", xml->limits.size);
            break;
        }
        (void)xmlParseChunk(xml->context, bytes + done, (int)n, 0);
        const xmlParserInput *input = xml->context->input;
        if (xml->failure == NULL && input != NULL && input->end - input->cur > MAX_HELD) {
            refuse_limit(xml, "a tag or comment has more bytes", MAX_HELD);
        }
        if (xml->is_latin1) {
            check_latin1(xml, bytes + done, n);
        }
    }
    return xml->failure == NULL;
}

/* Takes the byte order mark off, which the encoding is then known by. libxml2 would look at the
 * first bytes for encodings that are not read here. */
static gboolean begin(SpXml *xml)
{
    xml->is_started = TRUE;
    xml->has_mark = xml->n_start == MARK_SIZE && memcmp(xml->start, MARK, MARK_SIZE) == 0;
    if (!xml->has_mark && strchr("< \t\r\n", xml->start[0]) == NULL) {
        refuse(xml, "does not begin with <; it is not XML in UTF-8 or ISO-8859-1");
    }
    return xml->failure == NULL && (xml->has_mark || feed(xml, xml->start, xml->n_start));
}

static gboolean propagate(SpXml *xml, GError **error)
{
    if (xml->failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&xml->failure));
        return FALSE;
    }
    return TRUE;
}

gboolean sp_xml_push(SpXml *xml, const char *bytes, gsize size, GError **error)
{
    while (!xml->is_started && size > 0) {
        xml->start[xml->n_start++] = *bytes++;
        size--;
        if (xml->n_start == MARK_SIZE && !begin(xml)) {
            return propagate(xml, error);
        }
    }
    (void)feed(xml, bytes, size);
    return propagate(xml, error);
}

static void finish(SpXml *xml)
{
    if (xml->n_start == 0) {
        sp_error_set(&xml->failure, SP_ERROR_DATA, "%s: is empty, want XML; ask for it again",
                     xml->origin);
        return;
    }
    if (!xml->is_started && !begin(xml)) {
        return;
    }
    xml->is_closing = TRUE;
    (void)xmlParseChunk(xml->context, "", 0, 1);
    gboolean is_open = !xml->has_root || xml->depth > 0;
    gboolean is_explained = xml->failure != NULL && xml->code != XML_ERR_DOCUMENT_END &&
                            (xml->code == 0 || find_sentence(xml->code) != NULL);
    if (is_open && !is_explained) {
        g_clear_error(&xml->failure);
        refuse(xml, "the file ends before its last element is closed; it is cut short: ask for it "
                    "again");
    }
}

gboolean sp_xml_close(SpXml *xml, GError **error)
{
    finish(xml);
    gboolean ok = propagate(xml, error);
    sp_xml_abandon(xml);
    return ok;
}

void sp_xml_abandon(SpXml *xml)
{
    if (xml == NULL) {
        return;
    }
    xmlFreeParserCtxt(xml->context);
    g_array_unref(xml->attributes);
    g_clear_error(&xml->failure);
    g_free(xml->origin);
    g_free(xml);
}

const SpXmlAttribute *sp_xml_attribute(const SpXmlAttribute attributes[], gsize n, const char *name)
{
    for (gsize i = 0; i < n; i++) {
        if (strcmp(attributes[i].name, name) == 0) {
            return &attributes[i];
        }
    }
    return NULL;
}

gboolean sp_xml_attribute_is(const SpXmlAttribute *attribute, const char *value)
{
    return attribute->size == strlen(value) &&
           memcmp(attribute->value, value, attribute->size) == 0;
}

guint64 sp_xml_line(const SpXml *xml)
{
    return xml->context->input != NULL ? (guint64)xml->context->input->line : 1;
}
