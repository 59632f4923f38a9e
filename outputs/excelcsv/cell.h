/** Texts that Norwegian Excel shows as they stand when it opens a CSV. */
#ifndef SP_OUTPUTS_EXCELCSV_CELL_H
#define SP_OUTPUTS_EXCELCSV_CELL_H

#include <glib.h>

/**
 * A text as a field of a CSV with ';' between fields, quoted where it must be. Excel works out what
 * a field is, quoted or not, so:
 *
 *   - one that would be a formula (= + - @ or a tab or line end first, blanks before it or not, and
 *     not "-" alone) has an apostrophe before it, and is text;
 *   - one of digits and marks alone that Excel would change ("0301", "1.2", "2010/11", more than
 *     15 digits) has the word `before` and a blank before it ("nr. 0301"). Whole numbers, days
 *     and bands of ages ("2024", "1.1.2024", "2024-01-01", "067-079") stay what they are;
 *   - what no text can hold (control characters, bytes that are not UTF-8) is U+FFFD.
 *
 * g_free.
 */
char *sp_excel_cell(const char *text, const char *before);

#endif
