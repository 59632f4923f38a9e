/* Number formats: which numbers are dates, and which codes with leading zeros. */
#include "core/io/xlsx_book.h"

#include "core/number.h"

#include <string.h>

/* Formats that have a number and no code in the file (ECMA-376 part 1, 18.8.30): of these 14-17 and
 * 22 hold a day; 27-31, 36, 50-54, 57 and 58 do in East Asian versions. */
static SpSheetFormat builtin(gint64 id)
{
    static const guint8 dates[] = {14, 15, 16, 17, 22, 27, 28, 29, 30,
                                   31, 36, 50, 51, 52, 53, 54, 57, 58};
    SpSheetFormat format = {0};
    for (gsize i = 0; i < G_N_ELEMENTS(dates); i++) {
        format.is_date = format.is_date || id == dates[i];
    }
    return format;
}

static gint64 number_of(const SpXlsxPart *part, const char *name)
{
    g_autofree char *text = sp_xlsx_part_attribute(part, name);
    gint64 number = 0;
    return text != NULL && sp_number_parse_int(text, strlen(text), &number) ? number : 0;
}

static void add_custom(GHashTable *custom, const SpXlsxPart *part)
{
    g_autofree char *code = sp_xlsx_part_attribute(part, "formatCode");
    if (code != NULL) {
        SpSheetFormat *format = g_new(SpSheetFormat, 1);
        *format = sp_sheet_format_of(code);
        g_hash_table_insert(custom, GINT_TO_POINTER((gint)number_of(part, "numFmtId")), format);
    }
}

static void add_style(SpXlsxBook *book, GHashTable *custom, const SpXlsxPart *part)
{
    gint64 id = number_of(part, "numFmtId");
    const SpSheetFormat *found = g_hash_table_lookup(custom, GINT_TO_POINTER((gint)id));
    SpSheetFormat format = found != NULL ? *found : builtin(id);
    g_array_append_val(book->formats, format);
}

gboolean sp_xlsx_read_styles(SpXlsxBook *book, const char *path, GError **error)
{
    g_auto(SpXlsxPart) part = {0};
    g_autoptr(GHashTable) custom = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    gboolean is_in_cells = FALSE;
    gboolean is_more = TRUE;
    if (path == NULL || !sp_xlsx_archive_has(&book->archive, path)) {
        return TRUE;
    }
    if (!sp_xlsx_part_init(&part, &book->archive, path, error)) {
        return FALSE;
    }
    while (is_more) {
        if (!sp_xlsx_part_next(&part, &is_more, error)) {
            return FALSE;
        }
        if (!is_more) {
            break;
        }
        if (sp_xlsx_part_starts(&part, "numFmt")) {
            add_custom(custom, &part);
        } else if (sp_xlsx_part_starts(&part, "cellXfs")) {
            is_in_cells = xmlTextReaderIsEmptyElement(part.reader) != 1;
        } else if (sp_xlsx_part_ends(&part, "cellXfs")) {
            is_in_cells = FALSE;
        } else if (is_in_cells && sp_xlsx_part_starts(&part, "xf")) {
            add_style(book, custom, &part);
        }
    }
    return TRUE;
}
