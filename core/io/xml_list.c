/* Lists by libxml2's reader: a node at a time, no tree. */
#include "core/io/xml_list.h"

#include "core/error.h"

#include <libxml/parser.h>
#include <libxml/xmlreader.h>

#include <limits.h>
#include <string.h>

typedef struct {
    xmlTextReader *reader;
    const char *origin;
    const SpXmlList *lists;
    gsize n;
    SpSink *sink;
    gsize which;      /* n before a list is found */
    int around_depth; /* of the list in hand */
    gboolean is_in_list;
    gboolean is_in_item;
    gsize column; /* the child in hand; n_columns: none */
    guint64 number;
    GString *texts[SP_XML_LIST_MAX_COLUMNS];
    gboolean is_seen[SP_XML_LIST_MAX_COLUMNS];
    char *words; /* libxml2's first complaint */
    int line;
} Parse;

static void keep_first(void *data, xmlErrorPtr failure)
{
    Parse *parse = data;
    if (parse->words == NULL && failure->level >= XML_ERR_ERROR) {
        parse->words = g_strdup(failure->message != NULL ? failure->message : "not XML");
        g_strchomp(parse->words);
        parse->line = failure->line;
    }
}

static gboolean refuse(const Parse *parse, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: line %d: %s", parse->origin,
                        xmlTextReaderGetParserLineNumber(parse->reader), what);
}

static const SpXmlList *list_of(const Parse *parse)
{
    return &parse->lists[parse->which];
}

static gboolean find_list(Parse *parse, const char *name, GError **error)
{
    for (gsize i = 0; parse->which == parse->n && i < parse->n; i++) {
        if (strcmp(parse->lists[i].around, name) == 0) {
            parse->which = i;
            parse->is_in_list = xmlTextReaderIsEmptyElement(parse->reader) == 0;
            parse->around_depth = xmlTextReaderDepth(parse->reader);
            return parse->sink->begin(parse->sink, parse->lists[i].columns,
                                      parse->lists[i].n_columns, error);
        }
    }
    return TRUE;
}

static gboolean end_item(Parse *parse, GError **error)
{
    const SpXmlList *list = list_of(parse);
    SpField fields[SP_XML_LIST_MAX_COLUMNS];
    for (gsize i = 0; i < list->n_columns; i++) {
        fields[i] = (SpField){parse->texts[i]->str, parse->texts[i]->len};
    }
    parse->is_in_item = FALSE;
    return parse->sink->row(parse->sink, parse->number, fields, list->n_columns, error);
}

static gboolean begin_item(Parse *parse, GError **error)
{
    const SpXmlList *list = list_of(parse);
    parse->number++;
    parse->is_in_item = TRUE;
    parse->column = list->n_columns;
    for (gsize i = 0; i < list->n_columns; i++) {
        g_string_truncate(parse->texts[i], 0);
        parse->is_seen[i] = FALSE;
    }
    return xmlTextReaderIsEmptyElement(parse->reader) == 0 || end_item(parse, error);
}

static void begin_field(Parse *parse, const char *name)
{
    const SpXmlList *list = list_of(parse);
    parse->column = list->n_columns;
    for (gsize i = 0; i < list->n_columns; i++) {
        if (strcmp(list->columns[i], name) == 0 && !parse->is_seen[i]) {
            parse->is_seen[i] = TRUE;
            parse->column = xmlTextReaderIsEmptyElement(parse->reader) == 0 ? i : list->n_columns;
        }
    }
}

static gboolean on_element(Parse *parse, GError **error)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(parse->reader);
    int depth = xmlTextReaderDepth(parse->reader);
    if (depth >= SP_XML_LIST_MAX_DEPTH) {
        return refuse(parse, "elements nest too deep; look if it is the source's answer", error);
    }
    if (!parse->is_in_list) {
        return find_list(parse, name, error);
    }
    if (depth == parse->around_depth + 1 && strcmp(name, list_of(parse)->item) == 0) {
        return begin_item(parse, error);
    }
    if (parse->is_in_item && depth == parse->around_depth + 2) {
        begin_field(parse, name);
    }
    return TRUE;
}

static gboolean on_end(Parse *parse, GError **error)
{
    int depth = xmlTextReaderDepth(parse->reader);
    if (!parse->is_in_list) {
        return TRUE;
    }
    if (depth == parse->around_depth) {
        parse->is_in_list = FALSE;
    } else if (parse->is_in_item && depth == parse->around_depth + 1) {
        return end_item(parse, error);
    } else if (depth == parse->around_depth + 2) {
        parse->column = list_of(parse)->n_columns;
    }
    return TRUE;
}

static gboolean on_text(Parse *parse, GError **error)
{
    if (!parse->is_in_item || parse->column == list_of(parse)->n_columns) {
        return TRUE;
    }
    const char *text = (const char *)xmlTextReaderConstValue(parse->reader);
    GString *to = parse->texts[parse->column];
    g_string_append(to, text != NULL ? text : "");
    return to->len <= SP_XML_LIST_MAX_TEXT ||
           refuse(parse, "a text is too long; look if it is the source's answer", error);
}

static gboolean on_node(Parse *parse, GError **error)
{
    switch (xmlTextReaderNodeType(parse->reader)) {
    case XML_READER_TYPE_ELEMENT:
        return on_element(parse, error);
    case XML_READER_TYPE_END_ELEMENT:
        return on_end(parse, error);
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        return on_text(parse, error);
    case XML_READER_TYPE_DOCUMENT_TYPE:
        return refuse(parse,
                      "has a document type declaration (DOCTYPE), which is not read; take it away, "
                      "or look if the source sent a web page",
                      error);
    case XML_READER_TYPE_ENTITY_REFERENCE:
        return refuse(parse, "has an entity, which is not read; fetch it again", error);
    default:
        return TRUE;
    }
}

static gboolean read_all(Parse *parse, GError **error)
{
    int state = xmlTextReaderRead(parse->reader);
    for (; state == 1; state = xmlTextReaderRead(parse->reader)) {
        if (!on_node(parse, error)) {
            return FALSE;
        }
    }
    return (state == 0 && parse->words == NULL) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: line %d: %s; it is damaged or not XML: fetch it again", parse->origin,
                        parse->line, parse->words != NULL ? parse->words : "not XML");
}

static void start_libxml(void)
{
    static gsize is_started = 0;
    if (g_once_init_enter(&is_started)) {
        xmlInitParser();
        g_once_init_leave(&is_started, 1);
    }
}

gboolean sp_xml_list_parse(const char *bytes, gsize size, const char *origin,
                           const SpXmlList lists[], gsize n, SpSink *sink, gsize *which,
                           GError **error)
{
    *which = n;
    if (size == 0 || size > INT_MAX) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: is %s, want XML; fetch it again", origin,
                            size == 0 ? "empty" : "too large");
    }
    start_libxml();
    Parse parse = {.origin = origin, .lists = lists, .n = n, .sink = sink, .which = n};
    parse.reader = xmlReaderForMemory(bytes, (int)size, NULL, NULL, XML_PARSE_NONET);
    g_assert(parse.reader != NULL); /* only without memory */
    xmlTextReaderSetStructuredErrorHandler(parse.reader, keep_first, &parse);
    for (gsize i = 0; i < SP_XML_LIST_MAX_COLUMNS; i++) {
        parse.texts[i] = g_string_new(NULL);
    }
    gboolean is_read = read_all(&parse, error);
    *which = parse.which;
    for (gsize i = 0; i < SP_XML_LIST_MAX_COLUMNS; i++) {
        g_string_free(parse.texts[i], TRUE);
    }
    xmlFreeTextReader(parse.reader);
    g_free(parse.words);
    return is_read;
}
