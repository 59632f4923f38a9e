/*
 * The contract for machines: datapackage.json with data/NAME.csv, one observation a row. The
 * figures are written by the one writer of tables on disk; here its descriptor gets what a reader
 * outside needs: titles, notes, units in words, sources, licences.
 */
#include "outputs/breaks.h"
#include "outputs/credits.h"
#include "outputs/forklaring.h"
#include "outputs/output.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"
#include "outputs/words.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>

enum { MAX_DESCRIPTOR_SIZE = 16 * 1024 * 1024 };

static const char data_folder[] = "data";
static const char descriptor_name[] = "datapackage.json";
static const char *const config_keys[] = {"package.licences"};

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

/* The column a field of the CSV belongs to: "M", or "M_status" and "M_flags" of the measure M,
 * whose ending is handed back; SP_NO_COLUMN of no column. */
static gsize find_column(const SpTable *table, const char *field, const char **ending)
{
    static const char *const endings[] = {"_status", "_flags"};
    gsize column = sp_table_find(table, field);
    *ending = "";
    for (gsize i = 0; column == SP_NO_COLUMN && i < G_N_ELEMENTS(endings); i++) {
        if (g_str_has_suffix(field, endings[i])) {
            g_autofree char *measure = g_strndup(field, strlen(field) - strlen(endings[i]));
            column = sp_table_find(table, measure);
            *ending = endings[i];
        }
    }
    return column;
}

/* The unit of a measure in words; NULL if it has none, or each row its own. */
static const char *unit_of(const SpWords *words, const SpTable *table, gsize column)
{
    const char *unit = sp_table_column(table, column)->kind == SP_COLUMN_MEASURE
                           ? sp_units_of(sp_words_units(words), table, column)
                           : NULL;
    return unit != NULL ? sp_words_find(words, "unit.", unit, "") : NULL;
}

/* TRUE when the package's table of explanations has the codes of a column. */
static gboolean is_explained(const SpWords *words, const char *column)
{
    const SpTable *table = sp_tables_find(sp_words_package(words)->tables, SP_FORKLARING);
    gsize kind = table != NULL ? sp_table_find(table, "slag") : SP_NO_COLUMN;
    for (gsize row = 0; kind != SP_NO_COLUMN && row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, kind), column) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The unit of a measure, or where the codes of a code column have words; NULL for neither. g_free.
 */
static char *description_of(const SpWords *words, const SpTable *table, gsize column)
{
    const SpColumn *info = sp_table_column(table, column);
    if (info->kind == SP_COLUMN_MEASURE) {
        return g_strdup(unit_of(words, table, column));
    }
    return is_explained(words, info->name)
               ? g_strdup_printf("%s data/" SP_FORKLARING ".csv (slag = %s)",
                                 sp_words_text(words, "page.codes"), info->name)
               : NULL;
}

static void describe_field(const SpWords *words, const SpTable *table, json_t *field)
{
    const char *name = json_string_value(json_object_get(field, "name"));
    const char *ending = NULL;
    gsize column = name != NULL ? find_column(table, name, &ending) : SP_NO_COLUMN;
    if (column == SP_NO_COLUMN) {
        return;
    }
    g_autofree char *title = sp_words_column(words, table, column);
    g_autofree char *description = description_of(words, table, column);
    if (ending[0] != '\0') {
        const char *role =
            sp_words_text(words, strcmp(ending, "_status") == 0 ? "page.tegn" : "page.merknad");
        g_autofree char *both = g_strdup_printf("%s, %s", title, role);
        json_object_set_new(field, "title", text_of(both));
        return;
    }
    json_object_set_new(field, "title", text_of(title));
    if (description != NULL) {
        json_object_set_new(field, "description", text_of(description));
    }
}

/* The catalogue has the table's sums to fylker and country made by us. A receiver, and the audit,
 * can then hold them against each other. */
static gboolean has_own_sums(const SpTable *catalogue, const char *name)
{
    gsize names = sp_table_find(catalogue, "name");
    gsize rollup = sp_table_find(catalogue, "rollup");
    for (gsize row = 0; rollup != SP_NO_COLUMN && row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, names), name) == 0) {
            return strcmp(sp_table_code(catalogue, row, rollup), "yes") == 0;
        }
    }
    return FALSE;
}

/* Those that say something, parted. g_free. */
static char *join_sentences(const char *notices, const char *note, const char *breaks)
{
    const char *const all[] = {notices, note, breaks};
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        if (all[i] != NULL && all[i][0] != '\0') {
            g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", all[i]);
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* Publisher, title and address of each source of a table, or of all (NULL), to what is described;
 * both standards forbid an empty list. */
static void describe_sources(const SpPackage *package, const char *table, json_t *object)
{
    g_autoptr(GArray) all = sp_credits_sources(package, table);
    g_autoptr(json_t) sources = json_array();
    for (guint i = 0; i < all->len; i++) {
        const SpSource *is = &g_array_index(all, SpSource, i);
        g_autofree char *title = g_strdup_printf("%s: %s", is->publisher, is->title);
        json_t *source = json_object();
        json_object_set_new(source, "title", text_of(title));
        if (is->page[0] != '\0') {
            json_object_set_new(source, "path", text_of(is->page));
        }
        json_array_append_new(sources, source);
    }
    if (json_array_size(sources) > 0) {
        json_object_set(object, "sources", sources);
    }
}

static gboolean describe_resource(const SpWords *words, json_t *resource, GError **error)
{
    const char *name = json_string_value(json_object_get(resource, "name"));
    const SpTable *table =
        name != NULL ? sp_tables_find(sp_words_package(words)->tables, name) : NULL;
    json_t *field = NULL;
    gsize i = 0;
    if (table == NULL) {
        return sp_error_set(error, SP_ERROR_BUG,
                            "%s: resource \"%s\" is none of the package's tables", descriptor_name,
                            name != NULL ? name : "");
    }
    g_autofree char *path = sp_words_data_path(table);
    g_autofree char *note = sp_words_note(words, table);
    const char *notices = sp_words_notices(words);
    g_autofree char *breaks = sp_breaks_text(words, table);
    g_autofree char *description = join_sentences(notices, note, breaks);
    json_object_set_new(resource, "path", text_of(path));
    json_object_set_new(resource, "title", text_of(sp_words_table(words, table)));
    if (description[0] != '\0') {
        json_object_set_new(resource, "description", text_of(description));
    }
    if (has_own_sums(sp_words_package(words)->catalogue, name)) {
        json_object_set_new(resource, "sp:sums", json_true());
    }
    describe_sources(sp_words_package(words), name, resource);
    json_array_foreach(json_object_get(json_object_get(resource, "schema"), "fields"), i, field)
    {
        describe_field(words, table, field);
    }
    return TRUE;
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

static json_t *describe(const SpWords *words, const SpSettings *settings, json_t *inner,
                        GError **error)
{
    const SpPackage *package = sp_words_package(words);
    const char *notices = sp_words_notices(words);
    g_autoptr(json_t) outer = json_object();
    g_autofree char *created = g_strconcat(sp_words_edition_day(words), "T00:00:00Z", NULL);
    g_autofree char *title =
        g_strdup_printf("%s: %s", sp_words_text(words, "page.package"), package->title);
    g_autofree char *description = g_strconcat(notices, notices[0] != '\0' ? " · " : "",
                                               sp_words_text(words, "page.about"), NULL);
    json_t *licences = licences_of(words, settings, error);
    json_t *resource = NULL;
    gsize i = 0;
    if (licences == NULL) {
        return NULL;
    }
    json_object_set_new(outer, "profile", json_string("tabular-data-package"));
    json_object_set_new(outer, "name", text_of(package->name));
    json_object_set_new(outer, "title", text_of(title));
    json_object_set_new(outer, "description", text_of(description));
    json_object_set_new(outer, "version", text_of(package->edition));
    json_object_set_new(outer, "created", text_of(created));
    json_object_set_new(outer, "licenses", licences);
    json_object_set_new(outer, "sp:language", text_of(package->language));
    json_object_set_new(outer, "sp:region", text_of(package->region));
    json_object_set_new(outer, "sp:notices", notices_of(words));
    describe_sources(package, NULL, outer);
    json_t *resources = json_object_get(inner, "resources");
    json_array_foreach(resources, i, resource)
    {
        if (!describe_resource(words, resource, error)) {
            return NULL;
        }
    }
    json_object_set(outer, "resources", resources);
    return g_steal_pointer(&outer);
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
    g_autoptr(SpWords) words = sp_words_new(package, error);
    if (words == NULL || !sp_folder_make(data, SP_MODE_PUBLIC_FOLDER, error) ||
        !sp_tables_write(package->tables, data, package->name, SP_MODE_PUBLIC_FILE, error)) {
        return FALSE;
    }
    g_autoptr(json_t) inner = take_inner(folder, error);
    g_autoptr(json_t) outer = inner != NULL && leave_out_empty(package, folder, inner, error)
                                  ? describe(words, settings, inner, error)
                                  : NULL;
    if (outer == NULL) {
        return FALSE;
    }
    g_autofree char *text = sp_json_format(outer);
    return sp_file_write(path, text, strlen(text), SP_MODE_PUBLIC_FILE, error);
}

const SpOutput sp_output_datapackage = {
    .name = "datapackage",
    .summary = "Frictionless data package: datapackage.json and data/NAME.csv",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .write = write_package,
};
