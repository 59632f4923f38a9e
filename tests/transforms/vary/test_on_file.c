/* All measures on counts that anybody brings: golden set 05's edge cases, and what is undefined. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/on_file.h"

static const char *const names[] = {"a", "b", "c"};

static SpReal stat_of(const SpListing *listing, const char *name)
{
    gsize row = 0;
    if (!sp_listing_find(listing, name, &row)) {
        fail_msg("no statistic %s", name);
    }
    return sp_listing_figure(listing, row, 0);
}

static void edge_cases_agree_with_r(void **state)
{
    (void)state;
    enum { CASE, K, CV, EQ, SCV, GINI, MARSHALL_A };
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) input = golden_read(folder, "05_small_area_variation/edge_input.csv");
    g_autoptr(GPtrArray) wanted = golden_read(folder, "05_small_area_variation/edge_expected.csv");
    assert_int_equal(wanted->len, 4);
    for (guint i = 1; i < wanted->len; i++) {
        double observed[3];
        double expected[3];
        gsize n = 0;
        for (guint row = 1; row < input->len; row++) {
            if (strcmp(golden_text(input, row, 0), golden_text(wanted, i, CASE)) == 0) {
                assert_true(n < 3);
                observed[n] = golden_number(input, row, 1);
                expected[n++] = golden_number(input, row, 2);
            }
        }
        const SpOnFile file = {.n = n, .area = names, .observed = observed, .expected = expected};
        g_autoptr(SpListing) listing = sp_on_file_measures(&file);
        assert_golden(stat_of(listing, "k"), golden_text(wanted, i, K), 0.0);
        assert_golden(stat_of(listing, "cv_unweighted"), golden_text(wanted, i, CV), 1e-8);
        assert_golden(stat_of(listing, "scv_mcpherson"), golden_text(wanted, i, SCV), 1e-8);
        assert_golden(stat_of(listing, "gini_ratio"), golden_text(wanted, i, GINI), 1e-8);
        assert_golden(stat_of(listing, "marshall_a_var"), golden_text(wanted, i, MARSHALL_A), 1e-8);
        /* One area's quotient with itself is undefined here, as in variation.md. */
        assert_golden(stat_of(listing, "eq_max_min"), n == 1 ? "" : golden_text(wanted, i, EQ),
                      1e-8);
    }
}

static void assert_finite(const SpListing *listing)
{
    for (guint i = 0; i < listing->figures->len; i++) {
        const SpReal figure = g_array_index(listing->figures, SpReal, i);
        assert_true(isfinite(figure.value));
        assert_true(sp_real_is_number(figure) || figure.status == SP_MISSING);
    }
}

static void without_areas_nothing_but_the_sums_is_defined(void **state)
{
    (void)state;
    const SpLink links[] = {{0, 0}};
    const guint group[] = {0};
    const double none[] = {0.0};
    const SpOnFile file = {.n = 0,
                           .area = names,
                           .observed = none,
                           .expected = none,
                           .population = none,
                           .group = group,
                           .links = links};
    g_autoptr(SpListing) listing = sp_on_file_measures(&file);
    assert_finite(listing);
    for (guint i = 3; i < listing->labels->len; i++) { /* after k and the sums */
        assert_int_equal(sp_listing_figure(listing, i, 0).status, SP_MISSING);
    }
    g_autoptr(SpListing) areas = sp_on_file_areas(&file);
    assert_int_equal(areas->labels->len, 0);
    g_autoptr(SpListing) funnel = sp_on_file_funnel(&file, SP_SCALE_SHARE_ARCSINE);
    assert_int_equal(funnel->labels->len, 0);
}

static void nobody_anywhere_is_undefined_or_zero_never_a_nan(void **state)
{
    (void)state;
    const double observed[] = {0.0, 0.0, 0.0};
    const double expected[] = {1.0, 2.0, 3.0};
    const SpOnFile file = {.n = 3, .area = names, .observed = observed, .expected = expected};
    g_autoptr(SpListing) listing = sp_on_file_measures(&file);
    g_autoptr(SpListing) areas = sp_on_file_areas(&file);
    g_autoptr(SpListing) funnel = sp_on_file_funnel(&file, SP_SCALE_RATIO_LOG);
    assert_finite(listing);
    assert_finite(areas);
    assert_int_equal(stat_of(listing, "cv_unweighted").status, SP_MISSING);
    assert_int_equal(stat_of(listing, "scv_rescaled").status, SP_MISSING);
    assert_int_equal(stat_of(listing, "chisq_rescaled").status, SP_MISSING);
    assert_int_equal(stat_of(listing, "gini_ratio").status, SP_MISSING);
    assert_int_equal(stat_of(listing, "pg_eb_nu").status, SP_MISSING);
    assert_int_equal(stat_of(listing, "marshall_b").status, SP_ZERO);
    assert_int_equal(funnel->labels->len, 0); /* the log scale leaves them all out */
}

/* Areas of 2, 1 and 1 persons where 1 is expected, the first two in one group and neighbours. */
static void groups_and_neighbours_add_their_own_figures(void **state)
{
    (void)state;
    const double observed[] = {2.0, 1.0, 1.0};
    const double expected[] = {1.0, 1.0, 1.0};
    const guint group[] = {0, 0, 1};
    const SpLink links[] = {{0, 1}, {1, 0}};
    const SpOnFile file = {.n = 3,
                           .area = names,
                           .observed = observed,
                           .expected = expected,
                           .group = group,
                           .n_groups = 2,
                           .links = links,
                           .n_links = 2};
    g_autoptr(SpListing) listing = sp_on_file_measures(&file);
    g_autoptr(SpListing) areas = sp_on_file_areas(&file);
    assert_near(stat_of(listing, "theil_T_between").value +
                    stat_of(listing, "theil_T_within").value,
                stat_of(listing, "theil_T_weighted").value, 1e-15);
    assert_int_equal(stat_of(listing, "moran_I").status,
                     SP_MISSING); /* two areas with neighbours */
    assert_int_equal(areas->n_columns, 7);
    assert_string_equal(areas->columns[5], "marshall_group_eb");
    assert_string_equal(areas->columns[6], "marshall_neighbours_eb");
    assert_near(sp_listing_figure(areas, 0, 5).value, 1.5, 1e-15); /* no more than chance gives */
    assert_near(sp_listing_figure(areas, 1, 6).value, 1.5, 1e-15);
    assert_int_equal(sp_listing_figure(areas, 2, 5).status, SP_MISSING);
    assert_int_equal(sp_listing_figure(areas, 2, 6).status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edge_cases_agree_with_r),
        cmocka_unit_test(without_areas_nothing_but_the_sums_is_defined),
        cmocka_unit_test(nobody_anywhere_is_undefined_or_zero_never_a_nan),
        cmocka_unit_test(groups_and_neighbours_add_their_own_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
