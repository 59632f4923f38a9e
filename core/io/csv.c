/* CSV by libcsv, fed in pieces. */
#include "core/io/csv.h"

#include "core/error.h"
#include "core/io/csv_decode.h"

#include <csv.h>

#include <string.h>

/* libcsv cannot be stopped from a callback: it is fed in pieces of this size and asked in between.
 */
enum { PIECE_SIZE = 64 * 1024 };

struct SpCsv {
    SpCsvForm form; /* its strings are our own */
    SpSink *sink;
    SpCsvDecoder decoder;
    struct csv_parser parser;
    GError *failure; /* of a callback: the first one */
    gboolean has_failed;
    guint64 row;     /* the present one, from 1 */
    guint n_headers; /* header rows seen */
    gboolean
        is_after_cr; /* the row before ended in CR: an LF now is the other half of its line end */
    GString *text;   /* fields of the present row, one after the other */
    GArray *ends;    /* gsize, where each field ends in `text` */
    GArray *fields;  /* SpField */
    gsize n_columns;
};

static gboolean refuse(SpCsv *csv, const char *what)
{
    return sp_error_set(&csv->failure, SP_ERROR_DATA, "%s: row %" G_GUINT64_FORMAT ": %s",
                        csv->form.origin, csv->row, what);
}

static gboolean begin(SpCsv *csv)
{
    const SpField *fields = (const SpField *)csv->fields->data;
    gsize n = csv->fields->len;
    g_autoptr(GPtrArray) names = g_ptr_array_new_full((guint)n, g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < n; i++) {
        char *name = g_strndup(fields[i].text, fields[i].size);
        g_ptr_array_add(names, name);
        if (!g_hash_table_add(seen, name)) {
            /* Without a header the first row would be about a person. */
            g_autofree char *quoted =
                csv->form.is_private ? g_strdup("") : g_strdup_printf(" \"%s\"", name);
            g_autofree char *what =
                g_strdup_printf("the header names column%s twice; a column is known by its name, "
                                "so each needs its own",
                                quoted);
            return refuse(csv, what);
        }
    }
    csv->n_columns = n;
    return csv->sink->begin(csv->sink, (const char *const *)names->pdata, n, &csv->failure);
}

static gboolean take_row(SpCsv *csv)
{
    gsize start = 0;
    g_array_set_size(csv->fields, csv->ends->len);
    SpField *fields = (SpField *)csv->fields->data;
    for (guint i = 0; i < csv->ends->len; i++) {
        gsize end = g_array_index(csv->ends, gsize, i);
        fields[i] = (SpField){.text = csv->text->str + start, .size = end - start};
        start = end;
    }
    if (csv->n_headers < csv->form.header_rows) {
        csv->n_headers++;
        return csv->n_headers < csv->form.header_rows || begin(csv);
    }
    if (csv->ends->len != csv->n_columns) {
        g_autofree char *what =
            g_strdup_printf("%u fields, want %" G_GSIZE_FORMAT
                            " as in the header; look for a delimiter in a text that is not quoted",
                            csv->ends->len, csv->n_columns);
        return refuse(csv, what);
    }
    return csv->sink->row(csv->sink, csv->row, fields, csv->n_columns, &csv->failure);
}

static void on_field(void *text, size_t size, void *data)
{
    SpCsv *csv = data;
    if (!csv->has_failed) {
        g_string_append_len(csv->text, text, (gssize)size);
        gsize end = csv->text->len;
        g_array_append_val(csv->ends, end);
    }
}

/* `end` is the character that ended the row, -1 at the end of the file. Empty lines come here too,
 * for the row numbers. */
static void on_row(int end, void *data)
{
    SpCsv *csv = data;
    gboolean is_empty = csv->ends->len == 0;
    if (csv->has_failed || (is_empty && end == '\n' && csv->is_after_cr)) {
        csv->is_after_cr = FALSE;
        return;
    }
    csv->is_after_cr = end == '\r';
    csv->row++;
    if (!is_empty) {
        csv->has_failed = !take_row(csv);
        g_string_truncate(csv->text, 0);
        g_array_set_size(csv->ends, 0);
    }
}

/* Blanks are part of a field (RFC 4180); libcsv would strip them. */
static int is_never_blank(unsigned char c)
{
    (void)c;
    return 0;
}

static gboolean refuse_size(SpCsv *csv)
{
    g_autofree char *what = g_strdup_printf(
        "the row is longer than %d MiB; look for a quote that is not closed", SP_CSV_MAX_ROW >> 20);
    return refuse(csv, what);
}

/* Feeds text that is UTF-8. */
static gboolean feed(SpCsv *csv, const char *text, gsize size)
{
    for (gsize done = 0; done < size && !csv->has_failed; done += PIECE_SIZE) {
        gsize n = MIN(size - done, PIECE_SIZE);
        if (csv_parse(&csv->parser, text + done, n, on_field, on_row, csv) != n &&
            !csv->has_failed) {
            csv->row++;
            (void)refuse(csv, "a quote stands out of place; a field that holds quotes is quoted, "
                              "and its quotes are doubled");
            csv->has_failed = TRUE;
        }
        if (!csv->has_failed &&
            MAX(csv_get_buffer_size(&csv->parser), csv->text->len) > SP_CSV_MAX_ROW) {
            csv->row++;
            (void)refuse_size(csv);
            csv->has_failed = TRUE;
        }
    }
    return !csv->has_failed;
}

static gboolean propagate(SpCsv *csv, GError **error)
{
    if (csv->failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&csv->failure));
    }
    return FALSE;
}

static gboolean check_form(const SpCsvForm *form, GError **error)
{
    if (form->header_rows == 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s: header_rows is 0; a file without column names cannot be read by "
                            "name: set it to 1 or more",
                            form->origin);
    }
    return TRUE;
}

SpCsv *sp_csv_open(const SpCsvForm *form, SpSink *sink, GError **error)
{
    g_autoptr(SpCsv) csv = g_new0(SpCsv, 1);
    if (!check_form(form, error)) {
        return NULL;
    }
    if (csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
        sp_error_set(error, SP_ERROR_BUG, "%s: libcsv does not start", form->origin);
        return NULL;
    }
    csv_set_delim(&csv->parser, (unsigned char)form->delimiter);
    csv_set_space_func(&csv->parser, is_never_blank);
    csv_set_blk_size(&csv->parser, 4096);
    csv->form = *form;
    csv->form.origin = g_strdup(form->origin);
    csv->sink = sink;
    csv->text = g_string_sized_new(4096);
    csv->ends = g_array_new(FALSE, FALSE, sizeof(gsize));
    csv->fields = g_array_new(FALSE, FALSE, sizeof(SpField));
    return sp_csv_decoder_init(&csv->decoder, csv->form.origin, form->encoding, form->mark_decides,
                               error)
               ? g_steal_pointer(&csv)
               : NULL;
}

gboolean sp_csv_push(SpCsv *csv, const char *bytes, gsize size, GError **error)
{
    /* In pieces, so that what is converted never stands in memory as a whole. */
    for (gsize done = 0; done < size; done += PIECE_SIZE) {
        const char *text = NULL;
        gsize text_size = 0;
        if (!sp_csv_decoder_push(&csv->decoder, bytes + done, MIN(size - done, PIECE_SIZE), &text,
                                 &text_size, error)) {
            return FALSE;
        }
        if (!feed(csv, text, text_size)) {
            return propagate(csv, error);
        }
    }
    return TRUE;
}

guint64 sp_csv_skip(SpCsv *csv)
{
    return ++csv->row;
}

gboolean sp_csv_has_begun(const SpCsv *csv)
{
    return csv->n_headers == csv->form.header_rows;
}

static gboolean finish(SpCsv *csv, GError **error)
{
    const char *text = NULL;
    gsize size = 0;
    if (!sp_csv_decoder_end(&csv->decoder, &text, &size, error)) {
        return FALSE;
    }
    if (!feed(csv, text, size)) {
        return propagate(csv, error);
    }
    if (csv_fini(&csv->parser, on_field, on_row, csv) != 0 && !csv->has_failed) {
        csv->row++;
        (void)refuse(csv, "the quoted field that begins here never ends; the file is cut short or "
                          "a quote is missing");
        csv->has_failed = TRUE;
    }
    if (csv->has_failed) {
        return propagate(csv, error);
    }
    if (csv->n_headers < csv->form.header_rows) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: the file ends before its header: %u rows, want %u and data; "
                            "fetch it again",
                            csv->form.origin, csv->n_headers, csv->form.header_rows);
    }
    return TRUE;
}

gboolean sp_csv_close(SpCsv *csv, GError **error)
{
    gboolean ok = finish(csv, error);
    sp_csv_abandon(csv);
    return ok;
}

void sp_csv_abandon(SpCsv *csv)
{
    if (csv == NULL) {
        return;
    }
    if (csv->text != NULL) { /* else it was never opened */
        g_string_free(csv->text, TRUE);
        g_array_unref(csv->ends);
        g_array_unref(csv->fields);
        csv_free(&csv->parser);
        g_free((char *)csv->form.origin);
    }
    sp_csv_decoder_clear(&csv->decoder);
    g_clear_error(&csv->failure);
    g_free(csv);
}

gboolean sp_csv_parse(const char *bytes, gsize size, const SpCsvForm *form, SpSink *sink,
                      GError **error)
{
    g_autoptr(SpCsv) csv = sp_csv_open(form, sink, error);
    return csv != NULL && sp_csv_push(csv, bytes, size, error) &&
           sp_csv_close(g_steal_pointer(&csv), error);
}
