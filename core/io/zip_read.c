/* Reading zip archives by libzip: nothing that the archive says of itself is trusted. */
#include "core/io/zip_read.h"

#include "core/codes.h"
#include "core/error.h"
#include "core/io/zip_ready.h"

#include <zip.h>

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_ENTRIES = 10000, PIECE_SIZE = 256 * 1024 };
static const guint64 max_entry = G_GUINT64_CONSTANT(1) << 30;
static const guint64 max_total = G_GUINT64_CONSTANT(8) << 30;

struct SpZip {
    char *path;
    zip_t *archive;
    GHashTable *places; /* name, borrowed from `names` -> index + 1 */
    GPtrArray *names;   /* char*, sorted, NULL at the end */
};

static const char remedy[] = "fetch it again";

static gboolean stays_inside(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    for (gsize i = 0; parts[i] != NULL; i++) {
        if (parts[i][0] == '\0' || strcmp(parts[i], ".") == 0 || strcmp(parts[i], "..") == 0) {
            return FALSE;
        }
    }
    return parts[0] != NULL && strchr(name, '\\') == NULL && g_utf8_validate(name, -1, NULL);
}

/* An archive that was made where files have kinds says of which kind each was. */
static gboolean is_link(const SpZip *zip, zip_uint64_t i)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    (void)zip_file_get_external_attributes(zip->archive, i, 0, &system, &attributes);
    const mode_t kind = (mode_t)(attributes >> 16) & S_IFMT;
    return system == ZIP_OPSYS_UNIX && kind != 0 && kind != S_IFREG && kind != S_IFDIR;
}

static gboolean add_entry(SpZip *zip, zip_uint64_t i, guint64 *total, GError **error)
{
    zip_stat_t status;
    const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(zip->archive, i, ZIP_FL_ENC_STRICT, &status) != 0 ||
        (status.valid & wanted) != wanted) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: an entry cannot be read; %s", zip->path,
                            remedy);
    }
    const gboolean is_folder = g_str_has_suffix(status.name, "/") && status.size == 0;
    g_autofree char *name = g_strndup(status.name, strlen(status.name) - (is_folder ? 1 : 0));
    if (!stays_inside(name) || g_hash_table_contains(zip->places, name)) {
        g_autofree char *shown = g_strescape(status.name, NULL); /* whatever its bytes are */
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: the name \"%s\" leads out of the archive or stands twice; do not "
                            "unpack it, %s",
                            zip->path, shown, remedy);
    }
    if (is_folder) {
        return TRUE;
    }
    if (is_link(zip, i)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %s is a link and not a file; do not unpack it, %s", zip->path,
                            name, remedy);
    }
    *total += MIN(status.size, max_entry + 1);
    if (status.size > max_entry || *total > max_total || status.encryption_method != ZIP_EM_NONE) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %s is encrypted or larger than a package is (an entry 1 GiB, all "
                            "8 GiB); do not unpack it, %s",
                            zip->path, status.name, remedy);
    }
    g_hash_table_insert(zip->places, name, GSIZE_TO_POINTER((gsize)i + 1));
    g_ptr_array_add(zip->names, g_steal_pointer(&name));
    return TRUE;
}

static gboolean list_entries(SpZip *zip, GError **error)
{
    guint64 total = 0;
    zip_int64_t n = zip_get_num_entries(zip->archive, 0);
    if (n > MAX_ENTRIES) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: has more than %d entries; is it a package?",
                            zip->path, MAX_ENTRIES);
    }
    for (zip_int64_t i = 0; i < n; i++) {
        if (!add_entry(zip, (zip_uint64_t)i, &total, error)) {
            return FALSE;
        }
    }
    g_ptr_array_sort(zip->names, sp_codes_compare);
    g_ptr_array_add(zip->names, NULL);
    return TRUE;
}

SpZip *sp_zip_open(const char *path, GError **error)
{
    int code = 0;
    sp_zip_ready();
    zip_t *archive = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (archive == NULL) {
        int errnum = errno;
        if (code == ZIP_ER_OPEN || code == ZIP_ER_NOENT || code == ZIP_ER_READ) {
            sp_error_set_errno(error, errnum, "cannot read %s", path);
        } else {
            sp_error_set(error, SP_ERROR_DATA, "%s is not a whole zip archive; %s", path, remedy);
        }
        return NULL;
    }
    g_autoptr(SpZip) zip = g_new0(SpZip, 1);
    zip->path = g_strdup(path);
    zip->archive = archive;
    zip->places = g_hash_table_new(g_str_hash, g_str_equal);
    zip->names = g_ptr_array_new_with_free_func(g_free);
    return list_entries(zip, error) ? g_steal_pointer(&zip) : NULL;
}

void sp_zip_close(SpZip *zip)
{
    if (zip == NULL) {
        return;
    }
    zip_discard(zip->archive);
    g_hash_table_unref(zip->places);
    g_ptr_array_unref(zip->names);
    g_free(zip->path);
    g_free(zip);
}

char *const *sp_zip_names(const SpZip *zip)
{
    return (char *const *)zip->names->pdata;
}

gboolean sp_zip_size(SpZip *zip, const char *name, gsize *size)
{
    gsize place = GPOINTER_TO_SIZE(g_hash_table_lookup(zip->places, name));
    zip_stat_t status;
    if (place == 0 || zip_stat_index(zip->archive, place - 1, 0, &status) != 0) {
        return FALSE;
    }
    *size = status.size; /* there for each that is listed */
    return TRUE;
}

/* Takes what was unpacked; `take` gives 0 or an errno. */
typedef struct {
    int (*take)(const void *bytes, gsize size, gpointer data);
    gpointer data;
} Taker;

static gboolean refuse_entry(const SpZip *zip, const char *name, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: %s is damaged; %s", zip->path, name, remedy);
}

/* libzip holds the bytes against their CRC when it comes to their end. */
static gboolean read_entry(const SpZip *zip, const char *name, zip_file_t *file, const Taker *taker,
                           gsize *size, GError **error)
{
    g_autofree char *piece = g_malloc(PIECE_SIZE);
    *size = 0;
    for (;;) {
        zip_int64_t n = zip_fread(file, piece, PIECE_SIZE);
        if (n < 0 || *size + (gsize)n > max_entry) {
            return refuse_entry(zip, name, error);
        }
        if (n == 0) {
            return TRUE;
        }
        int errnum = taker->take(piece, (gsize)n, taker->data);
        if (errnum != 0) {
            return sp_error_set_errno(error, errnum, "%s: %s: unpack", zip->path, name);
        }
        *size += (gsize)n;
    }
}

static gboolean unpack(SpZip *zip, const char *name, const Taker *taker, gsize *size,
                       GError **error)
{
    gsize place = GPOINTER_TO_SIZE(g_hash_table_lookup(zip->places, name));
    zip_stat_t status;
    if (place == 0) {
        return sp_error_set(error, SP_ERROR_NO_INPUT, "%s has no %s", zip->path, name);
    }
    zip_file_t *file = zip_fopen_index(zip->archive, place - 1, 0);
    if (file == NULL) {
        return refuse_entry(zip, name, error);
    }
    gboolean is_read = read_entry(zip, name, file, taker, size, error);
    zip_fclose(file);
    return is_read &&
           ((zip_stat_index(zip->archive, place - 1, 0, &status) == 0 && status.size == *size) ||
            refuse_entry(zip, name, error));
}

static int add_to_hash(const void *bytes, gsize size, gpointer data)
{
    sp_hash_add(data, bytes, size);
    return 0;
}

gboolean sp_zip_hash(SpZip *zip, const char *name, char hex[SP_HASH_SIZE], GError **error)
{
    g_autoptr(SpHash) hash = sp_hash_new();
    const Taker taker = {add_to_hash, hash};
    gsize size = 0;
    if (!unpack(zip, name, &taker, &size, error)) {
        return FALSE;
    }
    sp_hash_finish(hash, hex);
    return TRUE;
}

static int add_to_file(const void *bytes, gsize size, gpointer data)
{
    for (gsize done = 0; done < size;) {
        ssize_t n = write(GPOINTER_TO_INT(data), (const char *)bytes + done, size - done);
        if (n < 0 && errno != EINTR) {
            return errno;
        }
        done += n < 0 ? 0 : (gsize)n;
    }
    return 0;
}

int sp_zip_unpack(SpZip *zip, const char *name, gsize *size, GError **error)
{
    int fd = memfd_create("entry", MFD_CLOEXEC);
    if (fd < 0) {
        sp_error_set_errno(error, errno, "%s: no file in memory", zip->path);
        return -1;
    }
    const Taker taker = {add_to_file, GINT_TO_POINTER(fd)};
    if (!unpack(zip, name, &taker, size, error)) {
        close(fd);
        return -1;
    }
    if (lseek(fd, 0, SEEK_SET) != 0) {
        sp_error_set_errno(error, errno, "%s: %s", zip->path, name);
        close(fd);
        return -1;
    }
    return fd;
}
