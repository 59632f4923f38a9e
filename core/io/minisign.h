/**
 * Ed25519 signatures in the form of minisign (https://jedisct1.github.io/minisign), by libsodium: a
 * receiver checks them with `minisign -Vm FILE -P KEY`. Only the prehashed kind ("ED": the BLAKE2b
 * of 512 bits of the bytes is signed) is written and accepted. Same key, bytes and comment: same
 * signature.
 *
 * A secret key is a file of mode 0600 in minisign's unencrypted form (`minisign -G -W`): a line of
 * comment and a line of base64. The public key beside it, FILE.pub, is what others check with.
 */
#ifndef SP_CORE_IO_MINISIGN_H
#define SP_CORE_IO_MINISIGN_H

#include <glib.h>

typedef struct SpSigner SpSigner; /* locked memory, wiped when freed */

enum { SP_PUBLIC_KEY_ID_SIZE = 8, SP_PUBLIC_KEY_SIZE = 32 };

typedef struct {
    unsigned char id[SP_PUBLIC_KEY_ID_SIZE]; /* names the key; signatures bear it */
    unsigned char key[SP_PUBLIC_KEY_SIZE];
} SpPublicKey;

/** Makes a new key: FILE (mode 0600) and FILE.pub (0644), fsynced. SP_ERROR_CANT_CREATE when one of
 * them is there: a key is never written over. */
gboolean sp_signer_create(const char *path, GError **error);
/** SP_ERROR_PERMISSION when others may read the file; SP_ERROR_CONFIG when it is not a key, or one
 * behind a password, which nobody is there to type; SP_ERROR_NO_INPUT when it is not there. */
SpSigner *sp_signer_read(const char *path, GError **error);
void sp_signer_free(SpSigner *signer);
void sp_signer_public(const SpSigner *signer, SpPublicKey *key);

/** The four lines of a signature of bytes [size]. `comment` is signed too: one line of text, never
 * a secret, nor a time. g_free. */
char *sp_signer_sign(const SpSigner *signer, const void *bytes, gsize size, const char *comment);

/** Writes it as minisign's own file (mode 0644). */
gboolean sp_public_key_write(const SpPublicKey *key, const char *path, GError **error);
/** From the 56 characters of a public key, or the two lines of its file. */
gboolean sp_public_key_parse(const char *text, SpPublicKey *key);
/** Its 56 characters. g_free. */
char *sp_public_key_format(const SpPublicKey *key);
/** "CAE10486B584FBC0": how minisign calls it. g_free. */
char *sp_public_key_name(const SpPublicKey *key);

/** What bears a signature. */
typedef struct {
    const void *bytes;
    gsize size;
    const char *name; /* for messages */
} SpSigned;

/**
 * Holds the text of a signature against what it should be of. *comment (may be NULL) gets what was
 * signed with it; g_free. SP_ERROR_DATA when the text is no signature of this kind, of another key,
 * or not of these bytes and its comment.
 */
gboolean sp_signature_verify(const SpPublicKey *key, const SpSigned *what, const char *signature,
                             char **comment, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSigner, sp_signer_free)

#endif
