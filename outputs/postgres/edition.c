/* The tables of an edition. */
#include "outputs/postgres/edition.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/sqlite.h"
#include "core/io/tablefiles.h"
#include "outputs/postgres/sql.h"

#include <string.h>

#define COPY_NAME "statistikkpakke.sqlite"

enum { MAX_DESCRIPTOR_SIZE = 64 * 1024 * 1024 };

/* Tables that are worded in the package's language or told from where it stands: what has changed
 * of its rows, its page one. */
static const char *const of_package[] = {"endringer", "forklaring", "noekkelsetninger",
                                         "noekkelsetninger_tall"};

/* What the copies tell of one package alone, and the database of all: left out. */
static const struct {
    const char *table, *column;
} left_out[] = {{"tabell", "nr"}, {"tabell", "rader"}, {"kolonne", "nr"}, {"pakke", "utgave"}};

static void clear_column(gpointer data)
{
    SpPortalColumn *column = data;
    g_free(column->name);
    g_free(column->title);
}

static void free_part(gpointer data)
{
    SpPortalPart *part = data;
    g_free(part->package);
    g_free(part->path);
    g_free(part);
}

static SpPortalTable *table_new(const char *name)
{
    SpPortalTable *table = g_new0(SpPortalTable, 1);
    table->name = g_strdup(name);
    table->columns = g_array_new(FALSE, FALSE, sizeof(SpPortalColumn));
    g_array_set_clear_func(table->columns, clear_column);
    table->key = g_array_new(FALSE, FALSE, sizeof(gsize));
    table->parts = g_ptr_array_new_with_free_func(free_part);
    for (gsize i = 0; i < G_N_ELEMENTS(of_package); i++) {
        table->is_of_package |= strcmp(name, of_package[i]) == 0;
    }
    return table;
}

static void table_free(gpointer data)
{
    SpPortalTable *table = data;
    g_free(table->name);
    g_free(table->title);
    g_array_unref(table->columns);
    g_array_unref(table->key);
    g_ptr_array_unref(table->parts);
    g_free(table);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPortalTable, table_free)

const SpPortalColumn *sp_portal_column(const SpPortalTable *table, gsize i)
{
    return &g_array_index(table->columns, SpPortalColumn, i);
}

static SpPortalTable *find_table(const SpPortalEdition *edition, const char *name)
{
    for (guint i = 0; i < edition->tables->len; i++) {
        SpPortalTable *table = edition->tables->pdata[i];
        if (strcmp(table->name, name) == 0) {
            return table;
        }
    }
    return NULL;
}

static gboolean is_same_form(const SpPortalTable *table, const SpPortalTable *other)
{
    gboolean is_same = table->columns->len == other->columns->len &&
                       table->key->len == other->key->len &&
                       table->is_definition == other->is_definition;
    for (guint i = 0; is_same && i < table->columns->len; i++) {
        const SpPortalColumn *a = sp_portal_column(table, i);
        const SpPortalColumn *b = sp_portal_column(other, i);
        is_same = strcmp(a->name, b->name) == 0 && strcmp(a->type, b->type) == 0;
    }
    for (guint i = 0; is_same && i < table->key->len; i++) {
        is_same = g_array_index(table->key, gsize, i) == g_array_index(other->key, gsize, i);
    }
    return is_same;
}

/* Takes over a table as one package has it. */
static gboolean add_table(SpPortalEdition *edition, SpPortalTable *read, const char *package,
                          const char *path, GError **error)
{
    g_autoptr(SpPortalTable) owned = read;
    SpPortalTable *table = find_table(edition, read->name);
    if (table != NULL && !is_same_form(table, read)) {
        const SpPortalPart *first = table->parts->pdata[0];
        return sp_error_set(error, SP_ERROR_DATA,
                            "edition %s: table %s has other columns or another key in %s than in "
                            "%s; that is an error of ours: nothing was imported",
                            edition->name, table->name, package, first->package);
    }
    if (table == NULL) {
        table = g_steal_pointer(&owned);
        g_ptr_array_add(edition->tables, table);
    }
    SpPortalPart *part = g_new0(SpPortalPart, 1);
    part->package = g_strdup(package);
    part->path = g_strdup(path);
    g_ptr_array_add(table->parts, part);
    return TRUE;
}

/* ---- figures ---- */

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* In bokmål, or as the package has it; NULL if it has none. */
static const char *title_of(const json_t *object)
{
    const char *title = text_of(object, "sp:title_nb");
    return title != NULL ? title : text_of(object, "title");
}

static gboolean is_key(const json_t *key, const char *name)
{
    size_t i = 0;
    json_t *of = NULL;
    json_array_foreach(key, i, of)
    {
        if (g_strcmp0(json_string_value(of), name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Columns of the key in the order of the table, which is that of its rows. */
static gboolean add_fields(SpPortalTable *table, const json_t *schema, const char *path,
                           GError **error)
{
    size_t i = 0;
    json_t *field = NULL;
    const json_t *key = json_object_get(schema, "primaryKey");
    json_array_foreach(json_object_get(schema, "fields"), i, field)
    {
        const char *name = text_of(field, "name");
        const gboolean is_number = g_strcmp0(text_of(field, "type"), "number") == 0;
        const char *unit = is_number ? text_of(field, "sp:description_nb") : NULL;
        if (name == NULL) {
            return sp_error_set(error, SP_ERROR_DATA, "%s: a field of %s has no name", path,
                                table->name);
        }
        SpPortalColumn column = {.name = g_strdup(name),
                                 .type = is_number ? "double precision" : "text",
                                 .title = unit == NULL || title_of(field) == NULL
                                              ? g_strdup(title_of(field))
                                              : g_strdup_printf("%s (%s)", title_of(field), unit),
                                 .has_null = is_number};
        const gsize place = table->columns->len;
        g_array_append_val(table->columns, column);
        if (is_key(key, name)) {
            g_array_append_val(table->key, place);
        }
    }
    return TRUE;
}

static gboolean add_resource(SpPortalEdition *edition, const char *package, const char *folder,
                             const json_t *resource, GError **error)
{
    const char *name = text_of(resource, "name");
    const char *relative = text_of(resource, "path");
    const char *note = text_of(resource, "sp:description_nb");
    if (name == NULL || relative == NULL) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s/" SP_TABLES_DESCRIPTOR ": a resource has no name or no path",
                            folder);
    }
    g_autofree char *path = g_build_filename(folder, relative, NULL);
    g_autoptr(SpPortalTable) table = table_new(name);
    table->title = title_of(resource) == NULL || note == NULL
                       ? g_strdup(title_of(resource))
                       : g_strdup_printf("%s. %s", title_of(resource), note);
    return add_fields(table, json_object_get(resource, "schema"), path, error) &&
           add_table(edition, g_steal_pointer(&table), package, path, error);
}

/* What all files of the edition say; packages word it each in its language, the first one counts.
 * One that says less than another would make the notice depend on who is first. */
static gboolean take_notice(SpPortalEdition *edition, const json_t *descriptor, const char *path,
                            GError **error)
{
    size_t i = 0;
    json_t *notice = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    const size_t n = json_array_size(json_object_get(descriptor, "sp:notices"));
    json_array_foreach(json_object_get(descriptor, "sp:notices"), i, notice)
    {
        g_string_append_printf(text, "%s%s", i > 0 ? " · " : "", json_string_value(notice));
    }
    if (edition->notice == NULL) {
        edition->notice = g_string_free(g_steal_pointer(&text), FALSE);
        edition->n_notices = n;
    }
    return n == edition->n_notices ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s has %u notices (sp:notices) and a package before it %u; packages of "
                        "one edition must say the same: nothing was imported",
                        path, (guint)n, (guint)edition->n_notices);
}

static gboolean add_figures(SpPortalEdition *edition, const char *package, const char *folder,
                            GError **error)
{
    size_t i = 0;
    json_t *resource = NULL;
    g_autofree char *path = g_build_filename(folder, SP_TABLES_DESCRIPTOR, NULL);
    g_autoptr(json_t) descriptor = sp_json_read(path, MAX_DESCRIPTOR_SIZE, error);
    if (descriptor == NULL) {
        return FALSE;
    }
    const char *version = text_of(descriptor, "version");
    if (g_strcmp0(version, edition->name) != 0) {
        return sp_error_set(error, SP_ERROR_DATA, "%s is of edition %s, not of %s", path,
                            version != NULL ? version : "(none)", edition->name);
    }
    if (!take_notice(edition, descriptor, path, error)) {
        return FALSE;
    }
    json_array_foreach(json_object_get(descriptor, "resources"), i, resource)
    {
        if (!add_resource(edition, package, folder, resource, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- definitions ---- */

static gboolean is_left_out(const char *table, const char *column)
{
    for (gsize i = 0; i < G_N_ELEMENTS(left_out); i++) {
        if (strcmp(left_out[i].table, table) == 0 && strcmp(left_out[i].column, column) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean add_definition(SpPortalEdition *edition, const char *package, const char *path,
                               SpDatabase *database, const char *name, GError **error)
{
    g_autoptr(SpPortalTable) table = table_new(name);
    g_autoptr(SpStatement) columns = sp_statement_new(
        database, "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?) ORDER BY cid",
        error);
    gboolean has_row = TRUE;
    if (columns == NULL) {
        return FALSE;
    }
    table->is_definition = TRUE;
    sp_statement_bind_text(columns, 1, name);
    while (has_row) {
        if (!sp_statement_step(columns, &has_row, error)) {
            return FALSE;
        }
        if (!has_row || is_left_out(name, sp_statement_text(columns, 0))) {
            continue;
        }
        const gboolean is_whole = strcmp(sp_statement_text(columns, 1), "INTEGER") == 0;
        SpPortalColumn column = {.name = g_strdup(sp_statement_text(columns, 0)),
                                 .type = is_whole ? "bigint" : "text",
                                 .has_null = sp_statement_int(columns, 2) == 0};
        const gsize place = table->columns->len;
        const gboolean is_in_key = sp_statement_int(columns, 3) > 0;
        g_array_append_val(table->columns, column);
        if (is_in_key) {
            g_array_append_val(table->key, place);
        }
    }
    return add_table(edition, g_steal_pointer(&table), package, path, error);
}

/* All tables of a copy that are none of figures. */
static gboolean add_definitions(SpPortalEdition *edition, const char *package, const char *folder,
                                GError **error)
{
    g_autofree char *path = g_build_filename(folder, COPY_NAME, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s is not there, and the portal's database takes the words of codes "
                            "from it: let package.formats have sqlite, or set portal.service to "
                            "nothing",
                            path);
    }
    g_autoptr(SpDatabase) database = sp_database_open_readonly(path, error);
    g_autoptr(SpStatement) names =
        database == NULL
            ? NULL
            : sp_statement_new(database,
                               "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT "
                               "IN (SELECT tabell FROM tabell) ORDER BY name",
                               error);
    gboolean has_row = names != NULL;
    gboolean ok = names != NULL;
    while (ok && has_row) {
        ok = sp_statement_step(names, &has_row, error) &&
             (!has_row ||
              add_definition(edition, package, path, database, sp_statement_text(names, 0), error));
    }
    return ok;
}

/* ---- the edition ---- */

/* A table's own figures of an edition are a table of its name and the edition's: 20 bytes more. */
static gboolean check_names(const SpPortalEdition *edition, GError **error)
{
    for (guint i = 0; i < edition->tables->len; i++) {
        const SpPortalTable *table = edition->tables->pdata[i];
        if (strlen(table->name) + 1 + strlen(edition->name) > SP_SQL_NAME_MAX) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "table %s: a name of at most %u letters is needed in the portal's "
                                "database, where the edition's name follows it",
                                table->name, (guint)(SP_SQL_NAME_MAX - 1 - strlen(edition->name)));
        }
    }
    return TRUE;
}

SpPortalEdition *sp_portal_edition_new(const char *folder, GError **error)
{
    g_auto(GStrv) names = sp_folder_list(folder, error);
    if (names == NULL) {
        return NULL;
    }
    g_autoptr(SpPortalEdition) edition = g_new0(SpPortalEdition, 1);
    edition->name = g_path_get_basename(folder);
    edition->tables = g_ptr_array_new_with_free_func(table_free);
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *package = g_build_filename(folder, *name, NULL);
        g_autofree char *descriptor = g_build_filename(package, SP_TABLES_DESCRIPTOR, NULL);
        if (!g_file_test(descriptor, G_FILE_TEST_EXISTS)) {
            continue;
        }
        edition->n_packages++;
        if (!add_figures(edition, *name, package, error) ||
            !add_definitions(edition, *name, package, error)) {
            return NULL;
        }
    }
    if (edition->n_packages == 0) {
        sp_error_set(error, SP_ERROR_NO_INPUT, "%s has no package with a " SP_TABLES_DESCRIPTOR,
                     folder);
        return NULL;
    }
    return check_names(edition, error) ? g_steal_pointer(&edition) : NULL;
}

void sp_portal_edition_free(SpPortalEdition *edition)
{
    if (edition != NULL) {
        g_free(edition->name);
        g_free(edition->notice);
        g_ptr_array_unref(edition->tables);
        g_free(edition);
    }
}
