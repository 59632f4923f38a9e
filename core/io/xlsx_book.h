/** What the sheets of an .xlsx share: texts, formats, the calendar. For xlsx*.c alone. */
#ifndef SP_CORE_IO_XLSX_BOOK_H
#define SP_CORE_IO_XLSX_BOOK_H

#include "core/io/sheets_reader.h"
#include "core/io/xlsx_part.h"

typedef struct {
    SpXlsxArchive archive;
    GStringChunk *texts;
    GPtrArray *strings; /* char*, in texts, by number */
    GArray *formats;    /* SpSheetFormat, by the style number of a cell */
    gboolean is_1904;
    guint64 n_text; /* bytes of all rows so far, of all sheets */
} SpXlsxBook;

/** A part that is not there leaves the list empty. */
gboolean sp_xlsx_read_strings(SpXlsxBook *book, const char *path, GError **error);
gboolean sp_xlsx_read_styles(SpXlsxBook *book, const char *path, GError **error);
/** Hands the rows of one sheet to the visitor. */
gboolean sp_xlsx_read_rows(SpXlsxBook *book, const char *path, SpSheetVisitor *visitor,
                           GError **error);

/** The text of a string item with its escapes ("_x000D_") as what they stand for, appended. */
void sp_xlsx_append_text(GString *text, const char *escaped);

#endif
