/* Results found by their manifests. */
#include "pipeline/keep/results.h"

#include "core/error.h"
#include "core/io/files.h"

#include <string.h>

#define LATEST "latest"
enum { MAX_NAME_SIZE = 1024 };

void sp_result_free(SpResult *result)
{
    if (result != NULL) {
        g_free(result->folder);
        g_free(result->edition);
        sp_manifest_free(result->manifest);
        g_free(result);
    }
}

gboolean sp_result_has(const SpResult *result, const char *hash)
{
    const SpManifest *manifest = result->manifest;
    gboolean has = strcmp(manifest->content, hash) == 0;
    for (guint i = 0; !has && i < manifest->hashes->len; i++) {
        has = strcmp(manifest->hashes->pdata[i], hash) == 0;
    }
    return has;
}

static gboolean is_result(const char *folder)
{
    g_autofree char *listed = g_build_filename(folder, "manifest.json", NULL);
    return g_file_test(listed, G_FILE_TEST_EXISTS);
}

static gboolean add_result(GPtrArray *into, const char *folder, gboolean is_used, GError **error)
{
    g_autofree char *edition = g_build_filename(folder, "utgave", NULL);
    gsize size = 0;
    SpManifest *manifest = sp_manifest_read(folder, error);
    if (manifest == NULL) {
        return FALSE;
    }
    SpResult *result = g_new0(SpResult, 1);
    result->folder = g_strdup(folder);
    result->manifest = manifest;
    result->is_used = is_used;
    result->edition = g_file_test(edition, G_FILE_TEST_EXISTS)
                          ? sp_file_read(edition, MAX_NAME_SIZE, &size, NULL)
                          : NULL;
    g_ptr_array_add(into, result);
    return TRUE;
}

/* Names in a folder; none if it is not there. */
static char **list(const char *folder, GError **error)
{
    g_autoptr(GError) failure = NULL;
    char **names = sp_folder_list(folder, &failure);
    if (names == NULL && g_error_matches(failure, SP_ERROR, SP_ERROR_NO_INPUT)) {
        return g_new0(char *, 1);
    }
    if (names == NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
    }
    return names;
}

static char *used_in(const char *folder)
{
    g_autofree char *link = g_build_filename(folder, LATEST, NULL);
    return sp_link_read(link);
}

gboolean sp_results_of_unit(GPtrArray *into, const char *folder, GError **error)
{
    g_autofree char *used = used_in(folder);
    g_auto(GStrv) names = list(folder, error);
    if (names == NULL) {
        return FALSE;
    }
    for (int is_used = 1; is_used >= 0; is_used--) {
        for (char **name = names; *name != NULL; name++) {
            g_autofree char *path = g_build_filename(folder, *name, NULL);
            /* `latest` is a link; a folder without manifest holds units below this one:
             * "normalise/ssb" is none itself. */
            if (strcmp(*name, LATEST) != 0 && (g_strcmp0(*name, used) == 0) == is_used &&
                is_result(path) && !add_result(into, path, is_used, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

typedef struct {
    GPtrArray *results;
    GPtrArray *damaged;
} Walk;

static gboolean walk(const Walk *to, const char *folder, GError **error)
{
    g_autofree char *used = used_in(folder);
    g_auto(GStrv) names = list(folder, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        g_autoptr(GError) damage = NULL;
        if (g_file_test(path, G_FILE_TEST_IS_SYMLINK) || !g_file_test(path, G_FILE_TEST_IS_DIR)) {
            continue;
        }
        if (!is_result(path)) {
            if (!walk(to, path, error)) {
                return FALSE;
            }
        } else if (!add_result(to->results, path, g_strcmp0(*name, used) == 0, &damage)) {
            g_ptr_array_add(to->damaged, g_strdup(damage->message));
        }
    }
    return names != NULL;
}

GPtrArray *sp_results_list(const char *stages, GPtrArray *damaged, GError **error)
{
    g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func((GDestroyNotify)sp_result_free);
    const Walk to = {.results = results, .damaged = damaged};
    return walk(&to, stages, error) ? g_steal_pointer(&results) : NULL;
}
