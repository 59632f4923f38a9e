/*
 * jsonstat/NAME.json: each table of figures as one cube of JSON-stat 2.0 (json-stat.org), for what
 * reads SSB's tables already. Left out are tables without measures, without rows, and those of
 * which most of the cube would be empty: readers lay a cube out in memory.
 */
#include "outputs/output.h"

#include "core/error.h"
#include "outputs/jsonstat/figures.h"
#include "outputs/jsonstat/head.h"

static const char folder_name[] = "jsonstat";
static const char *const config_keys[] = {"package.jsonstat_max_emptiness"};

/* Figures go from the table to the file; what stands before them is a tree that is small. */
static gboolean write_cube(const SpWords *words, const SpCube *cube, const char *folder,
                           GError **error)
{
    g_autofree char *name = g_strconcat(sp_table_name(cube->table), ".json", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    SpWriter *writer = sp_writer_open(path, SP_MODE_PUBLIC_FILE, error);
    if (writer == NULL) {
        return FALSE;
    }
    sp_cube_put_open(sp_cube_head(words, cube), writer);
    sp_cube_put(words, cube, writer);
    sp_writer_put_text(writer, "\n}\n");
    return sp_writer_close(writer, error);
}

static gboolean write_table(const SpWords *words, const SpTable *table, double max_emptiness,
                            const char *folder, GError **error)
{
    g_auto(SpCube) cube;
    sp_cube_init(&cube, table);
    const double emptiness = sp_cube_emptiness(&cube);
    return emptiness <= 0.0 || emptiness > max_emptiness || write_cube(words, &cube, folder, error);
}

static gboolean write_package(const SpPackage *package, const SpSettings *settings,
                              const char *folder, GError **error)
{
    double max_emptiness = 0.0;
    g_autofree char *path = g_build_filename(folder, folder_name, NULL);
    g_autoptr(SpWords) words = sp_words_new(package, error);
    if (words == NULL ||
        !sp_settings_double(settings, config_keys[0], 1.0, 1000.0, &max_emptiness, error) ||
        !sp_folder_make(path, SP_MODE_PUBLIC_FOLDER, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        if (!write_table(words, sp_tables_at(package->tables, i), max_emptiness, path, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

const SpOutput sp_output_jsonstat = {
    .name = "jsonstat",
    .summary = "The tables as JSON-stat 2.0 cubes: jsonstat/NAME.json",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .write = write_package,
};
