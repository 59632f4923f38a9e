/* Strata of a cube: by hand. */
#include "tests/transforms/protect/cubes.h"

static void cells_of_a_stratum_differ_in_one_dimension_alone(void **state)
{
    const guint32 n_codes[] = {2, 3, 2};
    const guint32 along_second[] = {0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3};
    const guint32 along_last[] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
    guint32 stratum[12];
    g_autoptr(TestCube) test = full_cube(n_codes, 3);
    (void)state;
    assert_int_equal(sp_cube_strata(&test->cube, 1, stratum), 4);
    assert_memory_equal(stratum, along_second, sizeof along_second);
    assert_int_equal(sp_cube_strata(&test->cube, 2, stratum), 6);
    assert_memory_equal(stratum, along_last, sizeof along_last);
}

static void a_stratum_has_its_number_whatever_the_order_of_cells(void **state)
{
    const guint32 n_codes[] = {3, 2};
    const guint32 region[] = {2, 0, 2, 0}; /* none of the second */
    const guint32 sex[] = {0, 1, 1, 0};
    const guint32 *const code[] = {region, sex};
    const SpCube cube = {4, 2, n_codes, code};
    const guint32 along_sex[] = {1, 0, 1, 0};
    guint32 stratum[4];
    (void)state;
    assert_int_equal(sp_cube_strata(&cube, 1, stratum), 2);
    assert_memory_equal(stratum, along_sex, sizeof along_sex);
}

static void a_single_dimension_is_one_stratum(void **state)
{
    const guint32 n_codes[] = {3};
    const guint32 one[] = {0, 0, 0};
    guint32 stratum[3];
    g_autoptr(TestCube) test = full_cube(n_codes, 1);
    (void)state;
    assert_int_equal(sp_cube_strata(&test->cube, 0, stratum), 1);
    assert_memory_equal(stratum, one, sizeof one);
}

static void no_cells_have_no_strata(void **state)
{
    const guint32 n_codes[] = {0, 0};
    const guint32 *const code[] = {NULL, NULL};
    const SpCube cube = {0, 2, n_codes, code};
    guint32 stratum[1];
    (void)state;
    assert_int_equal(sp_cube_strata(&cube, 0, stratum), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_of_a_stratum_differ_in_one_dimension_alone),
        cmocka_unit_test(a_stratum_has_its_number_whatever_the_order_of_cells),
        cmocka_unit_test(a_single_dimension_is_one_stratum),
        cmocka_unit_test(no_cells_have_no_strata),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
