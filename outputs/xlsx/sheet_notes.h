/** Notes that are too long to stand above their sheets: there stand the first sentences, with a
 * link to the whole note on the sheet of definitions. */
#ifndef SP_OUTPUTS_XLSX_SHEET_NOTES_H
#define SP_OUTPUTS_XLSX_SHEET_NOTES_H

#include "outputs/xlsx/book.h"

typedef struct SpSheetNotes SpSheetNotes;

/** `contents` and `definitions` are the names of those sheets; borrowed for the life of the
 * notes. */
SpSheetNotes *sp_sheet_notes_new(const char *contents, const char *definitions);
void sp_sheet_notes_free(SpSheetNotes *notes);

/** The sheet of contents. Borrowed. */
const char *sp_sheet_notes_contents(const SpSheetNotes *notes);
/** Keeps the whole note of a title where it is long; returns the target of a link to it, NULL where
 * it is not. g_free. */
char *sp_sheet_notes_add(SpSheetNotes *notes, const char *title, const char *note);

/** The row of the sheet of definitions that the first note is put in. */
enum { SP_SHEET_NOTES_ROW = 2 };
/** Puts those that were kept, from SP_SHEET_NOTES_ROW down over the first columns [n]; returns the
 * next free row. */
gsize sp_sheet_notes_put(const SpSheetNotes *notes, SpBook *book, lxw_worksheet *sheet,
                         const double widths[], gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSheetNotes, sp_sheet_notes_free)

#endif
