/* What was delivered. */
#include "pipeline/delivered.h"

#include "core/error.h"
#include "core/io/files.h"
#include "outputs/feed/feed.h"

#include <string.h>

#define WITHDRAWN "withdrawn"
#define BEGUN "begun"

enum { MAX_SIZE = 64 * 1024 * 1024 };

static char *path_of(const SpContext *context, const char *name)
{
    g_autofree char *file = g_strconcat(name, ".json", NULL);
    return sp_context_path(context, SP_DELIVERED_FOLDER, file, NULL);
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_t *read_file(const SpContext *context, const char *name, GError **error)
{
    g_autofree char *path = path_of(context, name);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return json_object();
    }
    g_autoptr(json_t) read = sp_json_read(path, MAX_SIZE, error);
    if (read != NULL && !json_is_object(read)) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s is not what this program writes; move it away, and all is delivered again",
                     path);
        return NULL;
    }
    return g_steal_pointer(&read);
}

static gboolean write_file(const SpContext *context, const char *name, const json_t *json,
                           GError **error)
{
    g_autofree char *path = path_of(context, name);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *text = sp_json_format(json);
    return sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, error) &&
           sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

/* ---- targets ---- */

json_t *sp_delivered_read(const SpContext *context, const SpDeliveryTarget *target, GError **error)
{
    json_t *read = read_file(context, target->name, error);
    if (read != NULL && (g_strcmp0(text_of(read, "url"), target->url) != 0 ||
                         !json_is_object(json_object_get(read, "editions")))) {
        json_decref(read);
        return json_pack("{s:s, s:{}}", "url", target->url, "editions");
    }
    return read;
}

gboolean sp_delivered_write(const SpContext *context, const SpDeliveryTarget *target,
                            const json_t *delivered, GError **error)
{
    return write_file(context, target->name, delivered, error);
}

static json_t *edition_of(const json_t *delivered, const char *edition)
{
    return json_object_get(json_object_get(delivered, "editions"), edition);
}

gboolean sp_delivered_has(const json_t *delivered, const SpParcel *parcel)
{
    return g_strcmp0(text_of(edition_of(delivered, parcel->edition), "files"), parcel->hash) == 0;
}

const char *sp_delivered_begun(const json_t *delivered)
{
    return text_of(delivered, BEGUN);
}

void sp_delivered_begin(json_t *delivered, const char *folder)
{
    if (folder != NULL) {
        json_object_set_new(delivered, BEGUN, json_string(folder));
    } else {
        json_object_del(delivered, BEGUN);
    }
}

void sp_delivered_add(json_t *delivered, const SpDeliveryTarget *target, const SpParcel *parcel)
{
    json_t *packages = json_array();
    for (guint i = 0; i < parcel->names->len; i++) {
        json_array_append_new(packages, json_string(parcel->names->pdata[i]));
    }
    json_object_set_new(json_object_get(delivered, "editions"), parcel->edition,
                        json_pack("{s:s, s:b, s:b, s:o}", "files", parcel->hash, "zips",
                                  target->has_zips, "folders", target->has_folders, "packages",
                                  packages));
    sp_delivered_begin(delivered, NULL);
}

gboolean sp_delivered_has_file(const json_t *delivered, const char *edition, const char *package,
                               const char *path)
{
    const json_t *entry = edition_of(delivered, edition);
    const char *form = strchr(path, '/') != NULL ? "folders" : "zips";
    size_t i = 0;
    json_t *name = NULL;
    json_array_foreach(json_object_get(entry, "packages"), i, name)
    {
        if (g_strcmp0(json_string_value(name), package) == 0) {
            return json_is_true(json_object_get(entry, form));
        }
    }
    return FALSE;
}

const char *sp_delivered_feed(const json_t *delivered)
{
    return text_of(delivered, "feed");
}

void sp_delivered_set_feed(json_t *delivered, const json_t *feed, const char *print)
{
    const char *edition = NULL;
    json_t *entry = NULL;
    json_object_set_new(delivered, "feed", json_string(print));
    json_object_foreach(json_object_get(delivered, "editions"), edition, entry)
    {
        json_object_set_new(entry, WITHDRAWN, json_boolean(sp_feed_reason(feed, edition) != NULL));
    }
}

gboolean sp_delivered_believes_withdrawn(const json_t *delivered, const json_t *feed)
{
    const char *edition = NULL;
    json_t *entry = NULL;
    json_object_foreach(json_object_get(delivered, "editions"), edition, entry)
    {
        if (sp_feed_reason(feed, edition) != NULL &&
            !json_is_true(json_object_get(entry, WITHDRAWN))) {
            return TRUE;
        }
    }
    return FALSE;
}

/* ---- notices ---- */

json_t *sp_delivered_notices(const SpContext *context, GError **error)
{
    return read_file(context, SP_DELIVERED_NOTICES, error);
}

gboolean sp_delivered_is_told(const json_t *notices, const char *edition, const char *office,
                              const char *what)
{
    return json_is_true(
        json_object_get(json_object_get(json_object_get(notices, edition), office), what));
}

gboolean sp_delivered_tell(const SpContext *context, json_t *notices, const char *edition,
                           const char *office, const char *what, GError **error)
{
    const char *const keys[] = {edition, office};
    json_t *at = notices;
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (!json_is_object(json_object_get(at, keys[i]))) {
            json_object_set_new(at, keys[i], json_object());
        }
        at = json_object_get(at, keys[i]);
    }
    json_object_set_new(at, what, json_true());
    return write_file(context, SP_DELIVERED_NOTICES, notices, error);
}
