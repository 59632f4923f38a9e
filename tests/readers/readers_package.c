/* Writes a package in every format for readers of other houses: readers_package FOLDER. It has
 * every status and flag, hostile texts, tables with periods across and down, of indicators, of more
 * measures than periods, and figures. */
#include "tests/outputs/tables.h"

#include <string.h>

static gboolean write_all(const SpPackage *package, const char *folder, GError **error)
{
    g_autoptr(SpConfig) config = sp_test_config("package.xlsx_max_rows=10000");
    for (gsize i = 0; i < sp_outputs_size(); i++) {
        const SpOutput *output = sp_outputs_at(i);
        g_autoptr(SpSettings) settings =
            sp_settings_new(config, "package", output->config_keys, output->n_config_keys);
        if (!output->write(package, settings, folder, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The small table of placings has no limits of 99.8 per cent: it is drawn with those it has. */
static SpTable *figures_new(void)
{
    SpTable *figures = sp_test_config_read("figurer.csv");
    const gsize table = sp_table_find(figures, "table");
    for (gsize row = 0; row < sp_table_n_rows(figures); row++) {
        if (strcmp(sp_table_code(figures, row, table), "plassering") == 0) {
            sp_table_set_code(figures, row, sp_table_find(figures, "measures"),
                              "verdi|nedre_95|oevre_95");
        }
    }
    return figures;
}

int main(int argc, char **argv)
{
    static const gsize judged[] = {1, 4};
    g_assert(argc == 2);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    g_autoptr(SpTable) figures = figures_new();
    g_auto(GStrv) kommuner = sp_test_kommuner(25);
    made->package.figures = figures;
    sp_test_package_set_staffing(made);
    sp_tables_add(made->tables, sp_test_placing_new(kommuner));
    sp_tables_add(made->tables, sp_test_residual_new(kommuner, judged, G_N_ELEMENTS(judged)));
    sp_tables_add(made->tables, sp_test_users_new(kommuner, 4, 5));
    SpTable *across = sp_test_users_new(kommuner, 12, 3);
    sp_table_set_name(across, "plasser");
    sp_tables_add(made->tables, across);
    if (!write_all(&made->package, argv[1], &error)) {
        g_printerr("%s\n", error->message);
        return 1;
    }
    return 0;
}
