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

typedef struct {
    SpXlsxPart part;
    GArray *formats;    /* SpSheetFormat, of the cells' styles; borrowed */
    GHashTable *custom; /* number -> SpSheetFormat*, of the file's own formats */
    gboolean is_in_cells;
} Styles;

static gint64 number_of(const SpXmlAttribute attributes[], gsize n)
{
    const SpXmlAttribute *id = sp_xml_attribute(attributes, n, "numFmtId");
    gint64 number = 0;
    return id != NULL && sp_number_parse_int(id->value, id->size, &number) ? number : 0;
}

static void add_custom(const Styles *styles, const SpXmlAttribute attributes[], gsize n)
{
    g_autofree char *code = sp_xlsx_attribute(attributes, n, "formatCode");
    if (code != NULL) {
        SpSheetFormat *format = g_new(SpSheetFormat, 1);
        *format = sp_sheet_format_of(code);
        g_hash_table_insert(styles->custom, GINT_TO_POINTER((gint)number_of(attributes, n)),
                            format);
    }
}

static void add_style(const Styles *styles, const SpXmlAttribute attributes[], gsize n)
{
    gint64 id = number_of(attributes, n);
    const SpSheetFormat *found = g_hash_table_lookup(styles->custom, GINT_TO_POINTER((gint)id));
    SpSheetFormat format = found != NULL ? *found : builtin(id);
    g_array_append_val(styles->formats, format);
}

static gboolean on_start(SpXmlHandler *handler, const char *name, const SpXmlAttribute attributes[],
                         gsize n, GError **error)
{
    Styles *styles = (Styles *)handler;
    (void)error;
    if (strcmp(name, "numFmt") == 0) {
        add_custom(styles, attributes, n);
    } else if (strcmp(name, "cellXfs") == 0) {
        styles->is_in_cells = TRUE;
    } else if (styles->is_in_cells && strcmp(name, "xf") == 0) {
        add_style(styles, attributes, n);
    }
    return TRUE;
}

static gboolean on_end(SpXmlHandler *handler, const char *name, GError **error)
{
    Styles *styles = (Styles *)handler;
    (void)error;
    styles->is_in_cells = styles->is_in_cells && strcmp(name, "cellXfs") != 0;
    return TRUE;
}

gboolean sp_xlsx_read_styles(SpXlsxBook *book, const char *path, GError **error)
{
    g_autoptr(GHashTable) custom = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    Styles styles = {.part = {.handler = {.start = on_start, .end = on_end}},
                     .formats = book->formats,
                     .custom = custom};
    return path == NULL || !sp_xlsx_archive_has(&book->archive, path) ||
           sp_xlsx_part_read(&styles.part, &book->archive, path, error);
}
