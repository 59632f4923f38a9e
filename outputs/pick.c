/* Rows picked by codes. */
#include "outputs/pick.h"

#include "core/error.h"

#include <string.h>

void sp_pick_init(SpPick *pick, const SpTable *table)
{
    *pick = (SpPick){.table = table};
    pick->columns = g_array_new(FALSE, FALSE, sizeof(gsize));
    pick->codes = g_ptr_array_new_with_free_func(g_free);
}

void sp_pick_clear(SpPick *pick)
{
    g_array_unref(pick->columns);
    g_ptr_array_unref(pick->codes);
}

gboolean sp_pick_add(SpPick *pick, const char *text, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, "=", 2);
    gsize column = 0;
    if (parts[0] == NULL || parts[1] == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG, "\"%s\" is not COLUMN=CODE", text);
    }
    if (!sp_table_need(pick->table, parts[0], SP_COLUMN_CODE, &column, error)) {
        return FALSE;
    }
    g_array_append_val(pick->columns, column);
    g_ptr_array_add(pick->codes, g_strdup(parts[1]));
    return TRUE;
}

static gboolean is_named(const SpPick *pick, gsize column, const gsize others[], gsize n)
{
    for (guint i = 0; i < pick->columns->len; i++) {
        if (g_array_index(pick->columns, gsize, i) == column) {
            return TRUE;
        }
    }
    for (gsize i = 0; i < n; i++) {
        if (others[i] == column) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_pick_check_keys(const SpPick *pick, const gsize others[], gsize n, GError **error)
{
    for (gsize i = 0; i < sp_table_n_columns(pick->table); i++) {
        const SpColumn *column = sp_table_column(pick->table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key && !is_named(pick, i, others, n)) {
            return sp_error_set(error, SP_ERROR_CONFIG, "no code for the key \"%s\"", column->name);
        }
    }
    return TRUE;
}

gboolean sp_pick_has(const SpPick *pick, gsize row)
{
    for (guint i = 0; i < pick->columns->len; i++) {
        gsize column = g_array_index(pick->columns, gsize, i);
        if (strcmp(sp_table_code(pick->table, row, column), g_ptr_array_index(pick->codes, i)) !=
            0) {
            return FALSE;
        }
    }
    return TRUE;
}

char *sp_pick_words(const SpPick *pick, const SpWords *words)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < pick->columns->len; i++) {
        gsize column = g_array_index(pick->columns, gsize, i);
        g_autofree char *code = sp_words_code(words, sp_table_column(pick->table, column),
                                              g_ptr_array_index(pick->codes, i));
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", code);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}
