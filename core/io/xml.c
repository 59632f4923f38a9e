/* XML by libxml2. */
#include "core/io/xml.h"

#include "core/error.h"
#include "core/io/xml_library.h"

#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h>
#include <libxml/parser.h>

#include <string.h>

static const gsize max_size = 64UL * 1024 * 1024;

/* What a parser context of ours carries. */
typedef struct {
    gboolean has_doctype;
    char *words; /* the first error: those after it are mostly its consequences */
    int line;
} Parse;

/* Without a handler libxml2 prints its errors. */
static void keep_first(void *data, xmlErrorPtr failure)
{
    const xmlParserCtxt *context = data;
    Parse *parse = context->_private;
    if (parse->words == NULL && failure->level >= XML_ERR_ERROR) {
        parse->words = g_strdup(failure->message != NULL ? failure->message : "not XML");
        g_strchomp(parse->words);
        parse->line = failure->line;
    }
}

/* Stops the parser at the declaration itself, before an entity can be declared in it. */
static void refuse_doctype(void *data, const xmlChar *name, const xmlChar *external,
                           const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    xmlParserCtxt *context = data;
    Parse *parse = context->_private;
    parse->has_doctype = TRUE;
    xmlStopParser(context);
}

static void set_failure(GError **error, const char *origin, xmlParserCtxt *context,
                        const Parse *parse)
{
    if (parse->has_doctype) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: line %d: has a document type declaration (DOCTYPE), which is not read; "
                     "take it away, or look if the source sent a web page",
                     origin, xmlSAX2GetLineNumber(context));
        return;
    }
    sp_error_set(error, SP_ERROR_DATA, "%s: line %d: %s; it is damaged or not XML: fetch it again",
                 origin, parse->words != NULL ? parse->line : 1,
                 parse->words != NULL ? parse->words : "not XML");
}

void sp_xml_library_start(void)
{
    static gsize is_started = 0;
    if (g_once_init_enter(&is_started)) {
        xmlInitParser();
        g_once_init_leave(&is_started, 1);
    }
}

xmlDoc *sp_xml_parse(const char *bytes, gsize size, const char *origin, GError **error)
{
    if (size > max_size) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: has %" G_GSIZE_FORMAT " bytes, more than the %" G_GSIZE_FORMAT
                     " that are read as XML",
                     origin, size, max_size);
        return NULL;
    }
    if (size == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s: is empty, want XML; fetch it again", origin);
        return NULL;
    }
    sp_xml_library_start();
    xmlParserCtxt *context = xmlNewParserCtxt();
    g_assert(context != NULL); /* only without memory */
    Parse parse = {.words = NULL};
    context->_private = &parse;
    context->sax->serror = keep_first;
    context->sax->internalSubset = refuse_doctype;
    xmlDoc *doc = xmlCtxtReadMemory(context, bytes, (int)size, NULL, NULL, XML_PARSE_NONET);
    if (doc == NULL || parse.has_doctype) {
        set_failure(error, origin, context, &parse);
        g_clear_pointer(&doc, xmlFreeDoc);
    }
    xmlFreeParserCtxt(context);
    g_free(parse.words);
    return doc;
}

/* Nodes from `first` on, with or without those beside it, between two texts. Node by node and
 * without an encoding: htmlDocDumpMemory would add a meta element of its own. g_free. */
static char *format_html(xmlNode *first, gboolean has_siblings, const char *before,
                         const char *after)
{
    xmlDoc *doc = first->doc;
    xmlOutputBuffer *output = xmlAllocOutputBuffer(NULL);
    g_assert(output != NULL);
    const xmlChar *declared = doc->encoding;
    /* A document that names its encoding is written in it; one that does not gets numbers for all
     * letters beyond ASCII. */
    doc->encoding = BAD_CAST "UTF-8";
    xmlOutputBufferWriteString(output, before);
    for (xmlNode *node = first; node != NULL; node = has_siblings ? node->next : NULL) {
        htmlNodeDumpFormatOutput(output, doc, node, NULL, 0);
    }
    xmlOutputBufferWriteString(output, after);
    doc->encoding = declared;
    char *text =
        g_strndup((const char *)xmlOutputBufferGetContent(output), xmlOutputBufferGetSize(output));
    xmlOutputBufferClose(output);
    return text;
}

void sp_xml_freeze(xmlNode *element)
{
    if (element->children == NULL) {
        return;
    }
    g_autofree char *text = format_html(element->children, TRUE, "", "");
    while (element->children != NULL) {
        xmlNode *child = element->children;
        xmlUnlinkNode(child);
        xmlFreeNode(child);
    }
    xmlNode *frozen = xmlNewDocText(element->doc, BAD_CAST text);
    frozen->name = xmlStringTextNoenc; /* libxml2's own mark of a text that is written as it is */
    xmlAddChild(element, frozen);
}

char *sp_xml_format(xmlDoc *doc, gboolean as_html, GError **error)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    if (root == NULL) {
        sp_error_set(error, SP_ERROR_BUG, "an XML document without a root was to be written");
        return NULL;
    }
    if (as_html) {
        return format_html(root, FALSE, "<!DOCTYPE html>\n", "\n");
    }
    xmlChar *bytes = NULL;
    int size = 0;
    xmlDocDumpFormatMemoryEnc(doc, &bytes, &size, "UTF-8", 0);
    if (bytes == NULL) {
        sp_error_set(error, SP_ERROR_BUG, "libxml2 cannot write an XML document");
        return NULL;
    }
    char *text = g_strndup((const char *)bytes, (gsize)size);
    xmlFree(bytes);
    return text;
}
