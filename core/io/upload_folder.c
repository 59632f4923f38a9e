/* A folder of this machine, or one that is mounted. */
#include "core/error.h"
#include "core/io/files.h"
#include "core/io/upload_way.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { PIECE_SIZE = 1024 * 1024 };

static char *full_path(const SpUpload *upload, const char *path)
{
    return g_build_filename(upload->folder, path, NULL);
}

static gboolean can_rename(SpUpload *upload, gboolean *can, GError **error)
{
    (void)upload;
    (void)error;
    *can = TRUE;
    return TRUE;
}

/* The target itself must be there: what is not mounted is not to be filled. */
static gboolean make_folder(SpUpload *upload, const char *path, gboolean *is_new, GError **error)
{
    g_autofree char *full = full_path(upload, path);
    if (!g_file_test(upload->folder, G_FILE_TEST_IS_DIR)) {
        return sp_error_set(error, SP_ERROR_UNAVAILABLE,
                            "%s: the folder is not there; make it, or mount it", upload->folder);
    }
    *is_new = !g_file_test(full, G_FILE_TEST_EXISTS);
    return sp_folder_make(full, SP_MODE_TARGET_FOLDER, error);
}

static gboolean size_of(SpUpload *upload, const char *path, gint64 *size, GError **error)
{
    GStatBuf is;
    g_autofree char *full = full_path(upload, path);
    *size = -1;
    if (g_stat(full, &is) != 0) {
        return errno == ENOENT || sp_error_set_errno(error, errno, "%s", full);
    }
    *size = S_ISREG(is.st_mode) ? (gint64)is.st_size : -1;
    return TRUE;
}

static gboolean has_folder(SpUpload *upload, const char *path, gboolean *has, GError **error)
{
    g_autofree char *full = full_path(upload, path);
    (void)error;
    *has = g_file_test(full, G_FILE_TEST_IS_DIR);
    return TRUE;
}

static gboolean copy(int fd, const char *from, const char *to, GError **error)
{
    g_autofree char *piece = g_malloc(PIECE_SIZE);
    g_autoptr(SpWriter) writer = sp_writer_open(to, SP_MODE_PUBLIC_FILE, error);
    for (gsize n = PIECE_SIZE; writer != NULL && n == PIECE_SIZE;) {
        if (!sp_fd_read(fd, from, piece, PIECE_SIZE, &n, error)) {
            return FALSE;
        }
        sp_writer_put(writer, piece, n);
    }
    if (writer == NULL) {
        return FALSE;
    }
    sp_writer_sync(writer);
    return sp_writer_close(g_steal_pointer(&writer), error);
}

static gboolean send_file(SpUpload *upload, const char *file, const char *path, gboolean is_same,
                          GError **error)
{
    (void)is_same;
    gsize size = 0;
    g_autofree char *to = full_path(upload, path);
    if (g_unlink(to) != 0 && errno != ENOENT) {
        return sp_error_set_errno(error, errno, "%s", to);
    }
    const int fd = sp_file_open(file, &size, error);
    const gboolean is_copied = fd >= 0 && copy(fd, file, to, error);
    if (fd >= 0) {
        (void)g_close(fd, NULL);
    }
    return is_copied;
}

static gboolean rename_to(SpUpload *upload, const char *from, const char *to, GError **error)
{
    g_autofree char *bare = g_str_has_suffix(to, "/") ? g_strndup(to, strlen(to) - 1) : NULL;
    g_autofree char *old = full_path(upload, from);
    g_autofree char *new = full_path(upload, bare != NULL ? bare : to);
    return (bare == NULL || sp_folder_sync(old, error)) && sp_rename(old, new, error);
}

static gboolean remove_folder(SpUpload *upload, const char *path, GError **error)
{
    g_autofree char *full = full_path(upload, path);
    return sp_folder_remove(full, error);
}

const SpUploadWay sp_upload_folder = {.can_rename = can_rename,
                                      .make_folder = make_folder,
                                      .size = size_of,
                                      .has_folder = has_folder,
                                      .send = send_file,
                                      .rename = rename_to,
                                      .remove_folder = remove_folder};
