/* SHA-256 by OpenSSL's libcrypto, several times faster than GLib's. */
#include "core/hash.h"

#include <openssl/evp.h>
#include <string.h>

#define DIGEST_SIZE 32

struct SpHash {
    EVP_MD_CTX *context;
};

/* libcrypto fails here only for want of memory or of its own default provider: like GLib without
 * memory, we end. */
static void must(int is_done)
{
    g_assert(is_done == 1);
}

static void write_hex(const guint8 digest[DIGEST_SIZE], char hex[SP_HASH_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (gsize i = 0; i < DIGEST_SIZE; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[SP_HASH_SIZE - 1] = '\0';
}

SpHash *sp_hash_new(void)
{
    SpHash *hash = g_new0(SpHash, 1);
    hash->context = EVP_MD_CTX_new();
    must(hash->context != NULL);
    must(EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL));
    return hash;
}

void sp_hash_add(SpHash *hash, const void *bytes, gsize size)
{
    must(EVP_DigestUpdate(hash->context, bytes, size));
}

void sp_hash_add_text(SpHash *hash, const char *text)
{
    guint64 size = text != NULL ? strlen(text) : G_MAXUINT64;
    guint64 prefix = GUINT64_TO_LE(size);
    sp_hash_add(hash, &prefix, sizeof prefix);
    if (text != NULL) {
        sp_hash_add(hash, text, (gsize)size);
    }
}

void sp_hash_finish(SpHash *hash, char hex[SP_HASH_SIZE])
{
    guint8 digest[DIGEST_SIZE];
    must(EVP_DigestFinal_ex(hash->context, digest, NULL));
    write_hex(digest, hex);
    must(EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL));
}

void sp_hash_free(SpHash *hash)
{
    if (hash == NULL) {
        return;
    }
    EVP_MD_CTX_free(hash->context);
    g_free(hash);
}

void sp_hash_short(SpHash *hash, const void *bytes, gsize size, guint64 digest[2])
{
    guint8 whole[DIGEST_SIZE];
    sp_hash_add(hash, bytes, size);
    must(EVP_DigestFinal_ex(hash->context, whole, NULL));
    must(EVP_DigestInit_ex(hash->context, NULL, NULL)); /* the same algorithm */
    memcpy(digest, whole, 2 * sizeof *digest);
}

void sp_hash_bytes(const void *bytes, gsize size, char hex[SP_HASH_SIZE])
{
    guint8 digest[DIGEST_SIZE];
    must(EVP_Digest(bytes, size, digest, NULL, EVP_sha256(), NULL));
    write_hex(digest, hex);
}
