/* Tables variasjon and plassering from a small indikatorverdi. */
#include "tests/transforms/vary/variation.h"

#include "core/random.h"

#include <math.h>

static void measures_stand_in_one_row_an_indicator_and_period(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    assert_int_equal(sp_table_n_rows(made.whole), 1);
    assert_near(whole(&made, "n_kommuner", "antall").value, 4.0, 0.0);
    assert_near(whole(&made, "n_utelatt", "antall").value, 1.0, 0.0);
    assert_near(whole(&made, "eq", "antall").value, 1.75 / 0.225, 1e-12);
    assert_near(whole(&made, "ft2", "antall").value, 1.25, 1e-12);
    assert_int_equal(whole(&made, "ft3", "antall").status, SP_MISSING);
    assert_near(whole(&made, "marshall_b", "antall").value, 1.0, 1e-12);
}

/* A draw's persons are not those who are there: every figure says so, and how many kommuner it is
 * of is no such figure. */
static void all_that_is_made_of_a_sample_is_flagged(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    for (gsize row = 0; row < sp_table_n_rows(values); row++) {
        const gsize verdi = sp_table_find(values, "verdi");
        SpReal real = sp_table_real(values, row, verdi);
        real.flags |= SP_FLAG_SAMPLE;
        sp_table_set_real(values, row, verdi, real);
    }
    g_auto(Made) made = make(values);
    static const char *const of_all[] = {"eq", "scv", "kji2", "marshall_b"};
    static const char *const of_one[] = {"verdi", "ratio", "krympet", "oevre_998", "p", "q"};
    for (gsize m = 0; m < G_N_ELEMENTS(of_all); m++) {
        assert_int_equal(whole(&made, of_all[m], "antall").flags & SP_FLAG_SAMPLE, SP_FLAG_SAMPLE);
    }
    for (gsize m = 0; m < G_N_ELEMENTS(of_one); m++) {
        assert_int_equal(place(&made, of_one[m], "antall", "1506").flags & SP_FLAG_SAMPLE,
                         SP_FLAG_SAMPLE);
    }
    assert_int_equal(whole(&made, "n_kommuner", "antall").flags, 0);
    assert_int_equal(whole(&made, "ft3", "antall").flags, 0); /* no figure */
}

static void scv_is_over_kommuner_expecting_five_or_more(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    const double scv =
        ((0.0 - 20.0) / 400.0 + (900.0 - 40.0) / 1600.0 + (961.0 - 40.0) / 1600.0) / 3.0;
    assert_near(whole(&made, "scv", "antall").value, scv, 1e-12);
    assert_near(whole(&made, "scv_andel_utelatt", "antall").value, 0.25, 0.0);
}

/* Of a single kommune the SCV is its own count in another dress; of few, hardly more. */
static void of_too_few_kommuner_neither_scv_nor_headline_is_told(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "scv",       "scv_nedre",       "scv_oevre",          "medianforhold", "sd_mellom_nedre",
        "sd_mellom", "sd_mellom_oevre", "medianforhold_oevre"};
    SpVariationForm strict = form;
    strict.scv_minimum_kommuner = 4; /* four enter, of whom three expect five */
    strict.headline_minimum_kommuner = 5;
    g_auto(Made) made = make_form(values_persons("antall", 1000.0),
                                  tables_region(kommuner, G_N_ELEMENTS(kommuner)), &strict);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        assert_int_equal(whole(&made, refused[i], "antall").status, SP_MISSING);
    }
    assert_near(whole(&made, "scv_andel_utelatt", "antall").value, 0.25, 0.0);
    assert_near(whole(&made, "n_kommuner", "antall").value, 4.0, 0.0);
    assert_true(tables_has_finding(made.quality, "method_refused", "antall 2022-12-31 scv"));
    assert_true(
        tables_has_finding(made.quality, "method_refused", "antall 2022-12-31 medianforhold"));
    assert_false(tables_has_finding(made.quality, "headline_not_fitted", "antall 2022-12-31"));
}

static void kommuner_that_are_just_enough_have_scv_and_headline(void **state)
{
    (void)state;
    SpVariationForm strict = form;
    strict.scv_minimum_kommuner = 3;
    strict.headline_minimum_kommuner = 4;
    g_auto(Made) made = make_form(values_persons("antall", 1000.0),
                                  tables_region(kommuner, G_N_ELEMENTS(kommuner)), &strict);
    assert_true(sp_real_is_number(whole(&made, "scv", "antall")));
    assert_true(sp_real_is_number(whole(&made, "medianforhold", "antall")));
}

static void chi_square_has_one_degree_less_than_kommuner(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    assert_near(whole(&made, "kji2", "antall").value, 900.0 / 40.0 + 961.0 / 40.0 + 1.0 / 4.0,
                1e-12);
    assert_near(whole(&made, "kji2_frihetsgrader", "antall").value, 3.0, 0.0);
}

static void aarsverk_without_chance_is_refused_every_method_that_rests_on_it(void **state)
{
    (void)state;
    SpTable *values = values_new();
    const SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    add_value(values, "verk", "1505", (Rate){sp_real(10.5), 1000.0, 10000.0}, none);
    add_value(values, "verk", "1506", (Rate){sp_real(42.0), 2000.0, 10000.0}, none);
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "eq", "verk").value, 2.0, 1e-12);
    assert_near(whole(&made, "n_utelatt", "verk").value, 3.0, 0.0);
    assert_int_equal(whole(&made, "cv_vektet", "verk").status, SP_PRESENT);
    assert_int_equal(whole(&made, "scv", "verk").status, SP_NOT_APPLICABLE);
    assert_int_equal(whole(&made, "kji2", "verk").status, SP_NOT_APPLICABLE);
    assert_int_equal(whole(&made, "marshall_a", "verk").status, SP_NOT_APPLICABLE);
    assert_near(place(&made, "verdi", "verk", "1505").value, 105.0, 1e-12);
    assert_int_equal(place(&made, "oevre_998", "verk", "1505").status, SP_NOT_APPLICABLE);
    assert_int_equal(place(&made, "krympet", "verk", "1505").status, SP_NOT_APPLICABLE);
    assert_true(tables_has_finding(made.quality, "method_refused", "verk scv"));
    assert_true(tables_has_finding(made.quality, "method_refused", "verk kji2"));
    assert_true(tables_has_finding(made.quality, "method_refused", "verk traktgrenser"));
    assert_true(tables_has_finding(made.quality, "method_refused", "verk marshall"));
}

/* Positions of a half each: 40 årsverk expected are 80 positions, whose count is Poisson.
 * golden/08's row pois,4,1 stands for 2 årsverk of 4 such positions. */
static void aarsverk_have_limits_of_so_many_positions_and_no_scv(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "halve", "1505", (Rate){sp_real(20.0), 10000.0, 10000.0}, sp_real(20.0));
    add_value(values, "halve", "1506", (Rate){sp_real(70.0), 20000.0, 10000.0}, sp_real(40.0));
    add_value(values, "halve", "1511", (Rate){sp_real(1.0), 1000.0, 10000.0}, sp_real(2.0));
    g_auto(Made) made = make(values);
    assert_int_equal(whole(&made, "scv", "halve").status, SP_NOT_APPLICABLE);
    assert_int_equal(whole(&made, "scv_andel_utelatt", "halve").status, SP_NOT_APPLICABLE);
    assert_near(whole(&made, "kji2", "halve").value, 900.0 / 20.0 + 1.0 / 1.0, 1e-12);
    assert_int_equal(whole(&made, "marshall_a", "halve").status, SP_PRESENT);
    assert_near(place(&made, "oevre_95", "halve", "1511").value, 1.9694613422507 * 20.0, 1e-9);
    assert_near(place(&made, "oevre_998", "halve", "1511").value, 2.73898814962917 * 20.0, 1e-9);
    assert_int_equal(place(&made, "oevre_95", "halve", "1511").flags, SP_FLAG_MODELLED);
    assert_true(tables_has_finding(made.quality, "method_refused", "halve scv"));
    assert_false(tables_has_finding(made.quality, "method_refused", "halve traktgrenser"));
}

/* A sum of positions of as many persons as chance gives (Poisson), `expected` årsverk in the
 * mean. */
static double drawn_aarsverk(SpRandom random, double expected)
{
    static const double sizes[] = {1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 0.8, 0.75, 0.5, 0.2};
    static const double mean = 0.815;
    const double persons = expected / mean;
    double sum = 0.0;
    guint64 at = 0;
    double time = -log(1.0 - sp_random_uniform(random, at));
    while (time < persons) {
        sum += sizes[(gsize)(sp_random_uniform(random, at + 1) * G_N_ELEMENTS(sizes))];
        at += 2;
        time -= log(1.0 - sp_random_uniform(random, at));
    }
    return sum;
}

/* 4 000 kommuner expecting 4 to 400 årsverk, that only chance moves: one in twenty lies outside the
 * 95 % limits, one in 500 outside the others. phi = E[p^2] / E[p] of the sizes above. */
static void aarsverk_moved_by_chance_alone_lie_outside_as_often_as_they_should(void **state)
{
    (void)state;
    enum { KOMMUNER = 4000 };
    const double phi = (5.0 + 0.81 + 0.64 + 0.5625 + 0.25 + 0.04) / 8.15;
    SpTable *values = values_new();
    SpTable *regions = tables_region(NULL, 0);
    const SpRandom random = sp_random_named(sp_random_seed(5), "aarsverk");
    for (gsize i = 0; i < KOMMUNER; i++) {
        g_autofree char *code = g_strdup_printf("%04" G_GSIZE_FORMAT, i + 1000);
        const double expected = 4.0 * pow(100.0, (double)i / KOMMUNER);
        const double drawn = drawn_aarsverk(sp_random_numbered(random, i), expected);
        add_value(values, "halve", code, (Rate){sp_real(drawn), 1e6, 10000.0}, sp_real(expected));
        sp_table_set_real(values, i, 7, sp_real(phi * expected));
        TABLES_ADD_INDICATOR(regions, code, "kommune");
    }
    g_auto(Made) made = make_form(values, regions, &form);
    const SpTable *places = made.places;
    gsize n_95 = 0;
    gsize n_998 = 0;
    for (gsize row = 0; row < sp_table_n_rows(places); row++) {
        const char *signal = sp_table_code(places, row, sp_table_find(places, "signal"));
        n_95 += *signal != '\0' ? 1 : 0;
        n_998 += g_str_has_suffix(signal, "_998") ? 1 : 0;
    }
    assert_near((double)n_95 / KOMMUNER, 0.05, 0.01);
    assert_near((double)n_998 / KOMMUNER, 0.002, 0.002);
}

/* A ratio as published, without teller and nevner: each kommune weighs the same. */
static void published_ratio_is_compared_and_refused_what_rests_on_chance(void **state)
{
    (void)state;
    SpTable *values = values_new();
    const SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    static const double published[] = {100.0, 300.0};
    for (gsize i = 0; i < G_N_ELEMENTS(published); i++) {
        add_value(values, "kjent", kommuner[i], (Rate){none, 1.0, 1.0}, none);
        sp_table_set_real(values, i, 4, none);
        sp_table_set_real(values, i, 5, sp_real(published[i]));
    }
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "eq", "kjent").value, 3.0, 1e-12);
    assert_near(whole(&made, "cv_vektet", "kjent").value, 0.5, 1e-12);
    assert_near(place(&made, "verdi", "kjent", "1506").value, 300.0, 0.0);
    assert_int_equal(whole(&made, "kji2", "kjent").status, SP_NOT_APPLICABLE);
    assert_true(tables_has_finding(made.quality, "method_refused", "kjent traktgrenser"));
}

/* The host has the area's figures, its partner the area's verdi alone: the area enters once. */
static void kommuner_that_share_a_service_enter_once_and_are_told_by_their_host(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    const SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    static const gsize partner = 3; /* 1511 */
    for (gsize column = 3; column < 8; column++) {
        sp_table_set_real(values, partner, column, none);
    }
    sp_table_set_real(values, partner, 5, sp_real(175.0));
    sp_table_set_code(values, partner, 8, "1506");
    sp_table_set_code(values, 1, 8, "1506");
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "n_kommuner", "antall").value, 3.0, 0.0);
    assert_near(place(&made, "verdi", "antall", "1511").value, 175.0, 0.0);
    assert_int_equal(place(&made, "ratio", "antall", "1511").status, SP_NOT_APPLICABLE);
    assert_int_equal(place(&made, "oevre_95", "antall", "1511").status, SP_NOT_APPLICABLE);
    const gsize host = sp_table_find(made.places, "vertskommune");
    assert_string_equal(sp_table_code(made.places, partner, host), "1506");
    assert_string_equal(sp_table_code(made.places, 0, host), "");
}

static void four_years_together_are_told_and_not_compared(void **state)
{
    (void)state;
    SpTable *values = values_new();
    const SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    add_value(values, "alder", "1505", (Rate){sp_real(30.0), 60.0, 1.0}, none);
    sp_table_set_code(values, 0, 2, "2019-2022");
    g_auto(Made) made = make(values);
    assert_int_equal(sp_table_n_rows(made.whole), 0);
    assert_near(TABLES_FIND(made.places, "verdi", "alder", "1505", "2019-2022").value, 0.5, 0.0);
    assert_int_equal(TABLES_FIND(made.places, "ratio", "alder", "1505", "2019-2022").status,
                     SP_NOT_APPLICABLE);
}

/* golden/08 has no such row: 30 % of 50 and of 100 persons, by hand as in test_measures. */
static void share_has_the_binomial_variance_in_every_measure(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "andel", "1505", (Rate){sp_real(20.0), 50.0, 1.0}, sp_real(15.0));
    add_value(values, "andel", "1506", (Rate){sp_real(25.0), 100.0, 1.0}, sp_real(30.0));
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "scv", "andel").value, (14.5 / 225.0 + 4.0 / 900.0) / 2.0, 1e-15);
    assert_near(whole(&made, "kji2", "andel").value, 25.0 / 10.5 + 25.0 / 21.0, 1e-14);
    assert_near(whole(&made, "marshall_a", "andel").value, 11.0 / 450.0, 1e-15);
    assert_near(place(&made, "krympet", "andel", "1505").value, 1.0 + 11.0 / 96.0, 1e-14);
}

/* A share of all where chance gives no variance at all, and one above the whole. */
static void sure_thing_has_no_chi_square_and_no_infinity(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "andel", "1505", (Rate){sp_real(50.0), 50.0, 1.0}, sp_real(50.0));
    add_value(values, "andel", "1506", (Rate){sp_real(90.0), 80.0, 1.0}, sp_real(90.0));
    g_auto(Made) made = make(values);
    assert_int_equal(whole(&made, "kji2", "andel").status, SP_MISSING);
    assert_int_equal(whole(&made, "scv", "andel").status, SP_ZERO);
    assert_int_equal(whole(&made, "marshall_a", "andel").status, SP_ZERO);
    assert_int_equal(whole(&made, "andel_utenfor_998", "andel").status, SP_MISSING);
}

static void full_count_keeps_quotients_and_is_refused_what_rests_on_chance(void **state)
{
    (void)state;
    SpTable *values = values_new();
    const SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    add_value(values, "alder", "1505", (Rate){sp_real(50.0), 1000.0, 1.0}, none);
    add_value(values, "alder", "1506", (Rate){sp_real(300.0), 2000.0, 1.0}, none);
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "eq", "alder").value, 3.0, 1e-12);
    assert_near(whole(&made, "cv", "alder").value, sqrt(0.5), 1e-12);
    assert_int_equal(whole(&made, "scv", "alder").status, SP_NOT_APPLICABLE);
    assert_int_equal(whole(&made, "kji2", "alder").status, SP_NOT_APPLICABLE);
    assert_int_equal(whole(&made, "marshall_a", "alder").status, SP_NOT_APPLICABLE);
    assert_int_equal(whole(&made, "andel_utenfor_998", "alder").status, SP_NOT_APPLICABLE);
    assert_int_equal(place(&made, "oevre_998", "alder", "1505").status, SP_NOT_APPLICABLE);
    assert_string_equal(signal_of(made.places, "1505"), "");
    assert_true(tables_has_finding(made.quality, "method_refused", "alder traktgrenser"));
    assert_true(tables_has_finding(made.quality, "method_refused", "alder scv"));
}

static void share_of_kommuner_outside_the_limits_counts_those_that_enter(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    /* 1506 and 1508 of four; 1580 is suppressed. */
    assert_near(whole(&made, "andel_utenfor_998", "antall").value, 0.5, 0.0);
}

static void kommune_with_nobody_expected_does_not_enter(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    sp_table_set_real(values, 0, 6, sp_real(0.0));
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "n_kommuner", "antall").value, 3.0, 0.0);
    assert_int_equal(place(&made, "ratio", "antall", "1505").status, SP_NOT_APPLICABLE);
    assert_int_equal(place(&made, "oevre_95", "antall", "1505").status, SP_MISSING);
}

static SpTable *values_with_small(gsize n_small)
{
    SpTable *values = values_persons("antall", 1000.0);
    for (gsize row = 0; row < n_small; row++) {
        sp_table_set_real(values, row, 6, sp_real(0.5));
        sp_table_set_real(values, row, 7, sp_real(0.5));
    }
    return values;
}

/* Of four kommuner that enter: half are no more than half. */
static void chi_square_of_mostly_small_counts_has_no_probability(void **state)
{
    (void)state;
    g_auto(Made) half = make(values_with_small(2));
    g_auto(Made) most = make(values_with_small(3));
    assert_true(sp_real_is_number(whole(&half, "kji2_p", "antall")));
    assert_int_equal(whole(&most, "kji2_p", "antall").status, SP_MISSING);
    assert_true(sp_real_is_number(whole(&most, "kji2", "antall")));
    assert_true(tables_has_finding(most.quality, "expected_below_one", "antall 2022-12-31"));
}

static void few_expected_is_a_finding(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_with_small(1));
    assert_true(tables_has_finding(made.quality, "expected_below_one", "antall 2022-12-31"));
    assert_near(whole(&made, "n_kommuner", "antall").value, 4.0, 0.0);
}

static void region_that_is_no_kommune_takes_no_part(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    add_value(values, "antall", "2100", (Rate){sp_real(900.0), 1000.0, 1000.0}, sp_real(1.0));
    add_value(values, "antall", "15", (Rate){sp_real(900.0), 1000.0, 1000.0}, sp_real(1.0));
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "n_kommuner", "antall").value, 4.0, 0.0);
    assert_int_equal(sp_table_n_rows(made.places), 5);
    assert_true(tables_has_finding(made.quality, "kommune_not_in_region", "region 2100"));
}

static void count_without_denominator_is_in_neither_table(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("alene", 1.0));
    assert_int_equal(sp_table_n_rows(made.whole), 0);
    assert_int_equal(sp_table_n_rows(made.places), 0);
}

static void all_suppressed_gives_missing_measures_and_no_place(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    for (gsize row = 0; row < sp_table_n_rows(values); row++) {
        sp_table_set_real(values, row, 3, sp_real_none(SP_SUPPRESSED));
        sp_table_set_real(values, row, 5, sp_real_none(SP_SUPPRESSED));
        sp_table_set_real(values, row, 6, sp_real_none(SP_MISSING));
    }
    g_auto(Made) made = make(values);
    assert_int_equal(whole(&made, "n_kommuner", "antall").status, SP_ZERO);
    assert_int_equal(whole(&made, "eq", "antall").status, SP_MISSING);
    assert_int_equal(whole(&made, "scv", "antall").status, SP_MISSING);
    assert_int_equal(whole(&made, "marshall_a", "antall").status, SP_MISSING);
}

static void indicator_outside_the_catalogue_is_an_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_auto(Made) made = {.out = NULL};
    assert_false(run_form(values_persons("ukjent", 1.0),
                          tables_region(kommuner, G_N_ELEMENTS(kommuner)), &form, &made, &error));
    assert_error(error, SP_ERROR_DATA, "indicator \"ukjent\" has no formula");
}

static void repeated_kommune_is_an_error(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    add_value(values, "antall", "1505", (Rate){sp_real(20.0), 200.0, 1000.0}, sp_real(20.0));
    g_autoptr(GError) error = NULL;
    g_auto(Made) made = {.out = NULL};
    assert_false(run_form(values, tables_region(kommuner, 1), &form, &made, &error));
    assert_error(error, SP_ERROR_DATA, "1505");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_stand_in_one_row_an_indicator_and_period),
        cmocka_unit_test(all_that_is_made_of_a_sample_is_flagged),
        cmocka_unit_test(scv_is_over_kommuner_expecting_five_or_more),
        cmocka_unit_test(of_too_few_kommuner_neither_scv_nor_headline_is_told),
        cmocka_unit_test(kommuner_that_are_just_enough_have_scv_and_headline),
        cmocka_unit_test(chi_square_has_one_degree_less_than_kommuner),
        cmocka_unit_test(aarsverk_without_chance_is_refused_every_method_that_rests_on_it),
        cmocka_unit_test(aarsverk_have_limits_of_so_many_positions_and_no_scv),
        cmocka_unit_test(aarsverk_moved_by_chance_alone_lie_outside_as_often_as_they_should),
        cmocka_unit_test(published_ratio_is_compared_and_refused_what_rests_on_chance),
        cmocka_unit_test(kommuner_that_share_a_service_enter_once_and_are_told_by_their_host),
        cmocka_unit_test(four_years_together_are_told_and_not_compared),
        cmocka_unit_test(kommune_with_nobody_expected_does_not_enter),
        cmocka_unit_test(chi_square_of_mostly_small_counts_has_no_probability),
        cmocka_unit_test(few_expected_is_a_finding),
        cmocka_unit_test(region_that_is_no_kommune_takes_no_part),
        cmocka_unit_test(count_without_denominator_is_in_neither_table),
        cmocka_unit_test(all_suppressed_gives_missing_measures_and_no_place),
        cmocka_unit_test(indicator_outside_the_catalogue_is_an_error),
        cmocka_unit_test(repeated_kommune_is_an_error),
        cmocka_unit_test(share_has_the_binomial_variance_in_every_measure),
        cmocka_unit_test(sure_thing_has_no_chi_square_and_no_infinity),
        cmocka_unit_test(full_count_keeps_quotients_and_is_refused_what_rests_on_chance),
        cmocka_unit_test(share_of_kommuner_outside_the_limits_counts_those_that_enter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
