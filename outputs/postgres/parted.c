/* Tables that are parted by edition, and the views of them. */
#include "outputs/postgres/parted.h"

#include "core/error.h"
#include "outputs/postgres/comments.h"
#include "outputs/postgres/load.h"
#include "outputs/postgres/sql.h"
#include "outputs/views.h"

#include <string.h>

#define IS_CURRENT "utgave = (SELECT u.utgave FROM utgave u WHERE u.tilstand = 'gjeldende')"

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
           (!is_changed || make_view(postgres, table, error)) &&
           sp_portal_comment(postgres, edition, table, error);
}

/* ---- views of common questions ---- */

enum { MARK_LENGTH = 12 };

/* What is said of a view tells its text too, so that a corrected one is known from one that is as
 * it should be: the database keeps no SELECT as it was written. */
static char *describe_view(const char *select)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, select, -1);
    return g_strdup_printf("Vanlig spørsmål til utgaven som gjelder, som i "
                           "statistikkpakke.sqlite. Tekst %.*s",
                           MARK_LENGTH, sum);
}

/* The table has the columns, and no view of this text is there. */
static gboolean is_view_due(SpPostgres *postgres, const SpView *view, const char *said,
                            gboolean *is_due, GError **error)
{
    const char *const values[] = {view->name};
    g_auto(GStrv) needed = g_strsplit(view->columns, " ", -1);
    g_autoptr(SpAnswer) columns = ask_columns(postgres, view->table, error);
    g_autoptr(SpAnswer) there =
        columns == NULL ? NULL
                        : sp_postgres_ask(postgres,
                                          "SELECT obj_description(to_regclass(quote_ident($1)), "
                                          "'pg_class')",
                                          values, G_N_ELEMENTS(values), error);
    if (there == NULL) {
        return FALSE;
    }
    *is_due = g_strcmp0(sp_answer_text(there, 0, 0), said) != 0;
    for (char **name = needed; *name != NULL; name++) {
        *is_due = *is_due && find_type(columns, *name) != NULL;
    }
    return TRUE;
}

/* A view is replaced where it only gets columns at its end, else it is made anew; where somebody's
 * own view stands on it, that is refused, naming both. */
static gboolean make_question(SpPostgres *postgres, const SpView *view, const char *select,
                              const char *said, GError **error)
{
    g_autofree char *as = g_strdup_printf("VIEW \"%s\" AS %s", view->name, select);
    g_autofree char *replace = g_strconcat("CREATE OR REPLACE ", as, NULL);
    g_autofree char *anew =
        g_strdup_printf("ROLLBACK TO question; DROP VIEW \"%s\"; CREATE %s", view->name, as);
    g_autoptr(GString) comment = g_string_new("RELEASE question; COMMENT ON VIEW ");
    sp_sql_add_name(comment, view->name);
    g_string_append(comment, " IS ");
    sp_sql_add_text(comment, said);
    return sp_postgres_run(postgres, "SAVEPOINT question", error) &&
           (sp_postgres_run(postgres, replace, NULL) || sp_postgres_run(postgres, anew, error)) &&
           sp_postgres_run(postgres, comment->str, error);
}

gboolean sp_portal_make_views(SpPostgres *postgres, GError **error)
{
    static const SpViewWords words = {
        .language = "nb",
        .prefix = "current_",
        .columns = ", (SELECT utgave FROM current) AS utgave, (SELECT merknad FROM current) AS "
                   "merknad"};
    for (gsize i = 0; i < sp_views_size(); i++) {
        const SpView *view = sp_views_at(i);
        gboolean is_due = FALSE;
        g_autofree char *select = sp_view_sql(view, &words);
        g_autofree char *said = describe_view(select);
        if (!is_view_due(postgres, view, said, &is_due, error) ||
            (is_due && !make_question(postgres, view, select, said, error))) {
            return FALSE;
        }
    }
    return TRUE;
}
