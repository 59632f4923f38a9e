/* Normal numbers in bulk: their distribution, and that a number is its key and index alone. */
#include "tests/check.h"

#include "core/normal.h"

enum { N = 1 << 20 };

static int make(void **state)
{
    SpNormals *normals = g_new(SpNormals, 1);
    sp_normals_init(normals);
    *state = normals;
    return 0;
}

static int forget(void **state)
{
    g_free(*state);
    return 0;
}

/* Limits are five standard errors: of the mean 1 / sqrt(n), of the variance sqrt(2 / n), of the
 * fourth power sqrt(96 / n). The slices cut the fourth power from 3 to 2.97. */
static void moments_are_those_of_the_normal_distribution(void **state)
{
    g_autofree float *z = g_new(float, N);
    sp_normals_draw(*state, sp_random_seed(1), 0, N, z);
    double mean = 0, square = 0, fourth = 0;
    for (gsize i = 0; i < N; i++) {
        double x = (double)z[i];
        mean += x / N;
        square += x * x / N;
        fourth += x * x * x * x / N;
    }
    assert_near(mean, 0, 5 / sqrt(N));
    assert_near(square, 1, 5 * sqrt(2.0 / N));
    assert_near(fourth, 2.985, 0.015 + 5 * sqrt(96.0 / N));
}

/* Shares below points of the published table of the distribution. */
static void shares_are_those_of_the_normal_distribution(void **state)
{
    static const struct {
        double z, below;
    } points[] = {{-2.326348, 0.01}, {-1.644854, 0.05}, {-0.674490, 0.25},
                  {0, 0.5},          {1.281552, 0.90},  {2.575829, 0.995}};
    g_autofree float *z = g_new(float, N);
    sp_normals_draw(*state, sp_random_seed(2), 0, N, z);
    for (gsize k = 0; k < G_N_ELEMENTS(points); k++) {
        double below = 0;
        for (gsize i = 0; i < N; i++) {
            below += (double)z[i] < points[k].z ? 1.0 / N : 0.0;
        }
        double p = points[k].below;
        assert_near(below, p, 5 * sqrt(p * (1 - p) / N) + 0.5 / SP_NORMALS_SIZE);
    }
}

static void table_is_symmetric_and_of_variance_one(void **state)
{
    const SpNormals *normals = *state;
    double square = 0;
    for (gsize i = 0; i < SP_NORMALS_SIZE; i++) {
        double x = (double)normals->middle[i];
        assert_near(x, -(double)normals->middle[SP_NORMALS_SIZE - 1 - i], 0);
        assert_true(i == 0 || normals->middle[i] > normals->middle[i - 1]);
        square += x * x / SP_NORMALS_SIZE;
    }
    assert_near(square, 1, 1e-6);
}

static void a_number_is_its_key_and_index_alone(void **state)
{
    float all[64], part[5];
    SpRandom key = sp_random_named(sp_random_seed(3), "a");
    sp_normals_draw(*state, key, 0, 64, all);
    sp_normals_draw(*state, key, 40, 5, part);
    assert_memory_equal(part, all + 40, sizeof part);
    sp_normals_draw(*state, sp_random_named(sp_random_seed(3), "b"), 40, 5, part);
    assert_memory_not_equal(part, all + 40, sizeof part);
}

static void neighbours_are_not_related(void **state)
{
    g_autofree float *z = g_new(float, N);
    sp_normals_draw(*state, sp_random_seed(4), 0, N, z);
    for (gsize lag = 1; lag <= 16; lag++) {
        double product = 0;
        for (gsize i = 0; i + lag < N; i++) {
            product += (double)z[i] * (double)z[i + lag] / N;
        }
        assert_near(product, 0, 5 / sqrt(N));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_those_of_the_normal_distribution),
        cmocka_unit_test(shares_are_those_of_the_normal_distribution),
        cmocka_unit_test(table_is_symmetric_and_of_variance_one),
        cmocka_unit_test(a_number_is_its_key_and_index_alone),
        cmocka_unit_test(neighbours_are_not_related),
    };
    return cmocka_run_group_tests(tests, make, forget);
}
