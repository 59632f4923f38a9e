/* Code lists: rows, found by the source's code and the data year. */
#include "core/code_list.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

#define NO_ROW G_MAXSIZE

/* A row of the list. */
typedef struct {
    gsize at;     /* in the table */
    gint64 first; /* year */
    gint64 last;
    gsize next; /* row with the same code; NO_ROW: the last */
} Row;

struct SpCodeList {
    const SpTable *table;
    gsize from; /* columns of it */
    gsize to;
    gsize since; /* SP_NO_COLUMN: none */
    gsize until;
    GArray *rows;   /* Row */
    SpCodes *codes; /* of column from */
    GArray *firsts; /* gsize: first row of each code */
};

const SpTable *sp_code_list_table(const SpTables *lists, const char *name,
                                  const char *const *columns, GError **error)
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
            gsize at = sp_table_find(table, *column);
            if (at == SP_NO_COLUMN || sp_table_column(table, at)->kind != SP_COLUMN_CODE) {
                sp_error_set(error, SP_ERROR_CONFIG,
                             "config/codes/%s.csv has no code column \"%s\"; add it", name,
                             *column);
                return NULL;
            }
        }
    }
    return table;
}

/* The year in a column that may be absent or empty. */
static gboolean read_year(const SpTable *table, gsize at, gsize column, gint64 *year,
                          GError **error)
{
    const char *text = column == SP_NO_COLUMN ? "" : sp_table_code(table, at, column);
    return text[0] == '\0' || sp_number_parse_int(text, strlen(text), year) ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "config/codes/%s.csv: \"%s\" in column %s: want a year or nothing",
                        sp_table_name(table), text, sp_table_column(table, column)->name);
}

static Row *row_at(const SpCodeList *list, gsize row)
{
    return &g_array_index(list->rows, Row, row);
}

/* The first row of a code; NO_ROW when the list does not have it. */
static gsize first_row(const SpCodeList *list, const char *code, gsize size)
{
    guint32 number = 0;
    return sp_codes_find_sized(list->codes, code, size, &number)
               ? g_array_index(list->firsts, gsize, number)
               : NO_ROW;
}

static gboolean holds(const Row *row, int year)
{
    return year == 0 || (row->first <= year && year <= row->last);
}

/* Adds a row of the table, unless it does not hold in `year`. */
static gboolean add_row(SpCodeList *list, gsize at, int year, GError **error)
{
    Row row = {.at = at, .last = G_MAXINT64, .next = NO_ROW};
    const gsize number = list->rows->len;
    const char *code = sp_table_code(list->table, at, list->from);
    if (!read_year(list->table, at, list->since, &row.first, error) ||
        !read_year(list->table, at, list->until, &row.last, error)) {
        return FALSE;
    }
    if (!holds(&row, year)) {
        return TRUE;
    }
    gsize before = NO_ROW;
    for (gsize i = first_row(list, code, strlen(code)); i != NO_ROW; i = row_at(list, i)->next) {
        if (row.first <= row_at(list, i)->last && row_at(list, i)->first <= row.last) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/codes/%s.csv: \"%s\" stands twice in column from for the "
                                "same years; remove one row, or set fra and til",
                                sp_table_name(list->table), code);
        }
        before = i;
    }
    if (before != NO_ROW) {
        row_at(list, before)->next = number;
    } else {
        (void)sp_codes_add(list->codes, code);
        g_array_append_val(list->firsts, number);
    }
    g_array_append_val(list->rows, row);
    return TRUE;
}

/* An empty list of a table's rows. */
static SpCodeList *new_list(const SpTable *table)
{
    SpCodeList *list = g_new0(SpCodeList, 1);
    list->table = table;
    list->from = sp_table_find(table, "from");
    list->to = sp_table_find(table, "to");
    list->since = sp_table_find(table, "fra");
    list->until = sp_table_find(table, "til");
    list->rows = g_array_new(FALSE, FALSE, sizeof(Row));
    list->codes = sp_codes_new();
    list->firsts = g_array_new(FALSE, FALSE, sizeof(gsize));
    return list;
}

SpCodeList *sp_code_list_new(const SpTables *lists, const char *name, const char *const *columns,
                             int year, GError **error)
{
    const SpTable *table = sp_code_list_table(lists, name, columns, error);
    if (table == NULL) {
        return NULL;
    }
    g_autoptr(SpCodeList) list = new_list(table);
    for (gsize at = 0; at < sp_table_n_rows(table); at++) {
        if (!add_row(list, at, year, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&list);
}

void sp_code_list_free(SpCodeList *list)
{
    if (list != NULL) {
        g_array_unref(list->rows);
        sp_codes_unref(list->codes);
        g_array_unref(list->firsts);
        g_free(list);
    }
}

gsize sp_code_list_size(const SpCodeList *list)
{
    return list->rows->len;
}

gboolean sp_code_list_find_row(const SpCodeList *list, const char *code, gsize size, gsize *row)
{
    gsize first = first_row(list, code, size);
    if (first == NO_ROW) {
        return FALSE;
    }
    *row = first;
    return TRUE;
}

const char *sp_code_list_text(const SpCodeList *list, gsize row, const char *column)
{
    return sp_table_code(list->table, row_at(list, row)->at, sp_table_find(list->table, column));
}

const char *sp_code_list_find(const SpCodeList *list, const char *code, int year)
{
    for (gsize i = first_row(list, code, strlen(code)); i != NO_ROW; i = row_at(list, i)->next) {
        if (holds(row_at(list, i), year)) {
            return sp_table_code(list->table, row_at(list, i)->at, list->to);
        }
    }
    return NULL;
}

gboolean sp_code_list_gives(const SpCodeList *list, const char *to)
{
    for (gsize i = 0; i < list->rows->len; i++) {
        if (strcmp(sp_table_code(list->table, row_at(list, i)->at, list->to), to) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_code_list_knows(const SpCodeList *list, const char *code)
{
    return first_row(list, code, strlen(code)) != NO_ROW;
}

gboolean sp_code_list_has_years(const SpCodeList *list)
{
    return list->since != SP_NO_COLUMN || list->until != SP_NO_COLUMN;
}

const SpCodes *sp_code_list_codes(const SpCodeList *list)
{
    return list->codes;
}
