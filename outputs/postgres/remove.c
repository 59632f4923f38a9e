/* Tables of an edition, detached and dropped. */
#include "outputs/postgres/remove.h"

#include "outputs/postgres/load.h"
#include "outputs/postgres/sql.h"

#include <string.h>

/* Tables of the schema that are an edition's own: name, the table they are a part of or NULL, and
 * "t" where they were being detached when an import gave up. */
#define LEAVES                                                                                     \
    "SELECT c.relname, p.relname, i.inhdetachpending FROM pg_class c LEFT JOIN pg_inherits i ON "  \
    "i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent WHERE c.relnamespace = "       \
    "to_regnamespace(quote_ident(current_schema())) AND c.relkind = 'r' AND "

static gboolean detach(SpPostgres *postgres, const SpAnswer *leaves, gsize row, GError **error)
{
    const gboolean is_begun = strcmp(sp_answer_text(leaves, row, 2), "t") == 0;
    g_autoptr(GString) sql = g_string_new("ALTER TABLE ");
    sp_sql_add_name(sql, sp_answer_text(leaves, row, 1));
    g_string_append(sql, " DETACH PARTITION ");
    sp_sql_add_name(sql, sp_answer_text(leaves, row, 0));
    g_string_append(sql, is_begun ? " FINALIZE" : " CONCURRENTLY");
    return sp_postgres_run(postgres, sql->str, error);
}

/* A table has at most one part that is being detached: whoever it belongs to, it is first. */
static gboolean finish_begun(SpPostgres *postgres, GError **error)
{
    g_autoptr(SpAnswer) begun =
        sp_postgres_ask(postgres, LEAVES "i.inhdetachpending", NULL, 0, error);
    gboolean ok = begun != NULL;
    for (gsize i = 0; ok && i < sp_answer_n_rows(begun); i++) {
        ok = detach(postgres, begun, i, error);
    }
    return ok;
}

/* To drop a part of a table keeps all waiting who read the table, behind the one who reads the
 * part. To detach it so keeps nobody waiting, and what is no part of anything is read by nobody. */
static gboolean drop(SpPostgres *postgres, const SpAnswer *leaves, gsize row, GError **error)
{
    g_autoptr(GString) sql = g_string_new("DROP TABLE ");
    sp_sql_add_name(sql, sp_answer_text(leaves, row, 0));
    return (sp_answer_text(leaves, row, 1) == NULL || detach(postgres, leaves, row, error)) &&
           sp_postgres_run(postgres, sql->str, error);
}

gboolean sp_portal_remove(SpPostgres *postgres, const char *edition, GError **error)
{
    g_autofree char *suffix = sp_portal_suffix(edition);
    const char *const values[] = {suffix};
    const char *const names[] = {edition};
    /* Nobody waits behind us: longer than those whom a lock would keep waiting would bear. */
    if (!sp_postgres_run(postgres, "SET lock_timeout = '15s'", error) ||
        !finish_begun(postgres, error)) {
        return FALSE;
    }
    g_autoptr(SpAnswer) leaves = sp_postgres_ask(
        postgres, LEAVES "right(c.relname, length($1)) = $1", values, G_N_ELEMENTS(values), error);
    gboolean ok = leaves != NULL;
    for (gsize i = 0; ok && i < sp_answer_n_rows(leaves); i++) {
        ok = drop(postgres, leaves, i, error);
    }
    g_autoptr(SpAnswer) answer =
        ok ? sp_postgres_ask(postgres, "UPDATE utgave SET tall = 'nei' WHERE utgave = $1", names,
                             G_N_ELEMENTS(names), error)
           : NULL;
    return answer != NULL;
}
