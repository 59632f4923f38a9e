/** SHA-256 of content, as 64 lower-case hexadecimal digits. */
#ifndef SP_CORE_HASH_H
#define SP_CORE_HASH_H

#include <glib.h>

enum { SP_HASH_SIZE = 65 }; /* with the NUL */

typedef struct SpHash SpHash;
/** Of no content yet; the caller frees. A hash is used by one thread at a time. */
SpHash *sp_hash_new(void);
/** Adds bytes [size] to the content. */
void sp_hash_add(SpHash *hash, const void *bytes, gsize size);
/** Adds a text with its length before it, so that ("ab","c") and ("a","bc") differ. NULL is a text
 * of its own. */
void sp_hash_add_text(SpHash *hash, const char *text);
/** The digest of all that was added. The hash is then as new: it can take another content. */
void sp_hash_finish(SpHash *hash, char hex[SP_HASH_SIZE]);
void sp_hash_free(SpHash *hash);

/** The first 128 bits of the SHA-256 of bytes, by a hash to which nothing was added and that is as
 * new afterwards: for telling many short texts apart without keeping them. */
void sp_hash_short(SpHash *hash, const void *bytes, gsize size, guint64 digest[2]);

/** The SHA-256 of bytes [size], in one call. */
void sp_hash_bytes(const void *bytes, gsize size, char hex[SP_HASH_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpHash, sp_hash_free)

#endif
