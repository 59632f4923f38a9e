/* The national mortality model against a mortality it must find exactly, and against Norway's. */
#include "fixture.h"

#include "transforms/project/lifetable.h"
#include "transforms/project/mortality.h"

static void fit(const SpTable *table, int base, SpMortality *mortality)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) years = sp_death_years_new(table, base, &error);
    assert_no_error(error);
    sp_mortality_fit(years, mortality);
}

static void smooth_mortality_is_found_and_carried_on(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_smooth_deaths(2000, 2022, 0.02);
    SpMortality mortality;
    fit(table, 2023, &mortality);
    assert_near(mortality.level_year, 2021, 1e-12);
    for (guint age = 0; age < 100; age++) {
        double truth = 3e-5 * exp(0.095 * age) * exp(-0.02 * 30);
        /* The mean of three years stands a hair above its middle year. */
        assert_near(sp_mortality_rate(&mortality, SP_WOMEN, age, 2030) / truth, 1.0, 2e-4);
    }
    assert_near(mortality.decline[SP_MEN][0], 0.02, 1e-12);
    assert_near(mortality.decline[SP_MEN][99], 0.02, 1e-12);
    assert_near(mortality.decline[SP_MEN][100], 0.01, 1e-12);
}

static void oldest_follow_the_line_below_them_up_to_the_cap(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_smooth_deaths(2000, 2022, 0.0);
    SpMortality mortality;
    fit(table, 2023, &mortality);
    assert_near(mortality.level[SP_WOMEN][103], 3e-5 * exp(0.095 * 103), 1e-9);
    assert_near(mortality.level[SP_MEN][110], 0.8, 0);
}

static void survivors_live_half_the_year_in_each_age(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_smooth_deaths(2000, 2022, 0.0);
    SpMortality mortality;
    fit(table, 2023, &mortality);
    double survival[SP_N_AGES], newborn;
    sp_mortality_survival(&mortality, NULL, SP_MEN, 2030, survival, &newborn);
    double m80 = 4e-5 * exp(0.095 * 80), m81 = 4e-5 * exp(0.095 * 81);
    assert_near(survival[80], exp(-(m80 + m81) / 2), 1e-9);
    assert_near(newborn, exp(-4e-5), 1e-12);
}

static void past_year_uses_its_own_rates(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_smooth_deaths(2000, 2022, 0.02);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) years = sp_death_years_new(table, 2023, &error);
    SpMortality mortality;
    sp_mortality_fit(years, &mortality);
    double survival[SP_N_AGES], newborn;
    sp_mortality_survival(&mortality, sp_death_years_find(years, 2005), SP_WOMEN, 2005, survival,
                          &newborn);
    double scale = 3e-5 * exp(-0.02 * 5);
    assert_near(survival[70], exp(-scale * (exp(0.095 * 70) + exp(0.095 * 71)) / 2), 1e-12);
}

static void years_from_the_base_on_are_not_read(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_smooth_deaths(2000, 2022, 0.02);
    SpMortality before, after;
    fit(table, 2020, &before);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 2), "2020") >= 0) {
            sp_table_set_real(table, row, 4, sp_real(77777));
            sp_table_set_real(table, row, 5, sp_real(9));
        }
    }
    fit(table, 2020, &after);
    assert_memory_equal(&before, &after, sizeof before);
}

static void short_series_gives_a_level_without_a_fall(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_smooth_deaths(2021, 2022, 0.02);
    SpMortality mortality;
    fit(table, 2024, &mortality);
    assert_int_equal(mortality.n_level_years, 2);
    assert_int_equal(mortality.n_slope_years, 0);
    assert_near(mortality.level_year, 2021.5, 1e-12);
    assert_near(mortality.decline[SP_MEN][50], 0, 0);
}

static void year_with_a_hole_is_left_out(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_smooth_deaths(2020, 2022, 0.0);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 2), "2022") == 0 &&
            strcmp(sp_table_code(table, row, 1), "045") == 0) {
            sp_table_set_real(table, row, 4, sp_real_none(SP_MISSING));
        }
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) years = sp_death_years_new(table, 2024, &error);
    assert_no_error(error);
    assert_int_equal(years->len, 2);
    assert_null(sp_death_years_find(years, 2022));
}

static void nothing_before_the_base_is_an_error(void **state)
{
    (void)state;
    g_autoptr(SpTable) deaths = fixture_smooth_deaths(2020, 2022, 0.0);
    g_autoptr(SpTable) births = fixture_fruktbarhet();
    g_autoptr(GError) error = NULL, other = NULL;
    assert_null(sp_death_years_new(deaths, 2020, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "before 2020");
    assert_null(sp_birth_years_new(births, 2020, &other));
    assert_error(other, SP_ERROR_NO_INPUT, "fruktbarhet");
}

static void missing_fertility_is_an_error_with_its_row(void **state)
{
    (void)state;
    g_autoptr(SpTable) births = fixture_fruktbarhet();
    fixture_add_births(births, 30, 2020, 0.1);
    fixture_add_births(births, 31, 2020, 0.1);
    sp_table_set_real(births, 1, 2, sp_real_none(SP_MISSING));
    g_autoptr(GError) error = NULL;
    assert_null(sp_birth_years_new(births, 2024, &error));
    assert_error(error, SP_ERROR_DATA, "row 2");
}

/* Norway, base 2024: a life expectancy that rises, from about the level of 2022 (81-85 years), by
 * 2-5 years to 2050. */
static void norwegian_life_goes_on_getting_longer(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(SpTable) table = fixture_shared_deaths(shared);
    SpMortality mortality;
    fit(table, 2024, &mortality);
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        double first[SP_N_RATE_AGES], last[SP_N_RATE_AGES];
        for (guint age = 0; age < SP_N_RATE_AGES; age++) {
            first[age] = sp_mortality_rate(&mortality, sex, age, 2024);
            last[age] = sp_mortality_rate(&mortality, sex, age, 2050);
        }
        double now = sp_lifetable_expectancy(sex, SP_N_RATE_AGES, first);
        double later = sp_lifetable_expectancy(sex, SP_N_RATE_AGES, last);
        print_message("e0 %s: %.2f in 2024, %.2f in 2050\n", sex == SP_MEN ? "men" : "women", now,
                      later);
        assert_near(now, sex == SP_MEN ? 81.6 : 84.8, 0.5);
        assert_true(later > now + 2 && later < now + 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(smooth_mortality_is_found_and_carried_on),
        cmocka_unit_test(oldest_follow_the_line_below_them_up_to_the_cap),
        cmocka_unit_test(survivors_live_half_the_year_in_each_age),
        cmocka_unit_test(past_year_uses_its_own_rates),
        cmocka_unit_test(years_from_the_base_on_are_not_read),
        cmocka_unit_test(short_series_gives_a_level_without_a_fall),
        cmocka_unit_test(year_with_a_hole_is_left_out),
        cmocka_unit_test(nothing_before_the_base_is_an_error),
        cmocka_unit_test(missing_fertility_is_an_error_with_its_row),
        cmocka_unit_test(norwegian_life_goes_on_getting_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
