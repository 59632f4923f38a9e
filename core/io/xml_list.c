/* Lists out of the stream of a document: what stands where is told by the depth. */
#include "core/io/xml_list.h"

#include "core/error.h"
#include "core/io/xml_stream.h"

#include <string.h>

typedef struct {
    SpXmlHandler handler; /* first: a pointer to it is one to this */
    const SpXmlList *lists;
    gsize n;
    SpSink *sink;
    gsize which;      /* n before a list is found */
    int depth;        /* of the element in hand, the root's is 0 */
    int around_depth; /* of the list in hand */
    gboolean is_in_list;
    gboolean is_in_item;
    gsize column; /* the child in hand; n_columns: none */
    guint64 number;
    GString *texts[SP_XML_LIST_MAX_COLUMNS];
    gboolean is_seen[SP_XML_LIST_MAX_COLUMNS];
} Parse;

static const SpXmlList *list_of(const Parse *parse)
{
    return &parse->lists[parse->which];
}

static gboolean find_list(Parse *parse, const char *name, GError **error)
{
    for (gsize i = 0; parse->which == parse->n && i < parse->n; i++) {
        if (strcmp(parse->lists[i].around, name) == 0) {
            parse->which = i;
            parse->is_in_list = TRUE;
            parse->around_depth = parse->depth;
            return parse->sink->begin(parse->sink, parse->lists[i].columns,
                                      parse->lists[i].n_columns, error);
        }
    }
    return TRUE;
}

static void begin_item(Parse *parse)
{
    const SpXmlList *list = list_of(parse);
    parse->number++;
    parse->is_in_item = TRUE;
    parse->column = list->n_columns;
    for (gsize i = 0; i < list->n_columns; i++) {
        g_string_truncate(parse->texts[i], 0);
        parse->is_seen[i] = FALSE;
    }
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

static void begin_field(Parse *parse, const char *name)
{
    const SpXmlList *list = list_of(parse);
    parse->column = list->n_columns;
    for (gsize i = 0; i < list->n_columns; i++) {
        if (strcmp(list->columns[i], name) == 0 && !parse->is_seen[i]) {
            parse->is_seen[i] = TRUE;
            parse->column = i;
        }
    }
}

static gboolean on_start(SpXmlHandler *handler, const char *name, const SpXmlAttribute attributes[],
                         gsize n, GError **error)
{
    Parse *parse = (Parse *)handler;
    (void)attributes;
    (void)n;
    parse->depth++;
    if (!parse->is_in_list) {
        return find_list(parse, name, error);
    }
    if (parse->depth == parse->around_depth + 1 && strcmp(name, list_of(parse)->item) == 0) {
        begin_item(parse);
    } else if (parse->is_in_item && parse->depth == parse->around_depth + 2) {
        begin_field(parse, name);
    }
    return TRUE;
}

static gboolean on_text(SpXmlHandler *handler, const char *text, gsize size, GError **error)
{
    Parse *parse = (Parse *)handler;
    (void)error;
    if (parse->is_in_item && parse->column < list_of(parse)->n_columns) {
        g_string_append_len(parse->texts[parse->column], text, (gssize)size);
    }
    return TRUE;
}

static gboolean on_end(SpXmlHandler *handler, const char *name, GError **error)
{
    Parse *parse = (Parse *)handler;
    int depth = parse->depth--;
    (void)name;
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

gboolean sp_xml_list_parse(const char *bytes, gsize size, const SpXmlLists *lists, SpSink *sink,
                           gsize *which, GError **error)
{
    const SpXmlForm form = {
        .origin = lists->origin,
        .limits = {.depth = SP_XML_LIST_MAX_DEPTH, .text = SP_XML_LIST_MAX_TEXT}};
    Parse parse = {.handler = {.start = on_start, .text = on_text, .end = on_end},
                   .lists = lists->lists,
                   .n = lists->n,
                   .sink = sink,
                   .which = lists->n,
                   .depth = -1};
    for (gsize i = 0; i < SP_XML_LIST_MAX_COLUMNS; i++) {
        parse.texts[i] = g_string_new(NULL);
    }
    g_autoptr(SpXml) xml = sp_xml_open(&form, &parse.handler);
    gboolean is_read =
        sp_xml_push(xml, bytes, size, error) && sp_xml_close(g_steal_pointer(&xml), error);
    *which = parse.which;
    for (gsize i = 0; i < SP_XML_LIST_MAX_COLUMNS; i++) {
        g_string_free(parse.texts[i], TRUE);
    }
    return is_read;
}
