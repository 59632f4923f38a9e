/* How far mortality wandered. */
#include "tests/transforms/project/fixture.h"

#include "core/normal.h"
#include "transforms/project/population/wander.h"

/* Death rates whose log falls by a line, plus noise of its own each year and steps that stay. */
static GArray *make_years(double yearly, double step, guint64 seed)
{
    static SpNormals normals;
    GArray *years = g_array_new(FALSE, TRUE, sizeof(SpDeathYear));
    float noise[80];
    double walked = 0;
    sp_normals_init(&normals);
    sp_normals_draw(&normals, sp_random_seed(seed), 0, 80, noise);
    for (guint i = 0; i < 40; i++) {
        SpDeathYear year = {.year = 1980 + (int)i};
        walked += step * (double)noise[i];
        double level = exp(-0.015 * i + walked + yearly * (double)noise[40 + i]);
        for (guint sex = 0; sex < SP_N_SEXES; sex++) {
            for (guint age = 0; age < SP_N_RATE_AGES; age++) {
                year.rate[sex][age] = 4e-5 * exp(0.09 * age) * level;
                year.exposure[sex][age] = 1e5;
                year.deaths[sex][age] = 1e5 * year.rate[sex][age];
            }
        }
        g_array_append_val(years, year);
    }
    return years;
}

static double mean_wander(double yearly, double step)
{
    double sum = 0;
    for (guint64 seed = 1; seed <= 20; seed++) {
        g_autoptr(GArray) years = make_years(yearly, step, seed);
        sum += sp_mortality_wander(years, 0) / 20;
    }
    return sum;
}

/* Noise around a line is no wandering; steps that stay are, the more the longer. */
static void steps_are_told_from_noise(void **state)
{
    (void)state;
    double of_noise = mean_wander(0.02, 0.0), of_steps = mean_wander(0.0, 0.02);
    print_message("wander of noise %.2f, of steps %.2f\n", of_noise, of_steps);
    assert_true(of_noise < 0.35);
    assert_true(of_steps > 3 * of_noise);
}

static void few_years_tell_nothing(void **state)
{
    (void)state;
    g_autoptr(GArray) years = make_years(0.0, 0.02, 1);
    g_array_set_size(years, SP_SLOPE_YEARS);
    assert_near(sp_mortality_wander(years, 1), 0, 0);
    g_array_set_size(years, 1);
    assert_near(sp_mortality_wander(years, 1), 0, 0);
}

/* 40 years judge forecasts from 25 of them, two and a half of ten years. */
static void what_is_assumed_counts_as_two_forecasts(void **state)
{
    (void)state;
    g_autoptr(GArray) years = make_years(0.0, 0.02, 3);
    double seen = sp_mortality_wander(years, 0) * sqrt(4.5 / 2.5);
    assert_true(seen > 0.1);
    assert_near(sp_mortality_wander(years, seen), seen, 1e-12);
    assert_near(sp_mortality_wander(years, 2 * seen), seen * sqrt((2 * 4 + 2.5) / 4.5), 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_told_from_noise),
        cmocka_unit_test(what_is_assumed_counts_as_two_forecasts),
        cmocka_unit_test(few_years_tell_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
