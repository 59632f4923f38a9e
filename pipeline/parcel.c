/* The files of an edition that a target gets. */
#include "pipeline/parcel.h"

#include "core/error.h"
#include "core/io/files.h"
#include "outputs/archive/sums.h"
#include "outputs/feed/feed.h"
#include "outputs/signature/signature.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { HASH_LENGTH = SP_HASH_SIZE - 1, PATH_AT = HASH_LENGTH + 2 };

static void free_file(gpointer data)
{
    g_free(((SpParcelFile *)data)->path);
    g_free(data);
}

void sp_parcel_free(SpParcel *parcel)
{
    if (parcel != NULL) {
        g_free(parcel->edition);
        g_free(parcel->folder);
        g_ptr_array_unref(parcel->files);
        g_ptr_array_unref(parcel->names);
        g_free(parcel);
    }
}

static void add_names(SpParcel *parcel, const SpDeliveryTarget *target, const json_t *feed)
{
    g_autoptr(GArray) packages = sp_feed_packages(feed, parcel->edition);
    for (guint i = 0; i < packages->len; i++) {
        const SpFeedPackage *package = &g_array_index(packages, SpFeedPackage, i);
        if (sp_target_wants(target, package->region)) {
            g_ptr_array_add(parcel->names, g_strdup(package->name));
        }
    }
}

static gboolean is_wanted(const SpParcel *parcel, const SpDeliveryTarget *target, const char *path)
{
    for (guint i = 0; i < parcel->names->len; i++) {
        const char *name = parcel->names->pdata[i];
        const gsize size = strlen(name);
        if (strncmp(path, name, size) == 0 &&
            ((target->has_folders && path[size] == '/') ||
             (target->has_zips && strcmp(path + size, ".zip") == 0))) {
            return TRUE;
        }
    }
    return target->regions == NULL && target->has_folders && target->has_zips;
}

/* `sha256` NULL: it is read. */
static gboolean add_file(SpParcel *parcel, const char *path, const char *sha256, GError **error)
{
    struct stat info;
    g_autofree char *full = g_build_filename(parcel->folder, path, NULL);
    SpParcelFile *file = g_new0(SpParcelFile, 1);
    g_ptr_array_add(parcel->files, file);
    file->path = g_strdup(path);
    if (stat(full, &info) != 0) {
        return sp_error_set_errno(error, errno, "%s", full);
    }
    file->size = info.st_size;
    parcel->size += file->size;
    if (sha256 == NULL) {
        return sp_file_hash(full, file->sha256, error);
    }
    g_strlcpy(file->sha256, sha256, SP_HASH_SIZE);
    return TRUE;
}

static gboolean add_files(SpParcel *parcel, const SpDeliveryTarget *target, GError **error)
{
    gsize size = 0;
    g_autofree char *path = g_build_filename(parcel->folder, SP_SUMS_NAME, NULL);
    g_autofree char *text = sp_file_read(path, SP_SUMS_MAX_SIZE, &size, error);
    g_auto(GStrv) lines = text == NULL ? NULL : g_strsplit(text, "\n", -1);
    for (char **line = lines; line != NULL && *line != NULL; line++) {
        if (strlen(*line) > PATH_AT && is_wanted(parcel, target, *line + PATH_AT) &&
            !add_file(parcel, *line + PATH_AT, *line, error)) {
            return FALSE;
        }
    }
    return lines != NULL;
}

/* The list itself, and its signature if there is one, come last: they tell of the others. */
static gboolean add_sums(SpParcel *parcel, GError **error)
{
    static const char *const names[] = {SP_SUMS_NAME SP_SIGNATURE_ENDING, SP_SUMS_NAME};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(parcel->folder, names[i], NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS) && !add_file(parcel, names[i], NULL, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

SpParcel *sp_parcel_new(const SpContext *context, const SpDeliveryTarget *target,
                        const json_t *feed, const char *edition, GError **error)
{
    g_autoptr(SpParcel) parcel = g_new0(SpParcel, 1);
    parcel->edition = g_strdup(edition);
    parcel->folder = sp_context_path(context, "packages", edition, NULL);
    parcel->files = g_ptr_array_new_with_free_func(free_file);
    parcel->names = g_ptr_array_new_with_free_func(g_free);
    add_names(parcel, target, feed);
    if (!add_files(parcel, target, error) ||
        (is_wanted(parcel, target, SP_SUMS_NAME) && !add_sums(parcel, error))) {
        return NULL;
    }
    g_autoptr(SpHash) hash = sp_hash_new();
    for (guint i = 0; i < parcel->files->len; i++) {
        const SpParcelFile *file = parcel->files->pdata[i];
        sp_hash_add_text(hash, file->path);
        sp_hash_add_text(hash, file->sha256);
    }
    sp_hash_finish(hash, parcel->hash);
    return g_steal_pointer(&parcel);
}
