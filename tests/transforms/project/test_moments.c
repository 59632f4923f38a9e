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
        sp_moments_add(moments, parts, mean * z * z, 0.0, variances);
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

/* One square in fifty of a person, who is all there is; the others are nothing. Cut at 9 times
   their mean the person would count for a fifth, and the rounds would end at nothing. */
static void fill_single(SpMoments *moments, const double variances[], gpointer data)
{
    const double *single = data, part = 1.0;
    for (gsize i = 0; i < N_UNITS; i++) {
        sp_moments_add(moments, &part, i % 50 == 0 ? 1.0 : 0.0, *single, variances);
    }
}

static void squares_of_single_persons_are_not_cut(void **state)
{
    (void)state;
    double person = 1.0, none = 0.0, variance = 1.0, cut = 1.0;
    gboolean is_settled;
    assert_true(sp_moments_fit(1, fill_single, &person, &variance, &is_settled));
    assert_near(variance, 0.02, 0.02 * 0.006);
    assert_true(sp_moments_fit(1, fill_single, &none, &cut, &is_settled));
    assert_true(cut < 0.002);
}

/* Two squares of each, as two changes of steps.h: of 10 squares of 3 and an assumed 0.6,
   (2 0.6 + 10 3) / 12, where what is found is the larger; where it is the smaller what is assumed
   weighs by its own size. */
static void fill_assumed(SpMoments *moments, const double variances[], gpointer data)
{
    const double *seen = data, part = 1.0, assumed = 0.6, size = 0.6;
    for (gsize i = 0; i < 10; i++) {
        sp_moments_add(moments, &part, *seen, 0.0, variances);
    }
    sp_moments_assume(moments, &assumed, &size, variances);
}

static void what_is_assumed_counts_as_two(void **state)
{
    (void)state;
    double many = 3.0 * 0.9950075, nothing = 0.0, variance = 1.0;
    gboolean is_settled;
    assert_true(sp_moments_fit(1, fill_assumed, &many, &variance, &is_settled));
    assert_near(variance, (2 * 0.6 + 10 * 3) / 12, 1e-8);
    assert_true(sp_moments_fit(1, fill_assumed, &nothing, &variance, &is_settled));
    assert_near(variance, 0.0, 1e-8);
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
        cmocka_unit_test(squares_of_single_persons_are_not_cut),
        cmocka_unit_test(what_is_assumed_counts_as_two),
        cmocka_unit_test(without_squares_nothing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
