/* A folder or an archive, looked at in one way. */
#include "core/io/tree.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/zip_read.h"

#include <string.h>
#include <unistd.h>

struct SpTree {
    char *path;
    SpZip *zip;   /* NULL: a folder */
    char *prefix; /* of the archive's names: "fylke-50-troendelag/" */
};

SpTree *sp_tree_of_folder(const char *path)
{
    SpTree *tree = g_new0(SpTree, 1);
    tree->path = g_strdup(path);
    return tree;
}

SpTree *sp_tree_of_zip(const char *path, GError **error)
{
    g_autoptr(SpTree) tree = sp_tree_of_folder(path);
    tree->zip = sp_zip_open(path, error);
    if (tree->zip == NULL) {
        return NULL;
    }
    char *const *names = sp_zip_names(tree->zip);
    const char *slash = names[0] == NULL ? NULL : strchr(names[0], '/');
    tree->prefix = slash == NULL ? NULL : g_strndup(names[0], (gsize)(slash - names[0]) + 1);
    for (gsize i = 0; tree->prefix == NULL || names[i] != NULL; i++) {
        if (tree->prefix == NULL || !g_str_has_prefix(names[i], tree->prefix)) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: its files do not lie in one folder, as those of a package do", path);
            return NULL;
        }
    }
    return g_steal_pointer(&tree);
}

void sp_tree_free(SpTree *tree)
{
    if (tree == NULL) {
        return;
    }
    sp_zip_close(tree->zip);
    g_free(tree->path);
    g_free(tree->prefix);
    g_free(tree);
}

const char *sp_tree_folder(const SpTree *tree)
{
    return tree->zip == NULL ? tree->path : NULL;
}

/* Where a file is on disk or in the archive. */
static char *place_of(const SpTree *tree, const char *name)
{
    return tree->zip != NULL ? g_strconcat(tree->prefix, name, NULL)
                             : g_build_filename(tree->path, name, NULL);
}

char *sp_tree_path(const SpTree *tree, const char *name)
{
    return name[0] == '\0' ? g_strdup(tree->path) : g_build_filename(tree->path, name, NULL);
}

char **sp_tree_list(const SpTree *tree, GError **error)
{
    if (tree->zip == NULL) {
        return sp_folder_walk(tree->path, error);
    }
    char *const *names = sp_zip_names(tree->zip);
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (gsize i = 0; names[i] != NULL; i++) {
        g_ptr_array_add(list, g_strdup(names[i] + strlen(tree->prefix)));
    }
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&list), FALSE);
}

gboolean sp_tree_has(const SpTree *tree, const char *name)
{
    g_autofree char *place = place_of(tree, name);
    return tree->zip != NULL ? g_strv_contains((const char *const *)sp_zip_names(tree->zip), place)
                             : g_file_test(place, G_FILE_TEST_EXISTS);
}

int sp_tree_open(const SpTree *tree, const char *name, gsize *size, GError **error)
{
    g_autofree char *place = place_of(tree, name);
    return tree->zip != NULL ? sp_zip_unpack(tree->zip, place, size, error)
                             : sp_file_open(place, size, error);
}

char *sp_tree_read(const SpTree *tree, const char *name, gsize max_size, gsize *size,
                   GError **error)
{
    g_autofree char *place = place_of(tree, name);
    if (tree->zip == NULL) {
        return sp_file_read(place, max_size, size, error);
    }
    g_autofree char *path = sp_tree_path(tree, name);
    if (sp_zip_size(tree->zip, place, size) && *size > max_size) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: more than %" G_GSIZE_FORMAT " bytes; is it the right file?", path,
                     max_size);
        return NULL;
    }
    int fd = sp_zip_unpack(tree->zip, place, size, error);
    if (fd < 0) {
        return NULL;
    }
    g_autofree char *bytes = g_malloc0(*size + 1);
    gboolean is_read = sp_fd_read(fd, path, bytes, *size, size, error);
    close(fd);
    return is_read ? g_steal_pointer(&bytes) : NULL;
}

gboolean sp_tree_hash(const SpTree *tree, const char *name, char hex[SP_HASH_SIZE], GError **error)
{
    g_autofree char *place = place_of(tree, name);
    return tree->zip != NULL ? sp_zip_hash(tree->zip, place, hex, error)
                             : sp_file_hash(place, hex, error);
}
