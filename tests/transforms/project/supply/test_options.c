/* What may be chosen about supply. */
#include "tests/check.h"

#include "transforms/project/supply/options.h"

static void every_key_is_read(void **state)
{
    (void)state;
    SpSupplyOptions options;
    sp_supply_options_init(&options);
    static const char *const texts[][2] = {{"profile", "poly5"},         {"inflow", "1.1, 2028"},
                                           {"capacity", "population"},   {"foreign", "none"},
                                           {"further_education", "1.5"}, {"exit_delay_years", "1"},
                                           {"work_60p", "1.1"},          {"internal_moves", "no"}};
    g_autoptr(GError) error = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_true(sp_supply_option_set(&options, texts[i][0], texts[i][1], &error));
        assert_string_equal(texts[i][0], sp_supply_option_keys[i]);
    }
    assert_null(sp_supply_option_keys[G_N_ELEMENTS(texts)]);
    assert_int_equal(options.profile, SP_PROFILE_POLY5);
    assert_near(options.inflow_factor, 1.1, 0);
    assert_int_equal(options.inflow_from, 2028);
    assert_int_equal(options.capacity, SP_CAPACITY_POPULATION);
    assert_int_equal(options.foreign, SP_SERIES_NONE);
    assert_int_equal(options.further_education, SP_SERIES_FACTOR);
    assert_near(options.further_education_factor, 1.5, 0);
    assert_near(options.exit_delay_years, 1, 0);
    assert_near(options.work_60p, 1.1, 0);
    assert_false(options.internal_moves);
}

static void a_wrong_text_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    static const char *const wrong[][3] = {
        {"profile", "cubic", "spline or poly5"},  {"inflow", "11", "0-10"},
        {"inflow", "1.1, soon", "year"},          {"inflow", "", "factor"},
        {"capacity", "more", "constant"},         {"foreign", "-1", "none, recent"},
        {"exit_delay_years", "11", "0-10"},       {"work_60p", "x", "0-2"},
        {"internal_moves", "maybe", "no or yes"}, {"inflow", "1, 2028, 3", "factor"}};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        SpSupplyOptions options, before;
        sp_supply_options_init(&options);
        sp_supply_options_init(&before);
        g_autoptr(GError) error = NULL;
        assert_false(sp_supply_option_set(&options, wrong[i][0], wrong[i][1], &error));
        assert_error(error, SP_ERROR_CONFIG, wrong[i][2]);
        assert_error(error, SP_ERROR_CONFIG, wrong[i][0]);
        assert_near(options.inflow_factor, before.inflow_factor, 0);
        assert_int_equal(options.inflow_from, before.inflow_from);
    }
}

static void an_unknown_key_names_those_there_are(void **state)
{
    (void)state;
    SpSupplyOptions options;
    sp_supply_options_init(&options);
    g_autoptr(GError) error = NULL;
    assert_false(sp_supply_option_set(&options, "inflows", "1", &error));
    assert_error(error, SP_ERROR_CONFIG, "exit_delay_years");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_read),
        cmocka_unit_test(a_wrong_text_is_refused_and_changes_nothing),
        cmocka_unit_test(an_unknown_key_names_those_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
