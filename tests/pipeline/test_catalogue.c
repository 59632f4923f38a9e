/* Small CSV files of the configuration, written by hand and so with slips. */
#include "pipeline/catalogue.h"

#include "tests/core/io/folder.h"

static SpTable *read_text(void **state, const char *text, GError **error)
{
    static const char *const measures[] = {"til", NULL};
    g_autofree char *path = path_in(state, "liste.csv");
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return sp_catalogue_read(path, "liste", measures, error);
}

static void assert_refused(void **state, const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(read_text(state, text, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
    assert_error(error, SP_ERROR_CONFIG, "liste.csv: row ");
}

static void rows_keep_their_order_and_empty_numbers_are_missing(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = read_text(state, "kode,til\nb,2.5\na,\n", &error);
    assert_no_error(error);
    assert_int_equal(sp_table_n_rows(table), 2);
    assert_string_equal(sp_table_code(table, 0, 0), "b");
    assert_string_equal(sp_table_code(table, 1, 0), "a");
    const SpReal *til = sp_table_reals_const(table, 1);
    assert_near(til[0].value, 2.5, 0);
    assert_int_equal(til[1].status, SP_MISSING);
}

/* It once ended the process. */
static void a_header_that_names_no_column_is_told(void **state)
{
    static const char *const headers[] = {"Kode,til\n", "kode ,til\n", "kode,\n", "1kode,til\n",
                                          "m\xc3\xa5l,til\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(headers); i++) {
        assert_refused(state, headers[i], "names no column");
    }
}

static void what_is_no_number_is_told_with_its_row(void **state)
{
    assert_refused(state, "kode,til\na,1\nb,to\n",
                   "row 3: column \"til\", want number, got \"to\"");
}

/* Whoever reads configuration that is wrong is told so, also of what no CSV can be: exit 78 and not
 * 65. */
static void what_is_no_csv_is_wrong_configuration(void **state)
{
    assert_refused(state, "kode,til\na,1\nb\n", "row 3");
    assert_refused(state, "kode,til\na,1\n\"b,2\n", "row 3");
    g_autoptr(GError) latin = NULL;
    assert_null(read_text(state, "kode,til\n\xe5,1\n", &latin));
    assert_error(latin, SP_ERROR_CONFIG, "liste.csv: line 2");
    g_autoptr(GError) empty = NULL;
    assert_null(read_text(state, "", &empty));
    assert_error(empty, SP_ERROR_CONFIG, "liste.csv: ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(rows_keep_their_order_and_empty_numbers_are_missing),
        FOLDER_TEST(a_header_that_names_no_column_is_told),
        FOLDER_TEST(what_is_no_number_is_told_with_its_row),
        FOLDER_TEST(what_is_no_csv_is_wrong_configuration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
