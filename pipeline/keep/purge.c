/* What has outlived its days: results, editions nobody was shown, trials, runs. Snapshots are in
 * purge_snapshots.c. */
#include "pipeline/keep/purge.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/number.h"
#include "core/period.h"
#include "pipeline/edition.h"
#include "pipeline/feedfile.h"
#include "pipeline/keep/purge_list.h"
#include "pipeline/ledger_database.h"

#include <errno.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECONDS_OF_DAY = 24 * 60 * 60 };

static void outlived_free(SpOutlived *outlived)
{
    g_free(outlived->what);
    g_free(outlived->why);
    g_ptr_array_unref(outlived->paths);
    g_free(outlived);
}

/* nftw(3) tells its visitor nothing of the caller's. One program asks at a time. */
static guint64 n_bytes;

static int add_size(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)path;
    (void)where;
    n_bytes += type == FTW_F && status->st_nlink == 1 ? (guint64)status->st_size : 0;
    return 0;
}

static guint64 size_of(const char *path)
{
    enum { N_OPEN = 16 };
    n_bytes = 0;
    (void)nftw(path, add_size, N_OPEN, FTW_PHYS);
    return n_bytes;
}

void sp_purge_list_add(SpPurgeList *list, const char *path, gint64 since, const char *setting,
                       const char *what)
{
    g_autofree char *day = sp_time_format(since);
    SpOutlived *outlived = g_new0(SpOutlived, 1);
    outlived->what = g_strdup(what);
    outlived->why = g_strdup_printf("of %s, %s", day, setting);
    outlived->paths = g_ptr_array_new_with_free_func(g_free);
    outlived->bytes = size_of(path);
    g_ptr_array_add(outlived->paths, g_strdup(path));
    g_ptr_array_add(list->found, outlived);
}

gboolean sp_purge_list_is_over(const SpPurgeList *list, gint64 since, const char *setting,
                               gboolean *is_over, GError **error)
{
    gint64 days = 0;
    *is_over = FALSE;
    if (!sp_settings_int(list->settings, setting, 0, 36500, &days, error)) {
        return FALSE;
    }
    *is_over = days > 0 && list->context->now - since >= days * SECONDS_OF_DAY;
    return TRUE;
}

static gint64 time_of(const char *path)
{
    struct stat status = {0};
    (void)lstat(path, &status);
    return status.st_mtime;
}

/* Adds a file or folder if its last change is long enough ago. */
static gboolean add_if_over(SpPurgeList *list, const char *path, gint64 since, const char *setting,
                            const char *what, GError **error)
{
    gboolean is_over = FALSE;
    if (!sp_purge_list_is_over(list, since, setting, &is_over, error)) {
        return FALSE;
    }
    if (is_over) {
        sp_purge_list_add(list, path, since, setting, what);
    }
    return TRUE;
}

static gboolean find_results(SpPurgeList *list, GError **error)
{
    for (guint i = 0; i < list->needed->results->len; i++) {
        const SpResult *result = list->needed->results->pdata[i];
        g_autofree char *manifest = g_build_filename(result->folder, "manifest.json", NULL);
        g_autofree char *what =
            g_strdup_printf("result of %s/%s", result->manifest->stage, result->manifest->unit);
        if (!g_hash_table_contains(list->needed->folders, result->folder) &&
            !add_if_over(list, result->folder, time_of(manifest), "purge.result_days", what,
                         error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Names in a folder of the workspace; none if it is not there. g_strfreev. */
static char **names_in(const SpContext *context, const char *folder, GError **error)
{
    g_autofree char *path = sp_context_path(context, folder, NULL);
    return g_file_test(path, G_FILE_TEST_IS_DIR) ? sp_folder_list(path, error) : g_new0(char *, 1);
}

/* Editions that the feed does not know were shown to nobody. The one that may come to be is the one
 * that the results in use make up. */
static gboolean find_editions(SpPurgeList *list, GError **error)
{
    guint marks = 0;
    g_autofree char *made = sp_edition_made((SpContext *)list->context, &marks, NULL);
    g_autofree char *current = sp_edition_current(list->context);
    g_autoptr(json_t) feed = sp_feedfile_read(list->context, error);
    g_auto(GStrv) names = feed == NULL ? NULL : names_in(list->context, "packages", error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = sp_context_path(list->context, "packages", *name, NULL);
        g_autofree char *what = g_strdup_printf("edition %s, never published", *name);
        if (sp_edition_is_name(*name) && sp_feed_state(feed, *name) == NULL &&
            g_strcmp0(*name, made) != 0 && g_strcmp0(*name, current) != 0 &&
            !add_if_over(list, path, time_of(path), "purge.edition_days", what, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

/* The last time that anything was made in it. */
static gboolean find_trials(SpPurgeList *list, GError **error)
{
    g_auto(GStrv) names = names_in(list->context, "trials", error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = sp_context_path(list->context, "trials", *name, NULL);
        g_autofree char *stages = g_build_filename(path, "stages", NULL);
        g_autofree char *what = g_strdup_printf("trial %s", *name);
        g_autoptr(GPtrArray) damaged = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GPtrArray) results = sp_results_list(stages, damaged, error);
        gint64 last = time_of(path);
        for (guint i = 0; results != NULL && i < results->len; i++) {
            const SpResult *result = results->pdata[i];
            last = MAX(last, time_of(result->folder));
        }
        if (results == NULL || !add_if_over(list, path, last, "purge.trial_days", what, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

static gboolean find_runs(SpPurgeList *list, GError **error)
{
    static const char *const aside[] = {"ledger.db.damaged"};
    g_auto(GStrv) names = names_in(list->context, "runs", error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        gint64 run = 0;
        g_autofree char *path = sp_context_path(list->context, "runs", *name, NULL);
        g_autofree char *what = g_strdup_printf("run %s", *name);
        if (sp_number_parse_int(*name, strlen(*name), &run) && run != list->context->run &&
            !add_if_over(list, path, time_of(path), "purge.run_days", what, error)) {
            return FALSE;
        }
    }
    for (gsize i = 0; names != NULL && i < G_N_ELEMENTS(aside); i++) {
        g_autofree char *path = sp_context_path(list->context, aside[i], NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS) &&
            !add_if_over(list, path, time_of(path), "purge.run_days", aside[i], error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

GPtrArray *sp_purge_find(const SpContext *context, GError **error)
{
    static const char *const keys[] = {SP_PURGE_KEYS};
    static gboolean (*const finders[])(SpPurgeList *, GError **) = {
        sp_purge_find_snapshots, find_results, find_editions, find_trials, find_runs};
    g_autoptr(SpSettings) settings =
        sp_settings_new(context->config, NULL, keys, G_N_ELEMENTS(keys));
    g_autoptr(SpNeeded) needed = sp_needed_new(context, error);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)outlived_free);
    SpPurgeList list = {.context = context, .settings = settings, .needed = needed, .found = found};
    for (gsize i = 0; i < G_N_ELEMENTS(finders); i++) {
        if (needed == NULL || !finders[i](&list, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&found);
}

/* A folder that is half gone must not be met under its name. */
static gboolean remove_folder(const SpContext *context, const char *path, GError **error)
{
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *gone = sp_context_path(context, "tmp", name, NULL);
    return sp_folder_remove(gone, error) && sp_rename(path, gone, error) &&
           sp_folder_remove(gone, error);
}

gboolean sp_purge_remove(const SpContext *context, const SpOutlived *outlived, GError **error)
{
    for (guint i = 0; i < outlived->paths->len; i++) {
        const char *path = outlived->paths->pdata[i];
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            if (!remove_folder(context, path, error)) {
                return FALSE;
            }
        } else if (g_unlink(path) != 0 && errno != ENOENT) {
            return sp_error_set_errno(error, errno, "%s", path);
        } else if (!sp_folder_sync_parent(path, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean trim_files(SpLedger *ledger, const char *table, GError **error)
{
    g_autofree char *all = g_strdup_printf("SELECT path FROM %s", table);
    g_autofree char *one = g_strdup_printf("DELETE FROM %s WHERE path = ?", table);
    g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(SpStatement) select = sp_statement_new(ledger->database, all, error);
    g_autoptr(SpStatement) remove =
        select == NULL ? NULL : sp_statement_new(ledger->database, one, error);
    gboolean has_row = remove != NULL;
    while (has_row) {
        if (!sp_statement_step(select, &has_row, error)) {
            return FALSE;
        }
        if (has_row && !g_file_test(sp_statement_text(select, 0), G_FILE_TEST_EXISTS)) {
            g_ptr_array_add(gone, g_strdup(sp_statement_text(select, 0)));
        }
    }
    for (guint i = 0; i < gone->len; i++) {
        sp_statement_bind_text(remove, 1, gone->pdata[i]);
        if (!sp_statement_run(remove, error)) {
            return FALSE;
        }
    }
    return remove != NULL;
}

static gboolean trim_runs(SpLedger *ledger, gint64 before, GError **error)
{
    static const char *const statements[] = {
        "DELETE FROM execution WHERE run IN (SELECT id FROM run WHERE started < ?1)"
        " AND id NOT IN (SELECT max(id) FROM execution GROUP BY stage, unit, outcome)",
        "DELETE FROM run WHERE started < ?1 AND id NOT IN (SELECT run FROM execution)"};
    for (gsize i = 0; i < G_N_ELEMENTS(statements); i++) {
        g_autoptr(SpStatement) statement = sp_statement_new(ledger->database, statements[i], error);
        if (statement == NULL) {
            return FALSE;
        }
        sp_statement_bind_int(statement, 1, before);
        if (!sp_statement_run(statement, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_ledger_trim(SpLedger *ledger, gint64 before, GError **error)
{
    const gboolean is_done =
        sp_database_run(ledger->database, "BEGIN IMMEDIATE", error) &&
        trim_runs(ledger, before, error) && trim_files(ledger, "file", error) &&
        trim_files(ledger, "checked", error) && sp_database_run(ledger->database, "COMMIT", error);
    if (!is_done) {
        (void)sp_database_run(ledger->database, "ROLLBACK", NULL);
    }
    return is_done && sp_database_run(ledger->database, "VACUUM", error);
}
