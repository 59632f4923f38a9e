/*
 * Hashes of files, each file read once by a process: a package's files are hashed for its
 * descriptor, its sums, the unit's manifest, the edition's sums and the feed. Links and modes
 * change between those, which the time of the last writing leaves alone.
 */
#include "core/error.h"
#include "core/io/files.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER_SIZE = 262144, COARSEST_S = 2 };

/* What tells that the content is the same. */
typedef struct {
    gint64 device;
    gint64 inode;
    gint64 size;
    gint64 written_s;
    gint64 written_ns;
} Identity;

typedef struct {
    Identity identity;
    char hex[SP_HASH_SIZE];
} Known;

/* Not GMutex, which tsan cannot see. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static GHashTable *known; /* Known, by its identity */

static guint hash_identity(gconstpointer data)
{
    const Identity *is = data;
    return (guint)is->inode * 2654435761U ^ (guint)is->written_ns ^ (guint)is->size;
}

static gboolean same_identity(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(Identity)) == 0;
}

static Identity identity_of(const struct stat *info)
{
    return (Identity){.device = (gint64)info->st_dev,
                      .inode = (gint64)info->st_ino,
                      .size = (gint64)info->st_size,
                      .written_s = (gint64)info->st_mtim.tv_sec,
                      .written_ns = (gint64)info->st_mtim.tv_nsec};
}

static gboolean find(const Identity *identity, char hex[SP_HASH_SIZE])
{
    pthread_mutex_lock(&lock);
    const Known *is = known != NULL ? g_hash_table_lookup(known, identity) : NULL;
    if (is != NULL) {
        memcpy(hex, is->hex, SP_HASH_SIZE);
    }
    pthread_mutex_unlock(&lock);
    return is != NULL;
}

/* Writing stamps a file with the clock's last tick. Of a file that was written in the tick that is
 * now, another writing would leave the same time: it is not remembered. There are file systems that
 * tell whole seconds, or every other one. */
static gboolean may_be_remembered(const Identity *identity)
{
    struct timespec tick;
    if (clock_gettime(CLOCK_REALTIME_COARSE, &tick) != 0) {
        return FALSE;
    }
    if (identity->written_ns == 0) {
        return identity->written_s + COARSEST_S < tick.tv_sec;
    }
    return (identity->written_s < tick.tv_sec ||
            (identity->written_s == tick.tv_sec && identity->written_ns < tick.tv_nsec));
}

static void remember(const Identity *identity, const char *hex)
{
    Known *is = g_new0(Known, 1);
    is->identity = *identity;
    memcpy(is->hex, hex, SP_HASH_SIZE);
    pthread_mutex_lock(&lock);
    if (known == NULL) {
        known = g_hash_table_new_full(hash_identity, same_identity, g_free, NULL);
    }
    g_hash_table_replace(known, &is->identity, is);
    pthread_mutex_unlock(&lock);
}

static gboolean hash_bytes(int fd, const char *path, char hex[SP_HASH_SIZE], GError **error)
{
    g_autoptr(SpHash) hash = sp_hash_new();
    g_autofree char *buffer = g_malloc(BUFFER_SIZE);
    gboolean is_read = FALSE;
    gsize n = 0;
    while ((is_read = sp_fd_read(fd, path, buffer, BUFFER_SIZE, &n, error)) && n > 0) {
        sp_hash_add(hash, buffer, n);
    }
    if (is_read) {
        sp_hash_finish(hash, hex);
    }
    return is_read;
}

static gboolean hash_file(int fd, const char *path, char hex[SP_HASH_SIZE], GError **error)
{
    struct stat info;
    if (fstat(fd, &info) != 0) {
        return sp_error_set_errno(error, errno, "%s", path);
    }
    const Identity identity = identity_of(&info);
    const gboolean is_old = may_be_remembered(&identity);
    if (find(&identity, hex)) {
        return TRUE;
    }
    if (!hash_bytes(fd, path, hex, error)) {
        return FALSE;
    }
    if (is_old) {
        remember(&identity, hex);
    }
    return TRUE;
}

gboolean sp_file_hash(const char *path, char hex[SP_HASH_SIZE], GError **error)
{
    gsize size = 0;
    int fd = sp_file_open(path, &size, error);
    if (fd < 0) {
        return FALSE;
    }
    gboolean is_hashed = hash_file(fd, path, hex, error);
    close(fd);
    return is_hashed;
}
