/* Levels of layouts as wholes and parts. */
#include "transforms/normalise/wholes.h"

#include "core/error.h"
#include "core/table_rows.h"

#include <string.h>

SpTable *sp_wholes_new(void)
{
    static const SpColumn columns[] = {
        {.name = "tabell", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "kolonne", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "hel", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "del", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "personer", .kind = SP_COLUMN_CODE},
    };
    return sp_table_new(SP_TABLE_WHOLES, columns, G_N_ELEMENTS(columns));
}

typedef struct {
    SpTable *structure;
    const char *table;
    const char *column;
    const char *persons;
    GHashTable *wholes; /* const char*: codes that are sums */
} Adding;

static void add(const Adding *adding, const char *whole, const char *part)
{
    const char *const codes[] = {adding->table, adding->column, whole, part, adding->persons};
    const gsize row = sp_table_add_row(adding->structure);
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        sp_table_set_code(adding->structure, row, i, codes[i]);
    }
}

static const SpTable *group_list(const SpTables *maps, const char *name, gsize at[2],
                                 GError **error)
{
    static const char *const names[] = {"from", "to"};
    const SpTable *list = sp_tables_need(maps, name, error);
    return list != NULL &&
                   sp_table_need_all(list, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)
               ? list
               : NULL;
}

/* Finds the codes that are sums, and tells what groups are made of. */
static gboolean add_groups(const Adding *adding, const SpLayoutColumn *column, const SpTables *maps,
                           GError **error)
{
    for (guint i = 0; i < column->levels->len; i++) {
        const SpLayoutLevel *level = column->levels->pdata[i];
        gsize at[2];
        if (level->kind == SP_LEVEL_ALL) {
            g_hash_table_add(adding->wholes, level->code);
        }
        if (level->kind != SP_LEVEL_GROUP) {
            continue;
        }
        const SpTable *list = group_list(maps, level->code, at, error);
        if (list == NULL) {
            return FALSE;
        }
        for (gsize row = 0; row < sp_table_n_rows(list); row++) {
            const char *whole = sp_table_code(list, row, at[1]);
            g_hash_table_add(adding->wholes, (gpointer)whole);
            add(adding, whole, sp_table_code(list, row, at[0]));
        }
    }
    return TRUE;
}

static void add_alls(const Adding *adding, const SpLayoutColumn *column, const SpTable *facts)
{
    g_auto(GStrv) codes = sp_table_used_list(facts, sp_table_find(facts, column->name), NULL, NULL);
    for (guint i = 0; i < column->levels->len; i++) {
        const SpLayoutLevel *level = column->levels->pdata[i];
        for (char **code = codes; level->kind == SP_LEVEL_ALL && *code != NULL; code++) {
            if (!g_hash_table_contains(adding->wholes, *code)) {
                add(adding, level->code, *code);
            }
        }
    }
}

static gboolean has_level(const SpLayoutColumn *column, SpLevelKind kind)
{
    for (guint i = 0; column->levels != NULL && i < column->levels->len; i++) {
        if (((const SpLayoutLevel *)column->levels->pdata[i])->kind == kind) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Everybody has one age and one sex. */
static gboolean is_of_person(const SpLayoutColumn *column)
{
    return column->role == SP_ROLE_BIRTH_YEAR || g_strcmp0(column->classification, "kjonn") == 0;
}

gboolean sp_wholes_add(SpTable *structure, const SpLayout *layout, const SpTables *maps,
                       const SpTable *facts, GError **error)
{
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        g_autoptr(GHashTable) wholes = g_hash_table_new(g_str_hash, g_str_equal);
        const Adding adding = {.structure = structure,
                               .table = sp_table_name(facts),
                               .column = column->name,
                               .persons = is_of_person(column) ? "sum" : "hoeyst",
                               .wholes = wholes};
        if (column->role == SP_ROLE_REGION || !has_level(column, SP_LEVEL_SELF) ||
            sp_table_find(facts, column->name) == SP_NO_COLUMN) {
            continue;
        }
        if (!add_groups(&adding, column, maps, error)) {
            return FALSE;
        }
        add_alls(&adding, column, facts);
    }
    return TRUE;
}
