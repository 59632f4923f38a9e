/* Making backups. */
#include "pipeline/keep/backup.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/identity.h"
#include "core/period.h"
#include "pipeline/edition.h"
#include "pipeline/keep/backup_list.h"
#include "pipeline/ledger_database.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNFINISHED ".unfinished"
#define LEDGER "ledger.db"

void sp_backed_up_clear(SpBackedUp *told)
{
    g_clear_pointer(&told->folder, g_free);
}

/* Backups of a folder by name, which is their time: the newest last. */
static char **list_backups(const char *folder, GError **error)
{
    g_auto(GStrv) names = sp_folder_list(folder, error);
    g_autoptr(GPtrArray) backups = g_ptr_array_new();
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *list = g_build_filename(folder, *name, SP_BACKUP_LIST, NULL);
        if (**name != '.' && g_file_test(list, G_FILE_TEST_EXISTS)) {
            g_ptr_array_add(backups, g_strdup(*name));
        }
    }
    g_ptr_array_add(backups, NULL);
    return names == NULL ? NULL : (char **)g_ptr_array_free(g_steal_pointer(&backups), FALSE);
}

char *sp_backup_find(const char *folder, GError **error)
{
    g_autofree char *own = g_build_filename(folder, SP_BACKUP_LIST, NULL);
    if (g_file_test(own, G_FILE_TEST_EXISTS)) {
        return g_strdup(folder);
    }
    g_auto(GStrv) names = list_backups(folder, error);
    const guint n = names == NULL ? 0 : g_strv_length(names);
    if (names != NULL && n == 0) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "%s has no backup; name the folder that was given to statpakke backup",
                     folder);
    }
    return n == 0 ? NULL : g_build_filename(folder, names[n - 1], NULL);
}

gboolean sp_backup_keep(const char *folder, guint n, guint *n_removed, GError **error)
{
    g_auto(GStrv) names = list_backups(folder, error);
    const guint n_all = names == NULL ? 0 : g_strv_length(names);
    *n_removed = 0;
    for (guint i = 0; i + MAX(n, 1) < n_all; i++) {
        g_autofree char *backup = g_build_filename(folder, names[i], NULL);
        g_autofree char *list = g_build_filename(backup, SP_BACKUP_LIST, NULL);
        /* Without its list it is none, whatever becomes of the rest. */
        if (unlink(list) != 0) {
            return sp_error_set_errno(error, errno, "%s", list);
        }
        if (!sp_folder_remove(backup, error)) {
            return FALSE;
        }
        ++*n_removed;
    }
    return names != NULL;
}

/* One backup at work. */
typedef struct {
    const SpContext *context;
    char *root;         /* the unfinished one's files */
    char *earlier_root; /* the newest one's before it; NULL: none */
    SpBackupList *earlier;
    GHashTable *copies; /* identity -> path of a copy: of the one before, or made just now */
    GHashTable *hashes; /* the same path -> SpBackupEntry*, borrowed */
    SpBackedUp *told;
} Backup;

static void backup_clear(Backup *backup)
{
    g_free(backup->root);
    g_free(backup->earlier_root);
    sp_backup_list_free(backup->earlier);
    g_hash_table_unref(backup->copies);
    g_hash_table_unref(backup->hashes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Backup, backup_clear)

static void remember(Backup *backup, const char *root, SpBackupEntry *entry)
{
    char *path = g_build_filename(root, entry->path, NULL);
    g_hash_table_insert(backup->copies, g_strdup(entry->identity), path);
    g_hash_table_insert(backup->hashes, g_strdup(path), entry);
}

/* What is damaged in the one before is simply copied once more. */
static void read_earlier(Backup *backup, const char *folder)
{
    g_autofree char *newest = sp_backup_find(folder, NULL);
    backup->earlier = newest == NULL ? NULL : sp_backup_list_read(newest, NULL);
    if (backup->earlier == NULL) {
        return;
    }
    backup->earlier_root = g_build_filename(newest, SP_BACKUP_FILES, NULL);
    for (guint i = 0; i < backup->earlier->entries->len; i++) {
        SpBackupEntry *entry = backup->earlier->entries->pdata[i];
        if (entry->identity[0] != '\0') {
            remember(backup, backup->earlier_root, entry);
        }
    }
}

/* A database that is copied while it is open may be of two moments. */
static gboolean copy_ledger(const Backup *backup, const SpBackupEntry *entry, const char *to,
                            GError **error)
{
    g_autoptr(SpStatement) copy =
        sp_statement_new(backup->context->ledger->database, "VACUUM INTO ?", error);
    if (copy == NULL) {
        return FALSE;
    }
    sp_statement_bind_text(copy, 1, to);
    return sp_statement_run(copy, error) &&
           (chmod(to, (mode_t)entry->mode) == 0 || sp_error_set_errno(error, errno, "%s", to));
}

/* A link to a copy of the same file; FALSE without an error where none can be made. */
static gboolean link_copy(const Backup *backup, SpBackupEntry *entry, const char *to)
{
    const char *copy = g_hash_table_lookup(backup->copies, entry->identity);
    const SpBackupEntry *known = copy == NULL ? NULL : g_hash_table_lookup(backup->hashes, copy);
    if (known == NULL || known->mode != entry->mode || link(copy, to) != 0) {
        return FALSE;
    }
    entry->size = known->size;
    g_strlcpy(entry->hash, known->hash, SP_HASH_SIZE);
    return TRUE;
}

static gboolean add_file(Backup *backup, SpBackupEntry *entry, GError **error)
{
    g_autofree char *from = g_build_filename(backup->context->workspace, entry->path, NULL);
    g_autofree char *to = g_build_filename(backup->root, entry->path, NULL);
    const gboolean is_ledger = strcmp(entry->path, LEDGER) == 0;
    /* Taken before the bytes: what is written to meanwhile is copied again the next time. */
    if (!is_ledger && !sp_file_identity(from, entry->identity, error)) {
        return FALSE;
    }
    backup->told->n_files++;
    if (!is_ledger && link_copy(backup, entry, to)) {
        return TRUE;
    }
    gsize size = 0;
    gboolean is_copied =
        is_ledger ? copy_ledger(backup, entry, to, error) && sp_file_hash(to, entry->hash, error)
                  : sp_backup_entry_copy(entry, from, to, entry->hash, &entry->size, error);
    if (is_copied && is_ledger) {
        const int fd = sp_file_open(to, &size, error);
        is_copied = fd >= 0 && close(fd) == 0;
        entry->size = size;
    }
    if (is_copied && !is_ledger) {
        remember(backup, backup->root, entry);
    }
    backup->told->n_copied++;
    backup->told->n_bytes += entry->size;
    return is_copied;
}

static gboolean add_all(Backup *backup, SpBackupList *list, GError **error)
{
    for (guint i = 0; i < list->entries->len; i++) {
        SpBackupEntry *entry = list->entries->pdata[i];
        const gboolean is_file = !entry->is_folder && entry->target == NULL;
        if (is_file ? !add_file(backup, entry, error)
                    : !sp_backup_entry_make(entry, backup->root, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A backup in the workspace would hold itself. */
static gboolean check_place(const SpContext *context, const char *folder, GError **error)
{
    g_autofree char *real = realpath(folder, NULL);
    g_autofree char *own = realpath(context->workspace, NULL);
    const gsize size = own == NULL ? 0 : strlen(own);
    if (real != NULL && own != NULL && g_str_has_prefix(real, own) &&
        (real[size] == '\0' || real[size] == G_DIR_SEPARATOR)) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "%s is in the workspace itself; name a folder elsewhere, best on "
                            "another disk",
                            folder);
    }
    return TRUE;
}

gboolean sp_backup_make(SpContext *context, const char *folder, SpBackedUp *told, GError **error)
{
    g_autofree char *unfinished = g_build_filename(folder, UNFINISHED, NULL);
    g_autofree char *made = sp_time_format(context->now);
    g_auto(GStrv) parts = g_strsplit(made, ":", -1);
    g_autofree char *name = g_strjoinv("", parts); /* no ":", which some file systems refuse */
    g_autofree char *place = g_build_filename(folder, name, NULL);
    g_autoptr(SpBackupList) list = sp_backup_list_new();
    g_auto(Backup)
        backup = {.context = context,
                  .root = g_build_filename(unfinished, SP_BACKUP_FILES, NULL),
                  .copies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                  .hashes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                  .told = told};
    list->made = g_steal_pointer(&made);
    list->edition = sp_edition_current(context);
    if (!sp_folder_make(folder, SP_MODE_OWN_FOLDER, error) ||
        !check_place(context, folder, error) || !sp_folder_remove(unfinished, error)) {
        return FALSE;
    }
    if (g_file_test(place, G_FILE_TEST_EXISTS)) {
        return sp_error_set(error, SP_ERROR_CANT_CREATE, "%s is there already", place);
    }
    read_earlier(&backup, folder);
    const gboolean is_made =
        sp_folder_make(unfinished, SP_MODE_OWN_FOLDER, error) &&
        sp_backup_list_scan(list, context->workspace, error) && add_all(&backup, list, error) &&
        sp_backup_list_write(list, unfinished, error) && sp_folder_sync(unfinished, error) &&
        sp_rename(unfinished, place, error);
    if (!is_made) {
        (void)sp_folder_remove(unfinished, NULL);
        return FALSE;
    }
    told->folder = g_steal_pointer(&place);
    return TRUE;
}
