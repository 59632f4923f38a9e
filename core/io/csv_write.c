/* Fields of CSV as they are written. */
#include "core/io/csv.h"

#include <string.h>

static gboolean needs_quotes(const char *text, char delimiter)
{
    gsize size = strlen(text);
    if (size == 0) {
        return FALSE;
    }
    char first = text[0];
    char last = text[size - 1];
    return first == ' ' || first == '\t' || last == ' ' || last == '\t' ||
           strpbrk(text, "\"\r\n") != NULL || strchr(text, delimiter) != NULL;
}

char *sp_csv_quote(const char *text, char delimiter)
{
    if (!needs_quotes(text, delimiter)) {
        return g_strdup(text);
    }
    GString *quoted = g_string_new("\"");
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"') {
            g_string_append_c(quoted, '"');
        }
        g_string_append_c(quoted, *c);
    }
    g_string_append_c(quoted, '"');
    return g_string_free(quoted, FALSE);
}

void sp_csv_put(SpWriter *writer, const char *text, char delimiter)
{
    if (!needs_quotes(text, delimiter)) {
        sp_writer_put_text(writer, text);
        return;
    }
    g_autofree char *quoted = sp_csv_quote(text, delimiter);
    sp_writer_put_text(writer, quoted);
}
