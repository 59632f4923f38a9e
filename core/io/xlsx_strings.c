/* The texts that cells share. */
#include "core/io/xlsx_book.h"

#include "core/io/sheets.h"

#include <string.h>

void sp_xlsx_append_text(GString *text, const char *escaped)
{
    for (const char *c = escaped; *c != '\0'; c++) {
        gunichar character = 0;
        gboolean is_escape = c[0] == '_' && c[1] == 'x';
        for (int i = 2; is_escape && i < 6; i++) {
            is_escape = g_ascii_isxdigit(c[i]);
            character = is_escape ? character * 16 + (gunichar)g_ascii_xdigit_value(c[i]) : 0;
        }
        if (is_escape && c[6] == '_' && character != 0 && g_unichar_validate(character)) {
            g_string_append_unichar(text, character);
            c += 6;
        } else {
            g_string_append_c(text, *c);
        }
    }
}

/* A string item is one text, or runs of differently formatted text; what tells how its characters
 * are pronounced (rPh) is none of it. */
typedef struct {
    SpXlsxPart part;
    SpXlsxBook *book;
    GString *escaped; /* of the present item */
    GString *text;    /* the same without escapes */
    gboolean is_text; /* inside t */
    gboolean is_phonetic;
} Strings;

static gboolean add_string(const Strings *strings, GError **error)
{
    SpXlsxBook *book = strings->book;
    if (book->strings->len >= SP_SHEETS_MAX_STRINGS || strings->escaped->len > SP_SHEETS_MAX_TEXT) {
        return sp_xlsx_part_set_error(
            &strings->part, error,
            "text %u is longer than %d bytes, or beyond the number of texts; not read",
            book->strings->len + 1, SP_SHEETS_MAX_TEXT);
    }
    g_string_truncate(strings->text, 0);
    sp_xlsx_append_text(strings->text, strings->escaped->str);
    g_ptr_array_add(book->strings, g_string_chunk_insert_len(book->texts, strings->text->str,
                                                             (gssize)strings->text->len));
    return TRUE;
}

static gboolean on_start(SpXmlHandler *handler, const char *name, const SpXmlAttribute attributes[],
                         gsize n, GError **error)
{
    Strings *strings = (Strings *)handler;
    (void)attributes;
    (void)n;
    (void)error;
    strings->is_text = strings->is_text || strcmp(name, "t") == 0;
    strings->is_phonetic = strings->is_phonetic || strcmp(name, "rPh") == 0;
    return TRUE;
}

static gboolean on_text(SpXmlHandler *handler, const char *text, gsize size, GError **error)
{
    Strings *strings = (Strings *)handler;
    (void)error;
    if (strings->is_text && !strings->is_phonetic) {
        g_string_append_len(strings->escaped, text, (gssize)size);
    }
    return TRUE;
}

static gboolean on_end(SpXmlHandler *handler, const char *name, GError **error)
{
    Strings *strings = (Strings *)handler;
    strings->is_text = strings->is_text && strcmp(name, "t") != 0;
    strings->is_phonetic = strings->is_phonetic && strcmp(name, "rPh") != 0;
    if (strcmp(name, "si") == 0) {
        if (!add_string(strings, error)) {
            return FALSE;
        }
        g_string_truncate(strings->escaped, 0);
    }
    return TRUE;
}

gboolean sp_xlsx_read_strings(SpXlsxBook *book, const char *path, GError **error)
{
    if (path == NULL || !sp_xlsx_archive_has(&book->archive, path)) {
        return TRUE;
    }
    g_autoptr(GString) escaped = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    Strings strings = {.part = {.handler = {.start = on_start, .text = on_text, .end = on_end}},
                       .book = book,
                       .escaped = escaped,
                       .text = text};
    return sp_xlsx_part_read(&strings.part, &book->archive, path, error);
}
