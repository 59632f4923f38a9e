/* Chance in a sum of positions: known spreads, and positions drawn. */
#include "tests/core/rows.h"

#include "core/random.h"
#include "transforms/vary/positions.h"

#include <math.h>

static void full_positions_are_as_persons(void **state)
{
    (void)state;
    const SpPositions all_full = {.aarsverk = 40.0, .persons = 40.0, .full = 40.0};
    assert_near(sp_positions_dispersion(&all_full), 1.0, 0.0);
}

/* Everybody at one half, none small or full: between the mean 0.5 and 1, and what is left of doubt
 * is the spread, which the three groups do not tell. */
static void dispersion_lies_between_the_mean_position_and_one(void **state)
{
    (void)state;
    const SpPositions halves = {.aarsverk = 20.0, .persons = 40.0};
    const double found = sp_positions_dispersion(&halves);
    assert_true(found >= 0.5 && found <= 1.0);
    const SpPositions above = {.aarsverk = 50.0, .persons = 40.0, .full = 40.0};
    assert_near(sp_positions_dispersion(&above), 1.0, 0.0);
    const SpPositions nobody = {0};
    assert_near(sp_positions_dispersion(&nobody), 1.0, 0.0);
}

/* Uniform on (0, 1): E[p^2] / E[p] = (1/3) / (1/2); a quarter of them is below 0.25. */
static void even_spread_has_two_thirds(void **state)
{
    (void)state;
    const SpPositions even = {.aarsverk = 200.0, .persons = 400.0, .small = 100.0};
    assert_near(sp_positions_dispersion(&even), 2.0 / 3.0, 1e-12);
}

/* Positions as a kommune may have them: 45 in 100 full, the rest in steps. The estimate sees the
 * three groups alone; the truth is summed over all positions. Below 2 % off. */
static void estimate_from_three_groups_is_near_the_truth_of_drawn_positions(void **state)
{
    (void)state;
    static const double sizes[] = {1.0, 1.0, 1.0,  1.0, 1.0, 1.0, 1.0, 1.0,  1.0, 0.9,
                                   0.8, 0.8, 0.75, 0.7, 0.6, 0.5, 0.5, 0.35, 0.2, 0.1};
    SpPositions seen = {0};
    double squares = 0.0;
    SpRandom random = sp_random_named(sp_random_seed(1), "positions");
    for (gsize i = 0; i < 20000; i++) {
        const double p = sizes[(gsize)(sp_random_uniform(random, i) * G_N_ELEMENTS(sizes))];
        seen.aarsverk += p;
        seen.persons += 1.0;
        seen.full += p >= 1.0 ? 1.0 : 0.0;
        seen.small += p < 0.25 ? 1.0 : 0.0;
        squares += p * p;
    }
    const double truth = squares / seen.aarsverk;
    assert_near(sp_positions_dispersion(&seen), truth, 0.02 * truth);
}

#define COLUMNS                                                                                    \
    "period:key region:key alder:key kjonn:key yrke:key aarsverk:sum personer:other heltid:other " \
    "smaa_stillinger:other"

static SpTable *positions(void)
{
    return TABLE(
        "alder_og_stabilitet", COLUMNS, "2023-12-01 0 000-105 0 sykepleier 1 2 0 0",
        "2024-12-01 0 000-105 0 sykepleier 80 100 40 5", "2024-12-01 0 000-105 0 jordmor 8 10 4 1",
        "2024-12-01 0 000-105 0 tot 700 900 300 90", "2024-12-01 0 000-105 1 sykepleier 20 25 20 1",
        "2024-12-01 15 000-105 0 sykepleier 20 25 20 1",
        "2024-12-01--2025-12-01 0 000-105 0 sykepleier . . . .");
}

static void newest_positions_of_the_country_are_summed_over_the_professions(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = positions();
    static const char *const both[] = {"jordmor", "sykepleier", NULL};
    SpPositions found = {0};
    assert_true(sp_positions_read(table, both, &found, &error));
    assert_near(found.aarsverk, 88.0, 1e-12);
    assert_near(found.persons, 110.0, 0.0);
    assert_near(found.full, 44.0, 0.0);
    assert_near(found.small, 6.0, 0.0);
    assert_true(sp_positions_read(table, NULL, &found, &error));
    assert_near(found.persons, 900.0, 0.0);
}

static void professions_that_are_not_there_have_no_positions(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = positions();
    static const char *const none[] = {"lege", NULL};
    SpPositions found = {0};
    assert_false(sp_positions_read(table, none, &found, &error));
    assert_false(sp_positions_read(NULL, NULL, &found, &error));
    assert_no_error(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_positions_are_as_persons),
        cmocka_unit_test(dispersion_lies_between_the_mean_position_and_one),
        cmocka_unit_test(even_spread_has_two_thirds),
        cmocka_unit_test(estimate_from_three_groups_is_near_the_truth_of_drawn_positions),
        cmocka_unit_test(newest_positions_of_the_country_are_summed_over_the_professions),
        cmocka_unit_test(professions_that_are_not_there_have_no_positions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
