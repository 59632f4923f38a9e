/* Overdispersion: golden set 09 (FunnelPlotR), shares by hand, limits, edge cases. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/funnel/overdispersion.h"

static const SpDispersionForm log_form = {.scale = SP_SCALE_RATIO_LOG, .pulled_in = 0.1};
static const SpDispersionForm sqrt_form = {.scale = SP_SCALE_RATIO_SQRT, .pulled_in = 0.1};
static const SpDispersionForm arcsine_form = {.scale = SP_SCALE_SHARE_ARCSINE, .pulled_in = 0.1};

static void assert_agrees(const char *folder, const SpDispersionForm *form, const char *file)
{
    enum { TARGET = 3, Y, S, Z, IS_PULLED_IN, Z_PULLED_IN, PHI, TAU2, ADDITIVE, MULTIPLICATIVE };
    double observed[GOLDEN_AREAS];
    double expected[GOLDEN_AREAS];
    SpDispersed area[GOLDEN_AREAS];
    guint row = 1;
    g_autoptr(GPtrArray) rows = golden_read(folder, file);
    golden_areas(folder, observed, expected);
    const SpOverdispersion all = sp_overdispersion(form, GOLDEN_AREAS, observed, expected, area);
    for (gsize i = 0; i < GOLDEN_AREAS; i++) {
        if (!sp_real_is_number(area[i].z)) {
            continue; /* not in the set either */
        }
        assert_true(row < rows->len);
        assert_near(observed[i], golden_number(rows, row, 1), 0.0);
        assert_golden(sp_real(all.target), golden_text(rows, row, TARGET), 1e-9);
        assert_golden(area[i].y, golden_text(rows, row, Y), 1e-9);
        assert_golden(area[i].s, golden_text(rows, row, S), 1e-9);
        assert_golden(area[i].z, golden_text(rows, row, Z), 1e-9);
        assert_near(area[i].is_pulled_in, golden_number(rows, row, IS_PULLED_IN), 0.0);
        assert_golden(area[i].z_pulled_in, golden_text(rows, row, Z_PULLED_IN), 1e-9);
        assert_golden(all.phi, golden_text(rows, row, PHI), 1e-9);
        assert_golden(all.tau2, golden_text(rows, row, TAU2), 1e-9);
        assert_golden(area[i].z_additive, golden_text(rows, row, ADDITIVE), 1e-9);
        assert_golden(area[i].z_multiplicative, golden_text(rows, row, MULTIPLICATIVE), 1e-9);
        row++;
    }
    assert_int_equal(row, rows->len);
    assert_int_equal(all.n_used, rows->len - 1);
}

static void ratios_on_both_scales_agree_with_funnelplotr(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    assert_agrees(folder, &log_form, "09_funnel_overdispersion/expected_sr_log.csv");
    assert_agrees(folder, &sqrt_form, "09_funnel_overdispersion/expected_sr_sqrt.csv");
}

/* 9, 16 and 25 of 25 expected: roots 0.6, 0.8 and 1, s 0.1, z -4, -2 and 0. Nothing pulled in: phi
 * 20/3, tau2 (3 * 20/3 - 2) / (300 - 100). */
static void without_pulling_in_phi_is_the_mean_square(void **state)
{
    (void)state;
    const double observed[] = {9.0, 16.0, 25.0};
    const double expected[] = {25.0, 25.0, 25.0};
    const SpDispersionForm form = {.scale = SP_SCALE_RATIO_SQRT};
    SpDispersed area[3];
    const SpOverdispersion all = sp_overdispersion(&form, 3, observed, expected, area);
    assert_near(all.phi.value, 20.0 / 3.0, 1e-13);
    assert_near(all.tau2.value, 0.09, 1e-14);
    assert_near(area[0].z_additive.value, -0.4 / sqrt(0.1), 1e-13);
    assert_near(area[0].z_multiplicative.value, -4.0 / sqrt(20.0 / 3.0), 1e-13);
    assert_false(area[0].is_pulled_in);
}

/* The same pulled in to the quantiles at a tenth: 0.2 of the way from -4 to -2, and from 0. */
static void outer_scores_are_pulled_in_to_the_quantiles(void **state)
{
    (void)state;
    const double observed[] = {9.0, 16.0, 25.0};
    const double expected[] = {25.0, 25.0, 25.0};
    SpDispersed area[3];
    (void)sp_overdispersion(&sqrt_form, 3, observed, expected, area);
    assert_near(area[0].z_pulled_in.value, -3.6, 1e-13);
    assert_near(area[1].z_pulled_in.value, -2.0, 1e-13);
    assert_near(area[2].z_pulled_in.value, -0.4, 1e-13);
    assert_true(area[0].is_pulled_in && !area[1].is_pulled_in && area[2].is_pulled_in);
}

/* A quarter of all: asin(1/2) is pi/6. An area of 100 where half have it: pi/4, s 1/20. */
static void shares_are_held_against_the_share_of_all(void **state)
{
    (void)state;
    const double observed[] = {50.0, 0.0, 50.0};
    const double persons[] = {100.0, 100.0, 200.0};
    SpDispersed area[3];
    const SpOverdispersion all = sp_overdispersion(&arcsine_form, 3, observed, persons, area);
    assert_near(all.target, G_PI / 6.0, 1e-15);
    assert_near(area[0].y.value, G_PI / 4.0, 1e-15);
    assert_near(area[0].s.value, 0.05, 1e-15);
    assert_near(area[0].z.value, G_PI / 12.0 / 0.05, 1e-12);
    assert_near(area[2].z.value, 0.0, 1e-12);
}

static void nobody_is_left_out_on_the_log_scale_alone(void **state)
{
    (void)state;
    const double observed[] = {0.0, 3.0, 4.0, 7.0};
    const double expected[] = {5.0, 4.0, 5.0, 0.0};
    SpDispersed area[4];
    assert_int_equal(sp_overdispersion(&log_form, 4, observed, expected, area).n_used, 2);
    assert_int_equal(area[0].y.status, SP_MISSING);
    assert_int_equal(area[0].z_additive.status, SP_MISSING);
    assert_int_equal(sp_overdispersion(&sqrt_form, 4, observed, expected, area).n_used, 3);
    assert_int_equal(area[0].y.status, SP_ZERO);
    assert_int_equal(area[3].z.status, SP_MISSING);
}

static void less_variation_than_chance_gives_leaves_limits_as_they_are(void **state)
{
    (void)state;
    const double observed[] = {10.0, 9.0, 11.0};
    const double expected[] = {10.0, 10.0, 10.0};
    SpDispersed area[3];
    const SpOverdispersion all = sp_overdispersion(&sqrt_form, 3, observed, expected, area);
    assert_int_equal(all.tau2.status, SP_ZERO);
    assert_true(all.phi.value < 1.0);
    assert_near(area[1].z_additive.value, area[1].z.value, 1e-15);
    assert_near(area[1].z_multiplicative.value, area[1].z.value, 0.0);
}

static void one_area_has_a_score_but_no_dispersion(void **state)
{
    (void)state;
    const double observed[] = {9.0};
    const double expected[] = {25.0};
    SpDispersed area[1];
    const SpOverdispersion all = sp_overdispersion(&sqrt_form, 1, observed, expected, area);
    assert_near(area[0].z.value, -4.0, 1e-13);
    assert_int_equal(all.phi.status, SP_MISSING);
    assert_int_equal(area[0].z_additive.status, SP_MISSING);
    assert_int_equal(sp_overdispersion(&sqrt_form, 0, NULL, NULL, NULL).tau2.status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratios_on_both_scales_agree_with_funnelplotr),
        cmocka_unit_test(without_pulling_in_phi_is_the_mean_square),
        cmocka_unit_test(outer_scores_are_pulled_in_to_the_quantiles),
        cmocka_unit_test(shares_are_held_against_the_share_of_all),
        cmocka_unit_test(nobody_is_left_out_on_the_log_scale_alone),
        cmocka_unit_test(less_variation_than_chance_gives_leaves_limits_as_they_are),
        cmocka_unit_test(one_area_has_a_score_but_no_dispersion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
