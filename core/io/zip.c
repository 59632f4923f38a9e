/* Deterministic zip archives by libzip. */
#include "core/io/zip.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/zip_pack.h"
#include "core/io/zip_ready.h"

#include <zip.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* 1 January 1980 as DOS writes a date: years since 1980, month, day. The earliest a zip archive can
 * hold. */
static const zip_uint16_t first_dos_date = 0 << 9 | 1 << 5 | 1;
static const zip_uint32_t attributes = (zip_uint32_t)(S_IFREG | 0644) << 16;
/* Of the statistics' CSV, 6 takes three times as long and makes a quarter less of it: an archive is
 * made every night and fetched a few times. */
static const int deflate_level = 1;
/* What is an archive itself: nothing is left to gain. */
static const char archive_ending[] = ".xlsx";

static gboolean refuse_zip(GError **error, const char *path, zip_error_t *failure)
{
    int errnum = zip_error_system_type(failure) == ZIP_ET_SYS ? zip_error_code_system(failure) : 0;
    SpErrorCode code = SP_ERROR_IO;
    if (errnum == EACCES || errnum == EPERM) {
        code = SP_ERROR_PERMISSION;
    } else if (errnum == ENOENT || errnum == ENOTDIR) {
        code = SP_ERROR_CANT_CREATE;
    }
    return sp_error_set(error, code, "cannot write %s: %s", path, zip_error_strerror(failure));
}

static gboolean add_file(zip_t *archive, const char *file, const char *entry, SpPacker *packer)
{
    gboolean is_archive = g_str_has_suffix(entry, archive_ending);
    zip_source_t *source =
        is_archive ? zip_source_file(archive, file, 0, -1) : sp_zip_pack(archive, file, packer);
    if (source == NULL) {
        return FALSE;
    }
    zip_int64_t index = zip_file_add(archive, entry, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return FALSE;
    }
    zip_uint64_t i = (zip_uint64_t)index;
    return zip_set_file_compression(archive, i, is_archive ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) ==
               0 &&
           zip_file_set_dostime(archive, i, 0, first_dos_date, 0) == 0 &&
           zip_file_set_external_attributes(archive, i, 0, ZIP_OPSYS_UNIX, attributes) == 0;
}

/* What is packed, for messages, and where from. */
typedef struct {
    const char *path;
    const char *folder;
    const char *prefix;
    SpPacker *packer;
} Making;

static gboolean add_files(zip_t *archive, const Making *making, char **files, GError **error)
{
    for (gsize i = 0; files[i] != NULL; i++) {
        g_autofree char *file = g_build_filename(making->folder, files[i], NULL);
        g_autofree char *entry = g_strconcat(making->prefix, files[i], NULL);
        if (!g_utf8_validate(entry, -1, NULL)) {
            g_autofree char *shown = g_utf8_make_valid(entry, -1);
            return sp_error_set(error, SP_ERROR_DATA,
                                "cannot write %s: the name \"%s\" is not UTF-8; rename the file",
                                making->path, shown);
        }
        if (!add_file(archive, file, entry, making->packer)) {
            refuse_zip(error, making->path, zip_get_error(archive));
            g_prefix_error(error, "%s: ", file);
            return FALSE;
        }
    }
    return TRUE;
}

/* libzip leaves the mode to the umask and the bytes to the page cache. */
static gboolean finish(const char *path, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return sp_error_set_errno(error, errno, "cannot finish %s", path);
    }
    gboolean is_done = fchmod(fd, SP_MODE_PUBLIC_FILE) == 0 && fsync(fd) == 0;
    int errnum = errno;
    close(fd);
    return (is_done || sp_error_set_errno(error, errnum, "cannot finish %s", path)) &&
           sp_folder_sync_parent(path, error);
}

gboolean sp_zip_write(const char *path, const char *folder, const char *prefix, GError **error)
{
    g_auto(GStrv) files = sp_folder_walk(folder, error);
    if (files == NULL) {
        return FALSE;
    }
    /* libzip makes no archive without entries. */
    if (files[0] == NULL) {
        return sp_error_set(error, SP_ERROR_NO_INPUT, "cannot write %s: %s holds no file", path,
                            folder);
    }
    g_autoptr(SpPacker) packer = sp_packer_new(deflate_level);
    if (packer == NULL) {
        return sp_error_set(error, SP_ERROR_IO, "cannot write %s: no memory", path);
    }
    int code = 0;
    sp_zip_ready();
    zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_EXCL, &code);
    if (archive == NULL) {
        zip_error_t failure;
        zip_error_init_with_code(&failure, code);
        gboolean is_refused = code == ZIP_ER_EXISTS
                                  ? sp_error_set(error, SP_ERROR_CANT_CREATE,
                                                 "cannot write %s: it exists already", path)
                                  : refuse_zip(error, path, &failure);
        zip_error_fini(&failure);
        return is_refused;
    }
    const Making making = {path, folder, prefix, packer};
    if (!add_files(archive, &making, files, error)) {
        zip_discard(archive);
        return FALSE;
    }
    /* Only now are files read and bytes written, under a temporary name that libzip removes if it
     * fails. */
    if (zip_close(archive) != 0) {
        refuse_zip(error, path, zip_get_error(archive));
        zip_discard(archive);
        return FALSE;
    }
    if (!finish(path, error)) {
        unlink(path);
        return FALSE;
    }
    return TRUE;
}
