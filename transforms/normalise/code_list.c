/* Code lists, by the source's code. */
#include "transforms/normalise/code_list.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

typedef struct {
    const char *to; /* borrowed */
    gint64 first;   /* year */
    gint64 last;
} Entry;

struct SpCodeList {
    GHashTable *entries; /* const char* -> Entry* */
    gboolean has_years;
};

/* The year in a column that may be absent or empty. */
static gboolean read_year(const SpTable *table, gsize row, gsize column, const char *name,
                          gint64 *year, GError **error)
{
    const char *text = column == SP_NO_COLUMN ? "" : sp_table_code(table, row, column);
    return text[0] == '\0' || sp_number_parse_int(text, strlen(text), year) ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "config/codes/%s.csv: \"%s\" in column %s: want a year or nothing", name,
                        text, sp_table_column(table, column)->name);
}

static gboolean add_row(SpCodeList *list, const SpTable *table, gsize row, const char *name,
                        gsize from, gsize to, GError **error)
{
    Entry *entry = g_new0(Entry, 1);
    *entry = (Entry){.to = sp_table_code(table, row, to), .last = G_MAXINT64};
    if (!g_hash_table_insert(list->entries, (gpointer)sp_table_code(table, row, from), entry)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "config/codes/%s.csv: \"%s\" stands twice in column from; remove one "
                            "row",
                            name, sp_table_code(table, row, from));
    }
    return read_year(table, row, sp_table_find(table, "fra"), name, &entry->first, error) &&
           read_year(table, row, sp_table_find(table, "til"), name, &entry->last, error);
}

SpCodeList *sp_code_list_new(const SpTables *maps, const char *name, GError **error)
{
    const SpTable *table = maps != NULL ? sp_tables_find(maps, name) : NULL;
    gsize from;
    gsize to;
    if (table == NULL) {
        sp_error_set(error, SP_ERROR_CONFIG, "no code list \"%s\"; add config/codes/%s.csv", name,
                     name);
        return NULL;
    }
    if (!sp_table_need(table, "from", SP_COLUMN_CODE, &from, error) ||
        !sp_table_need(table, "to", SP_COLUMN_CODE, &to, error)) {
        g_prefix_error(error, "config/codes/%s.csv: ", name);
        return NULL;
    }
    g_autoptr(SpCodeList) list = g_new0(SpCodeList, 1);
    list->has_years =
        sp_table_find(table, "fra") != SP_NO_COLUMN || sp_table_find(table, "til") != SP_NO_COLUMN;
    list->entries = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!add_row(list, table, row, name, from, to, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&list);
}

void sp_code_list_free(SpCodeList *list)
{
    if (list != NULL) {
        g_hash_table_unref(list->entries);
        g_free(list);
    }
}

const char *sp_code_list_find(const SpCodeList *list, const char *code, int year)
{
    const Entry *entry = g_hash_table_lookup(list->entries, code);
    gboolean holds = entry != NULL && (year == 0 || (entry->first <= year && year <= entry->last));
    return holds ? entry->to : NULL;
}

gboolean sp_code_list_knows(const SpCodeList *list, const char *code)
{
    return g_hash_table_contains(list->entries, code);
}

gboolean sp_code_list_has_years(const SpCodeList *list)
{
    return list->has_years;
}

GList *sp_code_list_codes(const SpCodeList *list)
{
    return g_hash_table_get_keys(list->entries);
}
