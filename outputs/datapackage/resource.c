/* Resources of the descriptor: titles, notes, units in words, sources. */
#include "outputs/datapackage/resource.h"

#include "core/error.h"
#include "core/io/files.h"
#include "outputs/breaks.h"
#include "outputs/credits.h"
#include "outputs/forklaring.h"

#include <string.h>

static json_t *text_of(const char *text)
{
    g_autofree char *clean = sp_words_clean(text);
    return json_string(clean);
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

/* What is said of. */
typedef struct {
    const SpTable *table;
    gsize column;
    const char *ending; /* "", "_status", "_flags" */
} Field;

static char *title_of(const SpWords *words, gconstpointer of)
{
    const Field *field = of;
    char *title = sp_words_column(words, field->table, field->column);
    if (field->ending[0] == '\0') {
        return title;
    }
    g_autofree char *measure = title;
    const char *role =
        sp_words_text(words, strcmp(field->ending, "_status") == 0 ? "page.tegn" : "page.merknad");
    return g_strdup_printf("%s, %s", measure, role);
}

/* The unit of a measure, or where the codes of a code column have words; NULL for neither. g_free.
 */
static char *description_of(const SpWords *words, gconstpointer of)
{
    const Field *field = of;
    const SpColumn *info = sp_table_column(field->table, field->column);
    if (info->kind == SP_COLUMN_MEASURE) {
        return g_strdup(unit_of(words, field->table, field->column));
    }
    return is_explained(words, info->name)
               ? g_strdup_printf("%s data/" SP_FORKLARING ".csv (slag = %s)",
                                 sp_words_text(words, "page.codes"), info->name)
               : NULL;
}

static void describe_field(const SpLanguages *languages, const SpTable *table, json_t *json)
{
    const char *name = json_string_value(json_object_get(json, "name"));
    Field field = {.table = table, .ending = ""};
    field.column = name != NULL ? find_column(table, name, &field.ending) : SP_NO_COLUMN;
    if (field.column == SP_NO_COLUMN) {
        return;
    }
    sp_languages_set(languages, json, "title", title_of, &field);
    if (field.ending[0] == '\0') {
        sp_languages_set(languages, json, "description", description_of, &field);
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

void sp_resource_set_sources(const SpPackage *package, const char *of, json_t *object)
{
    g_autoptr(GArray) all = sp_credits_sources(package, of);
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

/* Of each table by itself: those of the whole package are the publisher's, and some sources lend
 * their figures by agreement. */
static void set_licences(const SpWords *words, const char *of, json_t *resource)
{
    g_autoptr(GArray) terms = sp_credits_terms(sp_words_package(words), of);
    g_autoptr(json_t) licences = json_array();
    for (guint i = 0; i < terms->len; i++) {
        const SpSource *is = &g_array_index(terms, SpSource, i);
        g_autofree char *code = sp_credits_code(is->licence);
        const char *title = sp_words_find(words, "licence.", code, "");
        const char *page = sp_words_find(words, "licence.", code, ".url");
        json_t *licence = json_object();
        page = page != NULL ? page : is->page;
        /* The standard wants one of the two; names are of known licences. */
        if (title != NULL || page[0] == '\0') {
            json_object_set_new(licence, "name", text_of(code));
        }
        if (page[0] != '\0') {
            json_object_set_new(licence, "path", text_of(page));
        }
        json_object_set_new(licence, "title", text_of(title != NULL ? title : is->licence));
        json_array_append_new(licences, licence);
    }
    if (json_array_size(licences) > 0) {
        json_object_set(resource, "licenses", licences);
    }
}

static char *table_title(const SpWords *words, gconstpointer of)
{
    return g_strdup(sp_words_table(words, of));
}

static char *table_description(const SpWords *words, gconstpointer of)
{
    const SpTable *table = of;
    g_autofree char *note = sp_words_note(words, table);
    g_autofree char *breaks = sp_breaks_text(words, table);
    return join_sentences(sp_words_notices(words), note, breaks);
}

static gboolean set_hash(json_t *resource, const char *folder, const char *path, GError **error)
{
    char hex[SP_HASH_SIZE];
    g_autofree char *file = g_build_filename(folder, path, NULL);
    if (!sp_file_hash(file, hex, error)) {
        return FALSE;
    }
    g_autofree char *hash = g_strconcat("sha256:", hex, NULL);
    json_object_set_new(resource, "hash", json_string(hash));
    return TRUE;
}

gboolean sp_resource_describe(const SpLanguages *languages, const char *folder, json_t *resource,
                              GError **error)
{
    const SpPackage *package = sp_words_package(sp_languages_own(languages));
    const char *name = json_string_value(json_object_get(resource, "name"));
    const SpTable *table = name != NULL ? sp_tables_find(package->tables, name) : NULL;
    json_t *field = NULL;
    gsize i = 0;
    if (table == NULL) {
        return sp_error_set(error, SP_ERROR_BUG,
                            "datapackage.json: resource \"%s\" is none of the package's tables",
                            name != NULL ? name : "");
    }
    g_autofree char *path = sp_words_data_path(table);
    json_object_set_new(resource, "path", text_of(path));
    sp_languages_set(languages, resource, "title", table_title, table);
    sp_languages_set(languages, resource, "description", table_description, table);
    if (has_own_sums(package->catalogue, name)) {
        json_object_set_new(resource, "sp:sums", json_true());
    }
    sp_resource_set_sources(package, name, resource);
    set_licences(sp_languages_own(languages), name, resource);
    json_array_foreach(json_object_get(json_object_get(resource, "schema"), "fields"), i, field)
    {
        describe_field(languages, table, field);
    }
    return set_hash(resource, folder, path, error);
}
