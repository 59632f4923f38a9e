/* Headers by the names that a layout asks for: what stands above them in a sheet is title and
 * guidance, of any length. */
#include "core/io/sheets_header.h"

#include "core/error.h"

#include <string.h>

/* A cell as a name: line breaks and runs of blanks are one blank, none at the ends. g_free. */
static char *name_of(const SpField *cell)
{
    GString *name = g_string_new(NULL);
    g_autofree char *text = g_strndup(cell->text, cell->size);
    gboolean is_blank = FALSE;
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar character = g_utf8_get_char(c);
        if (g_unichar_isspace(character) || character == 0xA0) {
            is_blank = name->len > 0;
            continue;
        }
        if (is_blank) {
            g_string_append_c(name, ' ');
            is_blank = FALSE;
        }
        g_string_append_unichar(name, character);
    }
    return g_string_free(name, FALSE);
}

gboolean sp_sheets_is_empty(const SpField cells[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        for (gsize k = 0; k < cells[i].size; k++) {
            if (!g_ascii_isspace(cells[i].text[k])) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static gboolean holds(const GPtrArray *names, const char *name)
{
    for (guint i = 0; i < names->len; i++) {
        if (strcmp(names->pdata[i], name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Columns of the form that are not among the names; the first of them is told. */
static gsize count_lacking(const SpSheetsForm *form, const GPtrArray *names, const char **first)
{
    gsize n = 0;
    for (gsize i = 0; i < form->n_columns; i++) {
        /* The column that holds the name of the sheet is made here. */
        gboolean is_made = form->as != NULL && strcmp(form->columns[i], form->as) == 0;
        if (!is_made && !holds(names, form->columns[i])) {
            *first = n == 0 ? form->columns[i] : *first;
            n++;
        }
    }
    return n;
}

static gboolean check_twice(const SpSheetsForm *form, guint64 row, const GPtrArray *names,
                            GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < names->len; i++) {
        gboolean is_made = form->as != NULL && strcmp(names->pdata[i], form->as) == 0;
        if (!g_hash_table_add(seen, names->pdata[i]) || is_made) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: row %" G_GUINT64_FORMAT
                                ": two columns of the header are named \"%s\"; name each once",
                                form->origin, row,
                                form->is_private ? "" : (const char *)names->pdata[i]);
        }
    }
    return TRUE;
}

void sp_sheets_header_init(SpSheetsHeader *header)
{
    *header = (SpSheetsHeader){.names = g_ptr_array_new_with_free_func(g_free),
                               .places = g_array_new(FALSE, FALSE, sizeof(gsize))};
}

void sp_sheets_header_clear(SpSheetsHeader *header)
{
    g_clear_pointer(&header->names, g_ptr_array_unref);
    g_clear_pointer(&header->places, g_array_unref);
    g_clear_pointer(&header->lacking, g_free);
}

gboolean sp_sheets_find_header(const SpSheetsForm *form, guint64 row, const SpField cells[],
                               gsize n, SpSheetsHeader *header, GError **error)
{
    const char *lacking = NULL;
    for (gsize i = 0; i < n; i++) {
        g_autofree char *name = name_of(&cells[i]);
        if (name[0] != '\0') {
            g_ptr_array_add(header->names, g_steal_pointer(&name));
            g_array_append_val(header->places, i);
        }
    }
    gsize n_lacking = count_lacking(form, header->names, &lacking);
    gsize n_held = form->n_columns - n_lacking;
    if (n_lacking == 0 && header->names->len > 0) {
        return check_twice(form, row, header->names, error);
    }
    g_ptr_array_set_size(header->names, 0);
    g_array_set_size(header->places, 0);
    if (n_held > header->n_held) {
        g_free(header->lacking);
        header->lacking = g_strdup(lacking);
        header->nearest = row;
        header->n_held = n_held;
    }
    return TRUE;
}
