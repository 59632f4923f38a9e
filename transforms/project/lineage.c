/* What projections are made from. */
#include "transforms/project/lineage.h"

#include "core/error.h"

#include <string.h>

gboolean sp_project_not_ours(const SpCell *cell, GError **error)
{
    g_autofree char *text = sp_cell_format(cell);
    return sp_error_set(error, SP_ERROR_NO_INPUT,
                        "\"%s\" is no cell of this projection; see docs/tables.md for its columns "
                        "and the base and horizon for its periods",
                        text);
}

SpCell *sp_project_person_cell(const char *table, const char *region, const char *kjonn,
                               const char *alder, const char *period)
{
    SpCell *cell = sp_cell_new(table, "innbyggere");
    sp_cell_with(sp_cell_with(cell, "region", region), "kjonn", kjonn);
    return sp_cell_with(sp_cell_with(cell, "alder", alder), "period", period);
}

static gboolean has_input(const SpExplanation *explanation, const SpCell *cell)
{
    g_autofree char *wanted = sp_cell_format(cell);
    for (guint i = 0; i < explanation->inputs->len; i++) {
        g_autofree char *text = sp_cell_format(explanation->inputs->pdata[i]);
        if (strcmp(text, wanted) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

void sp_project_add_staff(SpExplanation *explanation, const char *table, const char *measure,
                          const char *region, const char *yrke, const char *period)
{
    SpCell *cell = sp_cell_with(sp_cell_new(table, measure), "region", region);
    sp_cell_with(sp_cell_with(cell, "yrke", yrke), "period", period);
    g_ptr_array_add(explanation->inputs, cell);
}

void sp_project_add_table(const SpTables *in, const char *table, const char *measure,
                          SpExplanation *explanation)
{
    const SpTable *fact = sp_tables_find(in, table);
    for (gsize i = 0; fact != NULL && i < sp_table_n_columns(fact); i++) {
        const SpColumn *of = sp_table_column(fact, i);
        if (measure == NULL ? of->kind != SP_COLUMN_MEASURE : strcmp(of->name, measure) != 0) {
            continue;
        }
        g_autoptr(SpCell) cell = sp_cell_new(table, of->name);
        for (gsize key = 0; key < sp_table_n_columns(fact); key++) {
            const SpColumn *column = sp_table_column(fact, key);
            if (column->kind == SP_COLUMN_CODE && column->is_key) {
                sp_cell_with(cell, column->name, "*");
            }
        }
        if (!has_input(explanation, cell)) {
            g_ptr_array_add(explanation->inputs, g_steal_pointer(&cell));
        }
    }
}

/* The text of a column that the list may lack; "" then. */
static const char *text_in(const SpTable *list, gsize row, const char *column)
{
    gsize at = column == NULL ? SP_NO_COLUMN : sp_table_find(list, column);
    return at == SP_NO_COLUMN ? "" : sp_table_code(list, row, at);
}

void sp_project_add_listed(const SpTables *in, const char *list, const char *column,
                           const char *value, SpExplanation *explanation)
{
    static const char *const measures[] = {"maal", "maal_80p"};
    const SpTable *rows = sp_tables_find(in, list);
    for (gsize row = 0; rows != NULL && row < sp_table_n_rows(rows); row++) {
        const char *of = text_in(rows, row, column), *table = text_in(rows, row, "tabell");
        if (*of != '\0' && strcmp(of, "*") != 0 && strcmp(of, value) != 0) {
            continue;
        }
        for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
            const char *measure = text_in(rows, row, measures[i]);
            if (*measure != '\0') {
                sp_project_add_table(in, table, measure, explanation);
            }
        }
        if (sp_table_find(rows, measures[0]) == SP_NO_COLUMN) {
            sp_project_add_table(in, table, NULL, explanation);
        }
    }
}

guint sp_project_marks(const SpTables *in, const char *const names[], const char *const lists[])
{
    guint marks = 0;
    for (const char *const *name = names; *name != NULL; name++) {
        const SpTable *table = sp_tables_find(in, *name);
        marks |= table == NULL ? 0 : sp_table_marks(table);
    }
    for (const char *const *list = lists; *list != NULL; list++) {
        const SpTable *table = sp_tables_find(in, *list);
        gsize column = table == NULL ? SP_NO_COLUMN : sp_table_find(table, "tabell");
        for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(table); row++) {
            const char *const named[] = {sp_table_code(table, row, column), NULL};
            marks |= sp_project_marks(in, named, named + 1);
        }
    }
    return marks;
}
