/* An index a table, and a look at every row where the key is not whole. */
#include "pipeline/why/rows.h"

#include "core/table_rows.h"

#include <string.h>

typedef struct {
    GArray *keys; /* gsize: columns */
    SpTableIndex *index;
} Known;

struct SpWhyRows {
    GHashTable *tables; /* const SpTable* -> Known* */
};

static void known_free(gpointer data)
{
    Known *known = data;
    g_array_unref(known->keys);
    g_clear_pointer(&known->index, sp_table_index_free);
    g_free(known);
}

SpWhyRows *sp_why_rows_new(void)
{
    SpWhyRows *rows = g_new0(SpWhyRows, 1);
    rows->tables = g_hash_table_new_full(NULL, NULL, NULL, known_free);
    return rows;
}

void sp_why_rows_free(SpWhyRows *rows)
{
    if (rows != NULL) {
        g_hash_table_unref(rows->tables);
        g_free(rows);
    }
}

static const Known *know(SpWhyRows *rows, const SpTable *table)
{
    Known *known = g_hash_table_lookup(rows->tables, table);
    if (known != NULL) {
        return known;
    }
    known = g_new0(Known, 1);
    known->keys = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key) {
            g_array_append_val(known->keys, i);
        }
    }
    if (known->keys->len > 0) {
        known->index =
            sp_table_index_new(table, (const gsize *)(gpointer)known->keys->data, known->keys->len);
    }
    g_hash_table_insert(rows->tables, (gpointer)table, known);
    return known;
}

gboolean sp_why_rows_same(SpWhyRows *rows, const SpTable *table, const SpCell *cell, gsize *row)
{
    const Known *known = know(rows, table);
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    for (guint i = 0; i < known->keys->len; i++) {
        const gsize column = g_array_index(known->keys, gsize, i);
        const char *code = sp_cell_code(cell, sp_table_column(table, column)->name);
        if (code == NULL) {
            return FALSE;
        }
        g_ptr_array_add(codes, (gpointer)code);
    }
    return known->index != NULL &&
           sp_table_index_find(known->index, (const char *const *)codes->pdata, row);
}

/* What a cell wants of the columns of a table: numbers of codes. */
typedef struct {
    gsize column;
    guint32 number;
} Wish;

/* FALSE when no row can meet it. */
static gboolean make_wishes(const SpTable *table, const SpCell *cell, GArray *wishes)
{
    for (guint i = 0; i < cell->columns->len; i++) {
        const char *code = cell->codes->pdata[i];
        Wish wish = {.column = sp_table_find(table, cell->columns->pdata[i])};
        if (strcmp(code, "*") == 0) {
            continue;
        }
        if (wish.column == SP_NO_COLUMN ||
            sp_table_column(table, wish.column)->kind != SP_COLUMN_CODE ||
            !sp_codes_find(sp_table_codes((SpTable *)table, wish.column), code, &wish.number)) {
            return FALSE;
        }
        g_array_append_val(wishes, wish);
    }
    return TRUE;
}

static gboolean is_met(const SpTable *table, const GArray *wishes, gsize row)
{
    for (guint i = 0; i < wishes->len; i++) {
        const Wish *wish = &g_array_index(wishes, Wish, i);
        if (sp_table_code_numbers_const(table, wish->column)[row] != wish->number) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Every key column has one code, and nothing else is asked. */
static gboolean is_whole(const Known *known, const SpTable *table, const SpCell *cell)
{
    for (guint i = 0; i < known->keys->len; i++) {
        const gsize column = g_array_index(known->keys, gsize, i);
        const char *code = sp_cell_code(cell, sp_table_column(table, column)->name);
        if (code == NULL || strcmp(code, "*") == 0) {
            return FALSE;
        }
    }
    return cell->columns->len == known->keys->len && known->keys->len > 0;
}

GArray *sp_why_rows_find(SpWhyRows *rows, const SpTable *table, const SpCell *cell)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(gsize));
    const Known *known = know(rows, table);
    gsize row = 0;
    if (is_whole(known, table, cell)) {
        if (sp_why_rows_same(rows, table, cell, &row)) {
            g_array_append_val(found, row);
        }
        return found;
    }
    g_autoptr(GArray) wishes = g_array_new(FALSE, FALSE, sizeof(Wish));
    const gsize n = make_wishes(table, cell, wishes) ? sp_table_n_rows(table) : 0;
    for (row = 0; row < n; row++) {
        if (is_met(table, wishes, row)) {
            g_array_append_val(found, row);
        }
    }
    return found;
}

SpCell *sp_why_cell_of(const SpTable *table, const char *measure, gsize row)
{
    SpCell *cell = sp_cell_new(sp_table_name(table), measure);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key) {
            sp_cell_with(cell, column->name, sp_table_code(table, row, i));
        }
    }
    return cell;
}
