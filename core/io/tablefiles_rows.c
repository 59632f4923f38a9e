/* From bytes to records. A record ends at a line feed that is not quoted (RFC 4180); of those that
 * nobody wants one field is read and nothing else, which is why a fylke's rows cost so little. */
#include "core/io/tablefiles_rows.h"

#include "core/error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PIECE_SIZE = 1 << 18 };

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

gboolean sp_rows_feed(const SpRowsFile *file, GError **error)
{
    gsize n_lines = 0;
    if (!count_lines(file, &n_lines, error)) {
        return FALSE;
    }
    sp_table_reserve(file->table, n_lines);
    g_autofree char *piece = g_malloc(PIECE_SIZE);
    gsize size = PIECE_SIZE;
    while (size == PIECE_SIZE) {
        if (!sp_fd_read(file->fd, file->path, piece, PIECE_SIZE, &size, error) ||
            !sp_csv_push(file->csv, piece, size, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- some rows ---- */

typedef struct {
    const SpRowsFile *file;
    const SpRowChoice *choice;
    gsize field;
    GString *code;      /* of the record looked at */
    GString *last;      /* that was asked for last: sorted rows repeat themselves */
    gboolean is_wanted; /* the answer */
    gboolean has_begun; /* the header is through */
} Choosing;

/* Behind the record that begins here; NULL when it does not end before `end`. */
static const char *record_end(const char *start, const char *end)
{
    gboolean is_quoted = FALSE;
    for (const char *from = start;;) {
        const char *feed = memchr(from, '\n', (gsize)(end - from));
        const char *stop = feed != NULL ? feed : end;
        for (const char *c = from; (c = memchr(c, '"', (gsize)(stop - c))) != NULL; c++) {
            is_quoted = !is_quoted;
        }
        if (feed == NULL) {
            return NULL;
        }
        if (!is_quoted) {
            return feed + 1;
        }
        from = feed + 1;
    }
}

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

/* Leaves the text of field number `field` in `text`. */
static void read_field(const char *c, const char *end, gsize field, GString *text)
{
    for (gsize i = 0; i <= field && c <= end; i++) {
        g_string_truncate(text, 0);
        if (c < end && *c == '"') {
            c = read_quoted(c + 1, end, text) + 1;
            continue;
        }
        const char *comma = memchr(c, ',', (gsize)(end - c));
        const char *stop = comma != NULL ? comma : end - (end > c && end[-1] == '\n');
        if (i == field) {
            g_string_append_len(text, c, stop - c);
        }
        c = stop + 1;
    }
}

static gboolean wants(Choosing *work, const char *record, const char *end)
{
    if (!work->has_begun) {
        work->has_begun = TRUE;
        return TRUE;
    }
    read_field(record, end, work->field, work->code);
    if (!g_string_equal(work->code, work->last)) {
        GString *before = work->last;
        work->last = work->code;
        work->code = before;
        work->is_wanted = work->choice->wants(sp_table_name(work->file->table), work->last->str,
                                              work->choice->data);
    }
    return work->is_wanted;
}

/* Hands on the wanted ones of the records in the text, those that stand beside each other at once;
 * a record that does not end in it is left, unless it is the last. Returns what is left, NULL after
 * an error. */
static const char *push_records(Choosing *work, const char *c, const char *end, gboolean is_last,
                                GError **error)
{
    const char *first = NULL; /* of those beside each other */
    while (c < end) {
        const char *next = record_end(c, end);
        if (next == NULL && !is_last) {
            break;
        }
        /* One without an end may hold wanted ones behind a quote too many: the reader tells. */
        const gboolean is_cut = next == NULL;
        next = is_cut ? end : next;
        if (is_cut || wants(work, c, next)) {
            first = first != NULL ? first : c;
        } else {
            if (first != NULL && !sp_csv_push(work->file->csv, first, (gsize)(c - first), error)) {
                return NULL;
            }
            first = NULL;
            sp_csv_skip(work->file->csv);
        }
        c = next;
    }
    return first == NULL || sp_csv_push(work->file->csv, first, (gsize)(c - first), error) ? c
                                                                                           : NULL;
}

static gboolean push_all(Choosing *work, GError **error)
{
    g_autoptr(GString) text = g_string_sized_new(2 * PIECE_SIZE);
    gsize size = PIECE_SIZE;
    while (size == PIECE_SIZE) {
        const gsize kept = text->len;
        g_string_set_size(text, kept + PIECE_SIZE);
        if (!sp_fd_read(work->file->fd, work->file->path, text->str + kept, PIECE_SIZE, &size,
                        error)) {
            return FALSE;
        }
        g_string_set_size(text, kept + size);
        const gboolean is_last = size < PIECE_SIZE || text->len > SP_CSV_MAX_ROW;
        const char *left = push_records(work, text->str, text->str + text->len, is_last, error);
        if (left == NULL) {
            return FALSE;
        }
        g_string_erase(text, 0, left - text->str);
    }
    return TRUE;
}

gboolean sp_rows_feed_chosen(const SpRowsFile *file, const SpRowChoice *choice, gsize field,
                             GError **error)
{
    Choosing work = {.file = file,
                     .choice = choice,
                     .field = field,
                     .code = g_string_new(NULL),
                     .last = g_string_new("\n")}; /* which is no code */
    const gboolean is_done = push_all(&work, error);
    g_string_free(work.code, TRUE);
    g_string_free(work.last, TRUE);
    return is_done;
}
