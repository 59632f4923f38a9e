/* Moran's I: golden set 16 (spdep), all permutations of a small map, islands, flat maps. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/spread/moran.h"

/* 0 - 1 - 2 - 3 in a row, each border both ways. */
static const SpLink row_of_four[] = {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {2, 3}, {3, 2}};
enum { N_ROW = G_N_ELEMENTS(row_of_four), MAX_LINKS = 500 };

static guint find_area(const GPtrArray *areas, const char *name)
{
    for (guint i = 1; i < areas->len; i++) {
        if (strcmp(golden_text(areas, i, 0), name) == 0) {
            return i - 1;
        }
    }
    fail_msg("no area %s", name);
    return 0;
}

static void lip_cancer_areas_agree_with_spdep(void **state)
{
    (void)state;
    double observed[GOLDEN_AREAS];
    double expected[GOLDEN_AREAS];
    double ratio[GOLDEN_AREAS];
    static SpLink links[MAX_LINKS];
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) areas = golden_read(folder, "16_moran/input.csv");
    g_autoptr(GPtrArray) borders = golden_read(folder, "16_moran/input_neighbours.csv");
    g_autoptr(GPtrArray) wanted = golden_read(folder, "16_moran/expected.csv");
    golden_areas(folder, observed, expected); /* the same areas as in set 05 */
    assert_int_equal(areas->len, GOLDEN_AREAS + 1);
    for (guint i = 0; i < GOLDEN_AREAS; i++) {
        assert_near(observed[i], golden_number(areas, i + 1, 1), 0.0);
        ratio[i] = observed[i] / expected[i];
    }
    assert_true(borders->len > 200 && borders->len <= MAX_LINKS);
    for (guint i = 1; i < borders->len; i++) {
        links[i - 1] = (SpLink){find_area(areas, golden_text(borders, i, 0)),
                                find_area(areas, golden_text(borders, i, 1))};
    }
    const gsize n_links = sp_links_tidy(borders->len - 1, links);

    const SpMoran moran = sp_moran(GOLDEN_AREAS, ratio, n_links, links);
    assert_golden(moran.value, golden_stat(wanted, "moran_I"), 1e-9);
    assert_golden(moran.expectation, golden_stat(wanted, "expectation"), 1e-9);
    assert_golden(moran.variance, golden_stat(wanted, "variance_randomisation"), 1e-9);
    assert_golden(moran.z, golden_stat(wanted, "z"), 1e-9);
    assert_golden_share(moran.p_greater, golden_stat(wanted, "p_greater"), 1e-9);
    assert_int_equal(moran.n_islands, 3); /* Orkney, Shetland, Western Isles */
    assert_golden(sp_moran_eb(GOLDEN_AREAS, observed, expected, n_links, links),
                  golden_stat(wanted, "ebi_moran"), 1e-9);
}

/* 1, 2, 3, 4 in a row: z is -1.5, -0.5, 0.5, 1.5 and each area's neighbours have the means -0.5,
 * -0.5, 0.5, 0.5; so I = 2 / 5. */
static void a_slope_is_alike_among_neighbours(void **state)
{
    (void)state;
    const double value[] = {1.0, 2.0, 3.0, 4.0};
    assert_near(sp_moran(4, value, N_ROW, row_of_four).value.value, 0.4, 1e-15);
}

/* The same row with an island of 10: it moves the mean to 4, so z is -3, -2, -1, 0 and 6, of which
 * the neighbours' means are -2, -2, -1 and -1; I = 11 / 50, and is expected among four areas. */
static void an_island_takes_part_in_the_mean_alone(void **state)
{
    (void)state;
    const double value[] = {1.0, 2.0, 3.0, 4.0, 10.0};
    const SpMoran moran = sp_moran(5, value, N_ROW, row_of_four);
    assert_near(moran.value.value, 0.22, 1e-15);
    assert_near(moran.expectation.value, -1.0 / 3.0, 1e-15);
    assert_int_equal(moran.n_islands, 1);
}

static void swap(double value[], gsize i, gsize j)
{
    const double kept = value[i];
    value[i] = value[j];
    value[j] = kept;
}

/* Sums of I and its square over all orders of value [from..5). */
static void permute(double value[], gsize from, double sums[3])
{
    static const SpLink links[] = {{0, 1}, {0, 4}, {1, 0}, {1, 2}, {2, 1}, {2, 4}, {3, 4}, {4, 0}};
    if (from == 5) {
        const double i = sp_moran(5, value, G_N_ELEMENTS(links), links).value.value;
        sums[0] += 1.0;
        sums[1] += i;
        sums[2] += i * i;
        return;
    }
    for (gsize i = from; i < 5; i++) {
        swap(value, from, i);
        permute(value, from + 1, sums);
        swap(value, from, i);
    }
}

/* One border counts one way alone. */
static void expectation_and_variance_are_those_of_all_permutations(void **state)
{
    (void)state;
    static const SpLink links[] = {{0, 1}, {0, 4}, {1, 0}, {1, 2}, {2, 1}, {2, 4}, {3, 4}, {4, 0}};
    double value[] = {0.3, 1.9, 1.1, 7.0, 2.4};
    double sums[3] = {0};
    const SpMoran moran = sp_moran(5, value, G_N_ELEMENTS(links), links);
    permute(value, 0, sums);
    const double mean = sums[1] / sums[0];
    assert_near(sums[0], 120.0, 0.0);
    assert_near(moran.expectation.value, mean, 1e-14);
    assert_near(moran.variance.value, sums[2] / sums[0] - mean * mean, 1e-14);
}

static void a_map_of_one_value_has_no_autocorrelation(void **state)
{
    (void)state;
    const double value[] = {0.1, 0.1, 0.1, 0.1};
    const double zero[] = {0.0, 0.0, 0.0, 0.0};
    const double expected[] = {1.0, 2.0, 3.0, 4.0};
    const SpMoran moran = sp_moran(4, value, N_ROW, row_of_four);
    assert_int_equal(moran.value.status, SP_MISSING);
    assert_int_equal(moran.p_greater.status, SP_MISSING);
    assert_int_equal(sp_moran_eb(4, zero, expected, N_ROW, row_of_four).status, SP_MISSING);
}

static void nothing_but_islands_has_none_either(void **state)
{
    (void)state;
    const double value[] = {1.0, 2.0, 3.0, 4.0};
    const SpMoran moran = sp_moran(4, value, 0, NULL);
    assert_int_equal(moran.value.status, SP_MISSING);
    assert_int_equal(moran.n_islands, 4);
    assert_int_equal(sp_moran_eb(4, value, value, 0, NULL).status, SP_MISSING);
}

static void three_areas_are_too_few(void **state)
{
    (void)state;
    const double value[] = {1.0, 2.0, 3.0, 4.0};
    assert_int_equal(sp_moran(4, value, 4, row_of_four).value.status, SP_MISSING);
}

static void links_are_put_in_order_without_doubles_and_loops(void **state)
{
    (void)state;
    SpLink links[] = {{2, 0}, {0, 1}, {1, 1}, {0, 1}, {0, 0}};
    assert_int_equal(sp_links_tidy(G_N_ELEMENTS(links), links), 2);
    assert_int_equal(links[0].from, 0);
    assert_int_equal(links[0].to, 1);
    assert_int_equal(links[1].from, 2);
    assert_int_equal(links[1].to, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lip_cancer_areas_agree_with_spdep),
        cmocka_unit_test(a_slope_is_alike_among_neighbours),
        cmocka_unit_test(an_island_takes_part_in_the_mean_alone),
        cmocka_unit_test(expectation_and_variance_are_those_of_all_permutations),
        cmocka_unit_test(a_map_of_one_value_has_no_autocorrelation),
        cmocka_unit_test(nothing_but_islands_has_none_either),
        cmocka_unit_test(three_areas_are_too_few),
        cmocka_unit_test(links_are_put_in_order_without_doubles_and_loops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
