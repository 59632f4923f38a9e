/* CSV by libcsv. */
#include "core/io/csv.h"

#include "core/error.h"

#include <csv.h>

#include <string.h>

/* libcsv cannot be stopped from a callback: it is fed in pieces of this size and asked in between.
 */
enum { PIECE_SIZE = 64 * 1024 };

typedef struct {
    const SpCsvForm *form;
    SpSink *sink;
    GError **error;
    gboolean has_failed;
    guint64 row;     /* the present one, from 1 */
    guint n_headers; /* header rows seen */
    gboolean
        is_after_cr; /* the row before ended in CR: an LF now is the other half of its line end */
    GString *text;   /* fields of the present row, one after the other */
    GArray *ends;    /* gsize, where each field ends in `text` */
    GArray *fields;  /* SpField */
    gsize n_columns;
} Reader;

static guint64 line_of(const char *bytes, gsize place)
{
    guint64 line = 1;
    for (gsize i = 0; i < place; i++) {
        line += bytes[i] == '\n';
    }
    return line;
}

static gboolean check_utf8(const char *bytes, gsize size, const char *origin, GError **error)
{
    const char *end = NULL;
    if (g_utf8_validate_len(bytes, size, &end)) {
        return TRUE;
    }
    gsize place = (gsize)(end - bytes);
    if (*end == '\0') {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: line %" G_GUINT64_FORMAT
                            ": NUL byte; the file is damaged or UTF-16, which is not read here",
                            origin, line_of(bytes, place));
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: line %" G_GUINT64_FORMAT
                        ": byte 0x%02x is not UTF-8; if the source writes ISO-8859-1, say so in "
                        "its layout (encoding)",
                        origin, line_of(bytes, place), (guint)(guchar)*end);
}

/* 0x80 to 0x9F are control characters that no table holds: they betray UTF-8 (Å is C3 85) or
 * Windows-1252. */
static char *from_latin1(const char *bytes, gsize size, const char *origin, GError **error)
{
    GString *text = g_string_sized_new(size + size / 16 + 1);
    for (gsize i = 0; i < size; i++) {
        guchar c = (guchar)bytes[i];
        if (c == '\0' || (c >= 0x80 && c <= 0x9f)) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: line %" G_GUINT64_FORMAT
                         ": byte 0x%02x is no letter of ISO-8859-1; if the file is UTF-8, say so "
                         "in its layout (encoding)",
                         origin, line_of(bytes, i), c);
            g_string_free(text, TRUE);
            return NULL;
        }
        if (c < 0x80) {
            g_string_append_c(text, (char)c);
        } else {
            g_string_append_c(text, (char)(0xc0 | c >> 6));
            g_string_append_c(text, (char)(0x80 | (c & 0x3f)));
        }
    }
    return g_string_free(text, FALSE);
}

static gboolean refuse(Reader *reader, const char *what)
{
    return sp_error_set(reader->error, SP_ERROR_DATA, "%s: row %" G_GUINT64_FORMAT ": %s",
                        reader->form->origin, reader->row, what);
}

static gboolean begin(Reader *reader)
{
    const SpField *fields = (const SpField *)reader->fields->data;
    gsize n = reader->fields->len;
    g_autoptr(GPtrArray) names = g_ptr_array_new_full((guint)n, g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < n; i++) {
        char *name = g_strndup(fields[i].text, fields[i].size);
        g_ptr_array_add(names, name);
        if (!g_hash_table_add(seen, name)) {
            g_autofree char *what =
                g_strdup_printf("the header names column \"%s\" twice; a column is known by its "
                                "name, so each needs its own",
                                name);
            return refuse(reader, what);
        }
    }
    reader->n_columns = n;
    return reader->sink->begin(reader->sink, (const char *const *)names->pdata, n, reader->error);
}

static gboolean take_row(Reader *reader)
{
    gsize start = 0;
    g_array_set_size(reader->fields, reader->ends->len);
    SpField *fields = (SpField *)reader->fields->data;
    for (guint i = 0; i < reader->ends->len; i++) {
        gsize end = g_array_index(reader->ends, gsize, i);
        fields[i] = (SpField){.text = reader->text->str + start, .size = end - start};
        start = end;
    }
    if (reader->n_headers < reader->form->header_rows) {
        reader->n_headers++;
        return reader->n_headers < reader->form->header_rows || begin(reader);
    }
    if (reader->ends->len != reader->n_columns) {
        g_autofree char *what =
            g_strdup_printf("%u fields, want %" G_GSIZE_FORMAT
                            " as in the header; look for a delimiter in a text that is not quoted",
                            reader->ends->len, reader->n_columns);
        return refuse(reader, what);
    }
    return reader->sink->row(reader->sink, reader->row, fields, reader->n_columns, reader->error);
}

static void on_field(void *text, size_t size, void *data)
{
    Reader *reader = data;
    if (!reader->has_failed) {
        g_string_append_len(reader->text, text, (gssize)size);
        gsize end = reader->text->len;
        g_array_append_val(reader->ends, end);
    }
}

/* `end` is the character that ended the row, -1 at the end of the file. Empty lines come here too,
 * for the row numbers. */
static void on_row(int end, void *data)
{
    Reader *reader = data;
    gboolean is_empty = reader->ends->len == 0;
    if (reader->has_failed || (is_empty && end == '\n' && reader->is_after_cr)) {
        reader->is_after_cr = FALSE;
        return;
    }
    reader->is_after_cr = end == '\r';
    reader->row++;
    if (!is_empty) {
        reader->has_failed = !take_row(reader);
        g_string_truncate(reader->text, 0);
        g_array_set_size(reader->ends, 0);
    }
}

/* Blanks are part of a field (RFC 4180); libcsv would strip them. */
static int is_never_blank(unsigned char c)
{
    (void)c;
    return 0;
}

static gboolean run(struct csv_parser *parser, const char *bytes, gsize size, Reader *reader)
{
    csv_set_delim(parser, (unsigned char)reader->form->delimiter);
    csv_set_space_func(parser, is_never_blank);
    csv_set_blk_size(parser, 4096);
    for (gsize done = 0; done < size && !reader->has_failed; done += PIECE_SIZE) {
        gsize n = MIN(size - done, PIECE_SIZE);
        if (csv_parse(parser, bytes + done, n, on_field, on_row, reader) != n &&
            !reader->has_failed) {
            reader->row++;
            return refuse(reader, "a quote stands out of place; a field that holds quotes is "
                                  "quoted, and its quotes are doubled");
        }
    }
    if (!reader->has_failed && csv_fini(parser, on_field, on_row, reader) != 0) {
        reader->row++;
        return refuse(reader, "the quoted field that begins here never ends; the file is cut short "
                              "or a quote is missing");
    }
    if (!reader->has_failed && reader->n_headers < reader->form->header_rows) {
        return sp_error_set(reader->error, SP_ERROR_DATA,
                            "%s: the file ends before its header: %u rows, want %u and data; "
                            "fetch it again",
                            reader->form->origin, reader->n_headers, reader->form->header_rows);
    }
    return !reader->has_failed;
}

static gboolean parse_utf8(const char *bytes, gsize size, const SpCsvForm *form, SpSink *sink,
                           GError **error)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
        return sp_error_set(error, SP_ERROR_BUG, "%s: libcsv does not start", form->origin);
    }
    Reader reader = {
        .form = form,
        .sink = sink,
        .error = error,
        .text = g_string_sized_new(4096),
        .ends = g_array_new(FALSE, FALSE, sizeof(gsize)),
        .fields = g_array_new(FALSE, FALSE, sizeof(SpField)),
    };
    gboolean ok = run(&parser, bytes, size, &reader);
    g_string_free(reader.text, TRUE);
    g_array_unref(reader.ends);
    g_array_unref(reader.fields);
    csv_free(&parser);
    return ok;
}

gboolean sp_csv_parse(const char *bytes, gsize size, const SpCsvForm *form, SpSink *sink,
                      GError **error)
{
    if (form->header_rows == 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s: header_rows is 0; a file without column names cannot be read by "
                            "name: set it to 1 or more",
                            form->origin);
    }
    gboolean has_mark = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;
    if (has_mark) {
        bytes += 3;
        size -= 3;
    }
    if (g_ascii_strcasecmp(form->encoding, "UTF-8") == 0) {
        return check_utf8(bytes, size, form->origin, error) &&
               parse_utf8(bytes, size, form, sink, error);
    }
    if (g_ascii_strcasecmp(form->encoding, "ISO-8859-1") != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s: encoding \"%s\" is unknown; UTF-8 and ISO-8859-1 are read",
                            form->origin, form->encoding);
    }
    if (has_mark) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: begins with the byte order mark of UTF-8 but its layout says "
                            "ISO-8859-1; set encoding = UTF-8",
                            form->origin);
    }
    g_autofree char *text = from_latin1(bytes, size, form->origin, error);
    return text != NULL && parse_utf8(text, strlen(text), form, sink, error);
}

static gboolean needs_quotes(const char *text, char delimiter)
{
    gsize size = strlen(text);
    if (size == 0) {
        return FALSE;
    }
    char first = text[0];
    char last = text[size - 1];
    return first == ' ' || first == '\t' || last == ' ' || last == '\t' ||
           strpbrk(text, "\"\r\n") != NULL || strchr(text, delimiter) != NULL;
}

char *sp_csv_quote(const char *text, char delimiter)
{
    if (!needs_quotes(text, delimiter)) {
        return g_strdup(text);
    }
    GString *quoted = g_string_new("\"");
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"') {
            g_string_append_c(quoted, '"');
        }
        g_string_append_c(quoted, *c);
    }
    g_string_append_c(quoted, '"');
    return g_string_free(quoted, FALSE);
}

void sp_csv_put(SpWriter *writer, const char *text, char delimiter)
{
    if (!needs_quotes(text, delimiter)) {
        sp_writer_put_text(writer, text);
        return;
    }
    g_autofree char *quoted = sp_csv_quote(text, delimiter);
    sp_writer_put_text(writer, quoted);
}
