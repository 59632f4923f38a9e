/* Folders: made, listed, walked, synced, removed. The contract is in files.h. */
#include "core/io/files.h"

#include "core/codes.h"
#include "core/error.h"

#include <glib/gstdio.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Called for everything below a folder, children before their folder, names in byte order. */
typedef gboolean (*Visit)(const char *path, const struct stat *status, gpointer data,
                          GError **error);

static gboolean visit(const char *path, Visit each, gpointer data, GError **error)
{
    struct stat status;
    if (lstat(path, &status) != 0) {
        return sp_error_set_errno(error, errno, "cannot look at %s", path);
    }
    if (S_ISDIR(status.st_mode)) {
        g_auto(GStrv) names = sp_folder_list(path, error);
        if (names == NULL) {
            return FALSE;
        }
        for (gsize i = 0; names[i] != NULL; i++) {
            g_autofree char *child = g_build_filename(path, names[i], NULL);
            if (!visit(child, each, data, error)) {
                return FALSE;
            }
        }
    }
    return each(path, &status, data, error);
}

typedef struct {
    gsize root_size; /* of the folder's own path and the slash after it */
    GPtrArray *paths;
} Walk;

static gboolean collect(const char *path, const struct stat *status, gpointer data, GError **error)
{
    Walk *walk = data;
    if (S_ISDIR(status->st_mode)) {
        return TRUE;
    }
    if (!S_ISREG(status->st_mode)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s is %s; only regular files and folders belong here", path,
                            S_ISLNK(status->st_mode) ? "a symbolic link" : "not a regular file");
    }
    g_ptr_array_add(walk->paths, g_strdup(path + walk->root_size));
    return TRUE;
}

static gboolean sync_one(const char *path, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        return sp_error_set_errno(error, errno, "cannot sync %s", path);
    }
    int failed = fsync(fd);
    int errnum = errno;
    close(fd);
    return failed == 0 || sp_error_set_errno(error, errnum, "cannot sync %s", path);
}

static gboolean sync_visit(const char *path, const struct stat *status, gpointer data,
                           GError **error)
{
    (void)data;
    /* What is neither has no content of its own to lose; its name is in its folder. */
    return (!S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode)) || sync_one(path, error);
}

static gboolean remove_visit(const char *path, const struct stat *status, gpointer data,
                             GError **error)
{
    (void)data;
    int failed = S_ISDIR(status->st_mode) ? rmdir(path) : unlink(path);
    return failed == 0 || sp_error_set_errno(error, errno, "cannot remove %s", path);
}

typedef struct {
    guint file_mode;
    guint folder_mode;
} Modes;

static gboolean chmod_visit(const char *path, const struct stat *status, gpointer data,
                            GError **error)
{
    const Modes *modes = data;
    if (!S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode)) {
        return TRUE;
    }
    guint mode = S_ISDIR(status->st_mode) ? modes->folder_mode : modes->file_mode;
    return (status->st_mode & SP_MODE_ALL) == mode || chmod(path, (mode_t)mode) == 0 ||
           sp_error_set_errno(error, errno, "cannot set the mode of %s", path);
}

static gboolean is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

gboolean sp_folder_make(const char *path, guint mode, GError **error)
{
    if (is_folder(path)) {
        return TRUE;
    }
    g_autofree char *parent = g_path_get_dirname(path);
    if (strcmp(parent, path) != 0 && !sp_folder_make(parent, mode, error)) {
        return FALSE;
    }
    const guint wanted = sp_mode_at(path, mode);
    struct stat made;
    if (mkdir(path, wanted & (S_IRWXU | S_IRWXG | S_IRWXO)) != 0) {
        int errnum = errno;
        if (errnum == EEXIST && is_folder(path)) {
            return TRUE; /* another process was faster, or the path ends in a slash */
        }
        if (errnum == EEXIST || errnum == ENOENT || errnum == ENOTDIR) {
            return sp_error_set(error, SP_ERROR_CANT_CREATE, "cannot make folder %s: %s", path,
                                g_strerror(errnum));
        }
        return sp_error_set_errno(error, errnum, "cannot make folder %s", path);
    }
    /* A service may forbid all that sets the bit by which a folder hands its group on; by the umask
     * of a shared workspace and by its own folder it has it already. */
    if (stat(path, &made) != 0 ||
        ((made.st_mode & SP_MODE_ALL) != wanted && chmod(path, (mode_t)wanted) != 0)) {
        return sp_error_set_errno(error, errno, "cannot set the mode of %s", path);
    }
    return sp_folder_sync_parent(path, error);
}

char **sp_folder_list(const char *path, GError **error)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        sp_error_set_errno(error, errno, "cannot list %s", path);
        return NULL;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    struct dirent *entry = NULL;
    errno = 0;
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            g_ptr_array_add(names, g_strdup(entry->d_name));
        }
        errno = 0;
    }
    int errnum = errno;
    closedir(folder);
    if (errnum != 0) {
        sp_error_set_errno(error, errnum, "cannot list %s", path);
        return NULL;
    }
    g_ptr_array_sort(names, sp_codes_compare);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_steal(names, NULL);
}

char **sp_folder_walk(const char *path, GError **error)
{
    if (!is_folder(path)) {
        sp_error_set(error, SP_ERROR_NO_INPUT, "%s is not a folder", path);
        return NULL;
    }
    /* The slash at the end makes lstat look at the folder itself even where `path` is a link to it.
     */
    g_autofree char *root =
        g_str_has_suffix(path, "/") ? g_strdup(path) : g_strconcat(path, "/", NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    Walk walk = {.root_size = strlen(root), .paths = paths};
    if (!visit(root, collect, &walk, error)) {
        return NULL;
    }
    /* Sorted as whole paths: "a-b" stands before "a/b". */
    g_ptr_array_sort(paths, sp_codes_compare);
    g_ptr_array_add(paths, NULL);
    return (char **)g_ptr_array_steal(paths, NULL);
}

gboolean sp_folder_sync(const char *path, GError **error)
{
    return visit(path, sync_visit, NULL, error);
}

gboolean sp_folder_sync_parent(const char *path, GError **error)
{
    /* g_path_get_dirname takes "a/b/" for what lies in "a/b". */
    g_autofree char *bare = g_strdup(path);
    for (gsize n = strlen(bare); n > 1 && bare[n - 1] == '/'; n--) {
        bare[n - 1] = '\0';
    }
    g_autofree char *parent = g_path_get_dirname(bare);
    int fd = open(parent, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    if (fd < 0 && errno == EACCES) {
        /* A folder that may be written and entered but not listed cannot be synced through itself.
         */
        return TRUE;
    }
    if (fd < 0) {
        return sp_error_set_errno(error, errno, "cannot sync %s", parent);
    }
    int failed = fsync(fd);
    int errnum = errno;
    close(fd);
    /* Some file systems cannot sync a folder and say so; their own rules hold then. */
    return failed == 0 || errnum == EINVAL ||
           sp_error_set_errno(error, errnum, "cannot sync %s", parent);
}

gboolean sp_folder_remove(const char *path, GError **error)
{
    struct stat status;
    if (lstat(path, &status) != 0 && errno == ENOENT) {
        return TRUE;
    }
    return visit(path, remove_visit, NULL, error);
}

gboolean sp_folder_chmod(const char *path, guint file_mode, guint folder_mode, GError **error)
{
    Modes modes = {.file_mode = file_mode & SP_MODE_ALL, .folder_mode = folder_mode & SP_MODE_ALL};
    return visit(path, chmod_visit, &modes, error);
}

gboolean sp_folder_replace(const char *from, const char *to, GError **error)
{
    struct stat status;
    if (lstat(to, &status) != 0) {
        return sp_rename(from, to, error);
    }
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE) == 0) {
        return sp_folder_sync_parent(to, error) && sp_folder_sync_parent(from, error) &&
               sp_folder_remove(from, error);
    }
    return sp_folder_remove(to, error) && sp_rename(from, to, error);
}
