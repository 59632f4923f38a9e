/* Measures of table variasjon: against figures that others computed, against kommuner by hand, and
 * what forbids them. */
#include "tests/transforms/vary/lip.h"

#include <gsl/gsl_cdf.h>

static void lip_cancer_areas_have_the_measures_of_the_golden_set(void **state)
{
    (void)state;
    static const char *const stats[][2] = {{"eq", "eq_max_min"},
                                           {"ft2", "ft2_second"},
                                           {"ft3", "ft3_third"},
                                           {"cv", "cv_unweighted"},
                                           {"cv_vektet", "cv_weighted"},
                                           {"scv", "scv_mcpherson"},
                                           {"kji2", "chisq_lambda1"},
                                           {"potthoff", "potthoff_whittinghill_T"},
                                           {"marshall_a", "marshall_a_var"},
                                           {"marshall_b", "marshall_b"},
                                           {"gini", "gini_ratio"},
                                           {"gini_vektet", "gini_weighted_by_expected"},
                                           {"theil", "theil_T_weighted"}};
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) golden = golden_read(folder, "05_small_area_variation/expected.csv");
    g_auto(Made) made = lip_make(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(stats); i++) {
        assert_golden_share(whole(&made, stats[i][0], "antall"), golden_stat(golden, stats[i][1]),
                            1e-10);
    }
    assert_golden_share(whole(&made, "gamma_varians", "antall"),
                        golden_stat(golden, "pg_eb_variance_nu_over_alpha2"), 1e-6);
    /* The set's T, mean and variance: 502384.258660906, 286760 and 31543600. */
    assert_near(whole(&made, "potthoff_z", "antall").value,
                (502384.258660906 - 286760.0) / sqrt(31543600.0), 1e-9);
    assert_near(whole(&made, "kji2_p", "antall").value, gsl_cdf_chisq_Q(486.386979790469, 55.0),
                1e-75);
    /* Two areas have nobody: their logarithm is not defined. */
    assert_int_equal(whole(&made, "mld", "antall").status, SP_MISSING);
}

/* Larsen and Merlo's median ratio of lme4's fit (golden 12), within the set's 1 %. */
static void lip_cancer_areas_have_the_median_ratio_of_the_golden_set(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_auto(Made) made = lip_make(folder);
    const SpReal ratio = whole(&made, "medianforhold", "antall");
    assert_near(ratio.value, 2.063, 0.01 * 2.063);
    assert_near(whole(&made, "sd_mellom", "antall").value,
                log(ratio.value) / (sqrt(2.0) * 0.674489750196082), 1e-12);
    assert_true(whole(&made, "medianforhold_nedre", "antall").value > 1.0);
    assert_true(whole(&made, "medianforhold_nedre", "antall").value < ratio.value);
    assert_true(whole(&made, "medianforhold_oevre", "antall").value > ratio.value);
}

/* Costs per inhabitant of 403 kommuner, an indicator without chance. */
static void costs_of_kommuner_are_split_as_in_the_golden_set(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) rows = golden_read(folder, "07_theil_decomposition/input.csv");
    g_autoptr(GPtrArray) wanted = golden_read(folder, "07_theil_decomposition/expected.csv");
    static const char *const attributes[] = {"fylke", "kostragruppe"};
    SpTable *values = values_new();
    SpTable *regions = tables_region(NULL, 0);
    gsize at[G_N_ELEMENTS(attributes)];
    for (gsize i = 0; i < G_N_ELEMENTS(attributes); i++) {
        const SpColumn column = {.name = attributes[i], .kind = SP_COLUMN_CODE};
        at[i] = sp_table_add_column(regions, &column);
    }
    for (guint i = 1; i < rows->len; i++) {
        const char *kommune = golden_text(rows, i, 0);
        add_value(values, "kroner", kommune,
                  (Rate){sp_real(golden_number(rows, i, 4)), golden_number(rows, i, 3), 1.0},
                  sp_real_none(SP_NOT_APPLICABLE));
        TABLES_ADD_INDICATOR(regions, kommune, "kommune");
        sp_table_set_code(regions, i, at[0], golden_text(rows, i, 1));
        sp_table_set_code(regions, i, at[1], golden_text(rows, i, 2));
    }
    g_auto(Made) made = make_form(values, regions, &form);
    assert_golden(whole(&made, "theil", "kroner"), golden_text(wanted, 1, 2), 1e-10);
    assert_golden(whole(&made, "theil_kostragruppe", "kroner"), golden_text(wanted, 1, 3), 1e-10);
    assert_golden(whole(&made, "mld", "kroner"), golden_text(wanted, 1, 5), 1e-10);
    assert_golden(whole(&made, "mld_kostragruppe", "kroner"), golden_text(wanted, 1, 6), 1e-10);
    assert_golden(whole(&made, "gini_vektet", "kroner"), golden_text(wanted, 1, 8), 1e-10);
    assert_golden(whole(&made, "theil_fylke", "kroner"), golden_text(wanted, 2, 3), 1e-10);
    assert_golden(whole(&made, "mld_fylke", "kroner"), golden_text(wanted, 2, 6), 1e-10);
    assert_int_equal(whole(&made, "theil_sentralitet", "kroner").status, SP_MISSING);
    assert_true(tables_has_finding(made.quality, "grouping_unknown", "sentralitet"));
}

static void neighbours_that_are_alike_have_moran_of_one(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    static const double counts[] = {30.0, 60.0, 20.0, 2.0, 5.0};
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) { /* ratios 1.5, 1.5, 0.5, 0.5, 0.5 */
        sp_table_set_real(values, i, 3, sp_real(counts[i]));
        sp_table_set_real(values, i, 5, sp_real(1.0));
    }
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "moran", "antall").value, 1.0, 1e-12);
    assert_near(whole(&made, "moran_forventet", "antall").value, -0.25, 1e-12);
    assert_true(whole(&made, "moran_z", "antall").value > 0.0);
    assert_true(whole(&made, "moran_p", "antall").value < 0.05);
    assert_int_equal(whole(&made, "moran_eb", "antall").status, SP_PRESENT);
}

static void without_neighbours_moran_is_missing_and_each_kommune_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_auto(Made) made = {0};
    run_near(values_persons("antall", 1000.0), tables_region(kommuner, G_N_ELEMENTS(kommuner)),
             tables_naboer(NULL, 0), &form, &made, &error);
    assert_no_error(error);
    assert_int_equal(whole(&made, "moran", "antall").status, SP_MISSING);
    assert_int_equal(whole(&made, "moran_p", "antall").status, SP_MISSING);
    assert_int_equal(place(&made, "krympet_lokal", "antall", "1505").status, SP_MISSING);
    assert_int_equal(sp_quality_count(made.quality, "neighbours_unknown"), 5);
}

/* Whoever the kommuner are, two beside each other are nearly as far from a hospital. */
static void distance_has_no_moran(void **state)
{
    (void)state;
    static const char *const refused[] = {"moran", "moran_forventet", "moran_z", "moran_p",
                                          "moran_eb"};
    SpTable *values = values_new();
    for (gsize i = 0; i < G_N_ELEMENTS(kommuner); i++) {
        add_value(values, "langt", kommuner[i], (Rate){sp_real(10.0 * (double)i), 1.0, 1.0},
                  sp_real_none(SP_NOT_APPLICABLE));
    }
    g_auto(Made) made = make(values);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        assert_int_equal(whole(&made, refused[i], "langt").status, SP_NOT_APPLICABLE);
    }
    assert_int_equal(whole(&made, "gini", "langt").status, SP_PRESENT);
    assert_true(tables_has_finding(made.quality, "method_refused", "langt moran"));
}

/* Half positions: årsverk are half the persons, and so is the variance in them; what differs
 * between kommuner does not change with the unit. */
static void headline_of_aarsverk_is_that_of_their_positions(void **state)
{
    (void)state;
    SpTable *half = values_new();
    static const double observed[] = {20.0, 70.0, 9.0, 5.0};
    static const double expected[] = {20.0, 40.0, 40.0, 4.0};
    for (gsize i = 0; i < G_N_ELEMENTS(observed); i++) {
        add_value(half, "halve", kommuner[i], (Rate){sp_real(observed[i] / 2.0), 1e6, 10000.0},
                  sp_real(expected[i] / 2.0));
    }
    g_auto(Made) aarsverk = make(half);
    g_auto(Made) persons = make(values_persons("antall", 1000.0));
    static const char *const measures[] = {"sd_mellom", "medianforhold", "medianforhold_nedre",
                                           "medianforhold_oevre"};
    for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
        const double wanted = whole(&persons, measures[i], "antall").value;
        assert_true(wanted > 0.0);
        assert_near(whole(&aarsverk, measures[i], "halve").value, wanted, 1e-9);
    }
    assert_int_equal(whole(&aarsverk, "scv_nedre", "halve").status, SP_NOT_APPLICABLE);
    assert_int_equal(whole(&aarsverk, "potthoff", "halve").status, SP_NOT_APPLICABLE);
    assert_true(tables_has_finding(aarsverk.quality, "method_refused", "halve potthoff"));
}

static void share_is_refused_what_is_made_for_poisson_counts(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("andel", 1.0));
    assert_int_equal(whole(&made, "potthoff_z", "andel").status, SP_NOT_APPLICABLE);
    assert_int_equal(whole(&made, "gamma_varians", "andel").status, SP_NOT_APPLICABLE);
    assert_int_equal(whole(&made, "medianforhold", "andel").status, SP_PRESENT);
    assert_true(tables_has_finding(made.quality, "method_refused", "andel gamma"));
    assert_false(tables_has_finding(made.quality, "method_refused", "andel medianforhold"));
}

static void headline_that_cannot_be_fitted_is_missing_and_says_why(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    for (gsize row = 0; row < sp_table_n_rows(values); row++) {
        sp_table_set_real(values, row, 3, sp_real(0.0));
        sp_table_set_real(values, row, 5, sp_real(0.0));
    }
    g_auto(Made) made = make(values);
    assert_int_equal(whole(&made, "medianforhold", "antall").status, SP_MISSING);
    assert_true(tables_has_finding(made.quality, "headline_not_fitted", "antall 2022-12-31"));
}

/* Money may be below zero; nobody has a share of it then. */
static void value_below_zero_has_no_inequality_and_no_bootstrap(void **state)
{
    (void)state;
    SpTable *values = values_new();
    static const double amounts[] = {-100.0, 200.0, 400.0, 300.0};
    for (gsize i = 0; i < G_N_ELEMENTS(amounts); i++) {
        add_value(values, "kroner", kommuner[i], (Rate){sp_real(amounts[i]), 100.0, 1.0},
                  sp_real_none(SP_NOT_APPLICABLE));
    }
    g_auto(Made) made = make(values);
    assert_int_equal(whole(&made, "gini", "kroner").status, SP_MISSING);
    assert_int_equal(whole(&made, "theil", "kroner").status, SP_MISSING);
    assert_int_equal(whole(&made, "cv_nedre", "kroner").status, SP_MISSING);
    assert_int_equal(whole(&made, "cv", "kroner").status, SP_PRESENT);
    assert_int_equal(whole(&made, "sd_mellom", "kroner").status, SP_NOT_APPLICABLE);
}

static void intervals_hold_their_estimate(void **state)
{
    (void)state;
    static const char *const measures[] = {"cv", "cv_vektet", "gini", "gini_vektet", "theil"};
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_auto(Made) made = lip_make(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
        g_autofree char *low = g_strconcat(measures[i], "_nedre", NULL);
        g_autofree char *high = g_strconcat(measures[i], "_oevre", NULL);
        const double value = whole(&made, measures[i], "antall").value;
        assert_true(whole(&made, low, "antall").value < value);
        assert_true(whole(&made, high, "antall").value > value);
    }
    /* Of the largest over the smallest no bootstrap tells the limits. */
    assert_int_equal(sp_table_find(made.whole, "eq_oevre"), SP_NO_COLUMN);
}

/* Draws are named by indicator and period: neither threads nor other indicators change them. */
static void intervals_are_the_same_on_any_threads_and_beside_any_others(void **state)
{
    (void)state;
    SpVariationForm one = form;
    SpVariationForm other = form;
    one.n_threads = 1;
    other.seed = 2;
    SpTable *beside = values_persons("antall", 1000.0);
    add_value(beside, "andel", "1505", (Rate){sp_real(20.0), 50.0, 1.0}, sp_real(15.0));
    add_value(beside, "andel", "1506", (Rate){sp_real(25.0), 100.0, 1.0}, sp_real(30.0));
    g_auto(Made) alone = make_form(values_persons("antall", 1000.0),
                                   tables_region(kommuner, G_N_ELEMENTS(kommuner)), &one);
    g_auto(Made) two = make(beside);
    g_auto(Made) reseeded = make_form(values_persons("antall", 1000.0),
                                      tables_region(kommuner, G_N_ELEMENTS(kommuner)), &other);
    const double low = whole(&alone, "gini_nedre", "antall").value;
    assert_near(whole(&two, "gini_nedre", "antall").value, low, 0.0);
    assert_near(whole(&two, "scv_oevre", "antall").value,
                whole(&alone, "scv_oevre", "antall").value, 0.0);
    assert_true(whole(&reseeded, "cv_nedre", "antall").value !=
                whole(&alone, "cv_nedre", "antall").value);
}

/* How many limits of the bootstrap differ from those of "antall" in 2022. Of four kommuner a
 * replicate has few values, so that single limits may be the same in two draws. */
static gsize n_limits_apart(const Made *made, const char *indicator, const char *period)
{
    static const char *const limits[] = {"cv_nedre",   "cv_oevre",          "cv_vektet_nedre",
                                         "gini_nedre", "gini_vektet_oevre", "theil_nedre",
                                         "mld_oevre",  "scv_nedre",         "marshall_a_oevre"};
    gsize n = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
        n += TABLES_FIND(made->whole, limits[i], indicator, period).value !=
                     whole(made, limits[i], "antall").value
                 ? 1
                 : 0;
    }
    return n;
}

/* The same figures under another name, or in another period, are drawn anew. */
static void draws_are_named_by_indicator_and_by_period(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    static const char *const names[] = {"bra", "antall"};
    static const char *const periods[] = {"2022-12-31", "2021-12-31"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const gsize from = sp_table_n_rows(values);
        g_autoptr(SpTable) more = values_persons(names[i], 1000.0);
        for (gsize row = 0; row < sp_table_n_rows(more); row++) {
            add_value(
                values, names[i], kommuner[row],
                (Rate){sp_table_real(more, row, 3), sp_table_real(more, row, 4).value, 1000.0},
                sp_table_real(more, row, 6));
            sp_table_set_code(values, from + row, 2, periods[i]);
        }
    }
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "cv", "bra").value, whole(&made, "cv", "antall").value, 0.0);
    assert_true(n_limits_apart(&made, "bra", "2022-12-31") > 0);
    assert_true(n_limits_apart(&made, "antall", "2021-12-31") > 0);
    assert_int_equal(n_limits_apart(&made, "antall", "2022-12-31"), 0);
}

static void no_replicates_are_no_intervals_but_the_likelihoods(void **state)
{
    (void)state;
    SpVariationForm none = form;
    none.replicates = 0;
    g_auto(Made) made = make_form(values_persons("antall", 1000.0),
                                  tables_region(kommuner, G_N_ELEMENTS(kommuner)), &none);
    assert_int_equal(whole(&made, "cv_nedre", "antall").status, SP_MISSING);
    assert_int_equal(whole(&made, "scv_oevre", "antall").status, SP_MISSING);
    assert_int_equal(whole(&made, "sd_mellom_oevre", "antall").status, SP_PRESENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lip_cancer_areas_have_the_measures_of_the_golden_set),
        cmocka_unit_test(lip_cancer_areas_have_the_median_ratio_of_the_golden_set),
        cmocka_unit_test(costs_of_kommuner_are_split_as_in_the_golden_set),
        cmocka_unit_test(neighbours_that_are_alike_have_moran_of_one),
        cmocka_unit_test(without_neighbours_moran_is_missing_and_each_kommune_is_told),
        cmocka_unit_test(distance_has_no_moran),
        cmocka_unit_test(headline_of_aarsverk_is_that_of_their_positions),
        cmocka_unit_test(share_is_refused_what_is_made_for_poisson_counts),
        cmocka_unit_test(headline_that_cannot_be_fitted_is_missing_and_says_why),
        cmocka_unit_test(value_below_zero_has_no_inequality_and_no_bootstrap),
        cmocka_unit_test(intervals_hold_their_estimate),
        cmocka_unit_test(intervals_are_the_same_on_any_threads_and_beside_any_others),
        cmocka_unit_test(draws_are_named_by_indicator_and_by_period),
        cmocka_unit_test(no_replicates_are_no_intervals_but_the_likelihoods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
