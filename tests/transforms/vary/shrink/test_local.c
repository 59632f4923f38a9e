/* Local shrinkage: groups and neighbourhoods. */
#include "tests/check.h"

#include "transforms/vary/shrink/local.h"
#include "transforms/vary/shrink/marshall.h"

/* Areas 0 and 2: 0 and 3 where 1.5 are expected of each. Their ratios spread by 1 about 1, chance
 * gives 2/3, so each goes a third of its way. Areas 1 and 3: alike. 4 takes no part. */
static const double observed[] = {0.0, 20.0, 3.0, 10.0, 7.0};
static const double expected[] = {1.5, 10.0, 1.5, 5.0, 0.0};
static const SpCounts counts = {
    .n = 5, .observed = observed, .expected = expected, .variance = expected};

static void groups_are_shrunk_to_their_own_ratio_by_their_own_variance(void **state)
{
    (void)state;
    const guint group[] = {1, 0, 1, 0, 1};
    SpReal shrunk[5];
    sp_shrink_in_groups(&counts, group, 2, shrunk);
    assert_near(shrunk[0].value, 2.0 / 3.0, 1e-15);
    assert_near(shrunk[2].value, 4.0 / 3.0, 1e-15);
    assert_near(shrunk[1].value, 2.0, 1e-15);
    assert_near(shrunk[3].value, 2.0, 1e-15);
    assert_int_equal(shrunk[4].status, SP_MISSING);
}

static void all_in_one_group_are_shrunk_as_the_country(void **state)
{
    (void)state;
    const guint group[] = {0, 0, 0, 0, 0};
    SpReal local[5];
    SpReal global[5];
    sp_shrink_in_groups(&counts, group, 1, local);
    (void)sp_shrink_marshall(5, observed, expected, expected, global);
    for (gsize i = 0; i < 5; i++) {
        assert_int_equal(local[i].status, global[i].status);
        assert_near(local[i].value, global[i].value, 1e-15);
    }
}

static void alone_in_a_group_there_is_nobody_to_borrow_from(void **state)
{
    (void)state;
    const guint group[] = {0, 1, 0, 2, 1};
    SpReal shrunk[5];
    sp_shrink_in_groups(&counts, group, 3, shrunk);
    assert_int_equal(shrunk[1].status, SP_MISSING); /* 4 is in its group but takes no part */
    assert_int_equal(shrunk[3].status, SP_MISSING);
    assert_int_equal(shrunk[0].status, SP_PRESENT);
}

static void neighbourhoods_are_each_areas_own(void **state)
{
    (void)state;
    /* 0 has 2, and 2 has 0 and 1; 3 has only one that takes no part; 1 is an island. */
    const SpLink links[] = {{0, 2}, {2, 0}, {2, 1}, {3, 4}, {4, 3}};
    const double near_observed[] = {3.0, 0.0, 20.0};
    const double near_expected[] = {1.5, 1.5, 10.0};
    SpReal shrunk[5];
    SpReal near[3];
    sp_shrink_among_neighbours(&counts, G_N_ELEMENTS(links), links, shrunk);
    (void)sp_shrink_marshall(3, near_observed, near_expected, near_expected, near);
    assert_near(shrunk[0].value, 2.0 / 3.0, 1e-15);
    assert_near(shrunk[2].value, near[0].value, 1e-15);
    assert_int_equal(shrunk[1].status, SP_MISSING);
    assert_int_equal(shrunk[3].status, SP_MISSING);
    assert_int_equal(shrunk[4].status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_shrunk_to_their_own_ratio_by_their_own_variance),
        cmocka_unit_test(all_in_one_group_are_shrunk_as_the_country),
        cmocka_unit_test(alone_in_a_group_there_is_nobody_to_borrow_from),
        cmocka_unit_test(neighbourhoods_are_each_areas_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
