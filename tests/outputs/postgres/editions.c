/* Editions for tests of the import. */
#include "tests/outputs/postgres/editions.h"

#include "tests/check.h"
#include "tests/outputs/package.h"

#include "core/io/files.h"

extern const SpOutput sp_output_datapackage;
extern const SpOutput sp_output_sqlite;

static void write_format(const SpOutput *output, const SpPackage *package, const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_test_config(NULL);
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, NULL, output->config_keys, output->n_config_keys);
    (void)output->write(package, settings, folder, &error);
    assert_no_error(error);
}

/* What COPY's text form would read as the end of the data, as NULL, as other bytes. */
static void add_hostile(SpTables *tables)
{
    static const char *const hostile[] = {"\\.", "\\N", "back\\slash\\t and \\\\", "cr\rlf\n\\.\n"};
    SpTable *table = sp_tables_find(tables, "kilder");
    for (gsize i = 0; i < G_N_ELEMENTS(hostile); i++) {
        const gsize row = sp_table_add_row(table);
        g_autofree char *id = g_strdup_printf("test/9%d", (int)i);
        for (gsize column = 0; column < sp_table_n_columns(table); column++) {
            sp_table_set_code(table, row, column, column == 0 ? id : column == 1 ? hostile[i] : "");
        }
    }
}

/* Every row of an edition with notices says them, in the package's language. */
static void add_notice(SpTables *tables, const char *text)
{
    static const SpColumn column = {.name = "merknad", .kind = SP_COLUMN_CODE};
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        SpTable *table = sp_tables_at(tables, i);
        const gsize place = sp_table_add_column(table, &column);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            sp_table_set_code(table, row, place, text);
        }
    }
}

static void write_package(const char *root, const char *edition, const char *name,
                          const char *language)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) package = sp_test_package_new(language);
    g_autofree char *folder = g_build_filename(root, edition, name, NULL);
    package->package.name = name;
    package->package.edition = edition;
    add_hostile(package->tables);
    add_notice(package->tables,
               strcmp(language, "nn") == 0 ? "Ikkje for publisering" : "Ikke for publisering");
    assert_true(sp_folder_make(folder, SP_MODE_PUBLIC_FOLDER, &error));
    write_format(&sp_output_datapackage, &package->package, folder);
    write_format(&sp_output_sqlite, &package->package, folder);
}

char *edition_make(const char *root, const char *edition)
{
    write_package(root, edition, "fylke-15-moere-og-romsdal", "nn");
    write_package(root, edition, "fylke-50-troendelag", "nb");
    return g_build_filename(root, edition, NULL);
}

void edition_alter(const char *folder, const char *file, const char *old, const char *new)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_has(text, old);
    g_auto(GStrv) parts = g_strsplit(text, old, 2);
    g_autofree char *altered = g_strjoinv(new, parts);
    assert_true(g_file_set_contents(path, altered, -1, NULL));
}
