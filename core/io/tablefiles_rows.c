/*
 * From bytes to rows. A record ends at a line feed that is not quoted (RFC 4180). Nearly all
 * records of tables are fields with commas between and are parted here, where they lie; what has a
 * quote, a NUL, bytes that are no UTF-8 or another number of fields is libcsv's,
 * which reads it or says what is wrong with it.
 */
#include "core/io/tablefiles_rows.h"

#include "core/error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PIECE_SIZE = 1 << 18 };

typedef struct {
    const SpRowsFile *file;
    SpField *fields;     /* [n_fields] */
    GString *code;       /* a quoted one of the record looked at */
    GString *last;       /* that was asked for last: sorted rows repeat themselves */
    gboolean is_wanted;  /* the answer */
    gboolean has_quote;  /* one is somewhere in the text; */
    gboolean has_return; /* and a carriage return */
} Feed;

static gboolean count_lines(const SpRowsFile *file, gsize *n_lines, GError **error)
{
    g_autofree char *piece = g_malloc(PIECE_SIZE);
    gsize size = PIECE_SIZE;
    while (size == PIECE_SIZE) {
        if (!sp_fd_read(file->fd, file->path, piece, PIECE_SIZE, &size, error)) {
            return FALSE;
        }
        const char *end = piece + size;
        for (const char *c = piece; (c = memchr(c, '\n', (gsize)(end - c))) != NULL; c++) {
            (*n_lines)++;
        }
    }
    return lseek(file->fd, 0, SEEK_SET) == 0 ||
           sp_error_set_errno(error, errno, "cannot read %s again", file->path);
}

/* ---- records ---- */

typedef struct {
    const char *end;     /* behind it, with its line feed; of one that does not end: of the text */
    gboolean is_ended;   /* by a line feed */
    gboolean is_odd;     /* a quote is out of place, or does not end: libcsv tells */
    gboolean has_return; /* a carriage return that is not quoted */
} Record;

/* Behind the field that begins here with a quote; NULL when it does not end in the text. */
static const char *quoted_end(const char *c, const char *end)
{
    for (c = memchr(c + 1, '"', (gsize)(end - c - 1)); c != NULL && c + 1 < end && c[1] == '"';) {
        c = memchr(c + 2, '"', (gsize)(end - c - 2));
    }
    return c != NULL ? c + 1 : NULL;
}

/* The same record field by field: a quote opens one only where the field begins. */
static Record find_quoted(const char *start, const char *end)
{
    Record record = {.end = end};
    for (const char *c = start; c < end; c++) {
        if (*c == '"') { /* of the field that begins */
            c = quoted_end(c, end);
            record.is_odd = record.is_odd || c == NULL || (c < end && strchr(",\r\n", *c) == NULL);
        }
        while (c != NULL && c < end && *c != ',' && *c != '\n') {
            record.is_odd = record.is_odd || *c == '"';
            record.has_return = record.has_return || *c == '\r';
            c++;
        }
        if (c == NULL || c == end) {
            return record;
        }
        if (*c == '\n') {
            record.end = c + 1;
            record.is_ended = TRUE;
            return record;
        }
    }
    return record;
}

static Record find_record(const Feed *feed, const char *start, const char *end)
{
    const char *last = memchr(start, '\n', (gsize)(end - start));
    const char *stop = last != NULL ? last + 1 : end;
    const gsize size = (gsize)(stop - start);
    return feed->has_quote && memchr(start, '"', size) != NULL
               ? find_quoted(start, end)
               : (Record){.end = stop,
                          .is_ended = last != NULL,
                          .has_return = feed->has_return && memchr(start, '\r', size) != NULL};
}

/* ---- which rows ---- */

/* Reads a field that is quoted, from behind its first quote; returns what comes after it. */
static const char *read_quoted(const char *c, const char *end, GString *text)
{
    for (; c < end; c++) {
        if (*c == '"' && (c + 1 == end || c[1] != '"')) {
            return c + 1;
        }
        c += *c == '"';
        g_string_append_c(text, *c);
    }
    return end;
}

/* Field number `field`, where it lies or, if it is quoted, in `text`. */
static SpField read_field(const char *c, const char *end, gsize field, GString *text)
{
    SpField found = {.text = "", .size = 0};
    for (gsize i = 0; i <= field && c < end; i++) {
        if (*c == '"') {
            g_string_truncate(text, 0);
            c = read_quoted(c + 1, end, text) + 1;
            found = (SpField){.text = text->str, .size = text->len};
            continue;
        }
        const char *comma = memchr(c, ',', (gsize)(end - c));
        const char *stop = comma != NULL ? comma : end - (end[-1] == '\n');
        found = (SpField){.text = c, .size = (gsize)(stop - c)};
        c = stop + 1;
    }
    return found;
}

static gboolean wants(Feed *feed, const char *record, const char *end)
{
    const SpRowChoice *choice = feed->file->choice;
    GString *last = feed->last;
    if (choice == NULL) {
        return TRUE;
    }
    const SpField code = read_field(record, end, feed->file->field, feed->code);
    if (code.size != last->len || memcmp(code.text, last->str, code.size) != 0) {
        g_string_truncate(last, 0);
        g_string_append_len(last, code.text, (gssize)code.size);
        feed->is_wanted = choice->wants(sp_table_name(feed->file->table), last->str, choice->data);
    }
    return feed->is_wanted;
}

/* ---- rows ---- */

/* The fields of a record with its line feed. FALSE where there is more to it than commas. */
static gboolean split(Feed *feed, const char *record, const char *end)
{
    const gsize n_fields = feed->file->n_fields;
    const char *stop = end - 1;
    const char *start = record;
    gboolean is_ascii = TRUE;
    gsize n = 0;
    for (const char *c = record; c < stop; c++) {
        if (*c == ',') {
            feed->fields[n] = (SpField){.text = start, .size = (gsize)(c - start)};
            start = c + 1;
            if (++n == n_fields) {
                return FALSE;
            }
        } else if (*c == '"' || *c == '\r' || *c == '\0') {
            return FALSE;
        }
        is_ascii = is_ascii && (guchar)*c < 0x80;
    }
    feed->fields[n] = (SpField){.text = start, .size = (gsize)(stop - start)};
    return n + 1 == n_fields && stop > record &&
           (is_ascii || g_utf8_validate_len(record, (gsize)(stop - record), NULL));
}

static gboolean take_record(Feed *feed, const char *start, const Record *record, GError **error)
{
    const SpRowsFile *file = feed->file;
    if (record->has_return && !record->is_odd) { /* libcsv would begin another row there */
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: row %" G_GUINT64_FORMAT ": a carriage return outside quotes; "
                            "lines of tables end in a line feed alone: write the file anew",
                            file->path, sp_csv_skip(file->csv));
    }
    const gboolean is_ours = !record->is_odd && sp_csv_has_begun(file->csv);
    if (is_ours && !wants(feed, start, record->end)) {
        (void)sp_csv_skip(file->csv);
        return TRUE;
    }
    if (is_ours && record->is_ended && split(feed, start, record->end)) {
        return file->sink->row(file->sink, sp_csv_skip(file->csv), feed->fields, file->n_fields,
                               error);
    }
    return sp_csv_push(file->csv, start, (gsize)(record->end - start), error);
}

/* Takes the records in the text; one that does not end in it is left, unless it is the last.
 * Returns what is left, NULL after an error. */
static const char *take_records(Feed *feed, const char *c, const char *end, gboolean is_last,
                                GError **error)
{
    while (c < end) {
        const Record record = find_record(feed, c, end);
        if (!record.is_ended && !is_last) {
            break;
        }
        if (!take_record(feed, c, &record, error)) {
            return NULL;
        }
        c = record.end;
    }
    return c;
}

static gboolean take_all(Feed *feed, GError **error)
{
    const SpRowsFile *file = feed->file;
    g_autoptr(GString) text = g_string_sized_new((gsize)2 * PIECE_SIZE);
    gsize size = PIECE_SIZE;
    while (size == PIECE_SIZE) {
        const gsize kept = text->len;
        g_string_set_size(text, kept + PIECE_SIZE);
        if (!sp_fd_read(file->fd, file->path, text->str + kept, PIECE_SIZE, &size, error)) {
            return FALSE;
        }
        g_string_set_size(text, kept + size);
        feed->has_quote = memchr(text->str, '"', text->len) != NULL;
        feed->has_return = memchr(text->str, '\r', text->len) != NULL;
        const char *left =
            take_records(feed, text->str, text->str + text->len, size < PIECE_SIZE, error);
        if (left == NULL) {
            return FALSE;
        }
        g_string_erase(text, 0, left - text->str);
        if (text->len > SP_CSV_MAX_ROW) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: row %" G_GUINT64_FORMAT
                                ": the row is longer than %d MiB; look for a quote that is not "
                                "closed",
                                file->path, sp_csv_skip(file->csv), SP_CSV_MAX_ROW >> 20);
        }
    }
    return TRUE;
}

gboolean sp_rows_feed(const SpRowsFile *file, GError **error)
{
    gsize n_lines = 0;
    if (file->table != NULL && file->choice == NULL) {
        if (!count_lines(file, &n_lines, error)) {
            return FALSE;
        }
        sp_table_reserve(file->table, n_lines);
    }
    g_autofree SpField *fields = g_new(SpField, file->n_fields + 1);
    Feed feed = {.file = file,
                 .fields = fields,
                 .code = g_string_new(NULL),
                 .last = g_string_new("\n")}; /* which is no code */
    const gboolean is_done = take_all(&feed, error);
    g_string_free(feed.code, TRUE);
    g_string_free(feed.last, TRUE);
    return is_done;
}
