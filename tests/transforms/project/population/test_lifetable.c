/* Life expectancy against published figures and against what follows by hand. */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/population/lifetable.h"

/* Norway 2022: 84.35 years (women), 80.92 (men); rates of the Human Mortality Database, figures of
 * hmd-hfd-norge/README.md. */
static void life_expectancy_of_2022_is_the_published_one(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(SpTable) table = fixture_shared_deaths(shared);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) years = sp_death_years_new(table, 2024, &error);
    assert_no_error(error);
    const SpDeathYear *year = sp_death_years_find(years, 2022);
    assert_non_null(year);
    assert_near(sp_lifetable_expectancy(SP_WOMEN, SP_N_RATE_AGES, year->rate[SP_WOMEN]), 84.35,
                0.02);
    assert_near(sp_lifetable_expectancy(SP_MEN, SP_N_RATE_AGES, year->rate[SP_MEN]), 80.92, 0.02);
}

/* All die at rate 1 in the second half of life: with m = 2 from age 1, q = 1 and half a year is
 * lived there. */
static void certain_death_leaves_half_a_year(void **state)
{
    (void)state;
    const double rate[] = {0, 2, 2};
    assert_near(sp_lifetable_expectancy(SP_WOMEN, 3, rate), 1.5, 1e-12);
}

static void open_age_lasts_one_over_its_rate(void **state)
{
    (void)state;
    const double rate[] = {0, 0, 0.1};
    assert_near(sp_lifetable_expectancy(SP_MEN, 3, rate), 2 + 10, 1e-12);
}

static void ages_without_people_do_not_prolong_life(void **state)
{
    (void)state;
    const double rate[] = {0, 0, 0.1, 0, 0};
    assert_near(sp_lifetable_expectancy(SP_MEN, 5, rate), 2 + 10, 1e-12);
}

/* m0 = .01, women: a0 = .14903 - 2.05527 x .01, q0 = m0 / (1 + (1 - a0) m0). */
static void first_year_follows_andreev_and_kingkade(void **state)
{
    (void)state;
    const double rate[] = {0.01, 2};
    double lived = 0.14903 - 0.0205527;
    double dying = 0.01 / (1 + (1 - lived) * 0.01);
    assert_near(sp_lifetable_expectancy(SP_WOMEN, 2, rate),
                (1 - dying) + lived * dying + (1 - dying) / 2, 1e-12);
}

static void nobody_dying_is_infinite(void **state)
{
    (void)state;
    const double rate[] = {0, 0};
    assert_true(isinf(sp_lifetable_expectancy(SP_MEN, 2, rate)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(life_expectancy_of_2022_is_the_published_one),
        cmocka_unit_test(certain_death_leaves_half_a_year),
        cmocka_unit_test(open_age_lasts_one_over_its_rate),
        cmocka_unit_test(ages_without_people_do_not_prolong_life),
        cmocka_unit_test(first_year_follows_andreev_and_kingkade),
        cmocka_unit_test(nobody_dying_is_infinite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
