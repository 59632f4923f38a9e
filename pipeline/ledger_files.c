/* What the ledger knows of files: hashes that need not be made again, and folders found whole. */
#include "pipeline/ledger.h"
#include "pipeline/ledger_database.h"

#include "core/error.h"
#include "core/io/files.h"

#include <errno.h>
#include <sys/stat.h>

static gint64 nanoseconds(struct timespec time)
{
    return (gint64)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void bind_identity(SpStatement *statement, const char *path, const struct stat *info)
{
    sp_statement_bind_text(statement, 1, path);
    sp_statement_bind_int(statement, 2, (gint64)info->st_dev);
    sp_statement_bind_int(statement, 3, (gint64)info->st_ino);
    sp_statement_bind_int(statement, 4, (gint64)info->st_size);
    sp_statement_bind_int(statement, 5, nanoseconds(info->st_mtim));
    sp_statement_bind_int(statement, 6, nanoseconds(info->st_ctim));
}

static gboolean find_hash(SpLedger *ledger, const char *path, const struct stat *info,
                          char hex[SP_HASH_SIZE], gboolean *is_found, GError **error)
{
    g_autoptr(SpStatement) select =
        sp_statement_new(ledger->database,
                         "SELECT hash FROM file WHERE path = ? AND device = ? AND inode = ?"
                         " AND size = ? AND mtime = ? AND ctime = ?",
                         error);
    if (select == NULL) {
        return FALSE;
    }
    bind_identity(select, path, info);
    if (!sp_statement_step(select, is_found, error)) {
        return FALSE;
    }
    if (*is_found) {
        g_strlcpy(hex, sp_statement_text(select, 0), SP_HASH_SIZE);
    }
    return TRUE;
}

static gboolean keep_hash(SpLedger *ledger, const char *path, const struct stat *info,
                          const char *hex, GError **error)
{
    g_autoptr(SpStatement) insert =
        sp_statement_new(ledger->database,
                         "INSERT OR REPLACE INTO file (path, device, inode, size, mtime, ctime, "
                         "hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                         error);
    if (insert == NULL) {
        return FALSE;
    }
    bind_identity(insert, path, info);
    sp_statement_bind_text(insert, 7, hex);
    return sp_statement_run(insert, error);
}

gboolean sp_ledger_hash_file(SpLedger *ledger, const char *path, char hex[SP_HASH_SIZE],
                             GError **error)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        return sp_error_set_errno(error, errno, "%s", path);
    }
    gboolean is_found = FALSE;
    if (ledger != NULL && !find_hash(ledger, path, &info, hex, &is_found, error)) {
        return FALSE;
    }
    if (is_found) {
        return TRUE;
    }
    if (!sp_file_hash(path, hex, error)) {
        return FALSE;
    }
    return ledger == NULL || ledger->is_readonly || keep_hash(ledger, path, &info, hex, error);
}

gboolean sp_ledger_is_checked(SpLedger *ledger, const char *path, const char *identity,
                              gboolean *is_checked, GError **error)
{
    *is_checked = FALSE;
    if (ledger == NULL) {
        return TRUE;
    }
    g_autoptr(SpStatement) select = sp_statement_new(
        ledger->database, "SELECT 1 FROM checked WHERE path = ? AND identity = ?", error);
    if (select == NULL) {
        return FALSE;
    }
    sp_statement_bind_text(select, 1, path);
    sp_statement_bind_text(select, 2, identity);
    return sp_statement_step(select, is_checked, error);
}

gboolean sp_ledger_set_checked(SpLedger *ledger, const char *path, const char *identity,
                               GError **error)
{
    if (ledger == NULL || ledger->is_readonly) {
        return TRUE;
    }
    g_autoptr(SpStatement) insert = sp_statement_new(
        ledger->database, "INSERT OR REPLACE INTO checked (path, identity) VALUES (?, ?)", error);
    if (insert == NULL) {
        return FALSE;
    }
    sp_statement_bind_text(insert, 1, path);
    sp_statement_bind_text(insert, 2, identity);
    return sp_statement_run(insert, error);
}
