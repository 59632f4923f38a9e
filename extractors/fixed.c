/* Records of fixed width. The text is decoded once; a record is then a walk over its characters. */
#include "extractors/fixed.h"

#include "core/error.h"

#include <string.h>

typedef struct {
    const char *origin;
    const SpLayout *layout;
    SpSink *sink;
    GPtrArray *columns;  /* const SpLayoutColumn*: those with a place */
    const char **starts; /* [record + 1] where each character of the present record begins */
    SpField *fields;     /* [columns] */
} Reader;

static void reader_clear(Reader *reader)
{
    g_clear_pointer(&reader->columns, g_ptr_array_unref);
    g_clear_pointer(&reader->starts, g_free);
    g_clear_pointer(&reader->fields, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reader, reader_clear)

/* The bytes as UTF-8, g_free. */
static char *decode(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                    gsize *text_size, GError **error)
{
    const char *nul = memchr(bytes, '\0', size);
    if (nul != NULL) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: byte %" G_GSIZE_FORMAT " is NUL; a text file has none, deliver it again",
                     origin, (gsize)(nul - bytes) + 1);
        return NULL;
    }
    if (strcmp(layout->encoding, "UTF-8") == 0) {
        const char *end = NULL;
        if (!g_utf8_validate(bytes, (gssize)size, &end)) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: byte %" G_GSIZE_FORMAT " is not UTF-8; deliver it as UTF-8, or say "
                         "encoding = ISO-8859-1 in layout %s",
                         origin, (gsize)(end - bytes) + 1, layout->name);
            return NULL;
        }
        *text_size = size;
        return g_strndup(bytes, size);
    }
    g_autoptr(GError) failure = NULL;
    char *text =
        g_convert(bytes, (gssize)size, "UTF-8", layout->encoding, NULL, text_size, &failure);
    if (text == NULL) {
        sp_error_set(error, SP_ERROR_DATA, "%s: not %s (%s); deliver it again", origin,
                     layout->encoding, failure->message);
    }
    return text;
}

/* The characters of a line, at most one more than a record has. */
static guint place(Reader *reader, const char *line, const char *end)
{
    guint n = 0;
    const char *c = line;
    for (; c < end && n < reader->layout->record; c = g_utf8_next_char(c)) {
        reader->starts[n++] = c;
    }
    reader->starts[n] = c;
    return c < end ? n + (guint)g_utf8_strlen(c, end - c) : n;
}

static gboolean read_record(Reader *reader, guint64 number, const char *line, const char *end,
                            GError **error)
{
    guint n = place(reader, line, end);
    if (n != reader->layout->record) {
        return sp_error_set(
            error, SP_ERROR_DATA,
            "%s: line %" G_GUINT64_FORMAT
            ": a record of %u characters, want %u; nothing after it can be trusted, "
            "deliver the file again",
            reader->origin, number, n, reader->layout->record);
    }
    for (guint i = 0; i < reader->columns->len; i++) {
        const SpLayoutColumn *column = reader->columns->pdata[i];
        const char *from = reader->starts[column->from - 1];
        const char *to = reader->starts[column->from - 1 + column->size];
        while (from < to && *from == ' ') {
            from++;
        }
        while (from < to && to[-1] == ' ') {
            to--;
        }
        reader->fields[i] = (SpField){from, (gsize)(to - from)};
    }
    return reader->sink->row(reader->sink, number, reader->fields, reader->columns->len, error);
}

static gboolean read_lines(Reader *reader, const char *text, gsize size, GError **error)
{
    guint64 number = 0;
    for (const char *line = text; line < text + size;) {
        const char *newline = memchr(line, '\n', (gsize)(text + size - line));
        const char *end = newline != NULL ? newline : text + size;
        const char *last = end > line && end[-1] == '\r' ? end - 1 : end;
        if (!read_record(reader, ++number, line, last, error)) {
            return FALSE;
        }
        line = newline != NULL ? newline + 1 : end;
    }
    return TRUE;
}

static gboolean begin(Reader *reader, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    reader->columns = g_ptr_array_new();
    for (guint i = 0; i < reader->layout->columns->len; i++) {
        SpLayoutColumn *column = reader->layout->columns->pdata[i];
        if (column->size > 0) {
            g_ptr_array_add(reader->columns, column);
            g_ptr_array_add(names, column->source);
        }
    }
    reader->starts = g_new0(const char *, reader->layout->record + 1);
    reader->fields = g_new0(SpField, reader->columns->len + 1);
    return reader->sink->begin(reader->sink, (const char *const *)names->pdata, names->len, error);
}

gboolean sp_fixed_parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                        SpSink *sink, GError **error)
{
    g_auto(Reader) reader = {.origin = origin, .layout = layout, .sink = sink};
    if (layout->record == 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s: layout %s is not of records; say form = fixed in its [file]",
                            origin, layout->name);
    }
    gsize text_size = 0;
    g_autofree char *text = decode(bytes, size, origin, layout, &text_size, error);
    if (text == NULL) {
        return FALSE;
    }
    if (strspn(text, " \r\n") == text_size) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: no records; a file of blanks says that there are none, which "
                            "must be confirmed by the sender",
                            origin);
    }
    return begin(&reader, error) && read_lines(&reader, text, text_size, error);
}
