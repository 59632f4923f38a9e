/* Backups read back. */
#include "pipeline/keep/backup.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/keep/backup_list.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void sp_restored_clear(SpRestored *told)
{
    g_clear_pointer(&told->made, g_free);
    g_clear_pointer(&told->edition, g_free);
}

static gboolean check_hash(const char *path, const SpBackupEntry *entry, const char *hash,
                           GError **error)
{
    return strcmp(hash, entry->hash) == 0 ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s is not the file that was backed up; use another backup", path);
}

static void tell(const SpBackupList *list, SpRestored *told)
{
    told->made = g_strdup(list->made);
    told->edition = g_strdup(list->edition);
    for (guint i = 0; i < list->entries->len; i++) {
        const SpBackupEntry *entry = list->entries->pdata[i];
        told->n_files += !entry->is_folder && entry->target == NULL;
        told->n_bytes += entry->size;
    }
}

static gboolean check_link(const SpBackupEntry *entry, const char *path, GError **error)
{
    g_autofree char *target = sp_link_read(path);
    return g_strcmp0(target, entry->target) == 0 ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s is not the link that was backed up; use another backup", path);
}

gboolean sp_backup_check(const char *backup, SpRestored *told, GError **error)
{
    g_autoptr(SpBackupList) list = sp_backup_list_read(backup, error);
    for (guint i = 0; list != NULL && i < list->entries->len; i++) {
        const SpBackupEntry *entry = list->entries->pdata[i];
        g_autofree char *path = g_build_filename(backup, SP_BACKUP_FILES, entry->path, NULL);
        char hash[SP_HASH_SIZE] = "";
        if (entry->target != NULL ? !check_link(entry, path, error)
                                  : !entry->is_folder && (!sp_file_hash(path, hash, error) ||
                                                          !check_hash(path, entry, hash, error))) {
            return FALSE;
        }
    }
    if (list != NULL) {
        tell(list, told);
    }
    return list != NULL;
}

static gboolean restore_entry(const SpBackupEntry *entry, const char *from, const char *root,
                              GError **error)
{
    g_autofree char *original = g_build_filename(from, entry->path, NULL);
    g_autofree char *to = g_build_filename(root, entry->path, NULL);
    char hash[SP_HASH_SIZE] = "";
    guint64 size = 0;
    if (entry->is_folder || entry->target != NULL) {
        return sp_backup_entry_make(entry, root, error);
    }
    return sp_backup_entry_copy(entry, original, to, hash, &size, error) &&
           check_hash(original, entry, hash, error);
}

static gboolean restore_all(const SpBackupList *list, const char *from, const char *root,
                            GError **error)
{
    for (guint i = 0; i < list->entries->len; i++) {
        if (!restore_entry(list->entries->pdata[i], from, root, error)) {
            return FALSE;
        }
    }
    return sp_folder_sync(root, error);
}

/* An empty folder may stand in the place: that of a service is made by its installation. */
static gboolean check_place(const char *workspace, GError **error)
{
    if (!g_file_test(workspace, G_FILE_TEST_EXISTS)) {
        return TRUE;
    }
    return rmdir(workspace) == 0 ||
           sp_error_set(error, SP_ERROR_CANT_CREATE,
                        "%s is there and is not an empty folder; move it away, or restore to "
                        "another place",
                        workspace);
}

gboolean sp_backup_restore(const char *backup, const char *workspace, SpRestored *told,
                           GError **error)
{
    g_autofree char *from = g_build_filename(backup, SP_BACKUP_FILES, NULL);
    g_autofree char *unfinished = g_strconcat(workspace, ".restoring", NULL);
    g_autoptr(SpBackupList) list = sp_backup_list_read(backup, error);
    if (list == NULL || !check_place(workspace, error) || !sp_folder_remove(unfinished, error)) {
        return FALSE;
    }
    if (!restore_all(list, from, unfinished, error) || !sp_rename(unfinished, workspace, error)) {
        (void)sp_folder_remove(unfinished, NULL);
        return FALSE;
    }
    tell(list, told);
    return TRUE;
}
