/* Kommuner by an attribute of table region. */
#include "transforms/vary/groups.h"

#include <string.h>

struct SpGroups {
    GHashTable *numbers; /* kommune, borrowed -> number of its group */
    guint size;
};

GPtrArray *sp_groups_list_kommuner(const SpTable *regions, GError **error)
{
    static const char *const names[] = {"region", "slag"};
    gsize columns[G_N_ELEMENTS(names)];
    if (!sp_table_need_all(regions, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error)) {
        return NULL;
    }
    GPtrArray *kommuner = g_ptr_array_new();
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        if (strcmp(sp_table_code(regions, row, columns[1]), "kommune") == 0) {
            g_ptr_array_add(kommuner, (char *)sp_table_code(regions, row, columns[0]));
        }
    }
    return kommuner;
}

/* Numbers the codes of the kommuner as they come; how many have one. */
static gsize fill(SpGroups *groups, const SpTable *regions, gsize attribute)
{
    const gsize region = sp_table_find(regions, "region");
    const gsize slag = sp_table_find(regions, "slag");
    g_autoptr(GHashTable) codes = g_hash_table_new(g_str_hash, g_str_equal);
    gsize n_with_code = 0;
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        const char *code = sp_table_code(regions, row, attribute);
        if (strcmp(sp_table_code(regions, row, slag), "kommune") != 0) {
            continue;
        }
        if (!g_hash_table_contains(codes, code)) {
            g_hash_table_insert(codes, (char *)code, GUINT_TO_POINTER(groups->size++));
        }
        g_hash_table_insert(groups->numbers, (char *)sp_table_code(regions, row, region),
                            g_hash_table_lookup(codes, code));
        n_with_code += *code != '\0' ? 1 : 0;
    }
    return n_with_code;
}

SpGroups *sp_groups_new(const SpTable *regions, const char *attribute)
{
    const gsize column = sp_table_find(regions, attribute);
    if (column == SP_NO_COLUMN) {
        return NULL;
    }
    g_autoptr(SpGroups) groups = g_new0(SpGroups, 1);
    groups->numbers = g_hash_table_new(g_str_hash, g_str_equal);
    return fill(groups, regions, column) > 0 ? g_steal_pointer(&groups) : NULL;
}

void sp_groups_free(SpGroups *groups)
{
    if (groups != NULL) {
        g_hash_table_unref(groups->numbers);
        g_free(groups);
    }
}

guint sp_groups_size(const SpGroups *groups)
{
    return groups->size;
}

guint sp_groups_of(const SpGroups *groups, const char *kommune)
{
    gpointer number = NULL;
    const gboolean is_found = g_hash_table_lookup_extended(groups->numbers, kommune, NULL, &number);
    g_assert(is_found);
    return GPOINTER_TO_UINT(number);
}
