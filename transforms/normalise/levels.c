/* Levels, one column after the other: the sums of one are rows for the next. */
#include "transforms/normalise/levels.h"

#include <string.h>

#include "core/regions.h"
#include "core/rollup.h"
#include "core/table_group.h"
#include "core/table_rows.h"

typedef struct {
    const SpLayoutLevel *level;
    const GHashTable *members; /* codes of the group of this code, a set */
    const char *group;
    gboolean has_kommuner;
    char fylke[3];
} Map;

static const char *map_code(const char *code, gpointer data)
{
    Map *map = data;
    SpRegionKind kind = sp_region_kind(code);
    switch (map->level->kind) {
    case SP_LEVEL_ALL:
        return map->level->code;
    case SP_LEVEL_GROUP:
        return g_hash_table_contains((GHashTable *)map->members, code) ? map->group : NULL;
    case SP_LEVEL_FYLKE:
    case SP_LEVEL_COUNTRY:
        if (kind != (map->has_kommuner ? SP_REGION_KOMMUNE : SP_REGION_FYLKE)) {
            return NULL;
        }
        if (map->level->kind == SP_LEVEL_COUNTRY) {
            return SP_REGION_COUNTRY_CODE;
        }
        memcpy(map->fylke, code, 2);
        map->fylke[2] = '\0';
        return map->fylke;
    case SP_LEVEL_SELF:
    default:
        return code;
    }
}

static gboolean has_kommuner(const SpTable *facts, gsize column)
{
    g_autofree gboolean *is_used = sp_table_used_codes(facts, column);
    const SpCodes *codes = sp_table_codes(facts, column);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        if (is_used[i] && sp_region_kind(sp_codes_text(codes, i)) == SP_REGION_KOMMUNE) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Writes the attributes that all rows of a sum share; the others stay "". */
static void share_attributes(const SpTable *mapped, const gsize keys[], gsize n_keys,
                             SpTable *whole)
{
    g_autoptr(SpTableIndex) index = sp_table_index_new(whole, keys, n_keys);
    g_autofree const char **codes = g_new(const char *, n_keys + 1);
    g_autofree gsize *to = g_new0(gsize, sp_table_n_rows(mapped) + 1);
    for (gsize row = 0; row < sp_table_n_rows(mapped); row++) {
        for (gsize i = 0; i < n_keys; i++) {
            codes[i] = sp_table_code(mapped, row, keys[i]);
        }
        gboolean is_there = sp_table_index_find(index, codes, &to[row]);
        g_assert(is_there); /* the sums were made of these rows */
    }
    for (gsize column = 0; column < sp_table_n_columns(whole); column++) {
        const SpColumn *is = sp_table_column(whole, column);
        if (is->kind != SP_COLUMN_CODE || is->is_key) {
            continue;
        }
        g_autofree const char **shared = g_new0(const char *, sp_table_n_rows(whole) + 1);
        for (gsize row = 0; row < sp_table_n_rows(mapped); row++) {
            const char *code = sp_table_code(mapped, row, column);
            const char *before = shared[to[row]];
            shared[to[row]] = before == NULL || strcmp(before, code) == 0 ? code : "";
        }
        for (gsize row = 0; row < sp_table_n_rows(whole); row++) {
            sp_table_set_code(whole, row, column, shared[row] != NULL ? shared[row] : "");
        }
    }
}

/* Rows summed by key, with all columns of `like`: attributes that agree, other measures missing. */
static SpTable *sum_rows(const SpTable *mapped, const SpTable *like, GError **error)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize i = 0; i < sp_table_n_columns(like); i++) {
        const SpColumn *is = sp_table_column(like, i);
        if (is->kind == SP_COLUMN_CODE && is->is_key) {
            g_ptr_array_add(keys, (gpointer)is->name);
            g_array_append_val(columns, i);
        }
    }
    g_autoptr(SpTable) sums = sp_table_group(mapped, sp_table_name(like),
                                             (const char *const *)keys->pdata, keys->len, error);
    if (sums == NULL) {
        return NULL;
    }
    gsize n = sp_table_n_rows(sums);
    SpTable *whole = sp_table_copy_schema(like, NULL);
    sp_table_add_rows(whole, n);
    for (gsize to = 0; to < sp_table_n_columns(whole); to++) {
        gsize from = sp_table_find(sums, sp_table_column(whole, to)->name);
        gboolean is_code = sp_table_column(whole, to)->kind == SP_COLUMN_CODE;
        for (gsize row = 0; row < n && from != SP_NO_COLUMN; row++) {
            if (is_code) {
                sp_table_set_code(whole, row, to, sp_table_code(sums, row, from));
            } else {
                sp_table_set_real(whole, row, to, sp_table_real(sums, row, from));
            }
        }
    }
    share_attributes(mapped, (const gsize *)(const void *)columns->data, columns->len, whole);
    return whole;
}

static SpTable *sum_mapped(const SpTable *facts, const char *column, Map *map, GError **error)
{
    g_autoptr(SpTable) mapped = sp_table_map_codes(facts, column, map_code, map, error);
    return mapped == NULL ? NULL : sum_rows(mapped, facts, error);
}

/* The list of a group level, group by group in the order of the list: one code may be of several,
 * and each is the sum of its own members. */
static gboolean add_groups(GPtrArray *tables, const SpTable *facts, const SpLayoutColumn *column,
                           const SpLayoutLevel *level, const SpTables *maps, GError **error)
{
    const SpTable *list = sp_tables_need(maps, level->code, error);
    gsize from = 0;
    gsize to = 0;
    if (list == NULL || !sp_table_need(list, "from", SP_COLUMN_CODE, &from, error) ||
        !sp_table_need(list, "to", SP_COLUMN_CODE, &to, error)) {
        g_prefix_error(error, "config/codes/%s.csv: ", level->code);
        return FALSE;
    }
    const SpCodes *groups = sp_table_codes((SpTable *)list, to);
    for (guint32 group = 0; group < sp_codes_size(groups); group++) {
        g_autoptr(GHashTable) members = g_hash_table_new(g_str_hash, g_str_equal);
        for (gsize row = 0; row < sp_table_n_rows(list); row++) {
            if (sp_table_code_numbers_const(list, to)[row] == group) {
                g_hash_table_add(members, (gpointer)sp_table_code(list, row, from));
            }
        }
        Map map = {.level = level, .members = members, .group = sp_codes_text(groups, group)};
        SpTable *sums = sum_mapped(facts, column->name, &map, error);
        if (sums == NULL) {
            return FALSE;
        }
        g_ptr_array_add(tables, sums);
    }
    return TRUE;
}

static gboolean add_level(GPtrArray *tables, const SpTable *facts, const SpLayoutColumn *column,
                          const SpLayoutLevel *level, const SpTables *maps, GError **error)
{
    if (level->kind == SP_LEVEL_GROUP) {
        return add_groups(tables, facts, column, level, maps, error);
    }
    gsize at = sp_table_find(facts, column->name);
    Map map = {.level = level, .has_kommuner = has_kommuner(facts, at)};
    SpTable *sums = level->kind == SP_LEVEL_SELF ? sp_table_copy(facts)
                                                 : sum_mapped(facts, column->name, &map, error);
    if (sums != NULL) {
        g_ptr_array_add(tables, sums);
    }
    return sums != NULL;
}

/* All levels of one column. Takes `facts`. */
static SpTable *add_levels(SpTable *facts, const SpLayoutColumn *column, const SpTables *maps,
                           GError **error)
{
    g_autoptr(SpTable) own = facts;
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func((GDestroyNotify)sp_table_free);
    for (guint i = 0; i < column->levels->len; i++) {
        if (!add_level(tables, own, column, column->levels->pdata[i], maps, error)) {
            return NULL;
        }
    }
    SpTable *whole = sp_table_concat((const SpTable *const *)tables->pdata, tables->len, error);
    if (whole != NULL && !sp_table_check_unique(whole, error)) {
        g_clear_pointer(&whole, sp_table_free);
    }
    return whole;
}

SpTable *sp_normalise_levels(const SpTable *facts, const SpLayout *layout, const SpTables *maps,
                             GError **error)
{
    SpTable *whole = sp_table_copy(facts);
    for (guint i = 0; i < layout->columns->len && whole != NULL; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        if (column->levels != NULL && column->role != SP_ROLE_IGNORE) {
            whole = add_levels(whole, column, maps, error);
        }
    }
    return whole;
}

static gboolean is_summed(const SpLayoutColumn *column, const char *code)
{
    SpRegionKind kind = sp_region_kind(code);
    for (guint i = 0; column->levels != NULL && i < column->levels->len; i++) {
        const SpLayoutLevel *level = column->levels->pdata[i];
        if ((level->kind == SP_LEVEL_FYLKE && kind == SP_REGION_FYLKE) ||
            (level->kind == SP_LEVEL_COUNTRY && kind == SP_REGION_COUNTRY) ||
            (level->kind == SP_LEVEL_ALL && strcmp(code, level->code) == 0)) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_normalise_is_level(const SpLayout *layout, const SpCell *cell)
{
    for (guint i = 0; i < cell->columns->len; i++) {
        const SpLayoutColumn *column = sp_layout_find(layout, cell->columns->pdata[i]);
        if (column != NULL && is_summed(column, cell->codes->pdata[i])) {
            return TRUE;
        }
    }
    return FALSE;
}

void sp_normalise_explain_level(const SpLayout *layout, const SpCell *cell,
                                SpExplanation *explanation)
{
    SpCell *input = sp_cell_new(cell->table, cell->measure);
    for (guint i = 0; i < cell->columns->len; i++) {
        const char *name = cell->columns->pdata[i];
        const char *code = cell->codes->pdata[i];
        const SpLayoutColumn *column = sp_layout_find(layout, name);
        gboolean is_sum = column != NULL && is_summed(column, code);
        (void)sp_cell_with(input, name, is_sum ? "*" : code);
    }
    g_ptr_array_add(explanation->inputs, input);
    explanation->method = g_strdup("sum over the rows that the source has; a kommune without one "
                                   "adds nothing (levels of the layout)");
    explanation->is_injective = FALSE;
}
