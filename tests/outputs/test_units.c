/* Units of figures. */
#include "tests/check.h"
#include "tests/outputs/tables.h"

#include "outputs/words.h"

typedef struct {
    SpTestPackage *package;
    SpTable *placing;
    SpUnits *units;
} State;

static int open_units(void **state)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) kommuner = sp_test_kommuner(1);
    State *made = g_new0(State, 1);
    made->package = sp_test_package_new("nb");
    made->placing = sp_test_placing_new(kommuner);
    made->units = sp_units_new(&made->package->package, &error);
    assert_no_error(error);
    *state = made;
    return 0;
}

static int close_units(void **state)
{
    State *made = *state;
    sp_units_free(made->units);
    sp_table_free(made->placing);
    sp_test_package_free(made->package);
    g_free(made);
    return 0;
}

static void catalogue_says_the_unit_before_the_column_does(void **state)
{
    const State *made = *state;
    assert_string_equal(sp_units_of(made->units, made->placing, 4), SP_UNIT_OF_INDICATOR);
    assert_string_equal(sp_units_of(made->units, made->placing, 5), "ratio");
}

static void column_of_an_unlisted_table_keeps_its_unit(void **state)
{
    const State *made = *state;
    sp_table_set_name(made->placing, "unlisted");
    assert_null(sp_units_of(made->units, made->placing, 4));
    assert_string_equal(sp_units_of(made->units, made->placing, 5), "ratio");
    sp_table_set_name(made->placing, "plassering");
}

static void share_of_an_indicator_is_printed_in_percent(void **state)
{
    const State *made = *state;
    char buffer[SP_FIGURE_SIZE];
    const char *unit = sp_units_of_indicator(made->units, "use_home_80plus");
    assert_string_equal(sp_words_figure(sp_real(0.2604), sp_units_form(made->units, unit), buffer),
                        "26,0\u00a0%");
}

static void rate_of_an_indicator_is_printed_as_it_is(void **state)
{
    const State *made = *state;
    char buffer[SP_FIGURE_SIZE];
    const char *unit = sp_units_of_indicator(made->units, "use_home_p1000");
    assert_string_equal(sp_words_figure(sp_real(30.39), sp_units_form(made->units, unit), buffer),
                        "30,4");
}

static void unknown_indicator_and_unit_are_free(void **state)
{
    const State *made = *state;
    assert_null(sp_units_of_indicator(made->units, "weather"));
    assert_true(sp_units_form(made->units, NULL).is_free);
    assert_true(sp_units_form(made->units, "weather").is_free);
}

static void heading_has_the_unit_only_where_it_says_something(void **state)
{
    const State *made = *state;
    assert_true(sp_units_is_in_heading(made->units, "percent"));
    assert_false(sp_units_is_in_heading(made->units, "ratio"));
    assert_true(sp_units_is_in_heading(made->units, "weather"));
}

/* One that is not computed has no figures, and may have words for a unit. */
static void every_computed_indicator_has_a_unit_with_a_form(void **state)
{
    const State *made = *state;
    const SpTable *table = made->package->indicators;
    gsize computed = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *id = sp_table_code(table, row, sp_table_find(table, "id"));
        if (sp_table_code(table, row, sp_table_find(table, "teller"))[0] == '\0') {
            continue;
        }
        computed++;
        if (sp_units_form(made->units, sp_units_of_indicator(made->units, id)).is_free) {
            fail_msg("%s: config/units.csv lacks \"%s\"", id,
                     sp_units_of_indicator(made->units, id));
        }
    }
    assert_true(computed > 5);
}

static void refused(SpTestPackage *package, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_units_new(&package->package, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void unknown_answer_for_headings_is_a_config_error(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    sp_table_set_code(package->units, 0, sp_table_find(package->units, "heading"), "maybe");
    refused(package, "heading \"maybe\", want yes or no");
}

static void percent_of_something_not_a_share_is_a_config_error(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    const SpTable *table = package->indicators;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, sp_table_find(table, "id")), "use_home_80plus") == 0) {
            sp_table_set_code(package->indicators, row, sp_table_find(table, "per"), "100");
        }
    }
    refused(package, "use_home_80plus");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalogue_says_the_unit_before_the_column_does),
        cmocka_unit_test(column_of_an_unlisted_table_keeps_its_unit),
        cmocka_unit_test(share_of_an_indicator_is_printed_in_percent),
        cmocka_unit_test(rate_of_an_indicator_is_printed_as_it_is),
        cmocka_unit_test(unknown_indicator_and_unit_are_free),
        cmocka_unit_test(heading_has_the_unit_only_where_it_says_something),
        cmocka_unit_test(every_computed_indicator_has_a_unit_with_a_form),
        cmocka_unit_test(unknown_answer_for_headings_is_a_config_error),
        cmocka_unit_test(percent_of_something_not_a_share_is_a_config_error),
    };
    return cmocka_run_group_tests(tests, open_units, close_units);
}
