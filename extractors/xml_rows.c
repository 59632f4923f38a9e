/* Rows from XML. */
#include "extractors/xml_rows.h"

#include "core/error.h"
#include "core/io/xml_stream.h"

#include <string.h>

/* Rows of more text than this are no rows of fields. */
enum { MAX_ROW = 64 * 1024, AT_FILE = 1, AT_ROW = 2 };

typedef struct {
    SpParser parser; /* first: a pointer to it is one to this */
    SpXmlHandler handler;
    SpXmlRowsForm form;
    SpSink *sink;
    SpXml *xml;
    GString **texts; /* [n_columns] */
    SpField *fields; /* [n_columns] */
    gsize n_bytes;   /* of the present row */
    guint64 number;
    gboolean is_begun;
    guint depth;     /* of open elements that are not ignored */
    guint n_skipped; /* depth inside an ignored element */
    GString *text;   /* field that the present element is, NULL if it is none */
} Rows;

static Rows *rows_of(SpXmlHandler *handler)
{
    return (Rows *)((char *)handler - G_STRUCT_OFFSET(Rows, handler));
}

static gboolean refuse(const Rows *rows, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: line %" G_GUINT64_FORMAT ": %s; add it to %s (ignorer drops it), or "
                        "ask the sender",
                        rows->form.origin, sp_xml_line(rows->xml), what, rows->form.list);
}

static GString *find_column(const Rows *rows, const char *name)
{
    for (gsize i = 0; i < rows->form.n_columns; i++) {
        if (strcmp(rows->form.columns[i], name) == 0) {
            return rows->texts[i];
        }
    }
    return NULL;
}

static gboolean is_ignored(const Rows *rows, const char *name)
{
    for (gsize i = 0; i < rows->form.n_ignored; i++) {
        if (strcmp(rows->form.ignored[i], name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean append(Rows *rows, GString *text, const char *more, gsize size, GError **error)
{
    rows->n_bytes += size;
    g_string_append_len(text, more, (gssize)size);
    return rows->n_bytes <= MAX_ROW ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: line %" G_GUINT64_FORMAT ": a row of more than %d bytes; ask the "
                        "sender",
                        rows->form.origin, sp_xml_line(rows->xml), MAX_ROW);
}

/* A further text of a field goes behind a blank. */
static void part(Rows *rows, GString *text)
{
    if (text->len > 0) {
        g_string_append_c(text, ' ');
        rows->n_bytes++;
    }
}

static gboolean start_row(Rows *rows, const SpXmlAttribute attributes[], gsize n, GError **error)
{
    rows->number++;
    rows->n_bytes = 0;
    for (gsize i = 0; i < rows->form.n_columns; i++) {
        g_string_truncate(rows->texts[i], 0);
    }
    for (gsize i = 0; i < n; i++) {
        GString *text = find_column(rows, attributes[i].name);
        if (text == NULL && is_ignored(rows, attributes[i].name)) {
            continue;
        }
        if (text == NULL) {
            return refuse(rows, "an attribute of a row is not known", error);
        }
        part(rows, text);
        if (!append(rows, text, attributes[i].value, attributes[i].size, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean start(SpXmlHandler *handler, const char *name, const SpXmlAttribute attributes[],
                      gsize n, GError **error)
{
    Rows *rows = rows_of(handler);
    if (rows->n_skipped > 0 || (rows->depth > 0 && is_ignored(rows, name))) {
        rows->n_skipped++;
        return TRUE;
    }
    rows->depth++;
    if (rows->depth == AT_FILE) {
        return strcmp(name, rows->form.file) == 0 ||
               refuse(rows, "the root element is not known", error);
    }
    if (rows->depth == AT_ROW) {
        return strcmp(name, rows->form.row) == 0 ? start_row(rows, attributes, n, error)
                                                 : refuse(rows, "an element that is no row", error);
    }
    rows->text = rows->text == NULL ? find_column(rows, name) : NULL;
    if (rows->text == NULL || n > 0) {
        return refuse(rows, "an element of a row is not known", error);
    }
    part(rows, rows->text);
    return TRUE;
}

static gboolean take_text(SpXmlHandler *handler, const char *text, gsize size, GError **error)
{
    Rows *rows = rows_of(handler);
    if (rows->n_skipped > 0) {
        return TRUE;
    }
    if (rows->text != NULL) {
        return append(rows, rows->text, text, size, error);
    }
    for (gsize i = 0; i < size; i++) {
        if (!g_ascii_isspace(text[i])) {
            return refuse(rows, "text between elements", error);
        }
    }
    return TRUE;
}

static gboolean end(SpXmlHandler *handler, const char *name, GError **error)
{
    Rows *rows = rows_of(handler);
    (void)name;
    if (rows->n_skipped > 0) {
        rows->n_skipped--;
        return TRUE;
    }
    rows->text = NULL;
    if (rows->depth-- != AT_ROW) {
        return TRUE;
    }
    for (gsize i = 0; i < rows->form.n_columns; i++) {
        rows->fields[i] = (SpField){.text = rows->texts[i]->str, .size = rows->texts[i]->len};
    }
    return rows->sink->row(rows->sink, rows->number, rows->fields, rows->form.n_columns, error);
}

static void rows_free(Rows *rows)
{
    sp_xml_abandon(rows->xml);
    for (gsize i = 0; i < rows->form.n_columns; i++) {
        g_string_free(rows->texts[i], TRUE);
    }
    g_free(rows->texts);
    g_free(rows->fields);
    g_free(rows);
}

static gboolean begin(Rows *rows, GError **error)
{
    gboolean ok = rows->is_begun ||
                  rows->sink->begin(rows->sink, rows->form.columns, rows->form.n_columns, error);
    rows->is_begun = TRUE;
    return ok;
}

static gboolean push(SpParser *parser, const char *bytes, gsize size, GError **error)
{
    Rows *rows = (Rows *)parser;
    return begin(rows, error) && sp_xml_push(rows->xml, bytes, size, error);
}

static gboolean close_all(SpParser *parser, GError **error)
{
    Rows *rows = (Rows *)parser;
    gboolean ok = begin(rows, error);
    if (ok) {
        ok = sp_xml_close(rows->xml, error); /* calls the handler */
        rows->xml = NULL;
    }
    rows_free(rows);
    return ok;
}

static void abandon(SpParser *parser)
{
    rows_free((Rows *)parser);
}

SpParser *sp_xml_rows_open(const SpXmlRowsForm *form, SpSink *sink)
{
    Rows *rows = g_new0(Rows, 1);
    rows->parser = (SpParser){.push = push, .close = close_all, .abandon = abandon};
    rows->handler = (SpXmlHandler){.start = start, .text = take_text, .end = end};
    rows->form = *form;
    rows->sink = sink;
    rows->texts = g_new0(GString *, form->n_columns);
    rows->fields = g_new0(SpField, form->n_columns);
    for (gsize i = 0; i < form->n_columns; i++) {
        rows->texts[i] = g_string_new(NULL);
    }
    const SpXmlForm xml_form = {.origin = form->origin, .is_private = TRUE, .limits = {.depth = 8}};
    rows->xml = sp_xml_open(&xml_form, &rows->handler);
    return &rows->parser;
}
