/** Plain text in lines of at most 80 characters. */
#ifndef SP_OUTPUTS_LESMEG_WRAP_H
#define SP_OUTPUTS_LESMEG_WRAP_H

#include <glib.h>

enum { SP_WRAP_WIDTH = 80 };

/**
 * Appends a text as lines that end in LF, `first` before the first and `rest` before the others.
 * White space of any kind is one blank between words; a word longer than a line is broken. What no
 * text can hold (control characters, bytes that are not UTF-8) is U+FFFD. A text of no words is no
 * line.
 */
void sp_wrap_append(GString *out, const char *first, const char *rest, const char *text);

#endif
