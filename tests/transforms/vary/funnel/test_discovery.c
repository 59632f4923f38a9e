/* False discovery: the example its authors published, ties, gaps. */
#include "tests/check.h"

#include "transforms/vary/funnel/discovery.h"

enum { N_PUBLISHED = 15 };

/* Benjamini and Hochberg, J R Stat Soc B 1995;57:289-300, section 3.1: at 0.05 the first four are
 * rejected, Bonferroni would reject three. */
static void four_of_fifteen_are_discoveries_as_published(void **state)
{
    (void)state;
    const double published[N_PUBLISHED] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201,
                                           0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
                                           0.4262, 0.5719, 0.6528, 0.7590, 1.0};
    SpReal p[N_PUBLISHED];
    SpReal q[N_PUBLISHED];
    gsize n_found = 0;
    for (gsize i = 0; i < N_PUBLISHED; i++) {
        p[i] = sp_real(published[N_PUBLISHED - 1 - i]); /* the order must not matter */
    }
    sp_discovery(N_PUBLISHED, p, q);
    for (gsize i = 0; i < N_PUBLISHED; i++) {
        n_found += q[i].value <= 0.05 ? 1 : 0;
    }
    assert_int_equal(n_found, 4);
    assert_near(q[N_PUBLISHED - 4].value, 0.0095 * 15.0 / 4.0, 1e-15);
    assert_near(q[N_PUBLISHED - 5].value, 0.0201 * 15.0 / 5.0, 1e-15);
    assert_near(q[0].value, 1.0, 0.0);
}

/* 0.04 is the third of four: 0.04 * 4 / 3; but the fourth has 0.041. */
static void a_smaller_p_never_has_a_larger_q(void **state)
{
    (void)state;
    const SpReal p[] = {sp_real(0.04), sp_real(0.041), sp_real(0.04), sp_real(0.03)};
    SpReal q[4];
    sp_discovery(4, p, q);
    for (gsize i = 0; i < 4; i++) {
        assert_near(q[i].value, 0.041, 1e-15);
    }
}

static void figures_that_are_not_there_are_not_of_the_family(void **state)
{
    (void)state;
    const SpReal p[] = {sp_real(0.02), sp_real_none(SP_SUPPRESSED), sp_real(0.5),
                        sp_real_none(SP_MISSING)};
    SpReal q[4];
    sp_discovery(4, p, q);
    assert_near(q[0].value, 0.04, 1e-15);
    assert_int_equal(q[1].status, SP_SUPPRESSED);
    assert_near(q[2].value, 0.5, 0.0);
    assert_int_equal(q[3].status, SP_MISSING);
    sp_discovery(0, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_of_fifteen_are_discoveries_as_published),
        cmocka_unit_test(a_smaller_p_never_has_a_larger_q),
        cmocka_unit_test(figures_that_are_not_there_are_not_of_the_family),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
