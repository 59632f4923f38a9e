/* Plain text in lines. */
#include "outputs/lesmeg/wrap.h"

#include "outputs/words.h"

typedef struct {
    GString *out;
    const char *rest;
    glong used; /* characters of the present line */
    gboolean has_word;
} Line;

static void break_line(Line *line)
{
    g_string_append_c(line->out, '\n');
    g_string_append(line->out, line->rest);
    line->used = g_utf8_strlen(line->rest, -1);
    line->has_word = FALSE;
}

static void add_word(Line *line, const char *word)
{
    glong length = g_utf8_strlen(word, -1);
    if (line->has_word && line->used + 1 + length > SP_WRAP_WIDTH) {
        break_line(line);
    }
    if (line->has_word) {
        g_string_append_c(line->out, ' ');
        line->used++;
    }
    while (line->used + length > SP_WRAP_WIDTH) {
        const char *end = g_utf8_offset_to_pointer(word, SP_WRAP_WIDTH - line->used);
        g_string_append_len(line->out, word, end - word);
        length -= SP_WRAP_WIDTH - line->used;
        word = end;
        break_line(line);
    }
    g_string_append(line->out, word);
    line->used += length;
    line->has_word = TRUE;
}

void sp_wrap_append(GString *out, const char *first, const char *rest, const char *text)
{
    g_autofree char *clean = sp_words_clean(text);
    g_auto(GStrv) words = g_strsplit_set(clean, " \t\r\n", -1);
    Line line = {.out = out, .rest = rest, .used = g_utf8_strlen(first, -1)};
    gboolean is_empty = TRUE;
    for (char **word = words; *word != NULL; word++) {
        if (**word != '\0') {
            g_string_append(out, is_empty ? first : "");
            is_empty = FALSE;
            add_word(&line, *word);
        }
    }
    g_string_append(out, is_empty ? "" : "\n");
}
