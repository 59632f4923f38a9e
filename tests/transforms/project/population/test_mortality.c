/* The national mortality model against a mortality it must find exactly, and against Norway's. */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/population/lifetable.h"
#include "transforms/project/population/mortality.h"

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
    assert_near(mortality.decline[0], 0.02, 1e-12);
    assert_near(mortality.decline[99], 0.02, 1e-12);
    assert_near(mortality.decline[100], 0.01, 1e-12);
}

/* The rates of one year or sex, times a factor. */
static void scale_rates(SpTable *table, const char *kjonn, const char *period, double factor)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if ((kjonn == NULL || strcmp(sp_table_code(table, row, 0), kjonn) == 0) &&
            strcmp(sp_table_code(table, row, 2), period) == 0) {
            for (gsize measure = 4; measure <= 5; measure++) {
                SpReal real = sp_table_real(table, row, measure);
                real.value *= factor;
                sp_table_set_real(table, row, measure, real);
            }
        }
    }
}

/* Of the 105 slopes between 15 years 78 are untouched by the last two. */
static void two_bad_years_at_the_end_do_not_turn_the_fall(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_smooth_deaths(2000, 2022, 0.02);
    scale_rates(table, NULL, "2021", 1.06);
    scale_rates(table, NULL, "2022", 1.06);
    SpMortality mortality;
    fit(table, 2023, &mortality);
    assert_near(mortality.decline[85], 0.02, 1e-12);
    assert_true(mortality.level[SP_MEN][85] > 4e-5 * exp(0.095 * 85) * exp(-0.02 * 21));
}

/* Men's mortality falls by 3 % a year, women's by 1 %: both are carried on by what falls between,
 * and the distance between them stays what it is in the newest years. */
static void sexes_fall_alike(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_smooth_deaths(2000, 2022, 0.01);
    for (int year = 2000; year <= 2022; year++) {
        g_autofree char *period = g_strdup_printf("%d", year);
        scale_rates(table, "1", period, exp(-0.02 * (year - 2000)));
    }
    SpMortality mortality;
    fit(table, 2023, &mortality);
    assert_true(mortality.decline[85] > 0.012 && mortality.decline[85] < 0.028);
    assert_near(sp_mortality_rate(&mortality, SP_MEN, 85, 2050) /
                    sp_mortality_rate(&mortality, SP_WOMEN, 85, 2050),
                mortality.level[SP_MEN][85] / mortality.level[SP_WOMEN][85], 1e-12);
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
    assert_near(mortality.decline[50], 0, 0);
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
 * 2-5 years to 2050, and women who go on living longer: by 3.1 years in 2024, by 2-3.5 then. */
static void norwegian_life_goes_on_getting_longer(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(SpTable) table = fixture_shared_deaths(shared);
    SpMortality mortality;
    fit(table, 2024, &mortality);
    double now[SP_N_SEXES], later[SP_N_SEXES];
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        double first[SP_N_RATE_AGES], last[SP_N_RATE_AGES];
        for (guint age = 0; age < SP_N_RATE_AGES; age++) {
            first[age] = sp_mortality_rate(&mortality, sex, age, 2024);
            last[age] = sp_mortality_rate(&mortality, sex, age, 2050);
        }
        now[sex] = sp_lifetable_expectancy(sex, SP_N_RATE_AGES, first);
        later[sex] = sp_lifetable_expectancy(sex, SP_N_RATE_AGES, last);
        print_message("e0 %s: %.2f in 2024, %.2f in 2050\n", sex == SP_MEN ? "men" : "women",
                      now[sex], later[sex]);
        assert_near(now[sex], sex == SP_MEN ? 81.6 : 84.8, 0.5);
        assert_true(later[sex] > now[sex] + 2 && later[sex] < now[sex] + 5);
    }
    assert_near(later[SP_WOMEN] - later[SP_MEN], 2.75, 0.75);
}

/* ---- rolling origins ---- */

enum { N_OLD_BANDS = 3 };

/* Persons in each band after `horizon` years without moves, from the origin's mean population; with
 * `years` by the rates that were (below age 100), without by the model's. */
static void survivors(const SpMortality *mortality, const GArray *years, const SpDeathYear *origin,
                      guint horizon, double sums[N_OLD_BANDS])
{
    static const guint from[N_OLD_BANDS] = {67, 80, 90}, to[N_OLD_BANDS] = {79, 105, 105};
    memset(sums, 0, N_OLD_BANDS * sizeof *sums);
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        double now[SP_N_AGES], survival[SP_N_AGES], newborn;
        memcpy(now, origin->exposure[sex], sizeof now);
        for (int year = origin->year; year < origin->year + (int)horizon; year++) {
            const SpDeathYear *actual = years == NULL ? NULL : sp_death_years_find(years, year);
            sp_mortality_survival(mortality, actual, sex, year, survival, &newborn);
            for (guint age = SP_N_AGES - 1; age > 0; age--) {
                now[age] = now[age - 1] * survival[age - 1];
            }
            now[0] = 0;
        }
        for (gsize band = 0; band < N_OLD_BANDS; band++) {
            for (guint age = from[band]; age <= to[band]; age++) {
                sums[band] += now[age];
            }
        }
    }
}

/* Mean absolute error in percent from all origins from 2006 that the series can judge; a fall below
 * 0 stands for the model's own. */
static void roll(const GArray *years, const SpTable *table, guint horizon, double fall,
                 double error[N_OLD_BANDS])
{
    int newest = g_array_index(years, SpDeathYear, years->len - 1).year;
    guint n = 0;
    memset(error, 0, N_OLD_BANDS * sizeof *error);
    for (int origin = 2006; origin + (int)horizon - 1 <= newest; origin++, n++) {
        SpMortality mortality;
        double got[N_OLD_BANDS], want[N_OLD_BANDS];
        fit(table, origin, &mortality);
        for (guint age = 0; fall >= 0.0 && age < SP_N_RATE_AGES; age++) {
            mortality.decline[age] = fall;
        }
        const SpDeathYear *start = sp_death_years_find(years, origin);
        survivors(&mortality, NULL, start, horizon, got);
        survivors(&mortality, years, start, horizon, want);
        for (gsize band = 0; band < N_OLD_BANDS; band++) {
            error[band] += 100 * fabs(got[band] / want[band] - 1);
        }
    }
    for (gsize band = 0; band < N_OLD_BANDS; band++) {
        error[band] /= n;
    }
}

/* Against a fall of 1.5 % a year at every age: better at 67-79 and 80+, where the people are. */
static void fall_that_was_seen_beats_a_fixed_one(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(SpTable) table = fixture_shared_deaths(shared);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) years = sp_death_years_new(table, 2024, &error);
    assert_no_error(error);
    for (guint horizon = 6; horizon <= 10; horizon += 4) {
        double ours[N_OLD_BANDS], fixed[N_OLD_BANDS];
        roll(years, table, horizon, -1.0, ours);
        roll(years, table, horizon, 0.015, fixed);
        print_message("%u years on, error at 67-79/80+/90+: %.2f/%.2f/%.2f, fall of 1.5 %%: "
                      "%.2f/%.2f/%.2f\n",
                      horizon, ours[0], ours[1], ours[2], fixed[0], fixed[1], fixed[2]);
        assert_true(ours[0] < fixed[0] && ours[1] < fixed[1]);
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
        cmocka_unit_test(two_bad_years_at_the_end_do_not_turn_the_fall),
        cmocka_unit_test(sexes_fall_alike),
        cmocka_unit_test(norwegian_life_goes_on_getting_longer),
        cmocka_unit_test(fall_that_was_seen_beats_a_fixed_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
