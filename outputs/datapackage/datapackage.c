/*
 * The contract for machines: datapackage.json with data/NAME.csv, one observation a row. The
 * figures are written by the one writer of tables on disk; here its descriptor gets what a reader
 * outside needs: titles, notes, units in words, sources, licences.
 */
#include "outputs/credits.h"
#include "outputs/datapackage/languages.h"
#include "outputs/datapackage/resource.h"
#include "outputs/output.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>

enum { MAX_DESCRIPTOR_SIZE = 16 * 1024 * 1024 };

static const char data_folder[] = "data";
static const char descriptor_name[] = "datapackage.json";
static const char *const config_keys[] = {"package.licences"};

#define STANDARD "https://datapackage.org/profiles/2.0/datapackage.json"

static json_t *text_of(const char *text)
{
    g_autofree char *clean = sp_words_clean(text);
    return json_string(clean);
}

/* The descriptor that the writer of tables left beside the CSV files, which is then removed: a
 * package has one. */
static json_t *take_inner(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, data_folder, descriptor_name, NULL);
    g_autoptr(json_t) inner = sp_json_read(path, MAX_DESCRIPTOR_SIZE, error);
    if (inner == NULL) {
        return NULL;
    }
    if (g_unlink(path) != 0) {
        sp_error_set_errno(error, errno, "%s: remove", path);
        return NULL;
    }
    if (!json_is_array(json_object_get(inner, "resources"))) {
        sp_error_set(error, SP_ERROR_BUG, "%s: has no list of resources", path);
        return NULL;
    }
    return g_steal_pointer(&inner);
}

static json_t *licences_of(const SpWords *words, const SpSettings *settings, GError **error)
{
    g_autoptr(GArray) all = sp_credits_licences(words, settings, error);
    json_t *licences = all != NULL ? json_array() : NULL;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const SpLicence *is = &g_array_index(all, SpLicence, i);
        json_t *licence = json_object();
        json_object_set_new(licence, "name", text_of(is->name));
        json_object_set_new(licence, "path", text_of(is->page));
        json_object_set_new(licence, "title", text_of(is->title));
        json_array_append_new(licences, licence);
    }
    return licences;
}

static json_t *notices_of(const SpWords *words)
{
    const SpPackage *package = sp_words_package(words);
    json_t *notices = json_array();
    for (gsize i = 0; package->notices[i] != NULL; i++) {
        json_array_append_new(notices, text_of(sp_words_text(words, package->notices[i])));
    }
    return notices;
}

static char *package_title(const SpWords *words, gconstpointer of)
{
    const SpPackage *package = of;
    return g_strdup_printf("%s: %s", sp_words_text(words, "page.package"), package->title);
}

static char *package_description(const SpWords *words, gconstpointer of)
{
    const char *notices = sp_words_notices(words);
    (void)of;
    return g_strconcat(notices, notices[0] != '\0' ? " · " : "", sp_words_text(words, "page.about"),
                       NULL);
}

/* `$schema` is how version 2 of the standard names a descriptor's profile, `profile` how version 1
 * does; each passes over the other's. */
static json_t *describe(const SpLanguages *languages, json_t *licences)
{
    const SpWords *words = sp_languages_own(languages);
    const SpPackage *package = sp_words_package(words);
    json_t *outer = json_object();
    g_autofree char *created = g_strconcat(sp_words_edition_day(words), "T00:00:00Z", NULL);
    json_object_set_new(outer, "$schema", json_string(STANDARD));
    json_object_set_new(outer, "profile", json_string("tabular-data-package"));
    json_object_set_new(outer, "sp:schema", json_string(SP_PACKAGE_VERSION));
    json_object_set_new(outer, "name", text_of(package->name));
    sp_languages_set(languages, outer, "title", package_title, package);
    sp_languages_set(languages, outer, "description", package_description, package);
    json_object_set_new(outer, "version", text_of(package->edition));
    json_object_set_new(outer, "created", text_of(created));
    json_object_set(outer, "licenses", licences);
    json_object_set_new(outer, "sp:language", text_of(package->language));
    json_object_set_new(outer, "sp:region", text_of(package->region));
    json_object_set_new(outer, "sp:notices", notices_of(words));
    if (package->public_key != NULL) {
        json_object_set_new(outer, "sp:publicKey", text_of(package->public_key));
    }
    sp_resource_set_sources(package, NULL, outer);
    return outer;
}

static gboolean describe_resources(const SpLanguages *languages, const char *folder, json_t *inner,
                                   GError **error)
{
    json_t *resource = NULL;
    gsize i = 0;
    json_array_foreach(json_object_get(inner, "resources"), i, resource)
    {
        if (!sp_resource_describe(languages, folder, resource, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A file has its notice in the rows, so in a package that bears one a table without rows is no
 * file: a header alone would say nothing of it. */
static gboolean leave_out_empty(const SpPackage *package, const char *folder, json_t *inner,
                                GError **error)
{
    json_t *resources = json_object_get(inner, "resources");
    for (gsize i = json_array_size(resources); i > 0 && package->notices[0] != NULL; i--) {
        const char *name =
            json_string_value(json_object_get(json_array_get(resources, i - 1), "name"));
        const SpTable *table = name != NULL ? sp_tables_find(package->tables, name) : NULL;
        if (table == NULL || sp_table_n_rows(table) > 0) {
            continue;
        }
        g_autofree char *relative = sp_words_data_path(table);
        g_autofree char *path = g_build_filename(folder, relative, NULL);
        if (g_unlink(path) != 0) {
            return sp_error_set_errno(error, errno, "%s", path);
        }
        json_array_remove(resources, i - 1);
    }
    return TRUE;
}

static gboolean write_package(const SpPackage *package, const SpSettings *settings,
                              const char *folder, GError **error)
{
    g_autofree char *data = g_build_filename(folder, data_folder, NULL);
    g_autofree char *path = g_build_filename(folder, descriptor_name, NULL);
    g_autoptr(SpLanguages) languages = sp_languages_new(package, error);
    if (languages == NULL || !sp_folder_make(data, SP_MODE_PUBLIC_FOLDER, error) ||
        !sp_tables_write(package->tables, data, package->name, SP_MODE_PUBLIC_FILE, error)) {
        return FALSE;
    }
    g_autoptr(json_t) licences = licences_of(sp_languages_own(languages), settings, error);
    g_autoptr(json_t) inner = licences != NULL ? take_inner(folder, error) : NULL;
    if (inner == NULL || !leave_out_empty(package, folder, inner, error) ||
        !describe_resources(languages, folder, inner, error)) {
        return FALSE;
    }
    g_autoptr(json_t) outer = describe(languages, licences);
    json_object_set(outer, "resources", json_object_get(inner, "resources"));
    g_autofree char *text = sp_json_format(outer);
    return sp_file_make(path, text, strlen(text), SP_MODE_PUBLIC_FILE, error);
}

const SpOutput sp_output_datapackage = {
    .name = "datapackage",
    .summary = "Frictionless data package: datapackage.json and data/NAME.csv",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .write = write_package,
};
