/* Encryption at rest and keyed names, by libsodium. */
#include "core/io/crypt.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/secret.h"

#include <sodium.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    KEY_SIZE = crypto_secretstream_xchacha20poly1305_KEYBYTES,
    HEADER_SIZE = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    PLAIN_SIZE = 64 * 1024,
    FRAME_SIZE = PLAIN_SIZE + crypto_secretstream_xchacha20poly1305_ABYTES,
    NAME_SIZE = 32,
};

G_STATIC_ASSERT(KEY_SIZE == 32 && KEY_SIZE == crypto_generichash_KEYBYTES);

static const char magic[] = "SPENC1\n";

struct SpKey {
    unsigned char bytes[KEY_SIZE];
};

static void start_sodium(void)
{
    static gsize is_started = 0;
    if (g_once_init_enter(&is_started)) {
        /* It fails only where the kernel has no randomness to give. */
        g_assert(sodium_init() >= 0);
        g_once_init_leave(&is_started, 1);
    }
}

static SpKey *key_new(void)
{
    start_sodium();
    SpKey *key = sodium_malloc(sizeof(SpKey));
    g_assert(key != NULL); /* as g_malloc: without memory the process ends */
    return key;
}

void sp_key_free(SpKey *key)
{
    sodium_free(key); /* wipes */
}

gboolean sp_key_create(const char *path, GError **error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return sp_error_set(
            error, errno == EACCES || errno == EROFS ? SP_ERROR_PERMISSION : SP_ERROR_CANT_CREATE,
            "cannot make key %s: %s; a key is never written over another", path, g_strerror(errno));
    }
    g_autoptr(SpKey) key = key_new();
    crypto_secretstream_xchacha20poly1305_keygen(key->bytes);
    /* Straight from locked memory: a buffered writer would leave a copy of the key in the heap. */
    gboolean is_written = fchmod(fd, SP_MODE_OWN_FILE) == 0 &&
                          write(fd, key->bytes, KEY_SIZE) == KEY_SIZE && fsync(fd) == 0;
    int errnum = errno;
    close(fd);
    if (!is_written) {
        unlink(path);
        return sp_error_set_errno(error, errnum, "cannot write key %s", path);
    }
    return sp_folder_sync_parent(path, error);
}

static gboolean read_key(int fd, gsize size, const char *path, SpKey *key, GError **error)
{
    if (size != KEY_SIZE) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s is not a key: a key is a file of %d bytes; make one with init",
                            path, (int)KEY_SIZE);
    }
    ssize_t n = read(fd, key->bytes, KEY_SIZE);
    if (n != KEY_SIZE) {
        return sp_error_set_errno(error, n < 0 ? errno : EIO, "cannot read key %s", path);
    }
    return TRUE;
}

SpKey *sp_key_read(const char *path, GError **error)
{
    gsize size = 0;
    int fd = sp_secret_open(path, &size, error);
    if (fd < 0) {
        return NULL;
    }
    g_autoptr(SpKey) key = key_new();
    gboolean ok = read_key(fd, size, path, key, error);
    close(fd);
    return ok ? g_steal_pointer(&key) : NULL;
}

void sp_key_name(const SpKey *key, const void *bytes, gsize size, char hex[65])
{
    unsigned char name[NAME_SIZE];
    crypto_generichash(name, sizeof name, bytes, size, key->bytes, KEY_SIZE);
    sodium_bin2hex(hex, 2 * NAME_SIZE + 1, name, sizeof name);
}

/* An encrypted file being written. */
typedef struct {
    SpWriter *writer;
    crypto_secretstream_xchacha20poly1305_state state;
} Sealer;

static gboolean sealer_open(Sealer *sealer, const SpKey *key, const char *path, GError **error)
{
    unsigned char header[HEADER_SIZE];
    sealer->writer = sp_writer_open(path, SP_MODE_OWN_FILE, error);
    if (sealer->writer == NULL) {
        return FALSE;
    }
    crypto_secretstream_xchacha20poly1305_init_push(&sealer->state, header, key->bytes);
    sp_writer_put_text(sealer->writer, magic);
    sp_writer_put(sealer->writer, header, sizeof header);
    return TRUE;
}

/* A frame of at most PLAIN_SIZE. */
static void sealer_put(Sealer *sealer, const unsigned char *plain, gsize size, gboolean is_last)
{
    unsigned char frame[FRAME_SIZE];
    unsigned long long frame_size = 0;
    crypto_secretstream_xchacha20poly1305_push(
        &sealer->state, frame, &frame_size, plain, size, NULL, 0,
        is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    sp_writer_put(sealer->writer, frame, (gsize)frame_size);
}

static gboolean sealer_close(Sealer *sealer, const char *path, GError **error)
{
    sodium_memzero(&sealer->state, sizeof sealer->state);
    sp_writer_sync(sealer->writer);
    if (!sp_writer_close(sealer->writer, error)) {
        unlink(path);
        return FALSE;
    }
    return sp_folder_sync_parent(path, error);
}

gboolean sp_crypt_write(const SpKey *key, const char *path, const void *bytes, gsize size,
                        GError **error)
{
    Sealer sealer;
    const unsigned char *plain = bytes;
    if (!sealer_open(&sealer, key, path, error)) {
        return FALSE;
    }
    for (; size > PLAIN_SIZE; size -= PLAIN_SIZE) {
        sealer_put(&sealer, plain, PLAIN_SIZE, FALSE);
        plain += PLAIN_SIZE;
    }
    sealer_put(&sealer, plain, size, TRUE);
    return sealer_close(&sealer, path, error);
}

typedef struct {
    const char *path;
    int fd;
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char frame[FRAME_SIZE + 1]; /* the last byte tells if the file goes on */
    unsigned char plain[PLAIN_SIZE];
} Stream;

static gboolean refuse_damaged(const Stream *stream, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: %s; the file is damaged or was encrypted with another key: name that "
                        "key in crypt.old_key_files, fetch its source again, or restore it from a "
                        "backup",
                        stream->path, what);
}

static gboolean open_stream(Stream *stream, const SpKey *key, GError **error)
{
    unsigned char start[sizeof magic - 1 + HEADER_SIZE];
    gsize n = 0;
    if (!sp_fd_read(stream->fd, stream->path, start, sizeof start, &n, error)) {
        return FALSE;
    }
    if (n < sizeof start || memcmp(start, magic, sizeof magic - 1) != 0) {
        return refuse_damaged(stream, "it does not begin as an encrypted file", error);
    }
    return crypto_secretstream_xchacha20poly1305_init_pull(&stream->state, start + sizeof magic - 1,
                                                           key->bytes) == 0 ||
           refuse_damaged(stream, "its header is not valid", error);
}

static gboolean read_frames(Stream *stream,
                            gboolean (*piece)(const void *bytes, gsize size, gpointer data,
                                              GError **error),
                            gpointer data, GError **error)
{
    gsize kept = 0; /* of the next frame, read with the one before */
    for (;;) {
        gsize n = 0;
        if (!sp_fd_read(stream->fd, stream->path, stream->frame + kept, FRAME_SIZE + 1 - kept, &n,
                        error)) {
            return FALSE;
        }
        n += kept;
        gboolean is_last = n <= FRAME_SIZE;
        unsigned char next = is_last ? 0 : stream->frame[FRAME_SIZE];
        unsigned long long size = 0;
        unsigned char tag = 0;
        if (crypto_secretstream_xchacha20poly1305_pull(&stream->state, stream->plain, &size, &tag,
                                                       stream->frame, MIN(n, FRAME_SIZE), NULL,
                                                       0) != 0) {
            return refuse_damaged(stream, n == 0 ? "it is cut short" : "a part does not verify",
                                  error);
        }
        if (is_last != (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL)) {
            return refuse_damaged(stream, is_last ? "it is cut short" : "it goes on after its end",
                                  error);
        }
        if (size > 0 && !piece(stream->plain, (gsize)size, data, error)) {
            return FALSE;
        }
        if (is_last) {
            return TRUE;
        }
        stream->frame[0] = next;
        kept = 1;
    }
}

gboolean sp_crypt_read(const SpKey *key, const char *path,
                       gboolean (*piece)(const void *bytes, gsize size, gpointer data,
                                         GError **error),
                       gpointer data, GError **error)
{
    Stream stream = {.path = path, .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (stream.fd < 0) {
        return sp_error_set_errno(error, errno, "cannot read %s", path);
    }
    gboolean ok = open_stream(&stream, key, error) && read_frames(&stream, piece, data, error);
    close(stream.fd);
    sodium_memzero(stream.plain, PLAIN_SIZE);
    sodium_memzero(&stream.state, sizeof stream.state);
    return ok;
}

/* Authenticated bytes have come: that is all that was asked. */
static gboolean note_piece(const void *bytes, gsize size, gpointer data, GError **error)
{
    (void)bytes;
    (void)size;
    *(gboolean *)data = TRUE;
    return sp_error_set(error, SP_ERROR_DATA, "one piece is enough");
}

gboolean sp_crypt_opens(const SpKey *key, const char *path)
{
    g_autoptr(GError) enough = NULL;
    gboolean has_piece = FALSE;
    return sp_crypt_read(key, path, note_piece, &has_piece, &enough) || has_piece;
}

/* What is read and what is read ahead, wiped when done. */
typedef struct {
    unsigned char now[PLAIN_SIZE];
    unsigned char next[PLAIN_SIZE];
} Pieces;

static gboolean seal_all(Sealer *sealer, const SpCryptFrom *from, crypto_generichash_state *name,
                         gsize *size, GError **error)
{
    Pieces pieces;
    gsize n = 0;
    gsize n_next = 0;
    gboolean ok = sp_fd_read(from->fd, from->path, pieces.now, PLAIN_SIZE, &n, error);
    *size = 0;
    while (ok) {
        *size += n;
        crypto_generichash_update(name, pieces.now, n);
        if (*size > from->max_size) {
            ok = sp_error_set(error, SP_ERROR_DATA,
                              "%s: more than %" G_GSIZE_FORMAT " bytes; is it the right file?",
                              from->path, from->max_size);
            break;
        }
        ok = sp_fd_read(from->fd, from->path, pieces.next, PLAIN_SIZE, &n_next, error);
        if (ok) {
            sealer_put(sealer, pieces.now, n, n_next == 0);
        }
        if (n_next == 0) {
            break;
        }
        memcpy(pieces.now, pieces.next, n_next);
        n = n_next;
    }
    sodium_memzero(&pieces, sizeof pieces);
    return ok;
}

gboolean sp_crypt_take(const SpKey *key, const SpCryptFrom *from, const char *path, char name[65],
                       gsize *size, GError **error)
{
    Sealer sealer;
    crypto_generichash_state state;
    unsigned char bytes[NAME_SIZE];
    if (!sealer_open(&sealer, key, path, error)) {
        return FALSE;
    }
    crypto_generichash_init(&state, key->bytes, KEY_SIZE, NAME_SIZE);
    if (!seal_all(&sealer, from, &state, size, error)) {
        sodium_memzero(&sealer.state, sizeof sealer.state);
        sp_writer_abandon(sealer.writer);
        unlink(path);
        return FALSE;
    }
    crypto_generichash_final(&state, bytes, sizeof bytes);
    sodium_bin2hex(name, 2 * NAME_SIZE + 1, bytes, sizeof bytes);
    sodium_memzero(&state, sizeof state);
    return sealer_close(&sealer, path, error);
}
