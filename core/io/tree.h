/**
 * Files below one root that are only looked at, wherever they lie: in a folder on disk, or in a zip
 * archive, from which nothing is unpacked onto the disk (core/io/zip_read.h has its limits).
 */
#ifndef SP_CORE_IO_TREE_H
#define SP_CORE_IO_TREE_H

#include "core/hash.h"

typedef struct SpTree SpTree;

/** A folder; whether it is there is found when its files are. Never NULL. */
SpTree *sp_tree_of_folder(const char *path);
/** An archive whose files all lie in one folder, as those of a package do: that folder is the root.
 * Errors of sp_zip_open; SP_ERROR_DATA when they do not. */
SpTree *sp_tree_of_zip(const char *path, GError **error);
void sp_tree_free(SpTree *tree);

/** Its path, if it is a folder; NULL for an archive. Borrowed. */
const char *sp_tree_folder(const SpTree *tree);
/** Where a file is, for messages; "" is the root. g_free. */
char *sp_tree_path(const SpTree *tree, const char *name);
/** All files, as sorted paths relative to the root. NULL-terminated, g_strfreev. Errors of
 * sp_folder_walk. */
char **sp_tree_list(const SpTree *tree, GError **error);
gboolean sp_tree_has(const SpTree *tree, const char *name);
/** A file opened for reading, and its size; the caller closes it. -1 with error: SP_ERROR_NO_INPUT
 * when it is not there. */
int sp_tree_open(const SpTree *tree, const char *name, gsize *size, GError **error);
/** The whole of a file of at most `max_size` bytes (more: SP_ERROR_DATA). A NUL follows the bytes.
 * g_free. */
char *sp_tree_read(const SpTree *tree, const char *name, gsize max_size, gsize *size,
                   GError **error);
/** SHA-256 of a file's bytes. */
gboolean sp_tree_hash(const SpTree *tree, const char *name, char hex[SP_HASH_SIZE], GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTree, sp_tree_free)

#endif
