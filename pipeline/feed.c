/* packages/index.json. */
#include "pipeline/feed.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "outputs/archive/sums.h"
#include "pipeline/assembly.h"
#include "pipeline/edition.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_FEED_SIZE = 256 * 1024 * 1024 };

/* Adds the files of one package (or its archive) to `list`, from the lines of SHA256SUMS. */
static gboolean add_files(const SpContext *context, const char *edition, char **lines,
                          const char *prefix, json_t *list, GError **error)
{
    for (char **line = lines; *line != NULL; line++) {
        if (strlen(*line) < 67 || !g_str_has_prefix(*line + 66, prefix)) {
            continue;
        }
        const char *path = *line + 66;
        g_autofree char *full = sp_context_path(context, "packages", edition, path, NULL);
        g_autofree char *hash = g_strndup(*line, 64);
        struct stat info;
        if (stat(full, &info) != 0) {
            return sp_error_set_errno(error, errno, "%s", full);
        }
        json_array_append_new(list, json_pack("{s:s, s:I, s:s}", "path", path, "bytes",
                                              (json_int_t)info.st_size, "sha256", hash));
    }
    return TRUE;
}

static json_t *describe_packages(SpContext *context, const char *edition, GError **error)
{
    gsize size = 0;
    g_autofree char *sums = sp_context_path(context, "packages", edition, SP_SUMS_NAME, NULL);
    g_autofree char *text = sp_file_read(sums, MAX_FEED_SIZE, &size, error);
    g_auto(GStrv) units = text == NULL ? NULL : sp_edition_units(context, error);
    if (units == NULL) {
        return NULL;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(json_t) packages = json_array();
    for (char **unit = units; *unit != NULL; unit++) {
        g_auto(SpPlace) place = {0};
        if (!sp_place_find(context, *unit, &place, error)) {
            return NULL;
        }
        json_t *files = json_array();
        json_t *package =
            json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", place.folder, "region", *unit, "title",
                      place.title, "language", place.language, "files", files);
        json_array_append_new(packages, package);
        g_autofree char *folder = g_strdup_printf("%s/", place.folder);
        g_autofree char *archive = g_strdup_printf("%s.zip", place.folder);
        if (!add_files(context, edition, lines, folder, files, error) ||
            !add_files(context, edition, lines, archive, files, error)) {
            return NULL;
        }
        if (json_array_size(files) < 2) {
            sp_error_set(error, SP_ERROR_DATA,
                         "edition %s has no files for %s; run statpakke-package", edition,
                         place.folder);
            return NULL;
        }
    }
    return g_steal_pointer(&packages);
}

/* The feed as it stands, or a new one. */
static json_t *read_feed(const char *path, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return json_pack("{s:s, s:[]}", "schema", SP_FEED_VERSION, "editions");
    }
    g_autoptr(json_t) feed = sp_json_read(path, MAX_FEED_SIZE, error);
    if (feed != NULL && !json_is_array(json_object_get(feed, "editions"))) {
        sp_error_set(error, SP_ERROR_DATA, "%s is not a feed; move it away and publish again",
                     path);
        return NULL;
    }
    return g_steal_pointer(&feed);
}

/* The newest stands first. TRUE if the feed has changed. */
static gboolean set_current(json_t *editions, const char *edition, json_t *packages)
{
    size_t i = 0;
    json_t *known = NULL;
    json_t *first = json_array_get(editions, 0);
    if (first != NULL &&
        g_strcmp0(json_string_value(json_object_get(first, "edition")), edition) == 0 &&
        g_strcmp0(json_string_value(json_object_get(first, "state")), "current") == 0) {
        return FALSE;
    }
    json_array_foreach(editions, i, known)
    {
        if (g_strcmp0(json_string_value(json_object_get(known, "edition")), edition) == 0) {
            json_array_remove(editions, i);
            break;
        }
    }
    json_array_foreach(editions, i, known)
    {
        if (g_strcmp0(json_string_value(json_object_get(known, "state")), "current") == 0) {
            json_object_set_new(known, "state", json_string("superseded"));
        }
    }
    json_array_insert_new(
        editions, 0,
        json_pack("{s:s, s:s, s:O}", "edition", edition, "state", "current", "packages", packages));
    return TRUE;
}

gboolean sp_feed_prepare(SpContext *context, const char *edition, char **text, GError **error)
{
    g_autofree char *path = sp_context_path(context, "packages", "index.json", NULL);
    g_autoptr(json_t) feed = read_feed(path, error);
    g_autoptr(json_t) packages = feed == NULL ? NULL : describe_packages(context, edition, error);
    *text = NULL;
    if (packages == NULL) {
        return FALSE;
    }
    if (set_current(json_object_get(feed, "editions"), edition, packages)) {
        *text = sp_json_format(feed);
    }
    return TRUE;
}

gboolean sp_feed_write(SpContext *context, const char *text, GError **error)
{
    g_autofree char *path = sp_context_path(context, "packages", "index.json", NULL);
    return text == NULL || sp_file_write(path, text, strlen(text), SP_MODE_PUBLIC_FILE, error);
}
