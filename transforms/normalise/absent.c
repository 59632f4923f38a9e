/* Rows for what is not counted anywhere. */
#include "transforms/normalise/absent.h"

#include "core/error.h"
#include "core/table_rows.h"

#include <string.h>

/* Ids of the professions that do not exist nationally, in the order of the file. */
static GPtrArray *read_absent(const SpTable *professions, GError **error)
{
    gsize id = 0;
    gsize exists = 0;
    if (!sp_table_need(professions, "profesjon", SP_COLUMN_CODE, &id, error) ||
        !sp_table_need(professions, "finnes_nasjonalt", SP_COLUMN_CODE, &exists, error)) {
        g_prefix_error(error, "config/profesjoner.csv: ");
        return NULL;
    }
    g_autoptr(GPtrArray) absent = g_ptr_array_new();
    for (gsize row = 0; row < sp_table_n_rows(professions); row++) {
        const char *answer = sp_table_code(professions, row, exists);
        if (strcmp(answer, "nei") == 0) {
            g_ptr_array_add(absent, (gpointer)sp_table_code(professions, row, id));
        } else if (strcmp(answer, "ja") != 0) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "config/profesjoner.csv: row %" G_GSIZE_FORMAT
                         ": finnes_nasjonalt \"%s\": want ja or nei",
                         row + 2, answer);
            return NULL;
        }
    }
    return g_steal_pointer(&absent);
}

/* By its classification, or by table and name where another column of the same list is about those
 * that do exist alone. */
static gboolean is_listed(const SpTable *facts, const SpColumn *is, const char *const *lists)
{
    g_autofree char *name = g_strdup_printf("%s.%s", sp_table_name(facts), is->name);
    return g_strv_contains(lists, name) ||
           (is->classification != NULL && g_strv_contains(lists, is->classification));
}

/* The key column of professions; SP_NO_COLUMN: none. */
static gsize find_column(const SpTable *facts, const char *const *lists)
{
    for (gsize column = 0; column < sp_table_n_columns(facts); column++) {
        const SpColumn *is = sp_table_column(facts, column);
        if (is->kind == SP_COLUMN_CODE && is->is_key && is_listed(facts, is, lists)) {
            return column;
        }
    }
    return SP_NO_COLUMN;
}

/* The code that stands for all of a key; NULL if it has none. */
static const char *code_for_all(const SpLayout *layout, const char *name)
{
    const SpLayoutColumn *column = layout == NULL ? NULL : sp_layout_find(layout, name);
    for (guint i = 0; column != NULL && column->levels != NULL && i < column->levels->len; i++) {
        const SpLayoutLevel *level = column->levels->pdata[i];
        if (level->kind == SP_LEVEL_ALL) {
            return level->code;
        }
    }
    return NULL;
}

/* A row whose other keys stand for all, where there is a code for that. */
static gboolean is_whole(const SpTable *facts, gsize row, gsize profession, const char *const all[])
{
    for (gsize column = 0; column < sp_table_n_columns(facts); column++) {
        if (column != profession && all[column] != NULL &&
            strcmp(sp_table_code(facts, row, column), all[column]) != 0) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The codes of all keys but the profession, parted by a byte that no code holds. */
static char *key_of(const SpTable *facts, gsize row, gsize profession)
{
    g_autoptr(GString) key = g_string_new(NULL);
    for (gsize column = 0; column < sp_table_n_columns(facts); column++) {
        const SpColumn *is = sp_table_column(facts, column);
        if (is->kind == SP_COLUMN_CODE && is->is_key && column != profession) {
            g_string_append(key, sp_table_code(facts, row, column));
            g_string_append_c(key, '\x1f');
        }
    }
    return g_string_free(g_steal_pointer(&key), FALSE);
}

static void add_row(SpTable *facts, gsize like, gsize profession, const char *code)
{
    gsize row = sp_table_add_row(facts);
    for (gsize column = 0; column < sp_table_n_columns(facts); column++) {
        const SpColumn *is = sp_table_column(facts, column);
        if (is->kind == SP_COLUMN_MEASURE) {
            sp_table_set_real(facts, row, column, sp_real_none(SP_NOT_APPLICABLE));
        } else if (column == profession) {
            sp_table_set_code(facts, row, column, code);
        } else if (is->is_key) {
            g_autofree char *own = g_strdup(sp_table_code(facts, like, column));
            sp_table_set_code(facts, row, column, own);
        }
    }
}

static gboolean has_code(const SpTable *facts, gsize column, const char *code)
{
    guint32 number = 0;
    g_autofree gboolean *is_used = sp_table_used_codes(facts, column);
    return sp_codes_find(sp_table_codes(facts, column), code, &number) && is_used[number];
}

gboolean sp_add_absent(const SpTable *professions, const SpLayout *layout, const char *const *lists,
                       SpTable *facts, gsize *n_added, GError **error)
{
    gsize profession = find_column(facts, lists);
    g_autoptr(GPtrArray) absent = read_absent(professions, error);
    gsize n_rows = sp_table_n_rows(facts);
    *n_added = 0;
    if (absent == NULL || profession == SP_NO_COLUMN) {
        return absent != NULL;
    }
    g_autofree const char **all = g_new0(const char *, sp_table_n_columns(facts));
    for (gsize column = 0; column < sp_table_n_columns(facts); column++) {
        all[column] = code_for_all(layout, sp_table_column(facts, column)->name);
    }
    for (guint i = absent->len; i > 0; i--) {
        if (has_code(facts, profession, absent->pdata[i - 1])) {
            g_ptr_array_remove_index(absent, i - 1);
        }
    }
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < n_rows; row++) {
        if (!is_whole(facts, row, profession, all) ||
            !g_hash_table_add(seen, key_of(facts, row, profession))) {
            continue;
        }
        for (guint i = 0; i < absent->len; i++) {
            add_row(facts, row, profession, absent->pdata[i]);
            (*n_added)++;
        }
    }
    sp_table_sort(facts);
    return TRUE;
}
