/**
 * What a file is known by without being read: device, inode, size, and the times (to the
 * nanosecond) when its content and its inode were last changed. While they are the same the content
 * is, as far as the file system tells; what decays on the disk itself is found only by reading.
 */
#ifndef SP_CORE_IO_IDENTITY_H
#define SP_CORE_IO_IDENTITY_H

#include "core/hash.h"

/** SHA-256 of the identity of one file. Errors of core/io/files. */
gboolean sp_file_identity(const char *path, char hex[SP_HASH_SIZE], GError **error);

/** SHA-256 of the paths and identities of all files below a folder, in byte order of the paths:
 * another file, one less, or one that was written anew gives another. Errors of sp_folder_walk. */
gboolean sp_folder_identity(const char *path, char hex[SP_HASH_SIZE], GError **error);

#endif
