/* Dimensions and the cells of their product. */
#include "transforms/protect/hierarchy.h"

#include "core/error.h"

/* ---- one dimension ---- */

static guint32 number_of(SpHierarchy *hierarchy, const char *code)
{
    gpointer found = NULL;
    if (g_hash_table_lookup_extended(hierarchy->numbers, code, NULL, &found)) {
        return GPOINTER_TO_UINT(found);
    }
    char *own = g_strdup(code);
    g_ptr_array_add(hierarchy->codes, own);
    g_hash_table_insert(hierarchy->numbers, own, GUINT_TO_POINTER(hierarchy->codes->len - 1));
    return hierarchy->codes->len - 1;
}

/* Codes that are no parent, then the others, so that leaves have the first numbers. */
static gboolean number_codes(SpHierarchy *hierarchy, gsize n_links, const char *const parent[],
                             const char *const child[], GError **error)
{
    g_autoptr(GHashTable) parents = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < n_links; i++) {
        if (*parent[i] == '\0' || *child[i] == '\0') {
            return sp_error_set(error, SP_ERROR_DATA, "%s: link %zu: a code is empty",
                                hierarchy->name, i + 1);
        }
        g_hash_table_add(parents, (gpointer)parent[i]);
    }
    for (gsize i = 0; i < n_links; i++) {
        if (!g_hash_table_contains(parents, child[i])) {
            (void)number_of(hierarchy, child[i]);
        }
    }
    hierarchy->n_leaves = hierarchy->codes->len;
    for (gsize i = 0; i < n_links; i++) {
        (void)number_of(hierarchy, parent[i]);
    }
    return TRUE;
}

static int compare_numbers(gconstpointer a, gconstpointer b)
{
    const guint32 one = *(const guint32 *)a;
    const guint32 other = *(const guint32 *)b;
    return (one > other) - (one < other);
}

/* All codes that hold a leaf: breadth first up the links, each once. */
static GArray *climb(const SpHierarchy *hierarchy, GArray *const parents_of[], guint32 leaf)
{
    GArray *above = g_array_new(FALSE, FALSE, sizeof leaf);
    g_autofree gboolean *is_met = g_new0(gboolean, hierarchy->codes->len);
    g_array_append_val(above, leaf);
    is_met[leaf] = TRUE;
    for (guint i = 0; i < above->len; i++) {
        const GArray *parents = parents_of[g_array_index(above, guint32, i)];
        for (guint j = 0; parents != NULL && j < parents->len; j++) {
            const guint32 parent = g_array_index(parents, guint32, j);
            if (!is_met[parent]) {
                is_met[parent] = TRUE;
                g_array_append_val(above, parent);
            }
        }
    }
    g_array_sort(above, compare_numbers);
    return above;
}

/* Codes are taken away from the leaves up, each when all its children are; what is left holds
 * itself, or lies above what does. */
static gboolean check_circles(const SpHierarchy *hierarchy, GArray *const parents_of[],
                              GError **error)
{
    const guint n = hierarchy->codes->len;
    g_autofree guint *n_children = g_new0(guint, n + 1);
    g_autofree guint32 *taken = g_new(guint32, n + 1);
    guint n_taken = 0;
    for (guint32 code = 0; code < n; code++) {
        for (guint j = 0; parents_of[code] != NULL && j < parents_of[code]->len; j++) {
            n_children[g_array_index(parents_of[code], guint32, j)]++;
        }
    }
    for (guint32 code = 0; code < hierarchy->n_leaves; code++) {
        taken[n_taken++] = code;
    }
    for (guint i = 0; i < n_taken; i++) {
        const GArray *parents = parents_of[taken[i]];
        for (guint j = 0; parents != NULL && j < parents->len; j++) {
            const guint32 parent = g_array_index(parents, guint32, j);
            if (--n_children[parent] == 0) {
                taken[n_taken++] = parent;
            }
        }
    }
    for (guint32 code = 0; code < n && n_taken < n; code++) {
        if (n_children[code] > 0) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: \"%.40s\" is part of itself, or has a part that is; want each "
                                "code below its parents alone",
                                hierarchy->name, (const char *)hierarchy->codes->pdata[code]);
        }
    }
    return TRUE;
}

SpHierarchy *sp_hierarchy_new(const char *name, gsize n_links, const char *const parent[],
                              const char *const child[], GError **error)
{
    g_autoptr(SpHierarchy) hierarchy = g_new0(SpHierarchy, 1);
    hierarchy->name = name;
    hierarchy->codes = g_ptr_array_new_with_free_func(g_free);
    hierarchy->numbers = g_hash_table_new(g_str_hash, g_str_equal);
    if (!number_codes(hierarchy, n_links, parent, child, error)) {
        return NULL;
    }
    const guint n = hierarchy->codes->len;
    g_autofree GArray **parents_of = g_new0(GArray *, n + 1);
    for (gsize i = 0; i < n_links; i++) {
        const guint32 from = number_of(hierarchy, child[i]);
        const guint32 to = number_of(hierarchy, parent[i]);
        if (parents_of[from] == NULL) {
            parents_of[from] = g_array_new(FALSE, FALSE, sizeof to);
        }
        g_array_append_val(parents_of[from], to);
    }
    const gboolean is_sound = check_circles(hierarchy, parents_of, error);
    hierarchy->above = g_new0(GArray *, n + 1);
    for (guint32 leaf = 0; leaf < hierarchy->n_leaves && is_sound; leaf++) {
        hierarchy->above[leaf] = climb(hierarchy, parents_of, leaf);
    }
    for (guint i = 0; i < n; i++) {
        g_clear_pointer(&parents_of[i], g_array_unref);
    }
    return is_sound ? g_steal_pointer(&hierarchy) : NULL;
}

void sp_hierarchy_free(SpHierarchy *hierarchy)
{
    if (hierarchy != NULL) {
        for (guint i = 0; hierarchy->above != NULL && i < hierarchy->codes->len; i++) {
            g_clear_pointer(&hierarchy->above[i], g_array_unref);
        }
        g_free(hierarchy->above);
        g_hash_table_unref(hierarchy->numbers);
        g_ptr_array_unref(hierarchy->codes);
        g_free(hierarchy);
    }
}

gboolean sp_hierarchy_find(const SpHierarchy *hierarchy, const char *code, guint32 *number)
{
    gpointer found = NULL;
    const gboolean is_there = g_hash_table_lookup_extended(hierarchy->numbers, code, NULL, &found);
    *number = GPOINTER_TO_UINT(found);
    return is_there;
}

/* ---- their product ---- */

gboolean sp_hierarchies_n_cells(SpHierarchy *const dimensions[], gsize n_dimensions, gsize *n_cells,
                                GError **error)
{
    *n_cells = 1;
    for (gsize i = 0; i < n_dimensions; i++) {
        *n_cells *= dimensions[i]->codes->len;
        if (*n_cells > SP_HIERARCHIES_MAX_CELLS) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: the codes of the dimensions up to here make more than %d "
                                "cells; take the table in parts",
                                dimensions[i]->name, SP_HIERARCHIES_MAX_CELLS);
        }
    }
    return TRUE;
}

guint32 sp_hierarchies_cell(SpHierarchy *const dimensions[], gsize n_dimensions,
                            const guint32 codes[])
{
    guint32 cell = 0;
    for (gsize i = 0; i < n_dimensions; i++) {
        cell = cell * dimensions[i]->codes->len + codes[i];
    }
    return cell;
}

/* The cells that hold one inner cell: every choice of a code above it in each dimension. */
static void add_entries(SpHierarchy *const dimensions[], gsize n_dimensions, guint32 inner,
                        const guint32 leaves[], GArray *entries)
{
    g_autofree guint *at = g_new0(guint, n_dimensions + 1);
    g_autofree guint32 *codes = g_new(guint32, n_dimensions + 1);
    gsize turned = n_dimensions;
    do {
        for (gsize i = 0; i < n_dimensions; i++) {
            codes[i] = g_array_index(dimensions[i]->above[leaves[i]], guint32, at[i]);
        }
        const SpDesignEntry entry = {inner, sp_hierarchies_cell(dimensions, n_dimensions, codes),
                                     1};
        g_array_append_val(entries, entry);
        for (turned = n_dimensions; turned > 0; turned--) {
            if (++at[turned - 1] < dimensions[turned - 1]->above[leaves[turned - 1]]->len) {
                break;
            }
            at[turned - 1] = 0;
        }
    } while (turned > 0);
}

SpDesign *sp_hierarchies_design(SpHierarchy *const dimensions[], gsize n_dimensions, gsize n_inner,
                                const guint32 leaves[])
{
    gsize n_cells = 0;
    const gboolean is_sound = sp_hierarchies_n_cells(dimensions, n_dimensions, &n_cells, NULL);
    g_assert(is_sound); /* the caller has asked */
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    for (guint32 inner = 0; inner < n_inner; inner++) {
        add_entries(dimensions, n_dimensions, inner, leaves + inner * n_dimensions, entries);
    }
    return sp_design_new(n_inner, n_cells, (const SpDesignEntry *)(gpointer)entries->data,
                         entries->len);
}
