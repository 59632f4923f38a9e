/* Tails, discoveries, limits that hold the true differences, and which direction is good. */
#include "tests/transforms/vary/variation.h"

#include <gsl/gsl_cdf.h>

/* Mid-p lower tail of a count, Poisson around effects that are normal: the law written out, between
 * whole counts by the gamma function. */
static double mixed_lower(double count, double mean, double sd)
{
    double sum = 0.0;
    double weights = 0.0;
    for (int i = -400; i <= 400; i++) {
        const double v = 0.02 * i;
        const double at = mean * exp(sd * v);
        sum += exp(-v * v / 2.0) * 0.5 *
               (gsl_cdf_gamma_Q(at, count, 1.0) + gsl_cdf_gamma_Q(at, count + 1.0, 1.0));
        weights += exp(-v * v / 2.0);
    }
    return sum / weights;
}

static void nobody_where_two_are_expected_has_the_mid_p_of_two_tails(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    sp_table_set_real(values, 3, 3, sp_real(0.0));
    sp_table_set_real(values, 3, 5, sp_real(0.0));
    sp_table_set_real(values, 3, 6, sp_real(2.0));
    sp_table_set_real(values, 3, 7, sp_real(2.0));
    g_auto(Made) made = make(values);
    /* Twice half of the chance of nobody. */
    assert_near(place(&made, "p", "antall", "1511").value, exp(-2.0), 1e-12);
}

/* The upper limits between counts lie below 0 there. */
static void nobody_where_hardly_anybody_is_expected_is_no_signal(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    sp_table_set_real(values, 3, 3, sp_real(0.0));
    sp_table_set_real(values, 3, 5, sp_real(0.0));
    sp_table_set_real(values, 3, 6, sp_real(0.01));
    sp_table_set_real(values, 3, 7, sp_real(0.01));
    g_auto(Made) made = make(values);
    assert_near(place(&made, "p", "antall", "1511").value, exp(-0.01), 1e-12);
    assert_string_equal(word_of(made.places, "signal", "1511"), "");
}

/* Three of three where each has it with chance a half: 2 (1/8) / 2. */
static void share_has_the_mid_p_of_the_binomial(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "andel", "1505", (Rate){sp_real(3.0), 3.0, 1.0}, sp_real(1.5));
    add_value(values, "andel", "1506", (Rate){sp_real(50.0), 100.0, 1.0}, sp_real(50.0));
    g_auto(Made) made = make(values);
    assert_near(place(&made, "p", "andel", "1505").value, 1.0 / 8.0, 1e-12);
    assert_near(place(&made, "p", "andel", "1506").value, 1.0, 1e-12);
}

/* Benjamini and Hochberg by hand: the four that have a figure are the family. */
static void discoveries_are_of_the_family_of_kommuner_with_a_figure(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    const double p_1505 = place(&made, "p", "antall", "1505").value;
    const double p_1506 = place(&made, "p", "antall", "1506").value;
    const double p_1508 = place(&made, "p", "antall", "1508").value;
    const double p_1511 = place(&made, "p", "antall", "1511").value;
    assert_true(p_1508 < p_1506 && p_1506 < p_1511 && p_1511 < p_1505);
    assert_near(place(&made, "q", "antall", "1505").value, p_1505, 1e-15);
    assert_near(place(&made, "q", "antall", "1511").value, fmin(p_1511 * 4.0 / 3.0, p_1505), 1e-15);
    assert_near(place(&made, "q", "antall", "1506").value, p_1506 * 2.0, 1e-15);
    assert_near(place(&made, "q", "antall", "1508").value, fmin(p_1508 * 4.0, p_1506 * 2.0), 1e-15);
    assert_string_equal(word_of(made.places, "signal_fdr", "1506"), "over");
    assert_string_equal(word_of(made.places, "signal_fdr", "1508"), "under");
    assert_string_equal(word_of(made.places, "signal_fdr", "1511"), "");
    assert_int_equal(place(&made, "p", "antall", "1580").status, SP_SUPPRESSED);
    assert_int_equal(place(&made, "q", "antall", "1580").status, SP_SUPPRESSED);
    assert_int_equal(place(&made, "q_od", "antall", "1580").status, SP_SUPPRESSED);
}

static void share_of_false_discoveries_is_what_the_setting_says(void **state)
{
    (void)state;
    SpVariationForm none = form;
    none.control.false_discovery = 0.0;
    g_auto(Made) made = make_form(values_persons("antall", 1000.0),
                                  tables_region(kommuner, G_N_ELEMENTS(kommuner)), &none);
    assert_string_equal(word_of(made.places, "signal_fdr", "1506"), "");
    assert_string_equal(word_of(made.places, "signal", "1506"), "over_998");
}

/* Limits are where the law of table variasjon has these tails, summed over effects. */
static void limits_with_true_differences_follow_from_the_spread_between_kommuner(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    const double sd = whole(&made, "sd_od", "antall").value;
    const double centre = whole(&made, "senter_od", "antall").value;
    assert_true(sd > 0.0);
    assert_near(mixed_lower(place(&made, "oevre_95_od", "antall", "1506").value * 400.0 / 1000.0,
                            centre * 40.0, sd),
                0.975, 1e-3);
    assert_near(mixed_lower(place(&made, "nedre_95_od", "antall", "1506").value * 400.0 / 1000.0,
                            centre * 40.0, sd),
                0.025, 1e-3);
    assert_true(place(&made, "oevre_998_od", "antall", "1506").value >
                place(&made, "oevre_998", "antall", "1506").value);
    /* The suppressed kommune has limits, which need no figure of its own. */
    assert_int_equal(place(&made, "oevre_95_od", "antall", "1580").status, SP_PRESENT);
    assert_int_equal(place(&made, "oevre_95_od", "antall", "1580").flags, SP_FLAG_MODELLED);
    /* Far outside what chance gives, and still not unusual among these four. */
    assert_string_equal(word_of(made.places, "signal", "1506"), "over_998");
    assert_string_equal(word_of(made.places, "signal_od", "1506"), "");
}

/* One large kommune below the others makes the country: against it all others are over, and among
 * themselves they are alike. */
static void limits_with_true_differences_lie_around_the_typical_kommune(void **state)
{
    (void)state;
    SpTable *values = values_new();
    static const double counts[] = {9800.0, 102.0, 98.0, 100.0, 100.0};
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        const double people = i == 0 ? 200000.0 : 1000.0;
        add_value(values, "antall", kommuner[i], (Rate){sp_real(counts[i]), people, 1000.0},
                  sp_real(people * 0.05));
    }
    g_auto(Made) made = make(values);
    const double centre = whole(&made, "senter_od", "antall").value;
    assert_near(centre, 2.0, 0.02); /* 400 of 200: the large one stands out and is no part of it */
    assert_string_equal(word_of(made.places, "signal_od", "1505"), "under_998");
    assert_string_equal(word_of(made.places, "signal", "1506"), "over_998");
    assert_string_equal(word_of(made.places, "signal_od", "1506"), "");
    assert_true(place(&made, "oevre_95_od", "antall", "1506").value > 100.0);
    assert_true(place(&made, "nedre_95_od", "antall", "1506").value < 100.0);
}

/* Chance of a share of 0.9 is a tenth of Poisson's: the limits are those of ten times as many. */
static void limits_of_shares_have_the_binomial_variance(void **state)
{
    (void)state;
    SpTable *values = values_new();
    for (gsize i = 0; i < 4; i++) { /* as near the expected as can be: no true differences */
        add_value(values, "andel", kommuner[i],
                  (Rate){sp_real(900.0 + (double)(i % 2)), 1000.0, 1.0}, sp_real(900.5));
    }
    g_auto(Made) made = make(values);
    const double share = 0.9005;
    const double sd = sqrt(share * (1.0 - share) / 1000.0);
    assert_int_equal(whole(&made, "sd_od", "andel").status, SP_ZERO);
    assert_near(place(&made, "oevre_95_od", "andel", "1505").value, share + 1.96 * sd, 0.1 * sd);
    assert_near(place(&made, "nedre_95_od", "andel", "1505").value, share - 1.96 * sd, 0.1 * sd);
}

/* Forty alike kommuner 4000 to 4039 that expect 400, their counts as chance spreads them around
 * `ratio` times that, at the normal quantiles; and 1505, which has `count` of `expected`. */
static Made forty_and_one(const char *indicator, double ratio, double count, double expected)
{
    enum { ALIKE = 40 };
    SpTable *values = values_new();
    SpTable *regions = tables_region(kommuner, 1);
    add_value(values, indicator, "1505", (Rate){sp_real(count), 10.0 * expected, 1000.0},
              sp_real(expected));
    for (gsize i = 0; i < ALIKE; i++) {
        g_autofree char *code = g_strdup_printf("%04" G_GSIZE_FORMAT, i + 4000);
        const double mean = 400.0 * ratio;
        const double z = gsl_cdf_ugaussian_Pinv(((double)i + 0.5) / ALIKE);
        add_value(values, indicator, code,
                  (Rate){sp_real(round(mean + sqrt(mean) * z)), 4000.0, 1000.0}, sp_real(400.0));
        TABLES_ADD_INDICATOR(regions, code, "kommune");
    }
    return make_form(values, regions, &form);
}

/* 700 of 400: (sqrt(1.75) - 1) 2 sqrt(400) is 13 standard deviations. */
static void one_that_stands_out_among_alike_kommuner_is_told_by_every_signal(void **state)
{
    (void)state;
    g_auto(Made) made = forty_and_one("bra", 1.0, 700.0, 400.0);
    assert_string_equal(word_of(made.places, "signal", "1505"), "over_998");
    assert_string_equal(word_of(made.places, "signal_fdr", "1505"), "over");
    assert_string_equal(word_of(made.places, "signal_od", "1505"), "over_998");
    assert_string_equal(word_of(made.places, "signal_od_fdr", "1505"), "over");
    assert_string_equal(word_of(made.places, "vurdering", "1505"), "gunstig");
    /* Of those alike nobody is a discovery. */
    assert_string_equal(word_of(made.places, "signal_od_fdr", "4000"), "");
    assert_string_equal(word_of(made.places, "signal_od_fdr", "4039"), "");
    assert_string_equal(word_of(made.places, "vurdering", "4039"), "");
}

static void who_stands_out_is_judged_by_the_direction_that_the_catalogue_says_is_good(void **state)
{
    (void)state;
    g_auto(Made) good = forty_and_one("bra", 1.0, 200.0, 400.0);
    g_auto(Made) bad = forty_and_one("galt", 1.0, 200.0, 400.0);
    g_auto(Made) worse = forty_and_one("galt", 1.0, 700.0, 400.0);
    g_auto(Made) neutral = forty_and_one("antall", 1.0, 700.0, 400.0);
    assert_string_equal(word_of(good.places, "vurdering", "1505"), "ugunstig");
    assert_string_equal(word_of(bad.places, "vurdering", "1505"), "gunstig");
    assert_string_equal(word_of(worse.places, "vurdering", "1505"), "ugunstig");
    assert_string_equal(word_of(neutral.places, "vurdering", "1505"), "");
}

/* The forty have half again what the country has, so that chance explains none of them, and none is
 * unusual among the others. */
static void who_lies_off_the_country_as_the_others_do_is_not_judged(void **state)
{
    (void)state;
    g_auto(Made) made = forty_and_one("bra", 1.5, 600.0, 400.0);
    assert_string_equal(word_of(made.places, "signal_fdr", "4020"), "over");
    assert_string_equal(word_of(made.places, "signal_od_fdr", "4020"), "");
    assert_string_equal(word_of(made.places, "vurdering", "4020"), "");
}

/* Above the country by 9 of chance's standard deviations, and far below the forty. */
static void who_stands_out_on_the_other_side_than_against_the_country_is_not_judged(void **state)
{
    (void)state;
    g_auto(Made) made = forty_and_one("bra", 1.5, 4600.0, 4000.0);
    assert_string_equal(word_of(made.places, "signal_fdr", "1505"), "over");
    assert_string_equal(word_of(made.places, "signal_od_fdr", "1505"), "under");
    assert_string_equal(word_of(made.places, "vurdering", "1505"), "");
}

/* Exactly the country's figure, and far below the forty: nothing speaks against the judgement. */
static void who_stands_out_where_the_country_lies_is_judged(void **state)
{
    (void)state;
    g_auto(Made) made = forty_and_one("bra", 1.5, 4000.0, 4000.0);
    assert_string_equal(word_of(made.places, "signal_fdr", "1505"), "");
    assert_string_equal(word_of(made.places, "vurdering", "1505"), "ugunstig");
}

static void without_chance_there_is_no_tail_and_no_limit(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "kroner", "1505", (Rate){sp_real(50.0), 10.0, 1.0},
              sp_real_none(SP_NOT_APPLICABLE));
    add_value(values, "kroner", "1506", (Rate){sp_real(90.0), 10.0, 1.0},
              sp_real_none(SP_NOT_APPLICABLE));
    g_auto(Made) made = make(values);
    static const char *const measures[] = {
        "p", "q", "q_od", "oevre_95_od", "krympet_lokal", "krympet_gamma", "uten_egne_tall"};
    for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
        assert_int_equal(place(&made, measures[i], "kroner", "1505").status, SP_NOT_APPLICABLE);
    }
    assert_int_equal(whole(&made, "sd_od", "kroner").status, SP_NOT_APPLICABLE);
    assert_int_equal(whole(&made, "andel_utenfor_998_od", "kroner").status, SP_NOT_APPLICABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_where_two_are_expected_has_the_mid_p_of_two_tails),
        cmocka_unit_test(nobody_where_hardly_anybody_is_expected_is_no_signal),
        cmocka_unit_test(share_has_the_mid_p_of_the_binomial),
        cmocka_unit_test(discoveries_are_of_the_family_of_kommuner_with_a_figure),
        cmocka_unit_test(share_of_false_discoveries_is_what_the_setting_says),
        cmocka_unit_test(limits_with_true_differences_follow_from_the_spread_between_kommuner),
        cmocka_unit_test(limits_with_true_differences_lie_around_the_typical_kommune),
        cmocka_unit_test(limits_of_shares_have_the_binomial_variance),
        cmocka_unit_test(one_that_stands_out_among_alike_kommuner_is_told_by_every_signal),
        cmocka_unit_test(who_stands_out_is_judged_by_the_direction_that_the_catalogue_says_is_good),
        cmocka_unit_test(who_lies_off_the_country_as_the_others_do_is_not_judged),
        cmocka_unit_test(who_stands_out_on_the_other_side_than_against_the_country_is_not_judged),
        cmocka_unit_test(who_stands_out_where_the_country_lies_is_judged),
        cmocka_unit_test(without_chance_there_is_no_tail_and_no_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
