/** Zip archives from outside, read entry by entry into memory and never onto the disk. */
#ifndef SP_CORE_IO_ZIP_READ_H
#define SP_CORE_IO_ZIP_READ_H

#include "core/hash.h"

typedef struct SpZip SpZip;

/**
 * Opens an archive and looks at its list of entries: at most 10 000, of at most 1 GiB each and
 * 8 GiB together when unpacked; each a file with a name of its own, UTF-8, that stays inside, not
 * encrypted and no link. Entries that are folders, which stay inside too, are passed over.
 * SP_ERROR_DATA for any other, SP_ERROR_NO_INPUT, SP_ERROR_PERMISSION.
 */
SpZip *sp_zip_open(const char *path, GError **error);
void sp_zip_close(SpZip *zip);
/** Names of its files in byte order, NULL-terminated; borrowed. */
char *const *sp_zip_names(const SpZip *zip);

/** How large an entry says it is; FALSE without such an entry. */
gboolean sp_zip_size(SpZip *zip, const char *name, gsize *size);
/** SHA-256 of an entry's bytes, without keeping them. Errors as sp_zip_unpack. */
gboolean sp_zip_hash(SpZip *zip, const char *name, char hex[SP_HASH_SIZE], GError **error);
/** A file in memory with an entry's bytes, at its beginning; the caller closes it. -1 with
 * SP_ERROR_NO_INPUT without such an entry, SP_ERROR_DATA when it is damaged or not of the size that
 * the archive says. */
int sp_zip_unpack(SpZip *zip, const char *name, gsize *size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpZip, sp_zip_close)

#endif
