/* The rows of one sheet, cell by cell: memory is that of a row. */
#include "core/io/xlsx_book.h"

#include "core/io/sheets.h"
#include "core/number.h"

#include <string.h>

typedef enum { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_TRUTH } CellKind;

typedef struct {
    gsize start; /* in text */
    gsize size;
} Span;

typedef struct {
    SpXlsxPart part;
    SpXlsxBook *book;
    SpSheetVisitor *visitor;
    guint64 row;     /* number of the present one, 0 before the first */
    guint64 n_cells; /* of the sheet, empty ones before a row's last counted */
    GString *text;   /* of all cells of the row */
    GArray *spans;   /* Span, by column */
    GArray *fields;  /* SpField, the same for the visitor */
    GString *value;  /* of the present cell, as stored */
    gsize column;
    CellKind kind;
    guint style;
    gboolean is_cell;
    gboolean is_value; /* inside v or t */
    gboolean is_phonetic;
} Rows;

static void rows_clear(Rows *rows)
{
    g_string_free(rows->text, TRUE);
    g_string_free(rows->value, TRUE);
    g_array_unref(rows->spans);
    g_array_unref(rows->fields);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rows, rows_clear)

/* "BC12" is column 54 (from 0). SP_SHEETS_MAX_COLUMNS for what is none or too far out. */
static gsize column_of(const SpXmlAttribute *reference)
{
    gsize column = 0;
    for (gsize i = 0; i < reference->size && g_ascii_isupper(reference->value[i]) &&
                      column <= SP_SHEETS_MAX_COLUMNS;
         i++) {
        column = column * 26 + (gsize)(reference->value[i] - 'A') + 1;
    }
    return column == 0 || column > SP_SHEETS_MAX_COLUMNS ? SP_SHEETS_MAX_COLUMNS : column - 1;
}

static gboolean begin_row(Rows *rows, const SpXmlAttribute attributes[], gsize n, GError **error)
{
    const SpXmlAttribute *r = sp_xml_attribute(attributes, n, "r");
    gint64 number = (gint64)rows->row + 1;
    if (r != NULL && (!sp_number_parse_int(r->value, r->size, &number) ||
                      number <= (gint64)rows->row || number > SP_SHEETS_MAX_ROWS)) {
        return sp_xlsx_part_set_error(&rows->part, error,
                                      "the row after row %" G_GUINT64_FORMAT
                                      " has a number that is no next one, or is beyond %d",
                                      rows->row, SP_SHEETS_MAX_ROWS);
    }
    rows->row = (guint64)number;
    g_string_truncate(rows->text, 0);
    g_array_set_size(rows->spans, 0);
    return rows->row <= SP_SHEETS_MAX_ROWS ||
           sp_xlsx_part_set_error(&rows->part, error, "has more than %d rows; not read",
                                  SP_SHEETS_MAX_ROWS);
}

static CellKind kind_of(const SpXmlAttribute *t)
{
    return t == NULL || sp_xml_attribute_is(t, "n") ? CELL_NUMBER
           : sp_xml_attribute_is(t, "s")            ? CELL_SHARED
           : sp_xml_attribute_is(t, "b")            ? CELL_TRUTH
                                                    : CELL_TEXT; /* str, inlineStr, e, d */
}

static gboolean begin_cell(Rows *rows, const SpXmlAttribute attributes[], gsize n, GError **error)
{
    const SpXmlAttribute *r = sp_xml_attribute(attributes, n, "r");
    const SpXmlAttribute *s = sp_xml_attribute(attributes, n, "s");
    gint64 style = 0;
    const gboolean has_style = s != NULL && sp_number_parse_int(s->value, s->size, &style);
    rows->column = r != NULL ? column_of(r) : rows->spans->len;
    rows->kind = kind_of(sp_xml_attribute(attributes, n, "t"));
    rows->style = has_style ? (guint)CLAMP(style, 0, G_MAXINT32) : 0;
    rows->is_cell = TRUE;
    g_string_truncate(rows->value, 0);
    gboolean is_in_order = rows->column >= rows->spans->len && rows->column < SP_SHEETS_MAX_COLUMNS;
    return is_in_order || sp_xlsx_part_set_error(&rows->part, error,
                                                 "row %" G_GUINT64_FORMAT
                                                 ": a cell stands out of order or beyond column %d",
                                                 rows->row, SP_SHEETS_MAX_COLUMNS);
}

static gboolean set_bad_cell(const Rows *rows, GError **error)
{
    return sp_xlsx_part_set_error(
        &rows->part, error,
        "row %" G_GUINT64_FORMAT ": column %" G_GSIZE_FORMAT
        " holds what is no value of its kind; open the file in a spreadsheet and save it again",
        rows->row, rows->column + 1);
}

static gboolean append_value(Rows *rows, GError **error)
{
    const char *value = rows->value->str;
    gsize size = rows->value->len;
    gint64 number = 0;
    double real = 0.0;
    switch (rows->kind) {
    case CELL_SHARED:
        if (!sp_number_parse_int(value, size, &number) || number < 0 ||
            number >= (gint64)rows->book->strings->len) {
            return set_bad_cell(rows, error);
        }
        g_string_append(rows->text, rows->book->strings->pdata[number]);
        return TRUE;
    case CELL_TRUTH:
        g_string_append(rows->text, strcmp(value, "0") == 0 ? "FALSE" : "TRUE");
        return TRUE;
    case CELL_NUMBER:
        if (!sp_number_parse(value, size, sp_number_plain, &real)) {
            return set_bad_cell(rows, error);
        }
        SpSheetFormat format = {0};
        if (rows->style < rows->book->formats->len) {
            format = g_array_index(rows->book->formats, SpSheetFormat, rows->style);
        }
        sp_sheet_append_number(rows->text, real, format, rows->book->is_1904,
                               rows->visitor->decimal);
        return TRUE;
    case CELL_TEXT:
    default:
        sp_xlsx_append_text(rows->text, value);
        return TRUE;
    }
}

static gboolean end_cell(Rows *rows, GError **error)
{
    Span span = {.start = rows->text->len};
    rows->is_cell = FALSE;
    rows->is_value = FALSE;
    g_array_set_size(rows->spans, (guint)rows->column);
    if (rows->value->len > 0 && !append_value(rows, error)) {
        return FALSE;
    }
    span.size = rows->text->len - span.start;
    g_array_append_val(rows->spans, span);
    return rows->text->len <= SP_SHEETS_MAX_ROW ||
           sp_xlsx_part_set_error(&rows->part, error,
                                  "row %" G_GUINT64_FORMAT
                                  ": a row of more than %d MiB, which no table has; not read",
                                  rows->row, SP_SHEETS_MAX_ROW / 1024 / 1024);
}

static gboolean end_row(Rows *rows, GError **error)
{
    guint n = rows->spans->len;
    rows->n_cells += n;
    if (rows->n_cells > SP_SHEETS_MAX_CELLS) {
        return sp_xlsx_part_set_error(&rows->part, error, "has more than %d cells; not read",
                                      SP_SHEETS_MAX_CELLS);
    }
    rows->book->n_text += rows->text->len;
    if (rows->book->n_text / 1024 / 1024 > SP_SHEETS_MAX_ALL_TEXT_MIB) {
        return sp_xlsx_part_set_error(&rows->part, error,
                                      "the cells hold more than %d MiB of text, since they share "
                                      "long ones; not read",
                                      SP_SHEETS_MAX_ALL_TEXT_MIB);
    }
    g_array_set_size(rows->fields, n);
    for (guint i = 0; i < n; i++) {
        const Span *span = &g_array_index(rows->spans, Span, i);
        g_array_index(rows->fields, SpField, i) =
            (SpField){.text = rows->text->str + span->start, .size = span->size};
    }
    return rows->visitor->row(rows->visitor, rows->row,
                              (const SpField *)(const void *)rows->fields->data, n,
                              &rows->part.is_enough, error);
}

static gboolean on_start(SpXmlHandler *handler, const char *name, const SpXmlAttribute attributes[],
                         gsize n, GError **error)
{
    Rows *rows = (Rows *)handler;
    if (rows->part.is_enough) {
        return TRUE;
    }
    if (strcmp(name, "c") == 0) {
        return begin_cell(rows, attributes, n, error);
    }
    if (strcmp(name, "row") == 0) {
        return begin_row(rows, attributes, n, error);
    }
    rows->is_value = rows->is_value || strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
    rows->is_phonetic = rows->is_phonetic || strcmp(name, "rPh") == 0;
    return TRUE;
}

static gboolean on_text(SpXmlHandler *handler, const char *text, gsize size, GError **error)
{
    Rows *rows = (Rows *)handler;
    if (rows->part.is_enough || !rows->is_cell || !rows->is_value || rows->is_phonetic) {
        return TRUE;
    }
    g_string_append_len(rows->value, text, (gssize)size);
    return rows->value->len <= SP_SHEETS_MAX_TEXT ||
           sp_xlsx_part_set_error(&rows->part, error,
                                  "row %" G_GUINT64_FORMAT
                                  ": a cell holds more than %d bytes; not read",
                                  rows->row, SP_SHEETS_MAX_TEXT);
}

static gboolean on_end(SpXmlHandler *handler, const char *name, GError **error)
{
    Rows *rows = (Rows *)handler;
    if (rows->part.is_enough) {
        return TRUE;
    }
    if (strcmp(name, "c") == 0) {
        return end_cell(rows, error);
    }
    if (strcmp(name, "row") == 0) {
        return end_row(rows, error);
    }
    rows->is_value = rows->is_value && strcmp(name, "v") != 0 && strcmp(name, "t") != 0;
    rows->is_phonetic = rows->is_phonetic && strcmp(name, "rPh") != 0;
    rows->part.is_enough = strcmp(name, "sheetData") == 0;
    return TRUE;
}

gboolean sp_xlsx_read_rows(SpXlsxBook *book, const char *path, SpSheetVisitor *visitor,
                           GError **error)
{
    g_auto(Rows) rows = {.part = {.handler = {.start = on_start, .text = on_text, .end = on_end}},
                         .book = book,
                         .visitor = visitor};
    rows.text = g_string_new(NULL);
    rows.value = g_string_new(NULL);
    rows.spans = g_array_new(FALSE, TRUE, sizeof(Span));
    rows.fields = g_array_new(FALSE, TRUE, sizeof(SpField));
    return sp_xlsx_part_read(&rows.part, &book->archive, path, error);
}
