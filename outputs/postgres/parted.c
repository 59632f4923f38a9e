/* Tables that are parted by edition, and the views of them. */
#include "outputs/postgres/parted.h"

#include "core/error.h"
#include "outputs/postgres/load.h"
#include "outputs/postgres/sql.h"
#include "outputs/views.h"

#include <string.h>

#define IS_CURRENT "utgave = (SELECT u.utgave FROM utgave u WHERE u.tilstand = 'gjeldende')"
#define OF_DEFINITIONS "Koder eller definisjoner på tre språk, fra pakkenes statistikkpakke.sqlite"

/* Its columns as they are: name, type. No rows: there is no such table. */
static SpAnswer *ask_columns(SpPostgres *postgres, const char *name, GError **error)
{
    g_autoptr(GString) quoted = g_string_new(NULL);
    sp_sql_add_name(quoted, name);
    const char *const values[] = {quoted->str};
    return sp_postgres_ask(postgres,
                           "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
                           "WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped "
                           "ORDER BY attnum",
                           values, G_N_ELEMENTS(values), error);
}

/* The type of a column; NULL if there is none. */
static const char *find_type(const SpAnswer *columns, const char *name)
{
    for (gsize i = 0; i < sp_answer_n_rows(columns); i++) {
        if (strcmp(sp_answer_text(columns, i, 0), name) == 0) {
            return sp_answer_text(columns, i, 1);
        }
    }
    return NULL;
}

gboolean sp_portal_check_types(SpPostgres *postgres, const SpPortalEdition *edition, GError **error)
{
    for (guint k = 0; k < edition->tables->len; k++) {
        const SpPortalTable *table = edition->tables->pdata[k];
        g_autoptr(SpAnswer) columns = ask_columns(postgres, table->name, error);
        for (gsize i = 0; columns != NULL && i < table->columns->len; i++) {
            const SpPortalColumn *column = sp_portal_column(table, i);
            const char *type = find_type(columns, column->name);
            if (type != NULL && strcmp(type, column->type) != 0) {
                return sp_error_set(error, SP_ERROR_DATA,
                                    "column %s of table %s is %s in the portal's database and %s "
                                    "in edition %s; that is not changed by itself: name another "
                                    "schema (portal.schema) for editions of this form",
                                    column->name, table->name, type, column->type, edition->name);
            }
        }
        if (columns == NULL) {
            return FALSE;
        }
    }
    return TRUE;
}

static void add_column(GString *sql, const char *table, const char *name, const char *type)
{
    g_string_append(sql, "ALTER TABLE ");
    sp_sql_add_name(sql, table);
    g_string_append(sql, " ADD COLUMN ");
    sp_sql_add_name(sql, name);
    g_string_append_printf(sql, " %s; ", type);
}

static void add_parent(GString *sql, const SpPortalTable *table)
{
    g_string_append(sql, "CREATE TABLE ");
    sp_sql_add_name(sql, table->name);
    g_string_append(sql, " (utgave text NOT NULL");
    g_string_append(sql, table->is_of_package ? ", pakke text" : "");
    for (gsize i = 0; i < table->columns->len; i++) {
        g_string_append(sql, ", ");
        sp_sql_add_name(sql, sp_portal_column(table, i)->name);
        g_string_append_printf(sql, " %s", sp_portal_column(table, i)->type);
    }
    g_string_append(sql, ") PARTITION BY LIST (utgave); ");
}

static gboolean has_column(const SpPortalTable *table, const char *name)
{
    for (gsize i = 0; i < table->columns->len; i++) {
        if (strcmp(sp_portal_column(table, i)->name, name) == 0) {
            return TRUE;
        }
    }
    return strcmp(name, "utgave") == 0 || (table->is_of_package && strcmp(name, "pakke") == 0);
}

/* What must be done before the two have the same columns; TRUE if the parted table changes. */
static gboolean add_alterations(GString *sql, const SpPortalTable *table, const char *leaf,
                                const SpAnswer *columns)
{
    gboolean is_changed = FALSE;
    for (gsize i = 0; i < table->columns->len; i++) {
        if (find_type(columns, sp_portal_column(table, i)->name) == NULL) {
            add_column(sql, table->name, sp_portal_column(table, i)->name,
                       sp_portal_column(table, i)->type);
            is_changed = TRUE;
        }
    }
    for (gsize i = 0; i < sp_answer_n_rows(columns); i++) {
        if (!has_column(table, sp_answer_text(columns, i, 0))) {
            add_column(sql, leaf, sp_answer_text(columns, i, 0), sp_answer_text(columns, i, 1));
        }
    }
    return is_changed;
}

static gboolean make_view(SpPostgres *postgres, const SpPortalTable *table, GError **error)
{
    g_autoptr(SpAnswer) columns = ask_columns(postgres, table->name, error);
    g_autofree char *view = g_strconcat("current_", table->name, NULL);
    g_autoptr(GString) sql = g_string_new("CREATE OR REPLACE VIEW ");
    sp_sql_add_name(sql, view);
    g_string_append(sql, " AS SELECT ");
    for (gsize i = 0; columns != NULL && i < sp_answer_n_rows(columns); i++) {
        g_string_append(sql, i > 0 ? ", " : "");
        sp_sql_add_name(sql, sp_answer_text(columns, i, 0));
    }
    g_string_append(sql, " FROM ");
    sp_sql_add_name(sql, table->name);
    g_string_append(sql, " WHERE " IS_CURRENT);
    return columns != NULL && sp_postgres_run(postgres, sql->str, error);
}

static void add_comment(GString *sql, const char *kind, const char *table, const char *column,
                        const char *text)
{
    g_string_append_printf(sql, "COMMENT ON %s ", kind);
    sp_sql_add_name(sql, table);
    if (column != NULL) {
        g_string_append_c(sql, '.');
        sp_sql_add_name(sql, column);
    }
    g_string_append(sql, " IS ");
    sp_sql_add_text(sql, text);
    g_string_append(sql, "; ");
}

static gboolean comment(SpPostgres *postgres, const SpPortalTable *table, GError **error)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    g_autofree char *view = g_strconcat("current_", table->name, NULL);
    const char *title = table->title != NULL ? table->title : OF_DEFINITIONS;
    add_comment(sql, "TABLE", table->name, NULL, title);
    add_comment(sql, "VIEW", view, NULL, title);
    for (gsize i = 0; i < table->columns->len; i++) {
        const SpPortalColumn *column = sp_portal_column(table, i);
        if (column->title != NULL) {
            add_comment(sql, "COLUMN", table->name, column->name, column->title);
            add_comment(sql, "COLUMN", view, column->name, column->title);
        }
    }
    return sp_postgres_run(postgres, sql->str, error);
}

gboolean sp_portal_attach(SpPostgres *postgres, const SpPortalEdition *edition,
                          const SpPortalTable *table, GError **error)
{
    g_autofree char *leaf = sp_portal_leaf(edition, table);
    g_autoptr(SpAnswer) columns = ask_columns(postgres, table->name, error);
    g_autoptr(GString) sql = g_string_new(NULL);
    gboolean is_changed = TRUE;
    if (columns == NULL) {
        return FALSE;
    }
    if (sp_answer_n_rows(columns) == 0) {
        add_parent(sql, table);
    } else {
        is_changed = add_alterations(sql, table, leaf, columns);
    }
    g_string_append(sql, "ALTER TABLE ");
    sp_sql_add_name(sql, table->name);
    g_string_append(sql, " ATTACH PARTITION ");
    sp_sql_add_name(sql, leaf);
    g_string_append(sql, " FOR VALUES IN (");
    sp_sql_add_text(sql, edition->name);
    g_string_append(sql, ")");
    return sp_postgres_run(postgres, sql->str, error) &&
           (!is_changed || make_view(postgres, table, error)) && comment(postgres, table, error);
}

static gboolean is_answerable(SpPostgres *postgres, const SpView *view, gboolean *is_due,
                              GError **error)
{
    g_autoptr(SpAnswer) there = ask_columns(postgres, view->name, error);
    g_autoptr(SpAnswer) columns = there != NULL ? ask_columns(postgres, view->table, error) : NULL;
    if (columns == NULL) {
        return FALSE;
    }
    g_auto(GStrv) needed = g_strsplit(view->columns, " ", -1);
    *is_due = sp_answer_n_rows(there) == 0;
    for (char **name = needed; *name != NULL; name++) {
        *is_due = *is_due && find_type(columns, *name) != NULL;
    }
    return TRUE;
}

gboolean sp_portal_make_views(SpPostgres *postgres, GError **error)
{
    for (gsize i = 0; i < sp_views_size(); i++) {
        const SpView *view = sp_views_at(i);
        gboolean is_due = FALSE;
        if (!is_answerable(postgres, view, &is_due, error)) {
            return FALSE;
        }
        g_autofree char *select = sp_view_sql(view, "nb", "current_");
        g_autofree char *sql =
            g_strdup_printf("CREATE VIEW \"%s\" AS SELECT q.*, c.utgave, c.merknad FROM (%s) q "
                            "CROSS JOIN current c",
                            view->name, select);
        if (is_due && !sp_postgres_run(postgres, sql, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
