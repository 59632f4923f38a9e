/* Quoting. */
#include "outputs/postgres/sql.h"

#include <string.h>

static void add_quoted(GString *sql, const char *text, char quote)
{
    g_string_append_c(sql, quote);
    for (; *text != '\0'; text++) {
        if (*text == quote) {
            g_string_append_c(sql, quote);
        }
        g_string_append_c(sql, *text);
    }
    g_string_append_c(sql, quote);
}

void sp_sql_add_name(GString *sql, const char *name)
{
    add_quoted(sql, name, '"');
}

void sp_sql_add_text(GString *sql, const char *text)
{
    if (text == NULL) {
        g_string_append(sql, "NULL");
    } else {
        add_quoted(sql, text, '\'');
    }
}

/* The letter that stands for a byte after a backslash; '\0' for one that stands for itself. */
static char letter_of(char byte)
{
    switch (byte) {
    case '\\':
        return '\\';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    default:
        return '\0';
    }
}

void sp_sql_add_field(GString *row, SpField field)
{
    if (field.text == NULL) {
        g_string_append(row, "\\N");
        return;
    }
    gsize start = 0;
    for (gsize i = 0; i < field.size; i++) {
        const char letter = letter_of(field.text[i]);
        if (letter != '\0') {
            g_string_append_len(row, field.text + start, (gssize)(i - start));
            g_string_append_c(row, '\\');
            g_string_append_c(row, letter);
            start = i + 1;
        }
    }
    g_string_append_len(row, field.text + start, (gssize)(field.size - start));
}
