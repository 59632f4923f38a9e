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
    sp_test_catalogue_set(catalogue, "befolkning", "xlsx", "maybe");
    assert_false(sp_show_find(catalogue, sp_tables_find(package->tables, "befolkning"), "xlsx",
                              &show, &error));
    assert_error(error, SP_ERROR_CONFIG, "\"befolkning\", column \"xlsx\" says \"maybe\"");
}

static void table_of_ones_own_is_shown_as_its_other_word_says(void **state)
{
    const SpTestPackage *package = *state;
    g_autoptr(SpTable) catalogue = sp_table_copy(package->catalogue);
    const SpTable *table = sp_tables_find(package->tables, "befolkning");
    SpShow show = SP_SHOW_NO;
    assert_false(sp_show_is_own(catalogue, table, "html"));
    sp_test_catalogue_set(catalogue, "befolkning", "html", "yes own");
    assert_true(sp_show_is_own(catalogue, table, "html"));
    assert_true(sp_show_find(catalogue, table, "html", &show, NULL));
    assert_int_equal(show, SP_SHOW_YES);
}

static SpShowYears years_of(const SpTestPackage *package, const char *word)
{
    g_autoptr(SpTable) catalogue = sp_table_copy(package->catalogue);
    const SpTable *table = sp_tables_find(package->tables, "aarsverk");
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, 0), "aarsverk") == 0) {
            sp_table_set_code(catalogue, row, sp_table_find(catalogue, "xlsx"), word);
        }
    }
    g_autoptr(GError) error = NULL;
    SpShow show = SP_SHOW_NO;
    assert_true(sp_show_find(catalogue, table, "xlsx", &show, &error));
    assert_int_equal(show, SP_SHOW_YES);
    SpShowYears years;
    sp_show_years(catalogue, table, "xlsx", &years);
    return years;
}

static void years_are_each_to_some_then_every_fifth_and_the_last(void **state)
{
    const SpTestPackage *package = *state;
    SpShowYears years = years_of(package, "years:2/5");
    assert_int_equal(years.single, 2);
    assert_int_equal(years.step, 5);
    years.first = 2026;
    years.last = 2048;
    static const struct {
        const char *period;
        gboolean is_shown;
    } cases[] = {{"2026-01-01", TRUE}, {"2028-01-01", TRUE}, {"2029-01-01", FALSE},
                 {"2030-01-01", TRUE}, {"2044", FALSE},      {"2045", TRUE},
                 {"2048-01-01", TRUE}, {"tot", TRUE}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_int_equal(sp_show_has_year(&years, cases[i].period), cases[i].is_shown);
    }
}

/* What "years:N/5" leaves out of a table of each `apart`-th year from `first` to `last`. */
static void assert_left_out(int first, int last, int apart, gint64 single, const char *wanted)
{
    static const SpColumn columns[] = {{.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE}};
    g_autoptr(SpTable) table = sp_table_new("x", columns, G_N_ELEMENTS(columns));
    for (int year = last; year >= first; year -= apart) {
        g_autofree char *period = g_strdup_printf("%d-01-01", year);
        sp_table_set_code(table, sp_table_add_row(table), 0, period);
    }
    const SpShowYears years = {.first = first, .last = last, .single = single, .step = 5};
    g_autofree char *text = sp_show_left_out(&years, table);
    assert_string_equal(text, wanted);
}

static void years_left_out_are_told_as_ranges(void **state)
{
    (void)state;
    assert_left_out(2026, 2041, 1, 5, "2032–2034, 2036–2039");
    assert_left_out(2026, 2032, 1, 4, "2031");
}

static void years_that_the_table_never_had_are_not_told_as_left_out(void **state)
{
    (void)state;
    assert_left_out(2025, 2050, 5, 5, "");
    assert_left_out(2026, 2040, 2, 5, "2032, 2034, 2036, 2038");
}

static void all_years_shown_leave_none_out(void **state)
{
    const SpTestPackage *package = *state;
    const SpShowYears all = {0};
    g_autofree char *none = sp_show_left_out(&all, sp_tables_find(package->tables, "aarsverk"));
    assert_string_equal(none, "");
}

static void first_and_last_year_are_those_of_the_rows(void **state)
{
    const SpTestPackage *package = *state;
    SpTable *table = sp_tables_find(package->tables, "aarsverk");
    gsize period = sp_table_find(table, "period");
    gint64 first = G_MAXINT64, last = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint64 year = g_ascii_strtoll(sp_table_code(table, row, period), NULL, 10);
        first = MIN(first, year);
        last = MAX(last, year);
    }
    sp_codes_add(sp_table_codes(table, period), "1999"); /* in no row */
    SpShowYears years = years_of(package, "years:5/5");
    assert_int_equal(years.first, first);
    assert_int_equal(years.last, last);
}

static void without_a_word_of_years_all_are_shown(void **state)
{
    const SpTestPackage *package = *state;
    SpShowYears years = years_of(package, "yes");
    assert_true(sp_show_has_year(&years, "2033-01-01"));
}

static void half_a_word_of_years_is_a_config_error(void **state)
{
    const SpTestPackage *package = *state;
    static const char *const words[] = {"years:", "years:5", "years:5/0", "years:-1/5",
                                        "years:x/5"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autoptr(GError) error = NULL;
        SpShow show = SP_SHOW_NO;
        g_autoptr(SpTable) catalogue = sp_table_copy(package->catalogue);
        sp_test_catalogue_set(catalogue, "befolkning", "xlsx", words[i]);
        assert_false(sp_show_find(catalogue, sp_tables_find(package->tables, "befolkning"), "xlsx",
                                  &show, &error));
        assert_error(error, SP_ERROR_CONFIG, "want yes, no, bands, years:5/5 or definitions");
    }
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
        cmocka_unit_test_setup_teardown(table_of_ones_own_is_shown_as_its_other_word_says,
                                        open_package, close_package),
        cmocka_unit_test(years_left_out_are_told_as_ranges),
        cmocka_unit_test(years_that_the_table_never_had_are_not_told_as_left_out),
        cmocka_unit_test_setup_teardown(all_years_shown_leave_none_out, open_package,
                                        close_package),
        cmocka_unit_test_setup_teardown(years_are_each_to_some_then_every_fifth_and_the_last,
                                        open_package, close_package),
        cmocka_unit_test_setup_teardown(first_and_last_year_are_those_of_the_rows, open_package,
                                        close_package),
        cmocka_unit_test_setup_teardown(without_a_word_of_years_all_are_shown, open_package,
                                        close_package),
        cmocka_unit_test_setup_teardown(half_a_word_of_years_is_a_config_error, open_package,
                                        close_package),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
