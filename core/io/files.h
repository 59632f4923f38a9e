/**
 * Files and folders: read whole, written whole or not at all. Everything is created with the mode
 * given, whatever the umask. Errors, each naming the path: SP_ERROR_NO_INPUT (not there),
 * SP_ERROR_PERMISSION, SP_ERROR_CANT_CREATE (the name is taken, or the folder it should stand in is
 * not there), SP_ERROR_DATA (too large, not a regular file), SP_ERROR_IO (all else, a full disk
 * too). Files and links are in files.c, their hashes in file_hash.c, folders in folders.c.
 */
#ifndef SP_CORE_IO_FILES_H
#define SP_CORE_IO_FILES_H

#include "core/hash.h"

/**
 * Modes of the workspace: all but packages/ is its owner's alone. Where a folder is a group's,
 * which shows in its being writable for the group and handing its group on (02770), so is what is
 * made in it (sp_mode_at); but for what is its owner's own in any folder: keys, persons.
 */
enum {
    SP_MODE_ALL = 07777,
    SP_MODE_AS_FOLDER = 1 << 16, /* beside the bits: shared where the folder is */
    SP_MODE_PRIVATE_FILE = 0600 | SP_MODE_AS_FOLDER,
    SP_MODE_PRIVATE_FOLDER = 0700 | SP_MODE_AS_FOLDER,
    SP_MODE_PUBLIC_FILE = 0644,
    SP_MODE_PUBLIC_FOLDER = 0755 | SP_MODE_AS_FOLDER,
    SP_MODE_OWN_FILE = 0600,
    SP_MODE_OWN_FOLDER = 0700,
    SP_MODE_TARGET_FOLDER = 0755 /* of a receiver, whose rights are not ours to hand on */
};

/** The bits for a new file or folder at `path`: in a folder that is a group's 0600 is 0660, 0700 is
 * 02770, 0755 is 02775. All functions here that take a mode do so; others that make files ask. */
guint sp_mode_at(const char *path, guint mode);

/** A whole regular file of at most `max_size` bytes (more: SP_ERROR_DATA). A NUL follows the bytes.
 * Owned by the caller (g_free). */
char *sp_file_read(const char *path, gsize max_size, gsize *size, GError **error);
/** Opens a regular file for reading and tells its size. Its descriptor, which the caller closes; -1
 * with error. */
int sp_file_open(const char *path, gsize *size, GError **error);
/** A whole file without reading it: pages come when they are looked at. For files that nobody
 * writes to, such as snapshots. g_bytes_unref. */
GBytes *sp_file_map(const char *path, GError **error);
/** Writes a file under a temporary name in the same folder, fsyncs it, renames it and fsyncs the
 * folder. On failure the old file, if any, stands untouched and the temporary one is gone. */
gboolean sp_file_write(const char *path, const void *bytes, gsize size, guint mode, GError **error);
/** SHA-256 of a regular file's bytes. A file that this process has hashed is not read again while
 * device, inode, size and the time of its last writing are the same (file_hash.c). */
gboolean sp_file_hash(const char *path, char hex[SP_HASH_SIZE], GError **error);
/** Reads from an open file until `size` bytes are there or it ends; *n_read is how many. `path`
 * names it in the message. SP_ERROR_IO, and *n_read is then unspecified. */
gboolean sp_fd_read(int fd, const char *path, void *bytes, gsize size, gsize *n_read,
                    GError **error);

/** A buffered writer of a new file (the name must not exist). Not atomic by itself: used inside an
 * unfinished folder, with which it is synced (sp_folder_sync) before that gets its name. */
typedef struct SpWriter SpWriter;
SpWriter *sp_writer_open(const char *path, guint mode, GError **error);
/** Failures are kept and told by close. */
void sp_writer_put(SpWriter *writer, const void *bytes, gsize size);
void sp_writer_put_text(SpWriter *writer, const char *text);
/** Puts on the disk what was put until now: of a file that is not synced with its folder. */
void sp_writer_sync(SpWriter *writer);
/** Closes and frees. FALSE if anything since open failed; the first failure is the one told. */
gboolean sp_writer_close(SpWriter *writer, GError **error);
/** Closes and frees without a word, for the error path; the file stays half-written. */
void sp_writer_abandon(SpWriter *writer);
/** The same of bytes that are there already. */
gboolean sp_file_make(const char *path, const void *bytes, gsize size, guint mode, GError **error);

/** Makes a folder and its parents (those that exist are left as they are). */
gboolean sp_folder_make(const char *path, guint mode, GError **error);
/** Names in a folder in byte order, without "." and ".."; NULL-terminated, owned by the caller
 * (g_strfreev). */
char **sp_folder_list(const char *path, GError **error);
/** All regular files below a folder as sorted paths relative to it. NULL-terminated, g_strfreev.
 * Symbolic links, sockets and the like are SP_ERROR_DATA. */
char **sp_folder_walk(const char *path, GError **error);
/** Fsyncs every file and folder below and the folder itself. */
gboolean sp_folder_sync(const char *path, GError **error);
/** Fsyncs the folder that holds `path`: its name, new, changed or gone, then survives a power cut.
 */
gboolean sp_folder_sync_parent(const char *path, GError **error);
/** rename(2) of a finished folder or file and fsync of the parents. */
gboolean sp_rename(const char *from, const char *to, GError **error);
/** Gives a finished folder the name of another, which is gone then; without one it is sp_rename. At
 * no moment is there none, where the file system can exchange names (ext4, xfs, btrfs). */
gboolean sp_folder_replace(const char *from, const char *to, GError **error);
/** Removes a folder and all below it; absent is fine. Symbolic links are removed, not followed. */
gboolean sp_folder_remove(const char *path, GError **error);
/** Points a symbolic link at `target` atomically (a link of a temporary name, renamed over). */
gboolean sp_link_swap(const char *link, const char *target, GError **error);
/** Content of a symbolic link; NULL without error if there is none. g_free. */
char *sp_link_read(const char *link);
/** chmod of a folder's whole tree, by the bits alone: files and folders, the folder itself too.
 * Symbolic links, and what has its mode already, are left alone. */
gboolean sp_folder_chmod(const char *path, guint file_mode, guint folder_mode, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpWriter, sp_writer_abandon)

#endif
