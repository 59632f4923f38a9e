/* The matrix from residence to workplace. */
#include "tests/check.h"

#include "transforms/project/supply/commuting.h"

static const char *const names[2] = {"1101", "1102"};
static const guint market[3] = {0, 0, 1};
static const double people[3] = {300, 100, 100};

static SpCommuting commuting_of(const double supply[2], const double target[3], double blend)
{
    return (SpCommuting){.names = names,
                         .n_markets = 2,
                         .n_kommuner = 3,
                         .market = market,
                         .supply = supply,
                         .target = target,
                         .people = people,
                         .blend = blend,
                         .least = 0.01};
}

static void both_margins_are_met(void **state)
{
    (void)state;
    static const double supply[2] = {100, 50}, target[3] = {50, 60, 20};
    double seed[6] = {60, 30, 10, 5, 5, 90};
    SpCommuting commuting = commuting_of(supply, target, 0.05);
    double factor[2];
    g_autoptr(GError) error = NULL;
    assert_true(sp_commuting_seed(&commuting, seed, &error));
    assert_true(sp_commuting_rake(&commuting, seed, factor, &error));
    assert_no_error(error);
    assert_near(factor[0], 1, 0);
    assert_near(factor[1], 1, 0);
    for (gsize u = 0; u < 3; u++) {
        assert_near(100 * seed[u] + 50 * seed[3 + u], target[u] * 150 / 130, 1e-6);
    }
    assert_near(seed[0] + seed[1] + seed[2], 1, 1e-9);
}

static void a_place_without_commuters_is_still_reached(void **state)
{
    (void)state;
    static const double supply[2] = {100, 50}, target[3] = {90, 10, 50};
    double seed[6] = {100, 0, 0, 0, 0, 100};
    SpCommuting commuting = commuting_of(supply, target, 0.05);
    double factor[2];
    g_autoptr(GError) error = NULL;
    assert_true(sp_commuting_seed(&commuting, seed, &error));
    assert_true(sp_commuting_rake(&commuting, seed, factor, &error));
    assert_near(factor[1], 1, 0);
    assert_near(seed[1], 0.1, 1e-6);
}

static void where_too_few_commute_supply_gives_way(void **state)
{
    (void)state;
    static const double supply[2] = {100, 50}, target[3] = {10, 0, 140};
    double seed[6] = {100, 0, 0, 0, 0, 100};
    SpCommuting commuting = commuting_of(supply, target, 0.05);
    double factor[2];
    g_autoptr(GError) error = NULL;
    assert_true(sp_commuting_seed(&commuting, seed, &error));
    assert_true(sp_commuting_rake(&commuting, seed, factor, &error));
    assert_near(factor[0], 0.1, 1e-6);
    assert_near(factor[1], 2.8, 1e-6);
    assert_near(100 * factor[0] * seed[0], 10, 1e-6);
    assert_near(seed[0] + seed[1] + seed[2], 1, 1e-12);
    assert_near(seed[3] + seed[4] + seed[5], 1, 1e-12);
}

static void without_a_target_the_own_part_goes_by_people(void **state)
{
    (void)state;
    static const double supply[2] = {100, 50}, target[3] = {0, 0, 0};
    double seed[6] = {60, 30, 10, 5, 5, 90};
    SpCommuting commuting = commuting_of(supply, target, 0.05);
    double factor[2];
    g_autoptr(GError) error = NULL;
    assert_true(sp_commuting_seed(&commuting, seed, &error));
    assert_true(sp_commuting_rake(&commuting, seed, factor, &error));
    assert_near(seed[0], 0.95 * 0.6 + 0.05 * 0.75, 1e-12);
    assert_near(seed[1], 0.95 * 0.3 + 0.05 * 0.25, 1e-12);
}

static void a_row_that_does_not_sum_is_an_error_naming_it(void **state)
{
    (void)state;
    static const double supply[2] = {100, 50}, target[3] = {50, 60, 20};
    SpCommuting commuting = commuting_of(supply, target, 0.05);
    double factor[2];
    double nobody[6] = {1, 0, 0, 0, 0, 0}, wrong[6] = {1, 0, 0, 0.5, 0, 0};
    double negative[6] = {1, 0, 0, -1, 2, 0}, unknown[6] = {1, 0, 0, NAN, 0, 1};
    g_autoptr(GError) error = NULL;
    assert_false(sp_commuting_seed(&commuting, nobody, &error));
    assert_error(error, SP_ERROR_DATA, "1102");
    g_clear_error(&error);
    assert_false(sp_commuting_rake(&commuting, wrong, factor, &error));
    assert_error(error, SP_ERROR_DATA, "1102 sums to 0.5");
    g_clear_error(&error);
    assert_false(sp_commuting_seed(&commuting, negative, &error));
    assert_error(error, SP_ERROR_DATA, "1102");
    g_clear_error(&error);
    assert_false(sp_commuting_seed(&commuting, unknown, &error));
    assert_error(error, SP_ERROR_DATA, "1102");
}

static void small_streams_are_left_out(void **state)
{
    (void)state;
    static const double supply[2] = {100, 50}, target[3] = {50, 60, 20};
    double seed[6] = {990, 5, 5, 0, 0, 10};
    SpCommuting commuting = commuting_of(supply, target, 0.0);
    g_autoptr(GError) error = NULL;
    assert_true(sp_commuting_seed(&commuting, seed, &error));
    /* But not those to a kommune of the region itself. */
    assert_near(seed[2], 0, 0);
    assert_near(seed[1], 5.0 / 995, 1e-12);
    assert_near(seed[0], 990.0 / 995, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_margins_are_met),
        cmocka_unit_test(a_place_without_commuters_is_still_reached),
        cmocka_unit_test(where_too_few_commute_supply_gives_way),
        cmocka_unit_test(without_a_target_the_own_part_goes_by_people),
        cmocka_unit_test(a_row_that_does_not_sum_is_an_error_naming_it),
        cmocka_unit_test(small_streams_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
