/* Answers of the open KUHR service, in its three formats. */
#include "extractors/kuhr/answers.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/io/xml.h"
#include "core/number.h"
#include "extractors/records.h"
#include "extractors/sequence.h"

#include <string.h>

#define ROWS "takstbruk"
#define COUNT "antall"

static gboolean check_count(const char *origin, const char *part, gsize n, const char *told,
                            GError **error)
{
    gint64 count = 0;
    return (sp_number_parse_int(told, strlen(told), &count) && count == (gint64)n) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: %s: %" G_GSIZE_FORMAT " rows, but \"" COUNT
                        "\" says \"%.20s\"; fetch again",
                        origin, part, n, told);
}

static gboolean add_json(SpRecords *records, const SpField *text, const char *origin,
                         const char *part, GError **error)
{
    g_autoptr(json_t) root = sp_json_parse(text->text, text->size, origin, error);
    if (root == NULL) {
        return FALSE;
    }
    const json_t *rows = json_object_get(root, ROWS);
    g_autofree char *told = sp_records_text(json_object_get(root, COUNT));
    return sp_records_add(records, rows, part, error) &&
           check_count(origin, part, json_array_size(rows), told, error);
}

/* The text of an element, its children's texts together. g_free. */
static char *content_of(const xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    char *copy = g_strdup(content != NULL ? (const char *)content : "");
    xmlFree(content);
    return copy;
}

static gboolean is_element(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE;
}

static json_t *row_of(const xmlNode *element)
{
    json_t *row = json_object();
    for (const xmlNode *field = element->children; field != NULL; field = field->next) {
        if (is_element(field)) {
            g_autofree char *text = content_of(field);
            json_object_set_new(row, (const char *)field->name, json_string(text));
        }
    }
    return row;
}

static gboolean add_xml(SpRecords *records, const SpField *text, const char *origin,
                        const char *part, GError **error)
{
    g_autoptr(xmlDoc) doc = sp_xml_parse(text->text, text->size, origin, error);
    const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    g_autoptr(json_t) rows = json_array();
    g_autofree char *told = NULL;
    if (root == NULL) {
        return doc != NULL &&
               sp_error_set(error, SP_ERROR_DATA, "%s: %s: XML without elements", origin, part);
    }
    for (const xmlNode *child = root->children; child != NULL; child = child->next) {
        if (is_element(child) && xmlStrcmp(child->name, (const xmlChar *)COUNT) == 0) {
            g_free(told);
            told = content_of(child);
        } else if (is_element(child)) {
            json_array_append_new(rows, row_of(child));
        }
    }
    return sp_records_add(records, rows, part, error) &&
           check_count(origin, part, json_array_size(rows), told != NULL ? told : "", error);
}

/** Between the parts of a CSV and the sink: one header, rows counted on. */
typedef struct {
    SpSink sink;
    SpSink *to;
    const char *origin;
    char *header;
    guint64 n_rows;
} Relay;

static gboolean relay_begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Relay *relay = (Relay *)sink;
    g_autoptr(GString) header = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(header, "%s\n", names[i]);
    }
    if (relay->header == NULL) {
        relay->header = g_strdup(header->str);
        return relay->to->begin(relay->to, names, n, error);
    }
    return strcmp(relay->header, header->str) == 0 ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: two answers have different columns; the service changed, amend the "
                        "layout and fetch again",
                        relay->origin);
}

static gboolean relay_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                          GError **error)
{
    Relay *relay = (Relay *)sink;
    (void)number;
    return relay->to->row(relay->to, ++relay->n_rows, fields, n, error);
}

static gboolean parse_csv(const GArray *texts, const char *origin, const SpLayout *layout,
                          SpSink *sink, GError **error)
{
    Relay relay = {.sink = {.begin = relay_begin, .row = relay_row}, .to = sink, .origin = origin};
    const SpCsvForm form = {.origin = origin,
                            .encoding = layout->encoding,
                            .delimiter = layout->delimiter,
                            .header_rows = layout->header_rows};
    gboolean is_good = TRUE;
    for (guint i = 0; is_good && i < texts->len; i++) {
        const SpField *text = &g_array_index(texts, SpField, i);
        is_good = sp_csv_parse(text->text, text->size, &form, &relay.sink, error);
    }
    g_free(relay.header);
    return is_good;
}

/* The first character that is no blank or byte order mark. */
static char first_of(const SpField *text)
{
    gsize i = text->size >= 3 && memcmp(text->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < text->size && g_ascii_isspace(text->text[i])) {
        i++;
    }
    if (i == text->size) {
        return '\0';
    }
    return text->text[i];
}

gboolean sp_kuhr_parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                       SpSink *sink, GError **error)
{
    g_autoptr(GArray) texts = sp_sequence_split(bytes, size, origin, error);
    if (texts == NULL) {
        return FALSE;
    }
    g_autoptr(SpRecords) records = sp_records_new(origin);
    char first = first_of(&g_array_index(texts, SpField, 0));
    if (first != '{' && first != '<') {
        return layout != NULL
                   ? parse_csv(texts, origin, layout, sink, error)
                   : sp_error_set(error, SP_ERROR_DATA,
                                  "%s: neither JSON nor XML; look at the source", origin);
    }
    for (guint i = 0; i < texts->len; i++) {
        const SpField *text = &g_array_index(texts, SpField, i);
        g_autofree char *part = g_strdup_printf("answer %u", i + 1);
        if (!(first_of(text) == '<' ? add_xml(records, text, origin, part, error)
                                    : add_json(records, text, origin, part, error))) {
            return FALSE;
        }
    }
    return sp_records_emit(records, sink, error);
}
