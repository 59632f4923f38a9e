/* Modes of new files and folders. The contract is in files.h. */
#include "core/io/files.h"

#include <sys/stat.h>

static gboolean is_shared(const char *folder)
{
    enum { SHARED = S_ISGID | S_IWGRP };
    struct stat status;
    return stat(folder, &status) == 0 && (status.st_mode & SHARED) == SHARED;
}

guint sp_mode_at(const char *path, guint mode)
{
    const guint plain = mode & SP_MODE_ALL;
    if ((mode & SP_MODE_AS_FOLDER) == 0) {
        return plain;
    }
    g_autofree char *folder = g_path_get_dirname(path);
    if (!is_shared(folder)) {
        return plain;
    }
    return plain | ((plain & S_IRWXU) >> 3) | ((plain & S_IXUSR) != 0 ? S_ISGID : 0U);
}
