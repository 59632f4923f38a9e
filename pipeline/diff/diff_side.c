/* Packages in folders and archives. */
#include "pipeline/diff/diff_side.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"
#include "transforms/compare/causes.h"

#include <string.h>

enum { MAX_DESCRIPTOR_SIZE = 256 * 1024 * 1024 };

gboolean sp_diff_is_edition(const char *path)
{
    g_autofree char *descriptor = g_build_filename(path, SP_TABLES_DESCRIPTOR, NULL);
    return g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(descriptor, G_FILE_TEST_EXISTS);
}

char **sp_diff_packages(const char *edition, GError **error)
{
    g_auto(GStrv) all = sp_folder_list(edition, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (char **name = all; name != NULL && *name != NULL; name++) {
        g_autofree char *descriptor = g_build_filename(edition, *name, SP_TABLES_DESCRIPTOR, NULL);
        if (g_file_test(descriptor, G_FILE_TEST_EXISTS)) {
            g_ptr_array_add(names, g_strdup(*name));
        }
    }
    if (all != NULL && names->len == 0) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "%s has no packages; name the folder of an edition or of a package, or the "
                     "zip of a package",
                     edition);
        return NULL;
    }
    g_ptr_array_add(names, NULL);
    return all == NULL ? NULL : (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

static gboolean read_names(SpDiffSide *side, GError **error)
{
    gsize size = 0;
    size_t i = 0;
    json_t *resource = NULL;
    g_autofree char *origin = sp_tree_path(side->tree, SP_TABLES_DESCRIPTOR);
    g_autofree char *text =
        sp_tree_read(side->tree, SP_TABLES_DESCRIPTOR, MAX_DESCRIPTOR_SIZE, &size, error);
    g_autoptr(json_t) json = text == NULL ? NULL : sp_json_parse(text, size, origin, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    if (json == NULL) {
        return FALSE;
    }
    json_array_foreach(json_object_get(json, "resources"), i, resource)
    {
        const char *name = json_string_value(json_object_get(resource, "name"));
        if (name != NULL && json_object_get(resource, "schema") != NULL) {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    g_ptr_array_add(names, NULL);
    side->names = (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
    return TRUE;
}

gboolean sp_diff_side_open(SpDiffSide *side, const char *path, GError **error)
{
    *side = (SpDiffSide){0};
    if (path == NULL) {
        side->names = g_new0(char *, 1);
        return TRUE;
    }
    const gboolean is_folder = g_file_test(path, G_FILE_TEST_IS_DIR);
    side->tree = is_folder ? sp_tree_of_folder(path) : sp_tree_of_zip(path, error);
    if (side->tree == NULL || !read_names(side, error)) {
        return FALSE;
    }
    side->all = is_folder ? NULL : sp_tables_read_tree(side->tree, error);
    return (is_folder || side->all != NULL) &&
           sp_diff_side_read(side, SP_BASIS_TABLE, &side->basis, error);
}

void sp_diff_side_close(SpDiffSide *side)
{
    g_clear_pointer(&side->tree, sp_tree_free);
    g_clear_pointer(&side->all, sp_tables_free);
    g_clear_pointer(&side->names, g_strfreev);
    g_clear_pointer(&side->basis, sp_table_free);
}

gboolean sp_diff_side_read(SpDiffSide *side, const char *name, SpTable **table, GError **error)
{
    const char *const names[] = {name, NULL};
    *table = NULL;
    if (!g_strv_contains((const char *const *)side->names, name)) {
        return TRUE;
    }
    if (side->all != NULL) {
        *table = sp_table_copy(sp_tables_find(side->all, name));
        return TRUE;
    }
    g_autoptr(SpTables) read = sp_tables_read(sp_tree_folder(side->tree), names, error);
    *table = read == NULL ? NULL : sp_tables_steal(read, name);
    return read != NULL;
}
