/* Code lists, by the source's code. */
#include "transforms/normalise/code_list.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

/* What a code becomes in some years; it may become another in others. */
typedef struct Entry {
    const char *to; /* borrowed */
    gint64 first;   /* year */
    gint64 last;
    struct Entry *next;
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

static void entry_free(gpointer data)
{
    for (Entry *entry = data; entry != NULL;) {
        Entry *next = entry->next;
        g_free(entry);
        entry = next;
    }
}

static gboolean add_row(SpCodeList *list, const SpTable *table, gsize row, const char *name,
                        gsize from, gsize to, GError **error)
{
    const char *code = sp_table_code(table, row, from);
    g_autofree Entry *entry = g_new0(Entry, 1);
    *entry = (Entry){.to = sp_table_code(table, row, to), .last = G_MAXINT64};
    if (!read_year(table, row, sp_table_find(table, "fra"), name, &entry->first, error) ||
        !read_year(table, row, sp_table_find(table, "til"), name, &entry->last, error)) {
        return FALSE;
    }
    Entry *last = g_hash_table_lookup(list->entries, code);
    for (Entry *other = last; other != NULL; other = other->next) {
        if (entry->first <= other->last && other->first <= entry->last) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/codes/%s.csv: \"%s\" stands twice in column from for the "
                                "same years; remove one row, or set fra and til",
                                name, code);
        }
        last = other;
    }
    if (last != NULL) {
        last->next = g_steal_pointer(&entry);
    } else {
        g_hash_table_insert(list->entries, (gpointer)code, g_steal_pointer(&entry));
    }
    return TRUE;
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
    list->entries = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entry_free);
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
    for (const Entry *entry = g_hash_table_lookup(list->entries, code); entry != NULL;
         entry = entry->next) {
        if (year == 0 || (entry->first <= year && year <= entry->last)) {
            return entry->to;
        }
    }
    return NULL;
}

gboolean sp_code_list_gives(const SpCodeList *list, const char *to)
{
    GHashTableIter iter;
    gpointer first;
    g_hash_table_iter_init(&iter, list->entries);
    while (g_hash_table_iter_next(&iter, NULL, &first)) {
        for (const Entry *entry = first; entry != NULL; entry = entry->next) {
            if (strcmp(entry->to, to) == 0) {
                return TRUE;
            }
        }
    }
    return FALSE;
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
