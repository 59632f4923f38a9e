/* Code lists by data year. */
#include "extractors/listed.h"

#include "core/codes.h"
#include "core/error.h"
#include "core/number.h"

#include <string.h>

struct SpListed {
    const SpTable *table;
    SpCodes *codes; /* of the year: their numbers are the rows' */
    GArray *rows;   /* gsize, in `table` */
};

static gboolean read_year(const SpTable *table, gsize row, const char *column, gint64 *year,
                          GError **error)
{
    gsize at = sp_table_find(table, column);
    const char *text = at == SP_NO_COLUMN ? "" : sp_table_code(table, row, at);
    return text[0] == '\0' || sp_number_parse_int(text, strlen(text), year) ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "config/codes/%s.csv: \"%s\" in column %s: want a year or nothing",
                        sp_table_name(table), text, column);
}

static gboolean add_row(SpListed *listed, gsize row, int year, GError **error)
{
    gint64 first = 0;
    gint64 last = G_MAXINT64;
    const SpTable *table = listed->table;
    if (!read_year(table, row, "fra", &first, error) ||
        !read_year(table, row, "til", &last, error)) {
        return FALSE;
    }
    if (year < first || year > last) {
        return TRUE;
    }
    const char *code = sp_table_code(table, row, sp_table_find(table, "from"));
    if (sp_codes_add(listed->codes, code) != listed->rows->len) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "config/codes/%s.csv: \"%s\" stands twice in column from in %d; remove "
                            "one row or part their years (fra, til)",
                            sp_table_name(table), code, year);
    }
    g_array_append_val(listed->rows, row);
    return TRUE;
}

const SpTable *sp_listed_table(const SpTables *lists, const char *name, const char *const *columns,
                               GError **error)
{
    static const char *const always[] = {"from", "to", NULL};
    const SpTable *table = lists != NULL ? sp_tables_find(lists, name) : NULL;
    const char *const *const needed[] = {always, columns};
    if (table == NULL) {
        sp_error_set(error, SP_ERROR_CONFIG, "no code list \"%s\"; add config/codes/%s.csv", name,
                     name);
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        for (const char *const *column = needed[i]; column != NULL && *column != NULL; column++) {
            if (sp_table_find(table, *column) == SP_NO_COLUMN) {
                sp_error_set(error, SP_ERROR_CONFIG,
                             "config/codes/%s.csv has no column \"%s\"; add it", name, *column);
                return NULL;
            }
        }
    }
    return table;
}

SpListed *sp_listed_new(const SpTables *lists, const char *name, const char *const *columns,
                        int year, GError **error)
{
    const SpTable *table = sp_listed_table(lists, name, columns, error);
    if (table == NULL) {
        return NULL;
    }
    g_autoptr(SpListed) listed = g_new0(SpListed, 1);
    listed->table = table;
    listed->codes = sp_codes_new();
    listed->rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!add_row(listed, row, year, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&listed);
}

void sp_listed_free(SpListed *listed)
{
    if (listed != NULL) {
        sp_codes_unref(listed->codes);
        g_array_unref(listed->rows);
        g_free(listed);
    }
}

gsize sp_listed_size(const SpListed *listed)
{
    return listed->rows->len;
}

gboolean sp_listed_find(const SpListed *listed, const char *code, gsize size, gsize *i)
{
    guint32 number = 0;
    if (!sp_codes_find_sized(listed->codes, code, size, &number)) {
        return FALSE;
    }
    *i = number;
    return TRUE;
}

const char *sp_listed_text(const SpListed *listed, gsize i, const char *column)
{
    return sp_table_code(listed->table, g_array_index(listed->rows, gsize, i),
                         sp_table_find(listed->table, column));
}
