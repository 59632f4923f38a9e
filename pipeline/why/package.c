/* Descriptors of packages, and their tables when they are asked for. */
#include "pipeline/why/package.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"
#include "pipeline/edition.h"

#include <string.h>

enum { MAX_DESCRIPTOR_SIZE = 16 * 1024 * 1024 };

void sp_why_package_free(SpWhyPackage *package)
{
    if (package == NULL) {
        return;
    }
    g_free(package->path);
    g_free(package->edition);
    g_free(package->name);
    g_free(package->region);
    g_free(package->file_table);
    g_strfreev(package->names);
    g_hash_table_unref(package->sources);
    sp_tables_free(package->tables);
    g_free(package);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpWhyPackage, sp_why_package_free)

static char *titles_of(const json_t *sources)
{
    GString *text = g_string_new(NULL);
    size_t i = 0;
    json_t *source = NULL;
    json_array_foreach((json_t *)sources, i, source)
    {
        const char *title = json_string_value(json_object_get(source, "title"));
        const char *path = json_string_value(json_object_get(source, "path"));
        g_string_append_printf(text, "%s%s%s%s%s", text->len > 0 ? "\n" : "",
                               title != NULL ? title : "?", path != NULL ? " <" : "",
                               path != NULL ? path : "", path != NULL ? ">" : "");
    }
    return g_string_free(text, FALSE);
}

static gboolean read_descriptor(SpWhyPackage *package, const SpTree *tree, GError **error)
{
    gsize size = 0;
    g_autofree char *where = sp_tree_path(tree, SP_TABLES_DESCRIPTOR);
    g_autofree char *text =
        sp_tree_read(tree, SP_TABLES_DESCRIPTOR, MAX_DESCRIPTOR_SIZE, &size, error);
    g_autoptr(json_t) json = text != NULL ? sp_json_parse(text, size, where, error) : NULL;
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    const char *edition = json_string_value(json_object_get(json, "version"));
    const char *name = json_string_value(json_object_get(json, "name"));
    const char *region = json_string_value(json_object_get(json, "sp:region"));
    size_t i = 0;
    json_t *resource = NULL;
    if (json == NULL) {
        return FALSE;
    }
    if (edition == NULL || name == NULL || region == NULL) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s does not say which edition and region it is of; name the folder of "
                            "an edition or of a package, or the zip of a package",
                            where);
    }
    json_array_foreach(json_object_get(json, "resources"), i, resource)
    {
        const char *table = json_string_value(json_object_get(resource, "name"));
        if (table != NULL) {
            g_strv_builder_add(names, table);
            g_hash_table_insert(package->sources, g_strdup(table),
                                titles_of(json_object_get(resource, "sources")));
        }
    }
    package->edition = g_strdup(edition);
    package->name = g_strdup(name);
    package->region = g_strdup(region);
    package->names = g_strv_builder_end(names);
    return TRUE;
}

/* Takes the path. */
static SpWhyPackage *open_one(char *path, GError **error)
{
    g_autoptr(SpWhyPackage) package = g_new0(SpWhyPackage, 1);
    package->path = path;
    package->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    package->tables = sp_tables_new();
    package->is_archive = !g_file_test(path, G_FILE_TEST_IS_DIR);
    g_autoptr(SpTree) tree =
        package->is_archive ? sp_tree_of_zip(path, error) : sp_tree_of_folder(path);
    return tree != NULL && read_descriptor(package, tree, error) ? g_steal_pointer(&package) : NULL;
}

static gboolean add_package(GPtrArray *into, char *path, GError **error)
{
    SpWhyPackage *package = open_one(path, error);
    if (package != NULL) {
        g_ptr_array_add(into, package);
    }
    return package != NULL;
}

/* The folders of an edition that are packages. */
static gboolean add_edition(GPtrArray *into, const char *folder, GError **error)
{
    g_auto(GStrv) names = sp_folder_list(folder, error);
    for (char **name = names; names != NULL && *name != NULL; name++) {
        g_autofree char *descriptor = g_build_filename(folder, *name, SP_TABLES_DESCRIPTOR, NULL);
        if (g_file_test(descriptor, G_FILE_TEST_EXISTS) &&
            !add_package(into, g_build_filename(folder, *name, NULL), error)) {
            return FALSE;
        }
    }
    return names != NULL &&
           (into->len > 0 ||
            sp_error_set(error, SP_ERROR_NO_INPUT,
                         "%s is neither an edition nor a package: no " SP_TABLES_DESCRIPTOR
                         " is there",
                         folder));
}

/* The package that a file PACKAGE/data/NAME.csv is of, and the table it holds. */
static gboolean add_file(GPtrArray *into, const char *path, GError **error)
{
    g_autofree char *data = g_path_get_dirname(path);
    g_autofree char *folder = g_path_get_dirname(data);
    g_autofree char *descriptor = g_build_filename(folder, SP_TABLES_DESCRIPTOR, NULL);
    g_autofree char *table = g_path_get_basename(path);
    table[strlen(table) - strlen(".csv")] = '\0';
    if (!g_file_test(descriptor, G_FILE_TEST_EXISTS)) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "%s is in no package: %s is not there; name a file in the folder data "
                            "of a package",
                            path, descriptor);
    }
    if (!add_package(into, g_steal_pointer(&folder), error)) {
        return FALSE;
    }
    ((SpWhyPackage *)into->pdata[0])->file_table = g_steal_pointer(&table);
    return TRUE;
}

GPtrArray *sp_why_packages_open(const SpContext *context, const char *argument, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)sp_why_package_free);
    g_autofree char *named = sp_context_work_path(context, "packages", argument, NULL);
    g_autofree char *path = sp_edition_is_name(argument) && g_file_test(named, G_FILE_TEST_IS_DIR)
                                ? g_steal_pointer(&named)
                                : g_canonicalize_filename(argument, NULL);
    g_autofree char *descriptor = g_build_filename(path, SP_TABLES_DESCRIPTOR, NULL);
    gboolean is_open = FALSE;
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "%s is not there; give the name or the folder of an edition, the folder or "
                     "the zip of a package, or a file in a package's folder data",
                     argument);
        return NULL;
    }
    if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(descriptor, G_FILE_TEST_EXISTS)) {
        is_open = add_edition(all, path, error);
    } else if (g_str_has_suffix(path, ".csv")) {
        is_open = add_file(all, path, error);
    } else {
        is_open = add_package(all, g_strdup(path), error);
    }
    return is_open ? g_steal_pointer(&all) : NULL;
}

static gboolean read_table(SpWhyPackage *package, const char *name, GError **error)
{
    const char *const names[] = {name, NULL};
    g_autoptr(SpTree) tree = package->is_archive ? sp_tree_of_zip(package->path, error) : NULL;
    if (package->is_archive) {
        sp_tables_free(package->tables);
        package->tables = tree != NULL ? sp_tables_read_tree(tree, error) : NULL;
        if (package->tables == NULL) {
            package->tables = sp_tables_new();
            return FALSE;
        }
        return TRUE;
    }
    g_autoptr(SpTables) read = sp_tables_read(package->path, names, error);
    if (read == NULL) {
        return FALSE;
    }
    sp_tables_add(package->tables, sp_tables_steal(read, name));
    return TRUE;
}

const SpTable *sp_why_package_table(SpWhyPackage *package, const char *name, GError **error)
{
    const SpTable *known = sp_tables_find(package->tables, name);
    if (known == NULL && !g_strv_contains((const char *const *)package->names, name)) {
        g_autofree char *all = g_strjoinv(", ", package->names);
        sp_error_set(error, SP_ERROR_NO_INPUT, "%s has no table %s; it has %s", package->name, name,
                     all);
        return NULL;
    }
    return known != NULL                      ? known
           : read_table(package, name, error) ? sp_tables_find(package->tables, name)
                                              : NULL;
}
