/** What a backup has: a list of entries, as backup.json. For backup.c and restore.c alone. */
#ifndef SP_PIPELINE_KEEP_BACKUP_LIST_H
#define SP_PIPELINE_KEEP_BACKUP_LIST_H

#include "core/hash.h"

typedef struct {
    char *path;   /* in the workspace; "" is the workspace itself */
    char *target; /* of a symbolic link; else NULL */
    gboolean is_folder;
    guint mode;
    guint64 size;                /* of a file, and: */
    char hash[SP_HASH_SIZE];     /* SHA-256 */
    char identity[SP_HASH_SIZE]; /* of the original (core/io/identity.h) */
} SpBackupEntry;

typedef struct {
    char *made; /* when */
    char *edition;
    GPtrArray *entries; /* SpBackupEntry*, a folder before what is in it, in byte order */
} SpBackupList;

SpBackupList *sp_backup_list_new(void);
void sp_backup_list_free(SpBackupList *list);

/** All of a workspace that belongs in a backup, files without size and hashes. SP_ERROR_DATA when
 * there is what is neither file, folder nor link. */
gboolean sp_backup_list_scan(SpBackupList *list, const char *workspace, GError **error);

gboolean sp_backup_list_write(const SpBackupList *list, const char *backup, GError **error);
/** SP_ERROR_DATA when it is no list of this program's, or names a path that leads elsewhere. */
SpBackupList *sp_backup_list_read(const char *backup, GError **error);

/** Makes a folder or link below `root`. */
gboolean sp_backup_entry_make(const SpBackupEntry *entry, const char *root, GError **error);
/** Copies the bytes of a file to a new one, of the entry's mode, and hashes them on the way. */
gboolean sp_backup_entry_copy(const SpBackupEntry *entry, const char *from, const char *to,
                              char hash[SP_HASH_SIZE], guint64 *size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpBackupList, sp_backup_list_free)

#endif
