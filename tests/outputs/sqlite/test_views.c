/* The views, on tables that have the columns of config/tables.csv. */
#include "tests/check.h"
#include "tests/outputs/package.h"

#include "core/io/sqlite.h"
#include "outputs/views.h"

extern const SpOutput sp_output_sqlite;

/* One row, whose codes are those of a kommune, a day and else "x". */
static SpTable *table_of(const char *name, const char *columns)
{
    g_auto(GStrv) parts = g_strsplit(columns, "|", -1);
    const gsize n = g_strv_length(parts);
    g_autofree SpColumn *made = g_new0(SpColumn, n);
    for (gsize i = 0; i < n; i++) {
        char *equals = strchr(parts[i], '=');
        made[i].name = parts[i][0] == '?' ? parts[i] + 1 : parts[i];
        made[i].kind = equals != NULL ? SP_COLUMN_MEASURE : SP_COLUMN_CODE;
        made[i].is_key = equals == NULL;
        if (equals != NULL) {
            *equals = '\0';
        }
    }
    SpTable *table = sp_table_new(name, made, n);
    sp_table_add_row(table);
    for (gsize i = 0; i < n; i++) {
        if (made[i].kind == SP_COLUMN_MEASURE) {
            sp_table_set_real(table, 0, i, sp_real(1.5));
        } else {
            sp_table_set_code(table, 0, i,
                              strcmp(made[i].name, "region") == 0   ? "5001"
                              : strcmp(made[i].name, "period") == 0 ? "2026-01-01"
                                                                    : "x");
        }
    }
    return table;
}

/* A package with every table of the catalogue, or, without columns, the small one. */
static char *write_tables(gboolean is_whole)
{
    g_autoptr(SpTestPackage) package = sp_test_package_new("nn");
    g_autoptr(SpTables) tables = sp_tables_new();
    const SpTable *catalogue = package->catalogue;
    const gsize name = sp_table_find(catalogue, "name");
    const gsize columns = sp_table_find(catalogue, "columns");
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        sp_tables_add(tables, table_of(sp_table_code(catalogue, row, name),
                                       sp_table_code(catalogue, row, columns)));
    }
    if (is_whole) {
        package->package.tables = tables;
    }
    return sp_test_write(&sp_output_sqlite, &package->package, NULL);
}

static char *names_of_views(SpDatabase *database)
{
    GString *names = g_string_new(NULL);
    gboolean has_row = FALSE;
    g_autoptr(SpStatement) select = sp_statement_new(
        database, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name", NULL);
    while (sp_statement_step(select, &has_row, NULL) && has_row) {
        g_string_append_printf(names, "%s ", sp_statement_text(select, 0));
    }
    return g_string_free(names, FALSE);
}

static void every_view_answers(void **state)
{
    (void)state;
    char *folder = write_tables(TRUE);
    g_autofree char *path = g_build_filename(folder, "statistikkpakke.sqlite", NULL);
    SpDatabase *database = sp_database_open_readonly(path, NULL);
    g_autofree char *names = names_of_views(database);
    g_auto(GStrv) views = g_strsplit(g_strchomp(names), " ", -1);
    assert_int_equal(g_strv_length(views), 8);
    for (gsize i = 0; views[i] != NULL; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *sql = g_strdup_printf("SELECT regionnavn, aar FROM %s", views[i]);
        g_autoptr(SpStatement) select = sp_statement_new(database, sql, &error);
        gboolean has_row = FALSE;
        assert_no_error(error);
        assert_true(sp_statement_step(select, &has_row, &error));
        assert_true(has_row == (strcmp(views[i], "v_framskriving_gap_maalaar") != 0));
        if (has_row) {
            assert_string_equal(sp_statement_text(select, 0), "Trondheim - Tråante");
            assert_int_equal(sp_statement_int(select, 1), 2026);
        }
    }
    sp_database_close(database);
    sp_test_folder_remove(folder);
}

/* A view's columns, parted by blanks and with one at either end. */
static char *columns_of(SpDatabase *database, const char *view)
{
    GString *columns = g_string_new(" ");
    gboolean has_row = FALSE;
    g_autofree char *sql = g_strdup_printf("SELECT name FROM pragma_table_info('%s')", view);
    g_autoptr(SpStatement) select = sp_statement_new(database, sql, NULL);
    while (sp_statement_step(select, &has_row, NULL) && has_row) {
        g_string_append_printf(columns, "%s ", sp_statement_text(select, 0));
    }
    return g_string_free(columns, FALSE);
}

/* Counts the measures of a catalogue's row ("region|gap=aarsverk") that the view has. */
static gsize assert_statuses(const char *catalogued, const char *columns)
{
    g_auto(GStrv) parts = g_strsplit(catalogued, "|", -1);
    gsize n = 0;
    for (char **part = parts; *part != NULL; part++) {
        char *equals = strchr(*part, '=');
        const char *name = **part == '?' ? *part + 1 : *part;
        if (equals == NULL) {
            continue;
        }
        *equals = '\0';
        g_autofree char *measure = g_strdup_printf(" %s ", name);
        g_autofree char *status = g_strdup_printf(" %s_status ", name);
        if (strstr(columns, measure) != NULL) {
            assert_has(columns, status);
            n++;
        }
    }
    return n;
}

static void every_figure_of_a_view_has_its_status(void **state)
{
    (void)state;
    char *folder = write_tables(TRUE);
    g_autofree char *path = g_build_filename(folder, "statistikkpakke.sqlite", NULL);
    g_autoptr(SpTable) catalogue = sp_test_config_read("tables.csv");
    SpDatabase *database = sp_database_open_readonly(path, NULL);
    for (gsize i = 0; i < sp_views_size(); i++) {
        const SpView *view = sp_views_at(i);
        g_autofree char *columns = columns_of(database, view->name);
        gsize n = 0;
        for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
            if (strcmp(sp_table_code(catalogue, row, sp_table_find(catalogue, "name")),
                       view->table) == 0) {
                n += assert_statuses(
                    sp_table_code(catalogue, row, sp_table_find(catalogue, "columns")), columns);
            }
        }
        assert_true(n > 0);
    }
    g_autofree char *shortage = columns_of(database, "v_mangel");
    assert_has(shortage, " p95 sannsynlighet_mangel sannsynlighet_mangel_status ");
    sp_database_close(database);
    sp_test_folder_remove(folder);
}

static void what_a_view_was_given_later_stands_behind_a_bases_own_columns(void **state)
{
    (void)state;
    const SpViewWords words = {.language = "nb", .prefix = "a_", .columns = ", own"};
    for (gsize i = 0; i < sp_views_size(); i++) {
        g_autofree char *sql = sp_view_sql(sp_views_at(i), &words);
        assert_has(sql, ", own");
        if (strcmp(sp_views_at(i)->name, "v_mangel") == 0) {
            assert_has(sql, "x.p95, own, x.sannsynlighet_mangel");
        }
    }
}

static void a_view_is_made_only_of_tables_that_are_there(void **state)
{
    (void)state;
    char *folder = write_tables(FALSE);
    g_autofree char *path = g_build_filename(folder, "statistikkpakke.sqlite", NULL);
    SpDatabase *database = sp_database_open_readonly(path, NULL);
    g_autofree char *names = names_of_views(database);
    assert_string_equal(names, "v_befolkning ");
    sp_database_close(database);
    sp_test_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_view_answers),
        cmocka_unit_test(every_figure_of_a_view_has_its_status),
        cmocka_unit_test(what_a_view_was_given_later_stands_behind_a_bases_own_columns),
        cmocka_unit_test(a_view_is_made_only_of_tables_that_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
