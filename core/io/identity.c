/* Files known by what the file system says of them. */
#include "core/io/identity.h"

#include "core/error.h"
#include "core/io/files.h"

#include <errno.h>
#include <sys/stat.h>

static gboolean add_identity(SpHash *hash, const char *path, GError **error)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        return sp_error_set_errno(error, errno, "%s", path);
    }
    const gint64 parts[] = {(gint64)info.st_dev,          (gint64)info.st_ino,
                            (gint64)info.st_size,         (gint64)info.st_mtim.tv_sec,
                            (gint64)info.st_mtim.tv_nsec, (gint64)info.st_ctim.tv_sec,
                            (gint64)info.st_ctim.tv_nsec};
    sp_hash_add(hash, parts, sizeof parts);
    return TRUE;
}

gboolean sp_file_identity(const char *path, char hex[SP_HASH_SIZE], GError **error)
{
    g_autoptr(SpHash) hash = sp_hash_new();
    if (!add_identity(hash, path, error)) {
        return FALSE;
    }
    sp_hash_finish(hash, hex);
    return TRUE;
}

gboolean sp_folder_identity(const char *path, char hex[SP_HASH_SIZE], GError **error)
{
    g_auto(GStrv) names = sp_folder_walk(path, error);
    g_autoptr(SpHash) hash = sp_hash_new();
    if (names == NULL) {
        return FALSE;
    }
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *full = g_build_filename(path, *name, NULL);
        sp_hash_add_text(hash, *name);
        if (!add_identity(hash, full, error)) {
            return FALSE;
        }
    }
    sp_hash_finish(hash, hex);
    return TRUE;
}
