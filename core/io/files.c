/* Files and links: whole reads, atomic writes, the buffered writer. */
#include "core/io/files.h"

#include "core/error.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_SIZE = 256 * 1024 };

struct SpWriter {
    char *path;
    int fd;
    int errnum; /* the first failure, 0 for none */
    gsize used;
    char buffer[BUFFER_SIZE];
};

/* The system says ENOENT both for an input that is missing and for an output whose folder is; only
 * the second is told here. */
static gboolean set_create_error(GError **error, int errnum, const char *path)
{
    if (errnum == ENOENT || errnum == EEXIST || errnum == ENOTDIR || errnum == ENOTEMPTY ||
        errnum == EISDIR || errnum == ENAMETOOLONG) {
        return sp_error_set(error, SP_ERROR_CANT_CREATE, "cannot make %s: %s", path,
                            g_strerror(errnum));
    }
    return sp_error_set_errno(error, errnum, "cannot make %s", path);
}

/* O_NONBLOCK: opening a FIFO that someone left in the inbox must not hang the night. */
static int open_regular(const char *path, struct stat *status, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) {
        sp_error_set_errno(error, errno, "cannot read %s", path);
        return -1;
    }
    if (fstat(fd, status) != 0) {
        sp_error_set_errno(error, errno, "cannot read %s", path);
        close(fd);
        return -1;
    }
    if (!S_ISREG(status->st_mode)) {
        sp_error_set(error, SP_ERROR_DATA, "%s is not a regular file", path);
        close(fd);
        return -1;
    }
    return fd;
}

int sp_file_open(const char *path, gsize *size, GError **error)
{
    struct stat status;
    int fd = open_regular(path, &status, error);
    *size = fd < 0 ? 0 : (gsize)status.st_size;
    return fd;
}

gboolean sp_fd_read(int fd, const char *path, void *bytes, gsize size, gsize *n_read,
                    GError **error)
{
    gsize done = 0;
    while (done < size) {
        ssize_t n = read(fd, (char *)bytes + done, size - done);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return sp_error_set_errno(error, errno, "cannot read %s", path);
        }
        if (n == 0) {
            break;
        }
        done += (gsize)n;
    }
    *n_read = done;
    return TRUE;
}

/* Returns 0 or the errno of the failure. */
static int write_all(int fd, const char *bytes, gsize size)
{
    while (size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return errno;
        }
        bytes += n;
        size -= (gsize)n;
    }
    return 0;
}

static SpWriter *writer_new(int fd, const char *path)
{
    SpWriter *writer = g_new(SpWriter, 1);
    writer->path = g_strdup(path);
    writer->fd = fd;
    writer->errnum = 0;
    writer->used = 0;
    return writer;
}

static void keep_failure(SpWriter *writer, int errnum)
{
    if (writer->errnum == 0) {
        writer->errnum = errnum;
    }
}

static void flush(SpWriter *writer)
{
    if (writer->errnum == 0) {
        keep_failure(writer, write_all(writer->fd, writer->buffer, writer->used));
    }
    writer->used = 0;
}

char *sp_file_read(const char *path, gsize max_size, gsize *size, GError **error)
{
    struct stat status;
    int fd = open_regular(path, &status, error);
    if (fd < 0) {
        return NULL;
    }
    /* One byte more than the file's size is asked for, so that a file that grows meanwhile is
     * noticed. */
    gsize expected = (gsize)status.st_size;
    g_autofree char *bytes = expected <= max_size ? g_malloc(expected + 2) : NULL;
    gsize n = 0;
    gboolean is_read = bytes == NULL || sp_fd_read(fd, path, bytes, expected + 1, &n, error);
    close(fd);
    if (bytes == NULL) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s has %" G_GSIZE_FORMAT " bytes, more than the %" G_GSIZE_FORMAT " allowed",
                     path, expected, max_size);
        return NULL;
    }
    if (!is_read) {
        return NULL;
    }
    if (n > expected) {
        sp_error_set(error, SP_ERROR_IO, "%s grew while it was read; run again when it is complete",
                     path);
        return NULL;
    }
    bytes[n] = '\0';
    *size = n;
    return g_steal_pointer(&bytes);
}

GBytes *sp_file_map(const char *path, GError **error)
{
    struct stat status;
    int fd = open_regular(path, &status, error);
    if (fd < 0) {
        return NULL;
    }
    g_autoptr(GError) failure = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new_from_fd(fd, FALSE, &failure);
    close(fd);
    if (file == NULL) {
        sp_error_set(error, SP_ERROR_IO, "cannot read %s: %s", path, failure->message);
        return NULL;
    }
    return g_mapped_file_get_bytes(file);
}

SpWriter *sp_writer_open(const char *path, guint mode, GError **error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        set_create_error(error, errno, path);
        return NULL;
    }
    SpWriter *writer = writer_new(fd, path);
    if (fchmod(fd, (mode_t)sp_mode_at(path, mode)) != 0) {
        keep_failure(writer, errno);
    }
    return writer;
}

void sp_writer_put(SpWriter *writer, const void *bytes, gsize size)
{
    if (size > BUFFER_SIZE - writer->used) {
        flush(writer);
        if (size >= BUFFER_SIZE) {
            if (writer->errnum == 0) {
                keep_failure(writer, write_all(writer->fd, bytes, size));
            }
            return;
        }
    }
    if (size > 0) {
        memcpy(writer->buffer + writer->used, bytes, size);
        writer->used += size;
    }
}

void sp_writer_put_text(SpWriter *writer, const char *text)
{
    sp_writer_put(writer, text, strlen(text));
}

void sp_writer_sync(SpWriter *writer)
{
    flush(writer);
    if (writer->errnum == 0 && fsync(writer->fd) != 0) {
        keep_failure(writer, errno);
    }
}

gboolean sp_writer_close(SpWriter *writer, GError **error)
{
    flush(writer);
    /* The disk begins, so that there is little to wait for when the folder is synced. */
    (void)sync_file_range(writer->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    if (close(writer->fd) != 0) {
        keep_failure(writer, errno);
    }
    writer->fd = -1;
    gboolean ok = writer->errnum == 0 ||
                  sp_error_set_errno(error, writer->errnum, "cannot write %s", writer->path);
    sp_writer_abandon(writer);
    return ok;
}

void sp_writer_abandon(SpWriter *writer)
{
    if (writer == NULL) {
        return;
    }
    if (writer->fd >= 0) {
        close(writer->fd);
    }
    g_free(writer->path);
    g_free(writer);
}

gboolean sp_file_make(const char *path, const void *bytes, gsize size, guint mode, GError **error)
{
    SpWriter *writer = sp_writer_open(path, mode, error);
    if (writer == NULL) {
        return FALSE;
    }
    sp_writer_put(writer, bytes, size);
    return sp_writer_close(writer, error);
}

gboolean sp_file_write(const char *path, const void *bytes, gsize size, guint mode, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *unfinished = g_build_filename(folder, ".sp-XXXXXX", NULL);
    int fd = g_mkstemp_full(unfinished, O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) {
        return set_create_error(error, errno, path);
    }
    /* The messages name the file that was asked for, not its passing name. */
    SpWriter *writer = writer_new(fd, path);
    if (fchmod(fd, (mode_t)sp_mode_at(path, mode)) != 0) {
        keep_failure(writer, errno);
    }
    sp_writer_put(writer, bytes, size);
    sp_writer_sync(writer);
    if (!sp_writer_close(writer, error)) {
        unlink(unfinished);
        return FALSE;
    }
    if (rename(unfinished, path) != 0) {
        int errnum = errno;
        unlink(unfinished);
        return set_create_error(error, errnum, path);
    }
    return sp_folder_sync_parent(path, error);
}

gboolean sp_rename(const char *from, const char *to, GError **error)
{
    struct stat status;
    if (lstat(from, &status) != 0) {
        return sp_error_set_errno(error, errno, "cannot rename %s", from);
    }
    if (rename(from, to) != 0) {
        set_create_error(error, errno, to);
        g_prefix_error(error, "cannot rename %s: ", from);
        return FALSE;
    }
    g_autofree char *from_folder = g_path_get_dirname(from);
    g_autofree char *to_folder = g_path_get_dirname(to);
    return sp_folder_sync_parent(to, error) &&
           (strcmp(from_folder, to_folder) == 0 || sp_folder_sync_parent(from, error));
}

gboolean sp_link_swap(const char *link, const char *target, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(link);
    g_autofree char *unfinished = NULL;
    int made = -1;
    /* A few tries: a name left by a process that died stands in the way of nobody else. */
    for (guint i = 0; i < 100 && made != 0; i++) {
        g_free(unfinished);
        unfinished = g_strdup_printf("%s/.sp-link-%08x", folder, g_random_int());
        made = symlink(target, unfinished);
        if (made != 0 && errno != EEXIST) {
            break;
        }
    }
    if (made != 0) {
        return set_create_error(error, errno, link);
    }
    if (rename(unfinished, link) != 0) {
        int errnum = errno;
        unlink(unfinished);
        return set_create_error(error, errnum, link);
    }
    return sp_folder_sync_parent(link, error);
}

char *sp_link_read(const char *link)
{
    return g_file_read_link(link, NULL);
}
