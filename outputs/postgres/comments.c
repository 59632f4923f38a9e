/* COMMENTs. */
#include "outputs/postgres/comments.h"

#include "outputs/postgres/sql.h"

#include <string.h>

#define OF_DEFINITIONS "Koder eller definisjoner på tre språk, fra pakkenes statistikkpakke.sqlite"

/* A table or view, and what is told of it. */
typedef struct {
    const char *kind, *name;
    SpAnswer *told; /* column ("" for all of it), text */
    gboolean is_newest;
} Told;

static gboolean ask_told(SpPostgres *postgres, Told *told, GError **error)
{
    g_autoptr(GString) quoted = g_string_new(NULL);
    sp_sql_add_name(quoted, told->name);
    const char *const values[] = {quoted->str};
    told->told = sp_postgres_ask(
        postgres,
        "SELECT coalesce(a.attname::text, ''), d.description FROM pg_description d LEFT JOIN "
        "pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid AND d.objsubid > 0 "
        "WHERE d.classoid = 'pg_class'::regclass AND d.objoid = to_regclass($1)",
        values, G_N_ELEMENTS(values), error);
    return told->told != NULL;
}

static gboolean is_due(const Told *told, const char *column, const char *text)
{
    for (gsize i = 0; i < sp_answer_n_rows(told->told); i++) {
        if (strcmp(sp_answer_text(told->told, i, 0), column) == 0) {
            return told->is_newest && strcmp(sp_answer_text(told->told, i, 1), text) != 0;
        }
    }
    return TRUE;
}

/* `column` is "" for all of it. */
static void add(GString *sql, const Told *told, const char *column, const char *text)
{
    if (text == NULL || !is_due(told, column, text)) {
        return;
    }
    g_string_append_printf(sql, "COMMENT ON %s ", column[0] != '\0' ? "COLUMN" : told->kind);
    sp_sql_add_name(sql, told->name);
    if (column[0] != '\0') {
        g_string_append_c(sql, '.');
        sp_sql_add_name(sql, column);
    }
    g_string_append(sql, " IS ");
    sp_sql_add_text(sql, text);
    g_string_append(sql, "; ");
}

static gboolean add_all(SpPostgres *postgres, Told told, const SpPortalTable *table, GString *sql,
                        GError **error)
{
    if (!ask_told(postgres, &told, error)) {
        return FALSE;
    }
    add(sql, &told, "", table->is_definition ? OF_DEFINITIONS : table->title);
    for (gsize i = 0; i < table->columns->len; i++) {
        const SpPortalColumn *column = sp_portal_column(table, i);
        add(sql, &told, column->name, column->title);
    }
    sp_answer_free(told.told);
    return TRUE;
}

gboolean sp_portal_comment(SpPostgres *postgres, const SpPortalEdition *edition,
                           const SpPortalTable *table, GError **error)
{
    const char *const values[] = {edition->name};
    g_autofree char *view = g_strconcat("current_", table->name, NULL);
    g_autoptr(GString) sql = g_string_new(NULL);
    g_autoptr(SpAnswer) newer =
        sp_postgres_ask(postgres, "SELECT 1 FROM utgave WHERE utgave > $1 COLLATE \"C\" LIMIT 1",
                        values, G_N_ELEMENTS(values), error);
    if (newer == NULL) {
        return FALSE;
    }
    const gboolean is_newest = sp_answer_n_rows(newer) == 0;
    return add_all(postgres, (Told){.kind = "TABLE", .name = table->name, .is_newest = is_newest},
                   table, sql, error) &&
           add_all(postgres, (Told){.kind = "VIEW", .name = view, .is_newest = is_newest}, table,
                   sql, error) &&
           (sql->len == 0 || sp_postgres_run(postgres, sql->str, error));
}
