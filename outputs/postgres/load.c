/* Rows into tables of an edition. */
#include "outputs/postgres/load.h"

#include "core/error.h"
#include "outputs/postgres/merge.h"
#include "outputs/postgres/sql.h"

#include <string.h>

enum { BUFFER_SIZE = 256 * 1024 };

/* Columns that a portal looks things up by. Where one begins the key, the key is its index. */
static const char *const looked_up[] = {"region", "indikator", "yrke"};

char *sp_portal_suffix(const char *edition)
{
    return g_strdelimit(g_strconcat("_", edition, NULL), "-", '_');
}

char *sp_portal_leaf(const SpPortalEdition *edition, const SpPortalTable *table)
{
    g_autofree char *suffix = sp_portal_suffix(edition->name);
    return g_strconcat(table->name, suffix, NULL);
}

static void add_columns(GString *sql, const SpPortalTable *table)
{
    if (table->is_of_package) {
        g_string_append(sql, ", pakke text NOT NULL");
    }
    for (gsize i = 0; i < table->columns->len; i++) {
        const SpPortalColumn *column = sp_portal_column(table, i);
        g_string_append(sql, ", ");
        sp_sql_add_name(sql, column->name);
        g_string_append_printf(sql, " %s%s", column->type, column->has_null ? "" : " NOT NULL");
    }
}

/* The condition lets the table be attached without being read again. */
static gboolean make_leaf(SpPostgres *postgres, const SpPortalEdition *edition,
                          const SpPortalTable *table, const char *leaf, GError **error)
{
    g_autoptr(GString) sql = g_string_new("CREATE TABLE ");
    sp_sql_add_name(sql, leaf);
    g_string_append(sql, " (utgave text NOT NULL DEFAULT ");
    sp_sql_add_text(sql, edition->name);
    g_string_append(sql, " CHECK (utgave = ");
    sp_sql_add_text(sql, edition->name);
    g_string_append(sql, ")");
    add_columns(sql, table);
    g_string_append(sql, ")");
    return sp_postgres_run(postgres, sql->str, error);
}

typedef struct {
    SpPostgres *postgres;
    GString *buffer;
    gint64 n_rows;
} Copy;

static gboolean flush(Copy *copy, GError **error)
{
    const gboolean ok =
        sp_postgres_copy_put(copy->postgres, copy->buffer->str, copy->buffer->len, error);
    g_string_truncate(copy->buffer, 0);
    return ok;
}

static gboolean put_row(const char *package, const SpField fields[], gsize n, gpointer data,
                        GError **error)
{
    Copy *copy = data;
    if (package != NULL) {
        sp_sql_add_field(copy->buffer, (SpField){.text = package, .size = strlen(package)});
        g_string_append_c(copy->buffer, '\t');
    }
    for (gsize i = 0; i < n; i++) {
        sp_sql_add_field(copy->buffer, fields[i]);
        g_string_append_c(copy->buffer, i + 1 < n ? '\t' : '\n');
    }
    copy->n_rows++;
    return copy->buffer->len < BUFFER_SIZE || flush(copy, error);
}

/* A figure without a number is an empty field of the file, and NULL here. */
typedef struct {
    Copy copy;
    const SpPortalTable *table;
    SpField *fields;
} Figures;

static gboolean put_figures(const char *package, const SpField fields[], gsize n, gpointer data,
                            GError **error)
{
    Figures *figures = data;
    for (gsize i = 0; i < n; i++) {
        figures->fields[i] = fields[i];
        if (fields[i].size == 0 && sp_portal_column(figures->table, i)->has_null) {
            figures->fields[i].text = NULL;
        }
    }
    return put_row(package, figures->fields, n, &figures->copy, error);
}

static gboolean copy_rows(SpPostgres *postgres, const SpPortalTable *table, const char *leaf,
                          gint64 *n_rows, GError **error)
{
    g_autoptr(GString) sql = g_string_new("COPY ");
    g_autoptr(GString) buffer = g_string_sized_new((gsize)2 * BUFFER_SIZE);
    g_autofree SpField *fields = g_new(SpField, table->columns->len);
    Figures figures = {
        .copy = {.postgres = postgres, .buffer = buffer}, .table = table, .fields = fields};
    sp_sql_add_name(sql, leaf);
    g_string_append(sql, table->is_of_package ? " (pakke, " : " (");
    for (gsize i = 0; i < table->columns->len; i++) {
        g_string_append(sql, i > 0 ? ", " : "");
        sp_sql_add_name(sql, sp_portal_column(table, i)->name);
    }
    g_string_append(sql, ") FROM STDIN");
    const gboolean ok =
        sp_postgres_copy_begin(postgres, sql->str, error) &&
        (table->is_definition ? sp_portal_merge(table, put_row, &figures.copy, error)
                              : sp_portal_merge(table, put_figures, &figures, error)) &&
        flush(&figures.copy, error) && sp_postgres_copy_end(postgres, error);
    *n_rows += figures.copy.n_rows;
    return ok;
}

static void add_index(GString *sql, const SpPortalTable *table, const char *leaf, const char *name)
{
    for (gsize i = 0; i < table->key->len; i++) {
        const gsize place = g_array_index(table->key, gsize, i);
        if ((i > 0 || table->is_of_package) &&
            strcmp(sp_portal_column(table, place)->name, name) == 0) {
            g_string_append(sql, "; CREATE INDEX ON ");
            sp_sql_add_name(sql, leaf);
            g_string_append(sql, " (");
            sp_sql_add_name(sql, name);
            g_string_append(sql, ")");
        }
    }
}

static gboolean make_indexes(SpPostgres *postgres, const SpPortalTable *table, const char *leaf,
                             GError **error)
{
    g_autoptr(GString) sql = g_string_new("ANALYZE ");
    sp_sql_add_name(sql, leaf);
    if (table->key->len > 0) {
        g_string_append(sql, "; ALTER TABLE ");
        sp_sql_add_name(sql, leaf);
        g_string_append(sql,
                        table->is_of_package ? " ADD PRIMARY KEY (pakke" : " ADD PRIMARY KEY (");
    }
    for (gsize i = 0; i < table->key->len; i++) {
        g_string_append(sql, i > 0 || table->is_of_package ? ", " : "");
        sp_sql_add_name(sql, sp_portal_column(table, g_array_index(table->key, gsize, i))->name);
    }
    g_string_append(sql, table->key->len > 0 ? ")" : "");
    for (gsize i = 0; i < G_N_ELEMENTS(looked_up); i++) {
        add_index(sql, table, leaf, looked_up[i]);
    }
    return sp_postgres_run(postgres, sql->str, error);
}

gboolean sp_portal_load(SpPostgres *postgres, const SpPortalEdition *edition,
                        const SpPortalTable *table, gint64 *n_rows, GError **error)
{
    g_autofree char *leaf = sp_portal_leaf(edition, table);
    return make_leaf(postgres, edition, table, leaf, error) &&
           copy_rows(postgres, table, leaf, n_rows, error) &&
           make_indexes(postgres, table, leaf, error);
}
