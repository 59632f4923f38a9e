/* The choice among deliveries. */
#include "pipeline/deliveries.h"

#include "core/codes.h"
#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/dataset.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

const char *sp_delivery_name(const char *url)
{
    const char *slash = strrchr(url, '/');
    return slash == NULL ? url : slash + 1;
}

/* Names in the dataset's folder of the store; none if it is not there yet. */
static char **list_store(const SpContext *context, const char *dataset, GError **error)
{
    g_autofree char *folder = sp_context_path(context, "snapshots", dataset, NULL);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        return g_new0(char *, 1);
    }
    return sp_folder_list(folder, error);
}

/* The part of a link's name; NULL if it is no such link. */
static const char *part_of_link(const char *name)
{
    return g_str_has_prefix(name, SP_SNAPSHOT_LATEST_PART) ? name + strlen(SP_SNAPSHOT_LATEST_PART)
                                                           : NULL;
}

static gboolean is_of_part(const SpInboxPattern *pattern, const SpSnapshot *snapshot)
{
    g_autofree char *part = sp_inbox_pattern_part(pattern, sp_delivery_name(snapshot->url));
    return g_strcmp0(part, snapshot->part) == 0;
}

static gboolean add_parts(const SpContext *context, const char *dataset,
                          const SpInboxPattern *pattern, GPtrArray *snapshots, GError **error)
{
    g_auto(GStrv) names = list_store(context, dataset, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        const char *part = part_of_link(*name);
        if (part == NULL) {
            continue;
        }
        SpSnapshot *snapshot = sp_snapshot_latest(context, dataset, part, error);
        if (snapshot == NULL) {
            return FALSE;
        }
        g_ptr_array_add(snapshots, snapshot);
        if (!is_of_part(pattern, snapshot)) {
            return sp_error_set(error, SP_ERROR_NO_INPUT,
                                "%s in use of %s was chosen by another pattern than inbox is now; "
                                "run statpakke-fetch --unit %s",
                                sp_delivery_name(snapshot->url), dataset, dataset);
        }
    }
    return names != NULL;
}

gboolean sp_deliveries_pattern(const SpContext *context, const char *dataset,
                               SpInboxPattern **pattern, GError **error)
{
    g_autoptr(SpSettings) settings = sp_dataset_settings(context, dataset, error);
    g_autoptr(SpInboxPattern) found = NULL;
    *pattern = NULL;
    if (settings == NULL || !sp_dataset_inbox(settings, &found, error)) {
        return FALSE;
    }
    *pattern = found != NULL && sp_inbox_pattern_has_places(found) ? g_steal_pointer(&found) : NULL;
    return TRUE;
}

GPtrArray *sp_deliveries_in_use(const SpContext *context, const char *dataset, GError **error)
{
    g_autoptr(SpInboxPattern) pattern = NULL;
    g_autoptr(GPtrArray) snapshots =
        g_ptr_array_new_with_free_func((GDestroyNotify)sp_snapshot_free);
    if (!sp_deliveries_pattern(context, dataset, &pattern, error)) {
        return NULL;
    }
    if (pattern != NULL) {
        if (!add_parts(context, dataset, pattern, snapshots, error)) {
            return NULL;
        }
    } else {
        SpSnapshot *only = sp_snapshot_latest(context, dataset, "", error);
        if (only == NULL) {
            return NULL;
        }
        g_ptr_array_add(snapshots, only);
    }
    if (snapshots->len == 0) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "there is no delivery of %s yet; run statpakke-fetch --unit %s first", dataset,
                     dataset);
        return NULL;
    }
    return g_steal_pointer(&snapshots);
}

static gboolean remove_link(SpContext *context, const char *dataset, const char *name,
                            GError **error)
{
    g_autofree char *link = sp_context_path(context, "snapshots", dataset, name, NULL);
    if (unlink(link) != 0 && errno != ENOENT) {
        return sp_error_set_errno(error, errno, "cannot remove %s", link);
    }
    return TRUE;
}

/* Links that the pattern does not make, or that point at nothing. */
static gboolean drop_links(SpContext *context, const char *dataset, const SpInboxPattern *pattern,
                           char **names, GError **error)
{
    for (char **name = names; *name != NULL; name++) {
        const char *part = part_of_link(*name);
        if (part == NULL) {
            continue;
        }
        g_autoptr(SpSnapshot) snapshot = sp_snapshot_latest(context, dataset, part, NULL);
        if (snapshot != NULL && is_of_part(pattern, snapshot) &&
            g_file_test(snapshot->path, G_FILE_TEST_EXISTS)) {
            continue;
        }
        if (snapshot == NULL || is_of_part(pattern, snapshot)) {
            sp_log(
                &context->log, SP_LOG_WARNING,
                "%s: the snapshot in use of delivery %s is gone from the store; deliver it again",
                dataset, part);
        }
        if (!remove_link(context, dataset, *name, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* By name, then time, then description: the last one is in use. */
static gint compare_deliveries(gconstpointer a, gconstpointer b)
{
    const SpSnapshot *one = *(const SpSnapshot *const *)a;
    const SpSnapshot *two = *(const SpSnapshot *const *)b;
    int order = strcmp(one->url, two->url);
    return order != 0 ? order : strcmp(one->received, two->received);
}

/* All descriptions in the store that fit the pattern and whose bytes are there, in that order; the
 * name of each is put in `names`. */
static GPtrArray *read_store(const SpContext *context, const char *dataset,
                             const SpInboxPattern *pattern, char **files, GHashTable *names)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)sp_snapshot_free);
    for (char **file = files; *file != NULL; file++) {
        if (!g_str_has_suffix(*file, SP_SNAPSHOT_META)) {
            continue;
        }
        g_autoptr(SpSnapshot) snapshot = sp_snapshot_read(context, dataset, "", *file, NULL);
        g_autofree char *part =
            snapshot == NULL ? NULL
                             : sp_inbox_pattern_part(pattern, sp_delivery_name(snapshot->url));
        if (part == NULL || !g_str_has_prefix(snapshot->url, "inbox:") ||
            !g_file_test(snapshot->path, G_FILE_TEST_EXISTS)) {
            continue;
        }
        g_free(snapshot->part);
        snapshot->part = g_steal_pointer(&part);
        g_hash_table_insert(names, snapshot, *file);
        g_ptr_array_add(all, g_steal_pointer(&snapshot));
    }
    g_ptr_array_sort(all, compare_deliveries);
    return all;
}

gboolean sp_deliveries_choose(SpContext *context, const char *dataset,
                              const SpInboxPattern *pattern, GError **error)
{
    g_auto(GStrv) files = list_store(context, dataset, error);
    if (files == NULL || !drop_links(context, dataset, pattern, files, error)) {
        return FALSE;
    }
    g_autoptr(GHashTable) names = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) all = read_store(context, dataset, pattern, files, names);
    for (guint i = all->len; i-- > 0;) {
        const SpSnapshot *snapshot = all->pdata[i];
        g_autoptr(SpSnapshot) used = sp_snapshot_latest(context, dataset, snapshot->part, NULL);
        if (used == NULL && !sp_snapshot_use(context, dataset, snapshot->part,
                                             g_hash_table_lookup(names, snapshot), error)) {
            return FALSE;
        }
    }
    return TRUE;
}

char **sp_deliveries_missing(const SpContext *context, const char *dataset, GError **error)
{
    g_autoptr(SpInboxPattern) pattern = NULL;
    g_autoptr(GPtrArray) snapshots = NULL;
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    if (!sp_deliveries_pattern(context, dataset, &pattern, error) || pattern == NULL) {
        return NULL;
    }
    snapshots = sp_deliveries_in_use(context, dataset, error);
    for (guint i = 0; snapshots != NULL && i < snapshots->len; i++) {
        g_ptr_array_add(parts, ((SpSnapshot *)snapshots->pdata[i])->part);
    }
    g_ptr_array_add(parts, NULL);
    return snapshots == NULL ? NULL
                             : sp_inbox_pattern_missing(pattern, (const char *const *)parts->pdata);
}
