/*
 * statistikkpakke.sqlite: the tables of data/ with keys and indexes, what codes, columns, units and
 * signs mean in three languages, and views of common questions. The same package gives the same
 * bytes: one transaction, rows in key order, nothing of the clock.
 */
#include "outputs/output.h"

#include "outputs/sqlite/codes.h"
#include "outputs/sqlite/data.h"
#include "outputs/sqlite/definitions.h"
#include "outputs/sqlite/views.h"

static const char file_name[] = "statistikkpakke.sqlite";
static const char *const config_keys[] = {"package.licences"};

static gboolean put_all(SpBase *base, const SpSettings *settings, GError **error)
{
    if (!sp_base_put_definitions(base, settings, error) || !sp_base_put_codes(base, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_tables_size(base->package->tables); i++) {
        if (!sp_base_put_data(base, sp_tables_at(base->package->tables, i), error)) {
            return FALSE;
        }
    }
    return sp_base_put_views(base, error) && sp_database_run(base->database, "COMMIT", error);
}

static gboolean write_package(const SpPackage *package, const SpSettings *settings,
                              const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, file_name, NULL);
    g_autoptr(SpBase) base = sp_base_new(package, path, error);
    return base != NULL && put_all(base, settings, error);
}

const SpOutput sp_output_sqlite = {
    .name = "sqlite",
    .summary = "The tables in a database: statistikkpakke.sqlite",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .write = write_package,
};
