/* Steps and editions. */
#include "outputs/postgres/schema.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/number.h"
#include "outputs/postgres/sql.h"

#include <string.h>

#define ENDING ".sql"

enum { MAX_STEP_SIZE = 1048576 };

static void free_known(gpointer data)
{
    SpPortalKnown *known = data;
    g_free(known->edition);
    g_free(known->state);
    g_free(known->figures);
    g_free(known->reason);
    g_free(known->from);
    g_free(known->correction_nb);
    g_free(known->correction_nn);
    g_free(known);
}

GPtrArray *sp_portal_known(SpPostgres *postgres, gint64 *version, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_known);
    g_autoptr(SpAnswer) answer = sp_postgres_ask(
        postgres,
        "SELECT s.versjon, u.utgave, u.tilstand, u.tall, u.grunn, u.trukket_fra, u.rettelse_nb, "
        "u.rettelse_nn FROM (SELECT max(versjon) AS versjon FROM skjema) s LEFT JOIN utgave u ON "
        "true ORDER BY u.utgave",
        NULL, 0, &failure);
    *version = 0;
    if (answer == NULL && sp_postgres_is_missing(postgres)) {
        return g_steal_pointer(&all);
    }
    if (answer == NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    for (gsize i = 0; i < sp_answer_n_rows(answer); i++) {
        const char *text = sp_answer_text(answer, i, 0);
        if (text != NULL) {
            (void)sp_number_parse_int(text, strlen(text), version);
        }
        if (sp_answer_text(answer, i, 1) == NULL) {
            continue;
        }
        SpPortalKnown *known = g_new0(SpPortalKnown, 1);
        known->edition = g_strdup(sp_answer_text(answer, i, 1));
        known->state = g_strdup(sp_answer_text(answer, i, 2));
        known->figures = g_strdup(sp_answer_text(answer, i, 3));
        known->reason = g_strdup(sp_answer_text(answer, i, 4));
        known->from = g_strdup(sp_answer_text(answer, i, 5));
        known->correction_nb = g_strdup(sp_answer_text(answer, i, 6));
        known->correction_nn = g_strdup(sp_answer_text(answer, i, 7));
        g_ptr_array_add(all, known);
    }
    return g_steal_pointer(&all);
}

gboolean sp_portal_schema_version(const char *folder, gint64 *version, GError **error)
{
    g_auto(GStrv) names = sp_folder_list(folder, error);
    *version = 0;
    for (char **name = names; name != NULL && *name != NULL; name++) {
        gint64 number = 0;
        if (g_str_has_suffix(*name, ENDING) &&
            sp_number_parse_int(*name, strlen(*name) - strlen(ENDING), &number)) {
            *version = MAX(*version, number);
        }
    }
    return names != NULL;
}

gboolean sp_portal_schema_check(const char *schema, gint64 version, gint64 newest, GError **error)
{
    return version <= newest ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "schema %s of the portal's database is version %" G_GINT64_FORMAT
                        ", and this program knows version %" G_GINT64_FORMAT
                        ": a newer one wrote it; run that, or name another schema (portal.schema)",
                        schema, version, newest);
}

static gboolean make_schema(SpPostgres *postgres, const char *schema, GError **error)
{
    const char *const values[] = {schema};
    g_autoptr(SpAnswer) there =
        sp_postgres_ask(postgres, "SELECT 1 FROM pg_namespace WHERE nspname = $1", values,
                        G_N_ELEMENTS(values), error);
    g_autoptr(GString) sql = g_string_new("CREATE SCHEMA ");
    sp_sql_add_name(sql, schema);
    return there != NULL &&
           (sp_answer_n_rows(there) > 0 || sp_postgres_run(postgres, sql->str, error));
}

static gboolean run_step(SpPostgres *postgres, const char *folder, gint64 number, GError **error)
{
    gsize size = 0;
    g_autofree char *name = g_strdup_printf("%03" G_GINT64_FORMAT ENDING, number);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *sql = sp_file_read(path, MAX_STEP_SIZE, &size, error);
    g_autofree char *note =
        g_strdup_printf("INSERT INTO skjema (versjon) VALUES (%" G_GINT64_FORMAT ")", number);
    if (sql == NULL || !sp_postgres_run(postgres, sql, error)) {
        g_prefix_error(error, "%s: ", name);
        return FALSE;
    }
    return sp_postgres_run(postgres, note, error);
}

gboolean sp_portal_schema_prepare(SpPostgres *postgres, const char *schema, const char *folder,
                                  gint64 version, GError **error)
{
    gint64 newest = 0;
    gboolean ok = sp_portal_schema_version(folder, &newest, error) &&
                  sp_portal_schema_check(schema, version, newest, error) &&
                  (version > 0 || make_schema(postgres, schema, error));
    for (gint64 number = version + 1; ok && number <= newest; number++) {
        ok = run_step(postgres, folder, number, error);
    }
    return ok;
}
