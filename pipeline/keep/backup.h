/**
 * Backups of a workspace: DIR/TIME/ with backup.json, which lists everything, and files/, a copy of
 * the workspace as it is on disk. A file that did not change since the backup before is a hard link
 * to its copy there, so that each backup is whole and costs what is new.
 *
 * Left out: tmp/, the lock, and what waits in inbox/ but for receipts and reports, since it may be
 * about persons and is not yet encrypted. Keys never lie in a workspace and are in no backup.
 */
#ifndef SP_PIPELINE_KEEP_BACKUP_H
#define SP_PIPELINE_KEEP_BACKUP_H

#include "pipeline/context.h"

#define SP_BACKUP_LIST "backup.json"
#define SP_BACKUP_FILES "files"

typedef struct {
    char *folder; /* of the backup */
    guint n_files;
    guint n_copied;  /* of these; the others are links to the backup before */
    guint64 n_bytes; /* that were copied */
} SpBackedUp;

void sp_backed_up_clear(SpBackedUp *told);

/** Makes one in `folder`, which is made if it is not there. Under the lock. It appears under its
 * name when it is whole and on the disk. */
gboolean sp_backup_make(SpContext *context, const char *folder, SpBackedUp *told, GError **error);

/** Removes all but the `n` newest (at least one) of `folder`; *n_removed is how many. */
gboolean sp_backup_keep(const char *folder, guint n, guint *n_removed, GError **error);

/** The newest backup in a folder of backups, or the folder itself if it is one. g_free.
 * SP_ERROR_NO_INPUT if it is neither. */
char *sp_backup_find(const char *folder, GError **error);

typedef struct {
    char *made;    /* when */
    char *edition; /* the one that was served; NULL: none */
    guint n_files;
    guint64 n_bytes;
} SpRestored;

void sp_restored_clear(SpRestored *told);

/** Holds every file of a backup against its list. SP_ERROR_DATA names the first that is another,
 * or is not there. */
gboolean sp_backup_check(const char *backup, SpRestored *told, GError **error);

/** Makes a workspace of a backup, checking each file: it appears under its name when it is whole
 * and on the disk. SP_ERROR_CANT_CREATE if there is something already. */
gboolean sp_backup_restore(const char *backup, const char *workspace, SpRestored *told,
                           GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpBackedUp, sp_backed_up_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpRestored, sp_restored_clear)

#endif
