/* Quantiles by selection against a full sort. */
#include "tests/check.h"

#include "core/quantile.h"
#include "core/random.h"

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* Hyndman and Fan (1996), definition 7, on values in order. */
static double type_7(gsize n, const float sorted[], double share)
{
    double place = (double)(n - 1) * share;
    gsize below = (gsize)place;
    double over = place - (double)below;
    return over > 0 ? (1 - over) * (double)sorted[below] + over * (double)sorted[below + 1]
                    : (double)sorted[below];
}

static void assert_as_sorted(gsize n, const float values[])
{
    g_autofree float *sorted = g_memdup2(values, n * sizeof *values);
    g_autofree float *moved = g_memdup2(values, n * sizeof *values);
    double quantiles[SP_N_QUANTILES];
    qsort(sorted, n, sizeof *sorted, by_value);
    sp_quantiles(n, moved, SP_N_QUANTILES, sp_quantile_shares, quantiles);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        double want = type_7(n, sorted, sp_quantile_shares[i]);
        assert_near(quantiles[i], want, 1e-12 * (1 + fabs(want)));
    }
}

/* R: quantile(c(1, 2, 3, 4, 10), c(.05, .1, .25, .5, .75, .9, .95)), type 7, by hand: h = 4 p. */
static void five_values_by_hand(void **state)
{
    (void)state;
    float values[] = {10, 3, 1, 4, 2};
    static const double want[] = {1.2, 1.4, 2, 3, 4, 7.6, 8.8};
    double quantiles[SP_N_QUANTILES];
    sp_quantiles(5, values, SP_N_QUANTILES, sp_quantile_shares, quantiles);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        assert_near(quantiles[i], want[i], 1e-12);
    }
}

static void any_number_of_values_is_as_sorted(void **state)
{
    (void)state;
    SpRandom random = sp_random_seed(7);
    float values[1000];
    for (gsize n = 1; n <= 1000; n += n < 30 ? 1 : 97) {
        for (gsize i = 0; i < n; i++) {
            values[i] = (float)sp_random_uniform(sp_random_numbered(random, n), i);
        }
        assert_as_sorted(n, values);
    }
}

static void equal_rising_and_falling_values_are_as_sorted(void **state)
{
    (void)state;
    float equal[501], rising[501], falling[501], few[501];
    for (gsize i = 0; i < 501; i++) {
        equal[i] = 3.5F;
        rising[i] = (float)i;
        falling[i] = -(float)i;
        few[i] = (float)(i * 7 % 3);
    }
    assert_as_sorted(501, equal);
    assert_as_sorted(501, rising);
    assert_as_sorted(501, falling);
    assert_as_sorted(501, few);
}

/* Values that do not spread evenly, or not at all, or so far that the distance is no number. */
static void any_shape_is_as_sorted(void **state)
{
    (void)state;
    SpRandom random = sp_random_seed(9);
    float tail[1000], lump[1000], far[1000], near[1000], outlier[1000];
    for (gsize i = 0; i < 1000; i++) {
        float uniform = (float)sp_random_uniform(random, i);
        tail[i] = 1.0F / (uniform + 1e-6F) - 500.0F;
        lump[i] = uniform < 0.6F ? 0.0F : uniform;
        far[i] = (uniform - 0.5F) * 2.0F * 3e38F;
        near[i] = 1.0F + (uniform < 0.5F ? 0.0F : 1.1920929e-7F);
        outlier[i] = i == 17 ? 1e30F : uniform;
    }
    assert_as_sorted(1000, tail);
    assert_as_sorted(1000, lump);
    assert_as_sorted(1000, far);
    assert_as_sorted(1000, near);
    assert_as_sorted(1000, outlier);
}

/* More shares than the buckets have room for. */
static void many_shares_are_as_sorted(void **state)
{
    (void)state;
    enum { N = 1000, N_SHARES = 21 };
    float values[N], sorted[N];
    double shares[N_SHARES], quantiles[N_SHARES];
    for (gsize i = 0; i < N; i++) {
        values[i] = sorted[i] = (float)sp_random_uniform(sp_random_seed(10), i);
    }
    for (gsize i = 0; i < N_SHARES; i++) {
        shares[i] = (double)i / (N_SHARES - 1);
    }
    qsort(sorted, N, sizeof *sorted, by_value);
    sp_quantiles(N, values, N_SHARES, shares, quantiles);
    for (gsize i = 0; i < N_SHARES; i++) {
        assert_near(quantiles[i], type_7(N, sorted, shares[i]), 1e-12);
    }
}

static void order_of_values_is_not_seen(void **state)
{
    (void)state;
    SpRandom random = sp_random_seed(8);
    float values[257], turned[257];
    for (gsize i = 0; i < 257; i++) {
        values[i] = (float)sp_random_uniform(random, i);
        turned[256 - i] = values[i];
    }
    double a[SP_N_QUANTILES], b[SP_N_QUANTILES];
    sp_quantiles(257, values, SP_N_QUANTILES, sp_quantile_shares, a);
    sp_quantiles(257, turned, SP_N_QUANTILES, sp_quantile_shares, b);
    assert_memory_equal(a, b, sizeof a);
}

static void ends_are_the_least_and_the_greatest(void **state)
{
    (void)state;
    float values[] = {5, 9, 7, 8};
    const double shares[] = {0, 1};
    double quantiles[2];
    sp_quantiles(4, values, 2, shares, quantiles);
    assert_near(quantiles[0], 5, 0);
    assert_near(quantiles[1], 9, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_values_by_hand),
        cmocka_unit_test(any_number_of_values_is_as_sorted),
        cmocka_unit_test(equal_rising_and_falling_values_are_as_sorted),
        cmocka_unit_test(any_shape_is_as_sorted),
        cmocka_unit_test(many_shares_are_as_sorted),
        cmocka_unit_test(order_of_values_is_not_seen),
        cmocka_unit_test(ends_are_the_least_and_the_greatest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
