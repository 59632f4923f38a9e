/* The list of a backup. */
#include "pipeline/keep/backup_list.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "pipeline/keep/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FORM = 1, MAX_LIST_SIZE = 1 << 30, BUFFER_SIZE = 1 << 18, ALL_MODES = 07777 };

static void entry_free(SpBackupEntry *entry)
{
    g_free(entry->path);
    g_free(entry->target);
    g_free(entry);
}

SpBackupList *sp_backup_list_new(void)
{
    SpBackupList *list = g_new0(SpBackupList, 1);
    list->entries = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
    return list;
}

void sp_backup_list_free(SpBackupList *list)
{
    if (list != NULL) {
        g_free(list->made);
        g_free(list->edition);
        g_ptr_array_unref(list->entries);
        g_free(list);
    }
}

static gboolean is_left_out(const char *path)
{
    static const char *const left_out[] = {"tmp", "lock", "ledger.db-journal", "ledger.db.new"};
    static const char *const told_of[] = {".mottatt.json", ".rapport.txt"};
    gboolean is_out = FALSE;
    for (gsize i = 0; !is_out && i < G_N_ELEMENTS(left_out); i++) {
        is_out = strcmp(path, left_out[i]) == 0;
    }
    const gboolean waits = g_str_has_prefix(path, "inbox/");
    return is_out ||
           (waits && !g_str_has_suffix(path, told_of[0]) && !g_str_has_suffix(path, told_of[1]));
}

static gboolean scan(SpBackupList *list, const char *workspace, const char *path, GError **error)
{
    struct stat status;
    g_autofree char *full = g_build_filename(workspace, path, NULL);
    if (lstat(full, &status) != 0) {
        return sp_error_set_errno(error, errno, "cannot look at %s", full);
    }
    if (is_left_out(path) && !(S_ISDIR(status.st_mode) && g_str_has_prefix(path, "inbox/"))) {
        return TRUE;
    }
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode) && !S_ISLNK(status.st_mode)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s is neither file, folder nor link; it does not belong in a "
                            "workspace: remove it",
                            full);
    }
    SpBackupEntry *entry = g_new0(SpBackupEntry, 1);
    entry->path = g_strdup(path);
    entry->mode = status.st_mode & ALL_MODES;
    entry->is_folder = S_ISDIR(status.st_mode);
    entry->target = S_ISLNK(status.st_mode) ? sp_link_read(full) : NULL;
    g_ptr_array_add(list->entries, entry);
    if (!entry->is_folder) {
        return TRUE;
    }
    g_auto(GStrv) names = sp_folder_list(full, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *child =
            *path == '\0' ? g_strdup(*name) : g_strdup_printf("%s/%s", path, *name);
        if (!scan(list, workspace, child, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

gboolean sp_backup_list_scan(SpBackupList *list, const char *workspace, GError **error)
{
    return scan(list, workspace, "", error);
}

static json_t *entry_json(const SpBackupEntry *entry)
{
    json_t *json = json_pack("{s:s}", "path", entry->path);
    if (entry->target != NULL) {
        json_object_set_new(json, "link", json_string(entry->target));
        return json;
    }
    json_object_set_new(json, "mode", json_integer((json_int_t)entry->mode));
    if (!entry->is_folder) {
        json_object_set_new(json, "size", json_integer((json_int_t)entry->size));
        json_object_set_new(json, "sha256", json_string(entry->hash));
        json_object_set_new(json, "identity", json_string(entry->identity));
    }
    return json;
}

gboolean sp_backup_list_write(const SpBackupList *list, const char *backup, GError **error)
{
    g_autofree char *path = g_build_filename(backup, SP_BACKUP_LIST, NULL);
    json_t *entries = json_array();
    for (guint i = 0; i < list->entries->len; i++) {
        json_array_append_new(entries, entry_json(list->entries->pdata[i]));
    }
    g_autoptr(json_t) json = json_pack("{s:i, s:s, s:s*, s:o}", "form", FORM, "made", list->made,
                                       "edition", list->edition, "entries", entries);
    g_autofree char *text = sp_json_format(json);
    return sp_file_write(path, text, strlen(text), SP_MODE_OWN_FILE, error);
}

/* A list that was tampered with must not write outside the workspace. */
static gboolean stays_inside(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    gboolean stays = *path != '/';
    for (char **part = parts; stays && *path != '\0' && *part != NULL; part++) {
        stays = **part != '\0' && strcmp(*part, ".") != 0 && strcmp(*part, "..") != 0;
    }
    return stays;
}

static SpBackupEntry *read_entry(json_t *json)
{
    const char *path = NULL;
    const char *target = NULL;
    const char *hash = NULL;
    const char *identity = NULL;
    json_int_t mode = 0;
    json_int_t size = -1;
    if (json_unpack(json, "{s:s, s?s, s?I, s?I, s?s, s?s}", "path", &path, "link", &target, "mode",
                    &mode, "size", &size, "sha256", &hash, "identity", &identity) != 0 ||
        !stays_inside(path) || mode < 0 || mode > ALL_MODES || (hash != NULL) != (size >= 0) ||
        (hash != NULL && strlen(hash) != SP_HASH_SIZE - 1)) {
        return NULL;
    }
    SpBackupEntry *entry = g_new0(SpBackupEntry, 1);
    entry->path = g_strdup(path);
    entry->target = g_strdup(target);
    entry->mode = (guint)mode;
    entry->size = (guint64)MAX(size, 0);
    entry->is_folder = target == NULL && hash == NULL;
    g_strlcpy(entry->hash, hash != NULL ? hash : "", SP_HASH_SIZE);
    g_strlcpy(entry->identity, identity != NULL ? identity : "", SP_HASH_SIZE);
    return entry;
}

SpBackupList *sp_backup_list_read(const char *backup, GError **error)
{
    g_autofree char *path = g_build_filename(backup, SP_BACKUP_LIST, NULL);
    g_autoptr(json_t) json = sp_json_read(path, MAX_LIST_SIZE, error);
    g_autoptr(SpBackupList) list = sp_backup_list_new();
    const char *made = NULL;
    const char *edition = NULL;
    json_t *entries = NULL;
    json_t *item = NULL;
    size_t i = 0;
    int form = 0;
    if (json == NULL) {
        return NULL;
    }
    gboolean is_list = json_unpack(json, "{s:i, s:s, s?s, s:o}", "form", &form, "made", &made,
                                   "edition", &edition, "entries", &entries) == 0 &&
                       form == FORM && json_is_array(entries);
    json_array_foreach(entries, i, item)
    {
        SpBackupEntry *entry = is_list ? read_entry(item) : NULL;
        is_list = entry != NULL;
        if (entry != NULL) {
            g_ptr_array_add(list->entries, entry);
        }
    }
    if (!is_list || list->entries->len == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s is not the list of a backup; use another one", path);
        return NULL;
    }
    list->made = g_strdup(made);
    list->edition = g_strdup(edition);
    return g_steal_pointer(&list);
}

gboolean sp_backup_entry_make(const SpBackupEntry *entry, const char *root, GError **error)
{
    g_autofree char *path = g_build_filename(root, entry->path, NULL);
    if (entry->target != NULL) {
        return symlink(entry->target, path) == 0 ||
               sp_error_set_errno(error, errno, "cannot make link %s", path);
    }
    return sp_folder_make(path, entry->mode, error);
}

gboolean sp_backup_entry_copy(const SpBackupEntry *entry, const char *from, const char *to,
                              char hash[SP_HASH_SIZE], guint64 *size, GError **error)
{
    gsize n_read = 0;
    gsize n_told = 0;
    g_autofree char *buffer = g_malloc(BUFFER_SIZE);
    g_autoptr(SpHash) sum = sp_hash_new();
    *size = 0;
    int fd = sp_file_open(from, &n_told, error);
    SpWriter *writer = fd < 0 ? NULL : sp_writer_open(to, entry->mode, error);
    gboolean is_read = writer != NULL;
    do {
        is_read = is_read && sp_fd_read(fd, from, buffer, BUFFER_SIZE, &n_read, error);
        if (is_read) {
            sp_hash_add(sum, buffer, n_read);
            sp_writer_put(writer, buffer, n_read);
            *size += n_read;
        }
    } while (is_read && n_read == BUFFER_SIZE);
    if (fd >= 0) {
        close(fd);
    }
    if (!is_read) {
        sp_writer_abandon(writer);
        return FALSE;
    }
    sp_hash_finish(sum, hash);
    return sp_writer_close(writer, error);
}
