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

static gboolean add_string(SpXlsxBook *book, const SpXlsxPart *part, const char *escaped,
                           GError **error)
{
    if (book->strings->len >= SP_SHEETS_MAX_STRINGS || strlen(escaped) > SP_SHEETS_MAX_TEXT) {
        return sp_xlsx_part_set_error(
            part, error, "text %u is longer than %d bytes, or beyond the number of texts; not read",
            book->strings->len + 1, SP_SHEETS_MAX_TEXT);
    }
    g_autoptr(GString) text = g_string_new(NULL);
    sp_xlsx_append_text(text, escaped);
    g_ptr_array_add(book->strings,
                    g_string_chunk_insert_len(book->texts, text->str, (gssize)text->len));
    return TRUE;
}

/* A string item is one text, or runs of differently formatted text; what tells how its characters
 * are pronounced (rPh) is none of it. */
gboolean sp_xlsx_read_strings(SpXlsxBook *book, const char *path, GError **error)
{
    g_auto(SpXlsxPart) part = {0};
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean is_text = FALSE;
    gboolean is_phonetic = FALSE;
    gboolean is_more = TRUE;
    if (path == NULL || !sp_xlsx_archive_has(&book->archive, path)) {
        return TRUE;
    }
    if (!sp_xlsx_part_init(&part, &book->archive, path, error)) {
        return FALSE;
    }
    for (;;) {
        if (!sp_xlsx_part_next(&part, &is_more, error)) {
            return FALSE;
        }
        if (!is_more) {
            return TRUE;
        }
        const char *here = sp_xlsx_part_text(&part);
        gboolean is_empty = xmlTextReaderIsEmptyElement(part.reader) == 1;
        if (here != NULL && is_text && !is_phonetic) {
            g_string_append(text, here);
        } else if (sp_xlsx_part_starts(&part, "t")) {
            is_text = !is_empty;
        } else if (sp_xlsx_part_ends(&part, "t")) {
            is_text = FALSE;
        } else if (sp_xlsx_part_starts(&part, "rPh")) {
            is_phonetic = !is_empty;
        } else if (sp_xlsx_part_ends(&part, "rPh")) {
            is_phonetic = FALSE;
        } else if (sp_xlsx_part_ends(&part, "si") ||
                   (sp_xlsx_part_starts(&part, "si") && is_empty)) {
            if (!add_string(book, &part, text->str, error)) {
                return FALSE;
            }
            g_string_truncate(text, 0);
        }
    }
}
