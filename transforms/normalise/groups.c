/* Groups of codes: the members' rows under the group's code, summed, and put beside the others. */
#include "transforms/normalise/groups.h"

#include <string.h>

#include "core/error.h"
#include "core/table_group.h"
#include "core/table_rows.h"

typedef struct {
    char **members;
    const char *group;
} Group;

static const char *group_of(const char *code, gpointer data)
{
    const Group *group = data;
    return g_strv_contains((const char *const *)group->members, code) ? group->group : NULL;
}

static gboolean holds(const SpTable *table, gsize column, const char *code)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, column), code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The sums of one group under the columns of `facts`; no rows where it has no member's. */
static SpTable *sum_group(const SpTable *facts, const char *column, const Group *group,
                          GError **error)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (gsize i = 0; i < sp_table_n_columns(facts); i++) {
        const SpColumn *is = sp_table_column(facts, i);
        if (is->kind == SP_COLUMN_CODE && is->is_key) {
            g_ptr_array_add(keys, (gpointer)is->name);
        }
    }
    g_autoptr(SpTable) members =
        sp_table_map_codes(facts, column, group_of, (gpointer)group, error);
    g_autoptr(SpTable) sums =
        members == NULL ? NULL
                        : sp_table_group(members, sp_table_name(facts),
                                         (const char *const *)keys->pdata, keys->len, error);
    if (sums == NULL) {
        return NULL;
    }
    /* Grouping has left attributes out and put the keys first, where they are in facts too. */
    SpTable *whole = sp_table_copy_schema(facts, NULL);
    sp_table_add_rows(whole, sp_table_n_rows(sums));
    for (gsize i = 0; i < sp_table_n_columns(whole); i++) {
        gsize from = sp_table_find(sums, sp_table_column(whole, i)->name);
        for (gsize row = 0; from != SP_NO_COLUMN && row < sp_table_n_rows(sums); row++) {
            if (sp_table_column(whole, i)->kind == SP_COLUMN_CODE) {
                sp_table_set_code(whole, row, i, sp_table_code(sums, row, from));
            } else {
                sp_table_set_real(whole, row, i, sp_table_real(sums, row, from));
            }
        }
    }
    return whole;
}

/* All groups of one column, each of the members' rows as they are before any group is added. */
static gboolean add_groups(SpTable **facts, const SpLayoutColumn *column, const SpTable *list,
                           GError **error)
{
    gsize from = sp_table_find(list, "from");
    gsize to = sp_table_find(list, "to");
    gsize at = sp_table_find(*facts, column->name);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func((GDestroyNotify)sp_table_free);
    g_ptr_array_add(parts, *facts);
    *facts = NULL;
    for (gsize row = 0; row < sp_table_n_rows(list); row++) {
        g_auto(GStrv) members = g_strsplit(sp_table_code(list, row, to), " ", -1);
        const Group group = {members, sp_table_code(list, row, from)};
        const SpTable *whole = g_ptr_array_index(parts, 0);
        if (holds(whole, at, group.group)) {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "config/codes/%s.csv: \"%s\" is a group and a code of %s; rename the "
                "group",
                column->groups, group.group, column->name);
        }
        SpTable *sums = sum_group(whole, column->name, &group, error);
        if (sums == NULL) {
            return FALSE;
        }
        g_ptr_array_add(parts, sums);
    }
    *facts = sp_table_concat((const SpTable *const *)parts->pdata, parts->len, error);
    if (*facts != NULL) {
        sp_table_sort(*facts);
    }
    return *facts != NULL;
}

SpTable *sp_normalise_groups(SpTable *facts, const SpLayout *layout, const SpTables *maps,
                             GError **error)
{
    for (guint i = 0; facts != NULL && i < layout->columns->len; i++) {
        const SpLayoutColumn *column = g_ptr_array_index(layout->columns, i);
        const SpTable *list =
            column->groups == NULL || maps == NULL ? NULL : sp_tables_find(maps, column->groups);
        if (column->groups == NULL) {
            continue;
        }
        if (list == NULL || sp_table_find(list, "from") == SP_NO_COLUMN ||
            sp_table_find(list, "to") == SP_NO_COLUMN) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "no code list \"%s\" with columns from and to; add config/codes/%s.csv",
                         column->groups, column->groups);
            sp_table_free(facts);
            return NULL;
        }
        if (!add_groups(&facts, column, list, error)) {
            return NULL;
        }
    }
    return facts;
}
