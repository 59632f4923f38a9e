/* Variances from squares. */
#include "tests/transforms/project/fixture.h"

#include "core/normal.h"
#include "transforms/project/moments.h"

enum { N_UNITS = 4000 };

/* Squares whose means are sums of three parts, one of which may be nothing. */
typedef struct {
    float normal[N_UNITS];
    double truth[3];
} Squares;

static void parts_of(gsize i, double parts[3])
{
    parts[0] = 1.0 + (double)(i % 7);
    parts[1] = 2.0;
    parts[2] = 2.0 / (1.0 + (double)(i % 5));
}

static void fill(SpMoments *moments, const double variances[], gpointer data)
{
    const Squares *squares = data;
    for (gsize i = 0; i < N_UNITS; i++) {
        double parts[3], mean = 0, z = (double)squares->normal[i];
        parts_of(i, parts);
        for (gsize k = 0; k < 3; k++) {
            mean += parts[k] * squares->truth[k];
        }
        sp_moments_add(moments, parts, mean * z * z, variances);
    }
}

static void fit(const double truth[3], double variances[3])
{
    static Squares squares;
    static SpNormals normals;
    gboolean is_settled;
    sp_normals_init(&normals);
    sp_normals_draw(&normals, sp_random_seed(7), 0, N_UNITS, squares.normal);
    memcpy(squares.truth, truth, sizeof squares.truth);
    for (gsize i = 0; i < 3; i++) {
        variances[i] = 1.0;
    }
    assert_true(sp_moments_fit(3, fill, &squares, variances, &is_settled));
    assert_true(is_settled);
}

static void variances_come_back(void **state)
{
    (void)state;
    const double truth[3] = {0.5, 1.0, 3.0};
    double variances[3];
    fit(truth, variances);
    assert_near(variances[0], 0.5, 0.12);
    assert_near(variances[1], 1.0, 0.5);
    assert_near(variances[2], 3.0, 0.7);
}

static void no_variance_is_below_nothing(void **state)
{
    (void)state;
    const double truth[3] = {0.0, 1.0, 0.0};
    double variances[3];
    fit(truth, variances);
    assert_true(variances[0] >= 0.0 && variances[0] < 0.05);
    assert_near(variances[1] + 0.45 * variances[2], 1.0, 0.15);
}

static void add_nothing(SpMoments *moments, const double variances[], gpointer data)
{
    (void)moments;
    (void)variances;
    (void)data;
}

static void without_squares_nothing_is_told(void **state)
{
    (void)state;
    double variances[2] = {1.0, 2.0};
    gboolean is_settled;
    assert_false(sp_moments_fit(2, add_nothing, NULL, variances, &is_settled));
    assert_near(variances[1], 2.0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variances_come_back),
        cmocka_unit_test(no_variance_is_below_nothing),
        cmocka_unit_test(without_squares_nothing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
