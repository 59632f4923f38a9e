/*
 * Snapshots that have outlived their days: those that others have replaced and that nothing in use
 * was made of. Of persons also those that something in use was only held against: the law comes
 * before the comparison.
 */
#include "pipeline/keep/purge_list.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/period.h"
#include "pipeline/snapshots.h"

#include <glib/gstdio.h>

#include <string.h>

/* All descriptions of one dataset. */
typedef struct {
    char *name;           /* "iplos/tjenester" */
    GPtrArray *snapshots; /* SpSnapshot* */
    GHashTable *in_use;   /* names of descriptions that a link points at */
    GHashTable *held;     /* paths of bytes that must stay */
} Dataset;

static void dataset_clear(Dataset *dataset)
{
    g_free(dataset->name);
    g_ptr_array_unref(dataset->snapshots);
    g_hash_table_unref(dataset->in_use);
    g_hash_table_unref(dataset->held);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Dataset, dataset_clear)

static gboolean read_dataset(const SpContext *context, Dataset *dataset, GError **error)
{
    g_autofree char *folder = sp_context_path(context, "snapshots", dataset->name, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        char *target = sp_link_read(path);
        if (target != NULL) {
            g_hash_table_add(dataset->in_use, target);
        } else if (g_str_has_suffix(*name, SP_SNAPSHOT_META)) {
            SpSnapshot *snapshot = sp_snapshot_read(context, dataset->name, "", *name, error);
            if (snapshot == NULL) {
                return FALSE;
            }
            g_ptr_array_add(dataset->snapshots, snapshot);
        }
    }
    return names != NULL;
}

/* When another took its place: the receipt of the first that came after it; its own where none is
 * known. */
static gboolean replaced(const Dataset *dataset, const SpSnapshot *snapshot, gint64 *when,
                         GError **error)
{
    const char *first = NULL;
    for (guint i = 0; i < dataset->snapshots->len; i++) {
        const SpSnapshot *other = dataset->snapshots->pdata[i];
        if (g_strcmp0(other->previous, snapshot->name) == 0 &&
            (first == NULL || strcmp(other->received, first) < 0)) {
            first = other->received;
        }
    }
    first = first != NULL ? first : snapshot->received;
    return sp_time_parse(first, when) ||
           sp_error_set(error, SP_ERROR_DATA, "%s: \"%s\" is no time of receipt", snapshot->name,
                        first);
}

static gboolean is_needed(const SpPurgeList *list, const Dataset *dataset,
                          const SpSnapshot *snapshot)
{
    return g_hash_table_contains(dataset->in_use, snapshot->name) ||
           g_hash_table_contains(list->needed->snapshots, snapshot->hash) ||
           (!snapshot->is_encrypted &&
            g_hash_table_contains(list->needed->looked_at, snapshot->hash));
}

/* The description first: without it the bytes are nobody's, and are found as such. */
static void add_snapshot(SpPurgeList *list, const Dataset *dataset, const SpSnapshot *snapshot,
                         gint64 when, const char *setting)
{
    g_autofree char *folder = sp_context_path(list->context, "snapshots", dataset->name, NULL);
    g_autofree char *meta = g_build_filename(folder, snapshot->name, NULL);
    g_autofree char *what = g_strdup_printf("%ssnapshot %.12s of %s, received %s",
                                            snapshot->is_encrypted ? "person-level " : "",
                                            snapshot->hash, dataset->name, snapshot->received);
    sp_purge_list_add(list, meta, when, setting, what);
    SpOutlived *outlived = list->found->pdata[list->found->len - 1];
    outlived->is_of_persons = snapshot->is_encrypted;
    char *rejected = sp_snapshot_rejection_path(list->context, dataset->name, snapshot);
    if (g_file_test(rejected, G_FILE_TEST_EXISTS)) {
        g_ptr_array_add(outlived->paths, g_steal_pointer(&rejected));
    }
    g_free(rejected);
}

static gboolean find_outlived(SpPurgeList *list, Dataset *dataset, GHashTable *gone, GError **error)
{
    for (guint i = 0; i < dataset->snapshots->len; i++) {
        const SpSnapshot *snapshot = dataset->snapshots->pdata[i];
        const char *setting = snapshot->is_encrypted ? "purge.person_days" : "purge.snapshot_days";
        gint64 when = 0;
        gboolean is_over = FALSE;
        if (!replaced(dataset, snapshot, &when, error) ||
            !sp_purge_list_is_over(list, when, setting, &is_over, error)) {
            return FALSE;
        }
        if (!is_over || is_needed(list, dataset, snapshot)) {
            g_hash_table_add(dataset->held, g_strdup(snapshot->path));
        } else {
            add_snapshot(list, dataset, snapshot, when, setting);
            g_hash_table_insert(gone, g_strdup(snapshot->path),
                                list->found->pdata[list->found->len - 1]);
        }
    }
    return TRUE;
}

/* Bytes that several descriptions tell of go with the last of them. */
static void add_bytes(const Dataset *dataset, GHashTable *gone)
{
    GHashTableIter each;
    gpointer path = NULL;
    gpointer value = NULL;
    g_hash_table_iter_init(&each, gone);
    while (g_hash_table_iter_next(&each, &path, &value)) {
        SpOutlived *outlived = value;
        if (!g_hash_table_contains(dataset->held, path)) {
            GStatBuf status = {0};
            (void)g_stat(path, &status);
            outlived->bytes += (guint64)status.st_size;
            g_ptr_array_add(outlived->paths, g_strdup(path));
        }
    }
}

/* Bytes without a description: a purge that was cut off left them. */
static gboolean find_nobodys(SpPurgeList *list, const Dataset *dataset, GHashTable *gone,
                             GError **error)
{
    g_autofree char *folder = sp_context_path(list->context, "snapshots", dataset->name, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        g_autofree char *what =
            g_strdup_printf("bytes that nothing tells of, of %s", dataset->name);
        GStatBuf status = {0};
        if (g_str_has_suffix(*name, SP_SNAPSHOT_ENCRYPTED) && !g_hash_table_contains(gone, path) &&
            !g_hash_table_contains(dataset->held, path)) {
            (void)g_stat(path, &status);
            sp_purge_list_add(list, path, status.st_mtime, "purge.person_days", what);
            ((SpOutlived *)list->found->pdata[list->found->len - 1])->is_of_persons = TRUE;
        }
    }
    return names != NULL;
}

static gboolean find_in_dataset(SpPurgeList *list, const char *name, GError **error)
{
    g_auto(Dataset)
        dataset = {.name = g_strdup(name),
                   .snapshots = g_ptr_array_new_with_free_func((GDestroyNotify)sp_snapshot_free),
                   .in_use = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                   .held = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    g_autoptr(GHashTable) gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!read_dataset(list->context, &dataset, error) ||
        !find_outlived(list, &dataset, gone, error)) {
        return FALSE;
    }
    add_bytes(&dataset, gone);
    return find_nobodys(list, &dataset, gone, error);
}

static gboolean find_in_source(SpPurgeList *list, const char *source, GError **error)
{
    g_autofree char *folder = sp_context_path(list->context, "snapshots", source, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *dataset = g_strdup_printf("%s/%s", source, *name);
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR) && !find_in_dataset(list, dataset, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

gboolean sp_purge_find_snapshots(SpPurgeList *list, GError **error)
{
    g_autofree char *folder = sp_context_path(list->context, "snapshots", NULL);
    g_auto(GStrv) names =
        g_file_test(folder, G_FILE_TEST_IS_DIR) ? sp_folder_list(folder, error) : g_new0(char *, 1);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR) && !find_in_source(list, *name, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}
