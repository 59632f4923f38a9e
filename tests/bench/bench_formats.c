/* How fast each format of the registry is written:
 *
 *   bench_formats PACKAGE FOLDER [FORMAT]...    of the tables of a package, into a new folder;
 *                                               without a format all
 *
 * Prints `format,seconds,million_cells_per_second,bytes`: seconds of processor time of the best of
 * three; a cell is one of the table, a figure with its status and flags being one. */
#include "tests/outputs/package.h"

#include "core/io/files.h"
#include "core/io/tablefiles.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { TIMES = 3 };

static gsize n_cells_of(const SpTables *tables)
{
    gsize n = 0;
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const SpTable *table = sp_tables_at(tables, i);
        n += sp_table_n_rows(table) * sp_table_n_columns(table);
    }
    return n;
}

static gsize n_bytes_below(const char *folder)
{
    g_auto(GStrv) names = sp_folder_walk(folder, NULL);
    gsize n = 0;
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        struct stat status;
        n += stat(path, &status) == 0 ? (gsize)status.st_size : 0;
    }
    return n;
}

static double seconds_of(const SpOutput *output, const SpPackage *package, const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_test_config("package.xlsx_max_rows=60000");
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, "package", output->config_keys, output->n_config_keys);
    clock_t from = 0;
    if (!sp_folder_remove(folder, &error) || !sp_folder_make(folder, 0700, &error)) {
        g_error("%s", error->message);
    }
    from = clock();
    if (!output->write(package, settings, folder, &error)) {
        g_error("%s", error->message);
    }
    return (double)(clock() - from) / CLOCKS_PER_SEC;
}

static gboolean is_asked(const SpOutput *output, char *const asked[])
{
    return asked[0] == NULL || g_strv_contains((const char *const *)asked, output->name);
}

int main(int argc, char *argv[])
{
    g_autoptr(GError) error = NULL;
    if (argc < 3) {
        fprintf(stderr, "usage: bench_formats PACKAGE FOLDER [FORMAT]...\n");
        return 64;
    }
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    g_autoptr(SpTables) tables = sp_tables_read(argv[1], NULL, &error);
    if (tables == NULL) {
        g_error("%s", error->message);
    }
    made->package.tables = tables;
    const double n_cells = (double)n_cells_of(tables);
    printf("format,seconds,million_cells_per_second,bytes\n");
    for (gsize i = 0; i < sp_outputs_size(); i++) {
        const SpOutput *output = sp_outputs_at(i);
        double best = 0.0;
        for (int k = 0; is_asked(output, argv + 3) && k < TIMES; k++) {
            const double seconds = seconds_of(output, &made->package, argv[2]);
            best = k == 0 ? seconds : MIN(best, seconds);
        }
        if (best > 0.0) {
            printf("%s,%.3f,%.2f,%zu\n", output->name, best, n_cells / best / 1e6,
                   n_bytes_below(argv[2]));
        }
    }
    return 0;
}
