/** Texts as cells hold them, and the room they take. */
#ifndef SP_OUTPUTS_XLSX_CELL_TEXT_H
#define SP_OUTPUTS_XLSX_CELL_TEXT_H

#include <glib.h>

/** A text as a cell holds it: without characters that XML cannot have, cut at Excel's 32 767
 * characters, and with what only looks like one of Excel's escapes escaped. g_free. */
char *sp_cell_text(const char *text);

/** Lines that a text takes in a column of a width in characters, at least 1. */
guint sp_cell_lines(const char *text, double width);

/** Characters of the longest word of a text. */
double sp_cell_longest_word(const char *text);

#endif
