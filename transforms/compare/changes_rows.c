/* Rows of the table `endringer`: their columns, and those of several packages together. */
#include "transforms/compare/changes_rows.h"

#include "core/table_rows.h"

#include <string.h>

static const SpColumn columns[] = {
    [SP_CHANGES_OF] = {.name = "tabell", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    [SP_CHANGES_KEY] = {.name = "noekkel", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    [SP_CHANGES_MEASURE] = {.name = "maal", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    [SP_CHANGES_KIND] = {.name = "slag",
                         .kind = SP_COLUMN_CODE,
                         .is_key = TRUE,
                         .classification = "endring"},
    [SP_CHANGES_EXTENT] = {.name = "omfang", .kind = SP_COLUMN_CODE},
    [SP_CHANGES_CAUSE] = {.name = "aarsak", .kind = SP_COLUMN_CODE},
    [SP_CHANGES_CAUSE_NAMES] = {.name = "aarsak_navn", .kind = SP_COLUMN_CODE},
    [SP_CHANGES_COUNT] = {.name = "antall", .kind = SP_COLUMN_MEASURE, .unit = "celler"},
    [SP_CHANGES_BEFORE] = {.name = "foer", .kind = SP_COLUMN_MEASURE},
    [SP_CHANGES_NOW] = {.name = "naa", .kind = SP_COLUMN_MEASURE},
};
static const SpColumn package_column = {.name = "pakke", .kind = SP_COLUMN_CODE, .is_key = TRUE};

static const char *const kind_names[SP_CHANGE_N_KINDS] = {
    [SP_CHANGE_ARRIVED] = "ny",     [SP_CHANGE_GONE] = "borte",
    [SP_CHANGE_HIDDEN] = "skjult",  [SP_CHANGE_SHOWN] = "ikke_skjult",
    [SP_CHANGE_CHANGED] = "endret", [SP_CHANGE_MARKED] = "merke"};

SpTable *sp_changes_new(void)
{
    return sp_table_new(SP_CHANGES_TABLE, columns, G_N_ELEMENTS(columns));
}

gsize sp_changes_put(SpTable *changes, const SpChange *change)
{
    const gsize row = sp_table_add_row(changes);
    sp_table_set_code(changes, row, SP_CHANGES_OF, change->table);
    sp_table_set_code(changes, row, SP_CHANGES_KEY, change->key);
    sp_table_set_code(changes, row, SP_CHANGES_MEASURE, change->measure);
    sp_table_set_code(changes, row, SP_CHANGES_KIND, kind_names[change->kind]);
    sp_table_set_code(changes, row, SP_CHANGES_EXTENT, change->extent);
    sp_table_set_code(changes, row, SP_CHANGES_CAUSE, change->cause);
    sp_table_set_code(changes, row, SP_CHANGES_CAUSE_NAMES, change->cause_names);
    sp_table_set_real(changes, row, SP_CHANGES_COUNT, sp_real(1.0));
    sp_table_set_real(changes, row, SP_CHANGES_BEFORE, sp_real_none(SP_NOT_APPLICABLE));
    sp_table_set_real(changes, row, SP_CHANGES_NOW, sp_real_none(SP_NOT_APPLICABLE));
    return row;
}

/* ---- several packages ---- */

typedef struct {
    const guint32 *numbers[SP_CHANGES_KIND + 2]; /* of the key columns */
    gsize n;
} Keys;

/* Rows in key order: whether one differs from the row before it. */
static gboolean is_first(const SpTable *table, gsize row, gpointer data)
{
    const Keys *keys = data;
    (void)table;
    for (gsize i = 0; row > 0 && i < keys->n; i++) {
        if (keys->numbers[i][row - 1] != keys->numbers[i][row]) {
            return TRUE;
        }
    }
    return row == 0;
}

/* A package's rows under the key of all, in the schema of `all`. */
static void append(SpTable *all, const SpTable *package, const char *region)
{
    for (gsize row = 0; row < sp_table_n_rows(package); row++) {
        const gsize to = sp_table_add_row(all);
        for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
            const gsize from = sp_table_find(package, columns[i].name);
            g_assert(from != SP_NO_COLUMN);
            if (columns[i].kind == SP_COLUMN_CODE) {
                sp_table_set_code(all, to, i, sp_table_code(package, row, from));
            } else {
                sp_table_set_real(all, to, i, sp_table_real(package, row, from));
            }
        }
        const gboolean is_cell =
            strcmp(sp_table_code(all, to, SP_CHANGES_EXTENT), SP_CHANGES_CELL) == 0;
        sp_table_set_code(all, to, G_N_ELEMENTS(columns), is_cell ? "" : region);
    }
}

SpTable *sp_changes_join(const SpTable *const packages[], const char *const regions[], gsize n)
{
    g_autoptr(SpTable) all = sp_changes_new();
    const gsize place = sp_table_add_column(all, &package_column);
    Keys keys = {0};
    for (gsize i = 0; i < n; i++) {
        append(all, packages[i], regions[i]);
    }
    sp_table_sort(all);
    for (gsize i = SP_CHANGES_OF; i <= SP_CHANGES_KIND; i++) {
        keys.numbers[keys.n++] = sp_table_code_numbers_const(all, i);
    }
    keys.numbers[keys.n++] = sp_table_code_numbers_const(all, place);
    return sp_table_filter(all, is_first, &keys);
}
