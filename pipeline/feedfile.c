/* The feed on disk. */
#include "pipeline/feedfile.h"

#include "core/error.h"
#include "core/io/files.h"
#include "outputs/archive/sums.h"
#include "outputs/signature/signature.h"
#include "pipeline/assembly.h"
#include "pipeline/catalogue.h"
#include "pipeline/edition.h"
#include "pipeline/signkey.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define TYPES_FILE "filtyper.csv"
#define SCHEMAS "schemas"

enum { MAX_FEED_SIZE = 256 * 1024 * 1024, MAX_SIGNATURE_SIZE = 4096 };

void sp_feedfile_clear(SpFeedFile *file)
{
    g_clear_pointer(&file->text, g_free);
    g_clear_pointer(&file->signature, g_free);
}

static char *feed_path(const SpContext *context)
{
    return sp_context_path(context, "packages", SP_FEED_NAME, NULL);
}

static char *signature_path(const SpContext *context)
{
    return sp_context_path(context, "packages", SP_FEED_NAME SP_SIGNATURE_ENDING, NULL);
}

json_t *sp_feedfile_read(const SpContext *context, GError **error)
{
    g_autofree char *path = feed_path(context);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return sp_feed_new();
    }
    g_autoptr(json_t) feed = sp_json_read(path, MAX_FEED_SIZE, error);
    return feed != NULL && sp_feed_check(feed, path, error) ? g_steal_pointer(&feed) : NULL;
}

/* ---- packages ---- */

/* What all packages of an edition are described by. */
typedef struct {
    const SpContext *context;
    const char *edition;
    char **lines; /* of SHA256SUMS */
    const SpTable *types;
} Listing;

/* Adds the files of one package (or its archive), from the lines of SHA256SUMS. */
static gboolean add_files(const Listing *listing, const char *prefix, json_t *package,
                          GError **error)
{
    for (char **line = listing->lines; *line != NULL; line++) {
        if (strlen(*line) < 67 || !g_str_has_prefix(*line + 66, prefix)) {
            continue;
        }
        const char *path = *line + 66;
        g_autofree char *full =
            sp_context_path(listing->context, "packages", listing->edition, path, NULL);
        g_autofree char *hash = g_strndup(*line, 64);
        struct stat info;
        if (stat(full, &info) != 0) {
            return sp_error_set_errno(error, errno, "%s", full);
        }
        sp_feed_add_file(package, listing->types, path, info.st_size, hash);
    }
    return TRUE;
}

static json_t *describe_package(const Listing *listing, const SpPlace *place, const char *region,
                                GError **error)
{
    g_autoptr(json_t) package =
        sp_feed_package(place->folder, region, place->title, place->language);
    g_autofree char *folder = g_strdup_printf("%s/", place->folder);
    g_autofree char *archive = g_strdup_printf("%s.zip", place->folder);
    if (!add_files(listing, folder, package, error) ||
        !add_files(listing, archive, package, error)) {
        return NULL;
    }
    if (json_array_size(json_object_get(package, "files")) < 2) {
        sp_error_set(error, SP_ERROR_DATA, "edition %s has no files for %s; run statpakke-package",
                     listing->edition, place->folder);
        return NULL;
    }
    return g_steal_pointer(&package);
}

json_t *sp_feedfile_packages(SpContext *context, const char *edition, GError **error)
{
    gsize size = 0;
    g_autofree char *sums = sp_context_path(context, "packages", edition, SP_SUMS_NAME, NULL);
    g_autofree char *text = sp_file_read(sums, SP_SUMS_MAX_SIZE, &size, error);
    g_autofree char *data = sp_context_data_path(context, TYPES_FILE);
    g_autoptr(SpTable) types =
        text == NULL ? NULL : sp_catalogue_read(data, TYPES_FILE, NULL, error);
    g_auto(GStrv) units = types == NULL ? NULL : sp_edition_units(context, error);
    if (units == NULL) {
        return NULL;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    const Listing listing = {context, edition, lines, types};
    g_autoptr(json_t) packages = json_array();
    for (char **unit = units; *unit != NULL; unit++) {
        g_auto(SpPlace) place = {0};
        json_t *package = sp_place_find(context, *unit, &place, error)
                              ? describe_package(&listing, &place, *unit, error)
                              : NULL;
        if (package == NULL) {
            return NULL;
        }
        json_array_append_new(packages, package);
    }
    return g_steal_pointer(&packages);
}

/* ---- files ---- */

/* The forms of feed and packages lie beside the feed; written where they are not the same. */
static gboolean write_schemas(const SpContext *context, GError **error)
{
    static const char *const names[] = {"feed-1.schema.json", "statistikkpakke-1.schema.json"};
    g_autofree char *folder = sp_context_path(context, "packages", SCHEMAS, NULL);
    if (!sp_folder_make(folder, SP_MODE_PUBLIC_FOLDER, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        gsize size = 0;
        g_autofree char *relative = g_build_filename(SCHEMAS, names[i], NULL);
        g_autofree char *from = sp_context_data_path(context, relative);
        g_autofree char *to = g_build_filename(folder, names[i], NULL);
        g_autofree char *text = sp_file_read(from, MAX_FEED_SIZE, &size, error);
        g_autofree char *now = sp_file_read(to, MAX_FEED_SIZE, &size, NULL);
        if (text == NULL || (g_strcmp0(text, now) != 0 &&
                             !sp_file_write(to, text, strlen(text), SP_MODE_PUBLIC_FILE, error))) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Whether index.json has this text, and beside it a signature of the key; without a key, none. */
static gboolean is_written(const SpContext *context, const char *text, const SpPublicKey *key)
{
    gsize size = 0;
    g_autofree char *path = feed_path(context);
    g_autofree char *beside = signature_path(context);
    g_autofree char *now = sp_file_read(path, MAX_FEED_SIZE, &size, NULL);
    g_autofree char *signature = sp_file_read(beside, MAX_SIGNATURE_SIZE, &size, NULL);
    const SpSigned what = {.bytes = text, .size = strlen(text), .name = path};
    if (g_strcmp0(now, text) != 0) {
        return FALSE;
    }
    return key == NULL
               ? signature == NULL
               : signature != NULL && sp_signature_verify(key, &what, signature, NULL, NULL);
}

gboolean sp_feedfile_sign(const SpContext *context, json_t *feed, SpFeedFile *file, GError **error)
{
    g_autoptr(SpSigner) signer = NULL;
    SpPublicKey key;
    if (!sp_signkey_read(context, &signer, error)) {
        return FALSE;
    }
    if (signer != NULL) {
        sp_signer_public(signer, &key);
    }
    g_autofree char *public_key = signer != NULL ? sp_public_key_format(&key) : NULL;
    sp_feed_set_key(feed, public_key);
    const char *current = sp_feed_current(feed);
    const SpSignature of = {.edition = current != NULL ? current : "", .folder = ""};
    file->text = sp_json_format(feed);
    file->signature =
        signer == NULL ? NULL : sp_signature_of(signer, &of, SP_FEED_NAME, file->text);
    return TRUE;
}

gboolean sp_feedfile_prepare(const SpContext *context, json_t *feed, SpFeedFile *file,
                             GError **error)
{
    SpPublicKey key;
    gboolean is_signed = FALSE;
    if (!sp_signkey_public(context, &key, &is_signed, error)) {
        return FALSE;
    }
    g_autofree char *public_key = is_signed ? sp_public_key_format(&key) : NULL;
    sp_feed_set_key(feed, public_key);
    g_autofree char *text = sp_json_format(feed);
    return is_written(context, text, is_signed ? &key : NULL) ||
           sp_feedfile_sign(context, feed, file, error);
}

gboolean sp_feedfile_write(const SpContext *context, const SpFeedFile *file, GError **error)
{
    g_autofree char *path = feed_path(context);
    g_autofree char *beside = signature_path(context);
    if (!write_schemas(context, error)) {
        return FALSE;
    }
    if (file->text == NULL) {
        return TRUE;
    }
    if (file->signature == NULL && g_unlink(beside) != 0 && errno != ENOENT) {
        return sp_error_set_errno(error, errno, "%s", beside);
    }
    return (file->signature == NULL ||
            sp_file_write(beside, file->signature, strlen(file->signature), SP_MODE_PUBLIC_FILE,
                          error)) &&
           sp_file_write(path, file->text, strlen(file->text), SP_MODE_PUBLIC_FILE, error);
}

gboolean sp_feedfile_point(const SpContext *context, const json_t *feed, GError **error)
{
    const char *current = sp_feed_current(feed);
    g_autofree char *now = sp_edition_current(context);
    g_autofree char *link = sp_context_path(context, "current", NULL);
    if (g_strcmp0(now, current) == 0) {
        return TRUE;
    }
    if (current == NULL) {
        return (g_unlink(link) == 0 || sp_error_set_errno(error, errno, "%s", link)) &&
               sp_folder_sync_parent(link, error);
    }
    g_autofree char *target = g_build_filename("packages", current, NULL);
    return sp_link_swap(link, target, error);
}
