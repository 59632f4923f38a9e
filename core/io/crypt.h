/**
 * Encryption at rest and keyed names, by libsodium. A key is 32 random bytes in a file of mode 0600
 * outside the workspace.
 *
 * File form: "SPENC1\n", a secretstream header (24 bytes), then frames of at most 64 KiB plain text
 * (17 bytes more when encrypted; all but the last are full), the last one tagged FINAL: cut,
 * swapped or altered files do not open. Nothing at all is one empty FINAL frame.
 */
#ifndef SP_CORE_IO_CRYPT_H
#define SP_CORE_IO_CRYPT_H

#include <glib.h>

typedef struct SpKey SpKey; /* locked memory, wiped when freed */

/** Makes a new key file (mode 0600, fsynced, never over an existing one: SP_ERROR_CANT_CREATE). */
gboolean sp_key_create(const char *path, GError **error);
/** Errors of core/io/secret.h, which opens the file; SP_ERROR_CONFIG when it is not a key. */
SpKey *sp_key_read(const char *path, GError **error);
void sp_key_free(SpKey *key);

/** Keyed BLAKE2b-256 of bytes as 64 hexadecimal digits: a name that tells nothing about the content
 * without the key. */
void sp_key_name(const SpKey *key, const void *bytes, gsize size, char hex[65]);

/** Encrypts bytes to a new file of mode 0600, fsynced; the name must not exist
 * (SP_ERROR_CANT_CREATE). After an error nothing is left. */
gboolean sp_crypt_write(const SpKey *key, const char *path, const void *bytes, gsize size,
                        GError **error);
/** A file to be encrypted as it is read. */
typedef struct {
    int fd;
    const char *path; /* names it in messages */
    gsize max_size;   /* more bytes than these are SP_ERROR_DATA */
} SpCryptFrom;

/**
 * Encrypts all that is left to read of a file, piece by piece, so that plain text is in memory 64
 * KiB at a time and nowhere else: to a new file as sp_crypt_write. `name` gets what sp_key_name
 * would, *size the bytes read.
 */
gboolean sp_crypt_take(const SpKey *key, const SpCryptFrom *from, const char *path, char name[65],
                       gsize *size, GError **error);
/**
 * Decrypts a file piece by piece: `piece` gets plain text as it is authenticated, in order, at most
 * 64 KiB a call; FALSE with error stops. SP_ERROR_DATA when the file is damaged or of another key:
 * that may be found only after pieces were handed out, which are then a true beginning of the plain
 * text but not all of it, so what was made from them is to be thrown away.
 */
gboolean sp_crypt_read(const SpKey *key, const char *path,
                       gboolean (*piece)(const void *bytes, gsize size, gpointer data,
                                         GError **error),
                       gpointer data, GError **error);

/** Whether a file is of this key, by its first frame. FALSE also when it cannot be read. */
gboolean sp_crypt_opens(const SpKey *key, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpKey, sp_key_free)

#endif
