/* Nearest areas against R (golden set 14), and by hand. */
#include "tests/transforms/vary/alike/comparators.h"

static void five_nearest_agree_with_r(void **state)
{
    (void)state;
    enum { K = 5 };
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autofree double *distance = g_new(double, (gsize)COMPARED *COMPARED);
    g_autoptr(GPtrArray) input = comparators_read(folder, distance);
    g_autoptr(GPtrArray) wanted = golden_read(folder, "14_comparators/expected.csv");
    assert_int_equal(wanted->len, COMPARED + 1);
    for (gsize i = 0; i < COMPARED; i++) {
        gsize nearest[K];
        assert_int_equal(sp_alike_nearest(COMPARED, distance, i, K, nearest), K);
        for (guint k = 0; k < K; k++) {
            assert_string_equal(golden_text(input, (guint)nearest[k] + 1, 0),
                                golden_text(wanted, (guint)i + 1, k + 1));
        }
        assert_near(distance[i * COMPARED + nearest[0]], golden_number(wanted, (guint)i + 1, K + 1),
                    1e-12);
    }
}

/* 1, 2, 3 have mean 2 and sd 1; 10, 10, 40 mean 20 and sd sqrt(300). */
static void covariates_count_alike_whatever_their_units(void **state)
{
    (void)state;
    const double x[] = {1.0, 10.0, 2.0, 10.0, 3.0, 40.0};
    double z[6];
    double distance[9];
    sp_alike_standardise(3, 2, x, z);
    sp_alike_distances(3, 2, z, distance);
    assert_near(z[0], -1.0, 1e-15);
    assert_near(z[1], -10.0 / sqrt(300.0), 1e-15);
    assert_near(distance[1], 1.0, 1e-15);
    assert_near(distance[2], sqrt(4.0 + 900.0 / 300.0), 1e-15);
    assert_near(distance[6], distance[2], 0.0);
    assert_near(distance[4], 0.0, 0.0);
}

static void a_covariate_that_does_not_vary_tells_nobody_apart(void **state)
{
    (void)state;
    const double x[] = {0.1, 1.0, 0.1, 2.0, 0.1, 3.0};
    const double one[] = {4.0, 5.0};
    double z[6];
    sp_alike_standardise(3, 2, x, z);
    assert_near(z[0], 0.0, 0.0);
    assert_near(z[4], 0.0, 0.0);
    assert_near(z[5], 1.0, 1e-15);
    sp_alike_standardise(1, 2, one, z);
    assert_near(z[0], 0.0, 0.0);
}

static void of_two_as_near_the_first_is_nearest(void **state)
{
    (void)state;
    const double z[] = {0.0, 1.0, -1.0, 3.0, 0.5};
    double distance[25];
    gsize nearest[9];
    sp_alike_distances(5, 1, z, distance);
    assert_int_equal(sp_alike_nearest(5, distance, 0, 3, nearest), 3);
    assert_int_equal(nearest[0], 4);
    assert_int_equal(nearest[1], 1);
    assert_int_equal(nearest[2], 2);
    assert_int_equal(sp_alike_nearest(5, distance, 0, 9, nearest), 4);
    assert_int_equal(nearest[3], 3);
    assert_int_equal(sp_alike_nearest(5, distance, 0, 0, nearest), 0);
}

static void the_reason_is_the_covariate_in_which_they_are_nearest(void **state)
{
    (void)state;
    /* Apart by 0.5, 0, 0 and 0.1; in the third both are rare, in the second both are ordinary. */
    const double z[] = {1.0, 0.1, 2.5, -1.0, 1.5, 0.1, 2.5, -1.1};
    gsize reason[4];
    sp_alike_reasons(4, z, 0, 1, reason);
    assert_int_equal(reason[0], 2);
    assert_int_equal(reason[1], 1);
    assert_int_equal(reason[2], 3);
    assert_int_equal(reason[3], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_nearest_agree_with_r),
        cmocka_unit_test(covariates_count_alike_whatever_their_units),
        cmocka_unit_test(a_covariate_that_does_not_vary_tells_nobody_apart),
        cmocka_unit_test(of_two_as_near_the_first_is_nearest),
        cmocka_unit_test(the_reason_is_the_covariate_in_which_they_are_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
