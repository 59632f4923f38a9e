/* Partitioning around medoids against R's cluster::pam (golden set 14), and by hand. */
#include "tests/transforms/vary/alike/comparators.h"

#include "transforms/vary/alike/medoids.h"

static void six_groups_agree_with_r(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autofree double *distance = g_new(double, (gsize)COMPARED *COMPARED);
    g_autofree SpReal *silhouette = g_new(SpReal, COMPARED);
    g_autoptr(GPtrArray) input = comparators_read(folder, distance);
    g_autoptr(GPtrArray) wanted = golden_read(folder, "14_comparators/expected.csv");
    g_autoptr(GPtrArray) summary = golden_read(folder, "14_comparators/expected_summary.csv");
    const gsize k = (gsize)golden_number(summary, 1, 0);
    g_autoptr(SpMedoids) medoids = sp_medoids_new(COMPARED, distance, k);
    double mean = 0.0;
    sp_medoids_silhouette(medoids, COMPARED, distance, silhouette);
    assert_near(medoids->build, golden_number(summary, 1, 1), 1e-9);
    assert_near(medoids->swapped, golden_number(summary, 1, 2), 1e-9);
    for (guint i = 0; i < COMPARED; i++) {
        const gsize medoid = medoids->medoid[medoids->group[i]];
        assert_string_equal(golden_text(input, (guint)medoid + 1, 0),
                            golden_text(wanted, i + 1, 7));
        assert_golden(silhouette[i], golden_text(wanted, i + 1, 8), 1e-9);
        mean += silhouette[i].value / COMPARED;
    }
    assert_near(mean, golden_number(summary, 1, 3), 1e-9);
}

/* 0, 1, 2 and 10, 11, 13 on a line: the middles, 1 and 11, with distances of 1, 0, 1, 1, 0, 2. */
static void two_heaps_get_their_middles(void **state)
{
    (void)state;
    const double z[] = {0.0, 1.0, 2.0, 10.0, 11.0, 13.0};
    double distance[36];
    SpReal silhouette[6];
    sp_alike_distances(6, 1, z, distance);
    g_autoptr(SpMedoids) medoids = sp_medoids_new(6, distance, 2);
    assert_int_equal(medoids->medoid[0], 1);
    assert_int_equal(medoids->medoid[1], 4);
    assert_near(medoids->swapped, 5.0 / 6.0, 1e-15);
    assert_int_equal(medoids->group[2], 0);
    assert_int_equal(medoids->group[3], 1);
    sp_medoids_silhouette(medoids, 6, distance, silhouette);
    /* Area 0: to its own (1 + 2) / 2, to the others (10 + 11 + 13) / 3. */
    assert_near(silhouette[0].value, 1.0 - 1.5 / (34.0 / 3.0), 1e-14);
}

/* No single exchange can be better than the result: checked by trying each. */
static void no_exchange_makes_the_distances_less(void **state)
{
    (void)state;
    enum { N = 30, K = 4 };
    double z[2 * N];
    static double distance[N * N];
    for (int i = 0; i < 2 * N; i++) {
        z[i] = (double)((i * 7919 + 13) % 101);
    }
    sp_alike_distances(N, 2, z, distance);
    g_autoptr(SpMedoids) medoids = sp_medoids_new(N, distance, K);
    assert_true(medoids->swapped <= medoids->build);
    for (int out = 0; out < K; out++) {
        for (gsize in = 0; in < N; in++) {
            double sum = 0.0;
            for (gsize j = 0; j < N; j++) {
                double nearest = distance[in * N + j];
                for (int g = 0; g < K; g++) {
                    nearest =
                        g == out ? nearest : fmin(nearest, distance[medoids->medoid[g] * N + j]);
                }
                sum += nearest / N;
            }
            assert_true(sum >= medoids->swapped - 1e-9);
        }
    }
}

static void one_group_has_no_silhouette_and_an_area_alone_has_zero(void **state)
{
    (void)state;
    const double z[] = {0.0, 1.0, 9.0};
    double distance[9];
    SpReal silhouette[3];
    sp_alike_distances(3, 1, z, distance);
    g_autoptr(SpMedoids) one = sp_medoids_new(3, distance, 1);
    g_autoptr(SpMedoids) two = sp_medoids_new(3, distance, 2);
    g_autoptr(SpMedoids) all = sp_medoids_new(3, distance, 3);
    sp_medoids_silhouette(one, 3, distance, silhouette);
    assert_int_equal(one->medoid[0], 1);
    assert_int_equal(silhouette[0].status, SP_MISSING);
    sp_medoids_silhouette(two, 3, distance, silhouette);
    assert_int_equal(silhouette[2].status, SP_ZERO);
    assert_near(all->swapped, 0.0, 0.0);
}

static void areas_in_one_place_are_grouped_without_end(void **state)
{
    (void)state;
    const double z[] = {5.0, 5.0, 5.0, 5.0};
    double distance[16];
    SpReal silhouette[4];
    sp_alike_distances(4, 1, z, distance);
    g_autoptr(SpMedoids) medoids = sp_medoids_new(4, distance, 2);
    sp_medoids_silhouette(medoids, 4, distance, silhouette);
    assert_near(medoids->swapped, 0.0, 0.0);
    assert_int_equal(silhouette[0].status, SP_MISSING); /* the second group has nobody */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_groups_agree_with_r),
        cmocka_unit_test(two_heaps_get_their_middles),
        cmocka_unit_test(no_exchange_makes_the_distances_less),
        cmocka_unit_test(one_group_has_no_silhouette_and_an_area_alone_has_zero),
        cmocka_unit_test(areas_in_one_place_are_grouped_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
