#include "tests/check.h"
#include "tests/outputs/package.h"

#include "outputs/show.h"

static int open_package(void **state)
{
    *state = sp_test_package_new("nb");
    return 0;
}

static int close_package(void **state)
{
    sp_test_package_free(*state);
    return 0;
}

static SpShow show_of(const SpTestPackage *package, const SpTable *table)
{
    g_autoptr(GError) error = NULL;
    SpShow show = SP_SHOW_NO;
    assert_true(sp_show_find(package->catalogue, table, "xlsx", &show, &error));
    assert_no_error(error);
    return show;
}

static void table_of_age_bands_is_shown(void **state)
{
    const SpTestPackage *package = *state;
    assert_int_equal(show_of(package, sp_tables_find(package->tables, "befolkning")), SP_SHOW_YES);
}

static void table_of_one_year_ages_is_not_shown_as_bands(void **state)
{
    const SpTestPackage *package = *state;
    SpTable *table = sp_tables_find(package->tables, "befolkning");
    sp_table_set_code(table, 0, sp_table_find(table, "alder"), "067");
    assert_int_equal(show_of(package, table), SP_SHOW_NO);
}

static void single_years_left_in_the_dictionary_do_not_count(void **state)
{
    const SpTestPackage *package = *state;
    SpTable *table = sp_tables_find(package->tables, "befolkning");
    sp_codes_add(sp_table_codes(table, sp_table_find(table, "alder")), "068");
    assert_int_equal(show_of(package, table), SP_SHOW_YES);
}

static void unlisted_table_lies_in_its_csv_alone(void **state)
{
    const SpTestPackage *package = *state;
    SpTable *table = sp_tables_find(package->tables, "aarsverk");
    sp_table_set_name(table, "unlisted");
    assert_int_equal(show_of(package, table), SP_SHOW_NO);
    sp_table_set_name(table, "aarsverk");
}

static void unknown_word_is_a_config_error(void **state)
{
    const SpTestPackage *package = *state;
    g_autoptr(GError) error = NULL;
    SpShow show = SP_SHOW_NO;
    g_autoptr(SpTable) catalogue = sp_table_copy(package->catalogue);
    sp_table_set_code(catalogue, 0, sp_table_find(catalogue, "xlsx"), "maybe");
    assert_false(sp_show_find(catalogue, sp_tables_find(package->tables, "befolkning"), "xlsx",
                              &show, &error));
    assert_error(error, SP_ERROR_CONFIG, "\"befolkning\", column \"xlsx\" says \"maybe\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(table_of_age_bands_is_shown, open_package, close_package),
        cmocka_unit_test_setup_teardown(table_of_one_year_ages_is_not_shown_as_bands, open_package,
                                        close_package),
        cmocka_unit_test_setup_teardown(single_years_left_in_the_dictionary_do_not_count,
                                        open_package, close_package),
        cmocka_unit_test_setup_teardown(unlisted_table_lies_in_its_csv_alone, open_package,
                                        close_package),
        cmocka_unit_test_setup_teardown(unknown_word_is_a_config_error, open_package,
                                        close_package),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
