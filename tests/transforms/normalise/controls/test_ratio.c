/* Hb, ThError and Quartile against SSB's own package, and at their edges. */
#include "tests/transforms/normalise/controls/kostra.h"

#include "transforms/normalise/controls/ratio.h"

enum { ID, X1, X2, MAX_X, RATIO, LOWER, UPPER, MEDIAN, OUTLIER, STRATUM };

/* Every row of the expected file is checked: empty limits mean a unit that is not compared. Returns
 * how many were checked. */
static guint check_hb(const char *folder, const char *file, const char *stratum,
                      const SpHbForm *form)
{
    g_autofree char *path = g_strconcat(KOSTRA_SET, file, NULL);
    g_autoptr(GPtrArray) wanted = golden_read(folder, path);
    g_auto(Kostra) kostra = kostra_read(folder, "input.csv", TRUE, stratum);
    g_autofree SpControlled *results = g_new(SpControlled, kostra.n);
    double median = 0.0;
    guint n_checked = 0;
    assert_true(sp_control_hb(kostra.n, kostra.x1, kostra.x2, form, results, &median));
    for (guint i = 1; i < wanted->len; i++) {
        if (stratum != NULL && strcmp(golden_text(wanted, i, STRATUM), stratum) != 0) {
            continue;
        }
        const SpControlled *result = &results[kostra_find(&kostra, golden_text(wanted, i, ID))];
        gboolean is_compared = *golden_text(wanted, i, LOWER) != '\0';
        assert_int_equal(result->is_compared, is_compared);
        n_checked++;
        if (is_compared) {
            assert_as_golden(result->value, golden_text(wanted, i, RATIO));
            assert_as_golden(result->lower, golden_text(wanted, i, LOWER));
            assert_as_golden(result->upper, golden_text(wanted, i, UPPER));
            assert_as_golden(median, golden_text(wanted, i, MEDIAN));
            assert_int_equal(result->is_outside, *golden_text(wanted, i, OUTLIER) == '1');
        }
    }
    return n_checked;
}

static void hb_gives_the_limits_of_the_package(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    const SpHbForm form = {.power = 0.5, .spread = 0.05, .factor = 20.0};
    assert_int_equal(check_hb(folder, "expected_hb.csv", NULL, &form), 416);
}

static void hb_gives_the_limits_of_the_package_by_stratum(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    const SpHbForm form = {.power = 0.5, .spread = 0.1, .factor = 10.0};
    guint n_checked = 0;
    static const char *const strata[] = {"1", "2", "3", "4", "5"};
    for (gsize i = 0; i < G_N_ELEMENTS(strata); i++) {
        n_checked += check_hb(folder, "expected_hb_stratified_pA01_pC10.csv", strata[i], &form);
    }
    assert_int_equal(n_checked, 416);
}

static void thousand_error_finds_the_planted_ones(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) wanted = golden_read(folder, KOSTRA_SET "expected_therror.csv");
    g_auto(Kostra) kostra = kostra_read(folder, "input_therror.csv", FALSE, NULL);
    g_autofree SpControlled *results = g_new(SpControlled, kostra.n);
    guint n_outside = 0;
    sp_control_thousand(kostra.n, kostra.x1, kostra.x2, -2.5, 2.5, results);
    assert_int_equal(wanted->len, 417);
    for (guint i = 1; i < wanted->len; i++) {
        const SpControlled *result = &results[kostra_find(&kostra, golden_text(wanted, i, 0))];
        const char *difference = golden_text(wanted, i, 4);
        assert_int_equal(result->is_compared, *difference != '\0');
        assert_int_equal(result->is_outside, *golden_text(wanted, i, 3) == '1');
        n_outside += result->is_outside ? 1 : 0;
        if (*difference != '\0') {
            assert_as_golden(result->value, difference);
        }
    }
    assert_int_equal(n_outside, 3);
}

static void quartile_gives_the_limits_of_the_package(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) wanted = golden_read(folder, KOSTRA_SET "expected_quartile.csv");
    g_auto(Kostra) kostra = kostra_read(folder, "input.csv", TRUE, NULL);
    g_autofree SpControlled *results = g_new(SpControlled, kostra.n);
    SpQuartileLimits limits = {0};
    gsize n_compared = 0;
    assert_true(sp_control_quartile_limits(kostra.n, kostra.x1, kostra.x2, 1.5, 1.5, &limits));
    sp_control_quartile(kostra.n, kostra.x1, kostra.x2, &limits, results);
    for (gsize i = 0; i < kostra.n; i++) {
        n_compared += results[i].is_compared ? 1 : 0;
    }
    assert_int_equal(n_compared, wanted->len - 1);
    for (guint i = 1; i < wanted->len; i++) {
        const SpControlled *result = &results[kostra_find(&kostra, golden_text(wanted, i, 0))];
        assert_true(result->is_compared);
        assert_as_golden(result->value, golden_text(wanted, i, 5));
        assert_as_golden(limits.of_sums, golden_text(wanted, i, 7));
        assert_as_golden(result->lower, golden_text(wanted, i, 11));
        assert_as_golden(result->upper, golden_text(wanted, i, 12));
        assert_int_equal(result->is_outside, *golden_text(wanted, i, 13) == '1');
    }
}

/* By hand: ratios 1, 2, 3, 4, 9; quartiles 2, 3, 4; limits 2 - 1 x 1 = 1 and 4 + 2 x 1 = 6. */
static void quartile_limits_stretch_by_the_distance_to_the_median(void **state)
{
    (void)state;
    const SpReal x1[] = {sp_real(1), sp_real(2), sp_real(3), sp_real(4), sp_real(9)};
    const SpReal x2[] = {sp_real(1), sp_real(1), sp_real(1), sp_real(1), sp_real(1)};
    SpQuartileLimits limits = {0};
    SpControlled results[5];
    assert_true(sp_control_quartile_limits(5, x1, x2, 1.0, 2.0, &limits));
    sp_control_quartile(5, x1, x2, &limits, results);
    assert_near(limits.lower, 1.0, 1e-12);
    assert_near(limits.upper, 6.0, 1e-12);
    assert_near(limits.of_sums, 19.0 / 5.0, 1e-12);
    assert_false(results[0].is_outside);
    assert_false(results[3].is_outside);
    assert_true(results[4].is_outside);
}

static void figures_without_a_number_are_compared_by_none(void **state)
{
    (void)state;
    const SpReal x1[] = {sp_real(10), sp_real_none(SP_SUPPRESSED), sp_real(0), sp_real(5)};
    const SpReal x2[] = {sp_real(11), sp_real(11), sp_real(11), sp_real_none(SP_MISSING)};
    const SpHbForm form = {.power = 0.5, .spread = 0.05, .factor = 20.0};
    SpControlled results[4];
    assert_true(sp_control_hb(4, x1, x2, &form, results, NULL));
    assert_true(results[0].is_compared);
    for (gsize i = 1; i < 4; i++) {
        assert_false(results[i].is_compared);
        assert_false(results[i].is_outside);
    }
    sp_control_thousand(4, x1, x2, -2.5, 2.5, results);
    assert_true(results[0].is_compared);
    assert_false(results[1].is_compared);
    assert_false(results[2].is_compared);
    assert_false(results[3].is_compared);
}

static void a_stratum_of_equal_pairs_or_of_none_is_skipped(void **state)
{
    (void)state;
    const SpReal same[] = {sp_real(10), sp_real(20), sp_real(30)};
    const SpReal none[] = {sp_real_none(SP_MISSING), sp_real_none(SP_MISSING),
                           sp_real_none(SP_MISSING)};
    const SpHbForm form = {.power = 0.5, .spread = 0.05, .factor = 20.0};
    SpQuartileLimits limits;
    SpControlled results[3];
    assert_false(sp_control_hb(3, same, same, &form, results, NULL));
    assert_false(results[0].is_compared);
    assert_false(sp_control_hb(3, same, none, &form, results, NULL));
    assert_false(sp_control_hb(0, same, same, &form, results, NULL));
    assert_false(sp_control_quartile_limits(3, same, none, 1.5, 1.5, &limits));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hb_gives_the_limits_of_the_package),
        cmocka_unit_test(hb_gives_the_limits_of_the_package_by_stratum),
        cmocka_unit_test(thousand_error_finds_the_planted_ones),
        cmocka_unit_test(quartile_gives_the_limits_of_the_package),
        cmocka_unit_test(quartile_limits_stretch_by_the_distance_to_the_median),
        cmocka_unit_test(figures_without_a_number_are_compared_by_none),
        cmocka_unit_test(a_stratum_of_equal_pairs_or_of_none_is_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
