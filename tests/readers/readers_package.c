/* Writes the small package of the tests of formats, with all kinds of tables, as data and cubes:
 *
 *   readers_package FOLDER
 */
#include "tests/outputs/tables.h"

#include <stdio.h>

extern const SpOutput sp_output_datapackage;
extern const SpOutput sp_output_jsonstat;

static void write_format(const SpOutput *output, const SpPackage *package, const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_test_config(NULL);
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, "package", output->config_keys, output->n_config_keys);
    if (!output->write(package, settings, folder, &error)) {
        g_error("%s", error->message);
    }
}

int main(int argc, char *argv[])
{
    static const gsize judged[] = {1, 4};
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    g_auto(GStrv) kommuner = sp_test_kommuner(25);
    if (argc != 2) {
        fprintf(stderr, "usage: readers_package FOLDER\n");
        return 64;
    }
    sp_tables_add(made->tables, sp_test_placing_new(kommuner));
    sp_tables_add(made->tables, sp_test_residual_new(kommuner, judged, G_N_ELEMENTS(judged)));
    sp_tables_add(made->tables, sp_test_users_new(kommuner, 4, 5));
    write_format(&sp_output_datapackage, &made->package, argv[1]);
    write_format(&sp_output_jsonstat, &made->package, argv[1]);
    return 0;
}
