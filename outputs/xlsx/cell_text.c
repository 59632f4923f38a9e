/* Texts of cells. */
#include "outputs/xlsx/cell_text.h"

#include "outputs/words.h"

#include <string.h>

enum { MAX_CELL_CHARACTERS = 32767 };

static gboolean is_escape(const char *text)
{
    enum { HEX_FIRST = 2, HEX_END = 6 };
    gboolean is_one = text[0] == '_' && text[1] == 'x';
    for (gsize i = HEX_FIRST; is_one && i < HEX_END; i++) {
        is_one = g_ascii_isxdigit(text[i]);
    }
    return is_one && text[HEX_END] == '_';
}

/* In a cell "_x0041_" means the character 41: the underscore of a text that only looks so is
 * written as an escape itself, which libxlsxwriter leaves to us. */
char *sp_cell_text(const char *text)
{
    g_autofree char *clean = sp_words_clean(text);
    if (strlen(clean) <= MAX_CELL_CHARACTERS && strstr(clean, "_x") == NULL) {
        return g_steal_pointer(&clean);
    }
    if (g_utf8_strlen(clean, -1) > MAX_CELL_CHARACTERS) {
        *g_utf8_offset_to_pointer(clean, MAX_CELL_CHARACTERS) = '\0';
    }
    g_autoptr(GString) form = g_string_new(NULL);
    for (const char *c = clean; *c != '\0'; c++) {
        g_string_append(form, is_escape(c) ? "_x005F" : "");
        g_string_append_c(form, *c);
    }
    return g_string_free(g_steal_pointer(&form), FALSE);
}

/* Lines of one paragraph: words go onto a new line, longer ones than a line are broken. */
static guint lines_of(const char *paragraph, double width)
{
    g_auto(GStrv) words = g_strsplit(paragraph, " ", -1);
    guint n = 1;
    double used = 0.0;
    for (char **word = words; *word != NULL; word++) {
        double length = (double)g_utf8_strlen(*word, -1);
        gboolean is_fitting = used == 0.0 || used + 1.0 + length <= width;
        n += is_fitting ? 0 : 1;
        used = used > 0.0 && is_fitting ? used + 1.0 + length : length;
        while (used > width) {
            used -= width;
            n++;
        }
    }
    return n;
}

guint sp_cell_lines(const char *text, double width)
{
    g_auto(GStrv) paragraphs = g_strsplit(text, "\n", -1);
    guint n = 0;
    for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++) {
        n += lines_of(*paragraph, width);
    }
    return MAX(n, 1);
}

double sp_cell_longest_word(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    glong longest = 0;
    for (char **word = words; *word != NULL; word++) {
        longest = MAX(longest, g_utf8_strlen(*word, -1));
    }
    return (double)longest;
}
