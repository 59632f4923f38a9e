/* Tables as their descriptor tells of them. */
#include "core/io/tablefiles_descriptor.h"

#include "core/error.h"
#include "core/io/tablefiles.h"

#include <string.h>

static gboolean refuse(const char *path, const char *resource, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: resource %s: %s; " SP_DESCRIPTOR_REMEDY, path,
                        resource, what);
}

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static gboolean is_companion(const json_t *fields, gsize i, const char *measure, const char *kind)
{
    const json_t *field = json_array_get(fields, i);
    const char *name = text_at(field, "name");
    const char *suffix =
        strcmp(kind, "status") == 0 ? SP_TABLES_STATUS_SUFFIX : SP_TABLES_FLAGS_SUFFIX;
    return name != NULL && g_strcmp0(text_at(field, "sp:kind"), kind) == 0 &&
           g_str_has_prefix(name, measure) && strcmp(name + strlen(measure), suffix) == 0;
}

/* Columns (SpColumn, texts borrowed from the descriptor) of a schema; adds the names of the file's
 * columns to `names`. */
static GArray *read_fields(const json_t *schema, GPtrArray *names)
{
    const json_t *fields = json_object_get(schema, "fields");
    g_autoptr(GArray) columns = g_array_new(FALSE, TRUE, sizeof(SpColumn));
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < json_array_size(fields); i++) {
        const json_t *field = json_array_get(fields, i);
        const char *kind = text_at(field, "sp:kind");
        SpColumn column = {.name = text_at(field, "name")};
        if (!sp_table_is_column_name(column.name) ||
            !g_hash_table_add(seen, (gpointer)column.name)) {
            return NULL;
        }
        g_ptr_array_add(names, (gpointer)column.name);
        if (g_strcmp0(kind, "code") == 0) {
            column.kind = SP_COLUMN_CODE;
            column.classification = text_at(field, "sp:classification");
        } else if (g_strcmp0(kind, "measure") == 0 &&
                   is_companion(fields, i + 1, column.name, "status") &&
                   is_companion(fields, i + 2, column.name, "flags")) {
            column.kind = SP_COLUMN_MEASURE;
            column.unit = text_at(field, "sp:unit");
            column.is_additive = json_is_true(json_object_get(field, "sp:additive"));
            g_ptr_array_add(names, (gpointer)text_at(json_array_get(fields, i + 1), "name"));
            g_ptr_array_add(names, (gpointer)text_at(json_array_get(fields, i + 2), "name"));
            i += 2;
        } else {
            return NULL;
        }
        g_array_append_val(columns, column);
    }
    return columns->len > 0 ? g_steal_pointer(&columns) : NULL;
}

/* FALSE when the primary key names what is no code column. */
static gboolean read_keys(const json_t *schema, GArray *columns)
{
    const json_t *keys = json_object_get(schema, "primaryKey");
    for (gsize i = 0; i < json_array_size(keys); i++) {
        const char *key = json_string_value(json_array_get(keys, i));
        gboolean is_found = FALSE;
        for (guint j = 0; j < columns->len; j++) {
            SpColumn *column = &g_array_index(columns, SpColumn, j);
            if (column->kind == SP_COLUMN_CODE && g_strcmp0(column->name, key) == 0) {
                column->is_key = TRUE;
                is_found = TRUE;
            }
        }
        if (!is_found) {
            return FALSE;
        }
    }
    return TRUE;
}

/* An unknown mark is an error: it might be one that forbids publishing. */
static gboolean read_marks(const json_t *resource, guint *marks)
{
    const json_t *list = json_object_get(resource, "sp:marks");
    *marks = 0;
    for (gsize i = 0; i < json_array_size(list); i++) {
        const char *mark = json_string_value(json_array_get(list, i));
        if (g_strcmp0(mark, "sensitive") == 0) {
            *marks |= SP_MARK_SENSITIVE;
        } else if (g_strcmp0(mark, "synthetic") == 0) {
            *marks |= SP_MARK_SYNTHETIC;
        } else if (g_strcmp0(mark, "restricted") == 0) {
            *marks |= SP_MARK_RESTRICTED;
        } else {
            return FALSE;
        }
    }
    return TRUE;
}

/* A stage's tables lie beside the descriptor, a package's in its folder data; nothing else is
 * followed. */
static gboolean is_path_of(const char *path, const char *name)
{
    g_autofree char *beside = g_strconcat(name, ".csv", NULL);
    g_autofree char *below = g_strconcat("data/", beside, NULL);
    return g_strcmp0(path, beside) == 0 || g_strcmp0(path, below) == 0;
}

SpTable *sp_descriptor_table(const json_t *resource, const char *path, GPtrArray *names,
                             GError **error)
{
    const char *name = text_at(resource, "name");
    const json_t *schema = json_object_get(resource, "schema");
    guint marks = 0;
    if (!is_path_of(text_at(resource, "path"), name)) {
        refuse(path, name, "its path is neither NAME.csv nor data/NAME.csv", error);
        return NULL;
    }
    g_autoptr(GArray) columns = read_fields(schema, names);
    if (columns == NULL || !read_keys(schema, columns)) {
        refuse(path, name, "its fields are not those of a table", error);
        return NULL;
    }
    if (!read_marks(resource, &marks)) {
        refuse(path, name, "it bears a mark that is not known", error);
        return NULL;
    }
    SpTable *table = sp_table_new(name, (const SpColumn *)columns->data, columns->len);
    sp_table_set_edition(table, text_at(resource, "sp:edition"));
    sp_table_set_marks(table, marks);
    return table;
}

gboolean sp_descriptor_check(const json_t *resources, const char *const *needed, const char *path,
                             GError **error)
{
    g_autoptr(GHashTable) there = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) listed = g_string_new(NULL);
    for (gsize i = 0; i < json_array_size(resources); i++) {
        const char *name = text_at(json_array_get(resources, i), "name");
        if (!sp_table_is_column_name(name) || !g_hash_table_add(there, (gpointer)name)) {
            return refuse(path, name != NULL ? name : "without name",
                          "its name is no table's or stands twice", error);
        }
        g_string_append_printf(listed, "%s%s", i > 0 ? ", " : "", name);
    }
    for (gsize i = 0; needed != NULL && needed[i] != NULL; i++) {
        if (!g_hash_table_contains(there, needed[i])) {
            return sp_error_set(error, SP_ERROR_NO_INPUT, "%s: has no table %s; it has: %s", path,
                                needed[i], listed->str);
        }
    }
    return TRUE;
}
