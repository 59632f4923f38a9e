/* Whole notes on the sheet of definitions. */
#include "outputs/xlsx/sheet_notes.h"

enum { ROWS_EACH = 2 /* its title and itself */ };

struct SpSheetNotes {
    const char *contents;
    const char *definitions;
    GPtrArray *texts; /* char*: title, note, title, note … */
};

SpSheetNotes *sp_sheet_notes_new(const char *contents, const char *definitions)
{
    SpSheetNotes *notes = g_new0(SpSheetNotes, 1);
    notes->contents = contents;
    notes->definitions = definitions;
    notes->texts = g_ptr_array_new_with_free_func(g_free);
    return notes;
}

void sp_sheet_notes_free(SpSheetNotes *notes)
{
    if (notes != NULL) {
        g_ptr_array_unref(notes->texts);
        g_free(notes);
    }
}

const char *sp_sheet_notes_contents(const SpSheetNotes *notes)
{
    return notes->contents;
}

char *sp_sheet_notes_add(SpSheetNotes *notes, const char *title, const char *note)
{
    const char *rest = "";
    if (note != NULL) {
        g_free(sp_words_lead(note, &rest));
    }
    if (rest[0] == '\0') {
        return NULL;
    }
    const gsize row = SP_SHEET_NOTES_ROW + (gsize)notes->texts->len / 2 * ROWS_EACH;
    g_ptr_array_add(notes->texts, g_strdup(title));
    g_ptr_array_add(notes->texts, g_strdup(note));
    return sp_book_target(notes->definitions, row);
}

gsize sp_sheet_notes_put(const SpSheetNotes *notes, SpBook *book, lxw_worksheet *sheet,
                         const double widths[], gsize n)
{
    gsize row = SP_SHEET_NOTES_ROW;
    for (guint i = 0; i < notes->texts->len; i += 2, row += ROWS_EACH) {
        sp_book_put_text(book, sheet, row, 0, notes->texts->pdata[i], SP_LOOK_HEADING);
        sp_book_put_wide(book, sheet, row + 1, widths, n, notes->texts->pdata[i + 1]);
    }
    return notes->texts->len > 0 ? row + 1 : row;
}
