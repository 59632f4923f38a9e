/* Tables variasjon and plassering from a small indikatorverdi. */
#include "tests/transforms/vary/tables.h"

#include "core/random.h"
#include "transforms/vary/catalogue.h"
#include "transforms/vary/variation.h"

#include <math.h>

static const char *const kommuner[] = {"1505", "1506", "1508", "1511", "1580"};

/* Made by hand, so that each figure's status can be chosen. */
static SpTable *values_new(void)
{
    static const SpColumn columns[] = {
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "teller", .kind = SP_COLUMN_MEASURE},
        {.name = "nevner", .kind = SP_COLUMN_MEASURE},
        {.name = "verdi", .kind = SP_COLUMN_MEASURE},
        {.name = "forventet", .kind = SP_COLUMN_MEASURE},
        {.name = "varians", .kind = SP_COLUMN_MEASURE},
        {.name = "vertskommune", .kind = SP_COLUMN_CODE},
    };
    return sp_table_new("indikatorverdi", columns, G_N_ELEMENTS(columns));
}

/* Of a share (per 1) binomial, of a count per population Poisson; of årsverk with positions of half
 * a year's work each, half of that. */
static SpReal variance_of(const char *indicator, SpReal expected, double nevner, double per)
{
    if (!sp_real_is_number(expected)) {
        return expected;
    }
    const double left = per == 1.0 ? fmax(0.0, 1.0 - expected.value / nevner) : 1.0;
    return sp_real(expected.value * left * (strcmp(indicator, "halve") == 0 ? 0.5 : 1.0));
}

static void add_value(SpTable *table, const char *indicator, const char *region, SpReal teller,
                      double nevner, double per, SpReal expected)
{
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, indicator);
    sp_table_set_code(table, row, 1, region);
    sp_table_set_code(table, row, 2, "2022-12-31");
    sp_table_set_real(table, row, 3, teller);
    sp_table_set_real(table, row, 4, sp_real(nevner));
    sp_table_set_real(table, row, 5, sp_real_rate(teller, sp_real(nevner), per));
    sp_table_set_real(table, row, 6, expected);
    sp_table_set_real(table, row, 7, variance_of(indicator, expected, nevner, per));
}

/* Four kommuner with a figure, one that is suppressed; national rate 10 per 100. */
static SpTable *values_persons(const char *indicator, double per)
{
    SpTable *table = values_new();
    add_value(table, indicator, "1505", sp_real(20.0), 200.0, per, sp_real(20.0));
    add_value(table, indicator, "1506", sp_real(70.0), 400.0, per, sp_real(40.0));
    add_value(table, indicator, "1508", sp_real(9.0), 400.0, per, sp_real(40.0));
    add_value(table, indicator, "1511", sp_real(5.0), 40.0, per, sp_real(4.0));
    add_value(table, indicator, "1580", sp_real_none(SP_SUPPRESSED), 100.0, per, sp_real(10.0));
    return table;
}

static SpTable *catalogue_new(void)
{
    SpTable *table = tables_indikator();
    TABLES_ADD_INDICATOR(table, "antall", "count_persons", "no", "yes", "b.a", "f.i", "1000", "",
                         "");
    TABLES_ADD_INDICATOR(table, "andel", "share", "no", "yes", "b.a", "f.i", "1", "", "");
    TABLES_ADD_INDICATOR(table, "verk", "aarsverk", "yes", "no", "b.a", "f.i", "10000", "", "");
    TABLES_ADD_INDICATOR(table, "halve", "aarsverk", "yes", "yes", "b.a", "f.i", "10000", "", "");
    TABLES_ADD_INDICATOR(table, "kjent", "aarsverk", "yes", "no", "", "", "1", "", "", "", "n.v");
    TABLES_ADD_INDICATOR(table, "alder", "share", "yes", "no", "f.o", "f.i", "1", "", "");
    TABLES_ADD_INDICATOR(table, "alene", "count_persons", "no", "no", "b.a", "", "1", "", "");
    return table;
}

/* What the two tables became. */
typedef struct {
    SpQuality *quality;
    SpTables *out;
    const SpTable *whole;  /* variasjon */
    const SpTable *places; /* plassering */
} Made;

static void made_clear(Made *made)
{
    g_clear_pointer(&made->quality, sp_quality_free);
    g_clear_pointer(&made->out, sp_tables_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Made, made_clear)

static gboolean run(SpTable *values, SpTables *out, SpQuality *quality, GError **error)
{
    g_autoptr(SpTable) owned = values;
    g_autoptr(SpTable) catalogue = catalogue_new();
    g_autoptr(SpTable) regions = tables_region(kommuner, G_N_ELEMENTS(kommuner));
    g_autoptr(GPtrArray) indicators = sp_indicators_read(catalogue, error);
    assert_non_null(indicators);
    const SpVariationInput input = {owned, regions, indicators, 5.0};
    return sp_variation(&input, out, quality, error);
}

static Made make(SpTable *values)
{
    g_autoptr(GError) error = NULL;
    Made made = {.quality = sp_quality_new(), .out = sp_tables_new()};
    run(values, made.out, made.quality, &error);
    assert_no_error(error);
    made.whole = sp_tables_find(made.out, "variasjon");
    made.places = sp_tables_find(made.out, "plassering");
    return made;
}

/* A measure of an indicator, and a kommune's figure. */
static SpReal whole(const Made *made, const char *measure, const char *indicator)
{
    return TABLES_FIND(made->whole, measure, indicator, "2022-12-31");
}

static SpReal place(const Made *made, const char *measure, const char *indicator,
                    const char *region)
{
    return TABLES_FIND(made->places, measure, indicator, region, "2022-12-31");
}

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

static void scv_is_over_kommuner_expecting_five_or_more(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    const double scv =
        ((0.0 - 20.0) / 400.0 + (900.0 - 40.0) / 1600.0 + (961.0 - 40.0) / 1600.0) / 3.0;
    assert_near(whole(&made, "scv", "antall").value, scv, 1e-12);
    assert_near(whole(&made, "scv_andel_utelatt", "antall").value, 0.25, 0.0);
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
    add_value(values, "verk", "1505", sp_real(10.5), 1000.0, 10000.0, none);
    add_value(values, "verk", "1506", sp_real(42.0), 2000.0, 10000.0, none);
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

/* Positions of a half each: 40 årsverk expected are 80 positions, whose count is Poisson. golden/08's
 * row pois,4,1 stands for 2 årsverk of 4 such positions. */
static void aarsverk_have_limits_of_so_many_positions_and_no_scv(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "halve", "1505", sp_real(20.0), 10000.0, 10000.0, sp_real(20.0));
    add_value(values, "halve", "1506", sp_real(70.0), 20000.0, 10000.0, sp_real(40.0));
    add_value(values, "halve", "1511", sp_real(1.0), 1000.0, 10000.0, sp_real(2.0));
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

/* A sum of positions of as many persons as chance gives (Poisson), `expected` årsverk in the mean. */
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
    g_autoptr(SpTable) values = values_new();
    g_autoptr(SpTable) regions = tables_region(NULL, 0);
    g_autoptr(SpTable) catalogue = catalogue_new();
    g_autoptr(GPtrArray) indicators = sp_indicators_read(catalogue, NULL);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(GError) error = NULL;
    const SpRandom random = sp_random_named(sp_random_seed(5), "aarsverk");
    for (gsize i = 0; i < KOMMUNER; i++) {
        g_autofree char *code = g_strdup_printf("%04" G_GSIZE_FORMAT, i + 1000);
        const double expected = 4.0 * pow(100.0, (double)i / KOMMUNER);
        const double drawn = drawn_aarsverk(sp_random_numbered(random, i), expected);
        add_value(values, "halve", code, sp_real(drawn), 1e6, 10000.0, sp_real(expected));
        sp_table_set_real(values, i, 7, sp_real(phi * expected));
        TABLES_ADD_INDICATOR(regions, code, "kommune");
    }
    const SpVariationInput input = {values, regions, indicators, 5.0};
    assert_true(sp_variation(&input, out, quality, &error));
    const SpTable *places = sp_tables_find(out, "plassering");
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
        add_value(values, "kjent", kommuner[i], none, 1.0, 1.0, none);
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
    add_value(values, "alder", "1505", sp_real(30.0), 60.0, 1.0, none);
    sp_table_set_code(values, 0, 2, "2019-2022");
    g_auto(Made) made = make(values);
    assert_int_equal(sp_table_n_rows(made.whole), 0);
    assert_near(TABLES_FIND(made.places, "verdi", "alder", "1505", "2019-2022").value, 0.5, 0.0);
    assert_int_equal(TABLES_FIND(made.places, "ratio", "alder", "1505", "2019-2022").status,
                     SP_NOT_APPLICABLE);
}

static const char *signal_of(const SpTable *places, const char *region)
{
    const gsize signal = sp_table_find(places, "signal");
    for (gsize row = 0; row < sp_table_n_rows(places); row++) {
        if (strcmp(sp_table_code(places, row, 1), region) == 0) {
            return sp_table_code(places, row, signal);
        }
    }
    fail_msg("no row %s", region);
    return "";
}

/* golden/08 has no such row: 30 % of 50 and of 100 persons, by hand as in test_measures. */
static void share_has_the_binomial_variance_in_every_measure(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "andel", "1505", sp_real(20.0), 50.0, 1.0, sp_real(15.0));
    add_value(values, "andel", "1506", sp_real(25.0), 100.0, 1.0, sp_real(30.0));
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
    add_value(values, "andel", "1505", sp_real(50.0), 50.0, 1.0, sp_real(50.0));
    add_value(values, "andel", "1506", sp_real(90.0), 80.0, 1.0, sp_real(90.0));
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
    add_value(values, "alder", "1505", sp_real(50.0), 1000.0, 1.0, none);
    add_value(values, "alder", "1506", sp_real(300.0), 2000.0, 1.0, none);
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

/* Its denominator is below 25 persons: indikatorverdi has teller and forventet, but no verdi. */
static void kommune_whose_value_is_withheld_has_no_place_either(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "andel", "1505", sp_real(20.0), 50.0, 1.0, sp_real(15.0));
    add_value(values, "andel", "1506", sp_real(25.0), 100.0, 1.0, sp_real(30.0));
    add_value(values, "andel", "1508", sp_real(24.0), 24.0, 1.0, sp_real(7.2));
    sp_table_set_real(values, 2, 5, sp_real_none(SP_MISSING));
    g_auto(Made) made = make(values);
    assert_near(whole(&made, "n_kommuner", "andel").value, 2.0, 0.0);
    assert_near(whole(&made, "n_utelatt", "andel").value, 3.0, 0.0);
    assert_int_equal(whole(&made, "andel_utenfor_998", "andel").status, SP_ZERO);
    assert_int_equal(place(&made, "ratio", "andel", "1508").status, SP_MISSING);
    assert_int_equal(place(&made, "krympet", "andel", "1508").status, SP_MISSING);
    assert_string_equal(signal_of(made.places, "1508"), "");
    assert_true(sp_real_is_number(place(&made, "oevre_998", "andel", "1508")));
}

static void flags_of_the_count_and_of_the_population_stay_on_the_place(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    const guint both = SP_FLAG_BREAK_BEFORE | SP_FLAG_MODELLED;
    sp_table_set_real(values, 0, 3, sp_real_flagged(20.0, SP_FLAG_BREAK_BEFORE));
    sp_table_set_real(values, 0, 4, sp_real_flagged(200.0, SP_FLAG_MODELLED));
    sp_table_set_real(values, 0, 5, sp_real_flagged(100.0, both));
    sp_table_set_real(values, 0, 6, sp_real_flagged(20.0, SP_FLAG_MODELLED));
    g_auto(Made) made = make(values);
    assert_int_equal(place(&made, "verdi", "antall", "1505").flags, both);
    assert_int_equal(place(&made, "ratio", "antall", "1505").flags, both);
    assert_int_equal(place(&made, "krympet", "antall", "1505").flags, both);
    assert_int_equal(place(&made, "oevre_95", "antall", "1505").flags, SP_FLAG_MODELLED);
    assert_int_equal(place(&made, "verdi", "antall", "1506").flags, 0);
}

static void signal_names_the_limit_that_is_passed(void **state)
{
    (void)state;
    SpTable *values = values_new();
    /* Poisson around 40: 95 % from 28.0 to 52.9, 99.8 % from 22.0 to 60.9. */
    add_value(values, "antall", "1505", sp_real(70.0), 400.0, 1000.0, sp_real(40.0));
    add_value(values, "antall", "1506", sp_real(55.0), 400.0, 1000.0, sp_real(40.0));
    add_value(values, "antall", "1508", sp_real(9.0), 400.0, 1000.0, sp_real(40.0));
    add_value(values, "antall", "1511", sp_real(26.0), 400.0, 1000.0, sp_real(40.0));
    add_value(values, "antall", "1580", sp_real(40.0), 400.0, 1000.0, sp_real(40.0));
    g_auto(Made) made = make(values);
    assert_string_equal(signal_of(made.places, "1505"), "over_998");
    assert_string_equal(signal_of(made.places, "1506"), "over_95");
    assert_string_equal(signal_of(made.places, "1508"), "under_998");
    assert_string_equal(signal_of(made.places, "1511"), "under_95");
    assert_string_equal(signal_of(made.places, "1580"), "");
}

/* golden/08, pois,4,1: -0.2363, 0.0228, 1.9695, 2.7389 times the expected. */
static void limits_are_in_the_unit_of_the_value(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    assert_near(place(&made, "nedre_95", "antall", "1511").value, 0.0228096094267878 * 100.0, 1e-9);
    assert_near(place(&made, "oevre_95", "antall", "1511").value, 1.9694613422507 * 100.0, 1e-9);
    assert_near(place(&made, "oevre_998", "antall", "1511").value, 2.73898814962917 * 100.0, 1e-9);
}

static void limit_below_zero_is_shown_as_zero(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    assert_int_equal(place(&made, "nedre_998", "antall", "1511").status, SP_ZERO);
}

/* Binomial limits are narrower than Poisson ones, and end at the whole. */
static void share_has_binomial_limits_within_zero_and_one(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "andel", "1505", sp_real(3.0), 3.0, 1.0, sp_real(2.7));
    add_value(values, "andel", "1506", sp_real(45.0), 50.0, 1.0, sp_real(45.0));
    g_auto(Made) made = make(values);
    assert_true(place(&made, "oevre_998", "andel", "1505").value <= 1.0);
    assert_true(place(&made, "oevre_998", "andel", "1506").value <= 1.0);
    assert_true(place(&made, "nedre_998", "andel", "1506").value > 0.7);
}

static void suppressed_kommune_has_limits_but_no_place(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    assert_int_equal(place(&made, "verdi", "antall", "1580").status, SP_SUPPRESSED);
    assert_int_equal(place(&made, "ratio", "antall", "1580").status, SP_SUPPRESSED);
    assert_int_equal(place(&made, "krympet", "antall", "1580").status, SP_SUPPRESSED);
    assert_true(sp_real_is_number(place(&made, "oevre_95", "antall", "1580")));
    assert_string_equal(signal_of(made.places, "1580"), "");
}

static void shrunk_ratio_lies_between_its_own_and_the_common_and_is_marked_modelled(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    const SpReal shrunk = place(&made, "krympet", "antall", "1506");
    assert_near(place(&made, "ratio", "antall", "1506").value, 1.75, 1e-12);
    assert_true(shrunk.value > 1.0 && shrunk.value < 1.75);
    assert_int_equal(shrunk.flags, SP_FLAG_MODELLED);
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

static void few_expected_is_a_finding(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    sp_table_set_real(values, 0, 6, sp_real(0.5));
    sp_table_set_real(values, 0, 7, sp_real(0.5));
    g_auto(Made) made = make(values);
    assert_true(tables_has_finding(made.quality, "expected_below_one", "antall 2022-12-31"));
    assert_near(whole(&made, "n_kommuner", "antall").value, 4.0, 0.0);
}

static void region_that_is_no_kommune_takes_no_part(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    add_value(values, "antall", "2100", sp_real(900.0), 1000.0, 1000.0, sp_real(1.0));
    add_value(values, "antall", "15", sp_real(900.0), 1000.0, 1000.0, sp_real(1.0));
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
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(GError) error = NULL;
    assert_false(run(values_persons("ukjent", 1.0), out, quality, &error));
    assert_error(error, SP_ERROR_DATA, "indicator \"ukjent\" has no formula");
}

static void repeated_kommune_is_an_error(void **state)
{
    (void)state;
    SpTable *values = values_persons("antall", 1000.0);
    add_value(values, "antall", "1505", sp_real(20.0), 200.0, 1000.0, sp_real(20.0));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(GError) error = NULL;
    assert_false(run(values, out, quality, &error));
    assert_error(error, SP_ERROR_DATA, "1505");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_stand_in_one_row_an_indicator_and_period),
        cmocka_unit_test(scv_is_over_kommuner_expecting_five_or_more),
        cmocka_unit_test(chi_square_has_one_degree_less_than_kommuner),
        cmocka_unit_test(aarsverk_without_chance_is_refused_every_method_that_rests_on_it),
        cmocka_unit_test(aarsverk_have_limits_of_so_many_positions_and_no_scv),
        cmocka_unit_test(aarsverk_moved_by_chance_alone_lie_outside_as_often_as_they_should),
        cmocka_unit_test(published_ratio_is_compared_and_refused_what_rests_on_chance),
        cmocka_unit_test(kommuner_that_share_a_service_enter_once_and_are_told_by_their_host),
        cmocka_unit_test(four_years_together_are_told_and_not_compared),
        cmocka_unit_test(signal_names_the_limit_that_is_passed),
        cmocka_unit_test(limits_are_in_the_unit_of_the_value),
        cmocka_unit_test(limit_below_zero_is_shown_as_zero),
        cmocka_unit_test(share_has_binomial_limits_within_zero_and_one),
        cmocka_unit_test(suppressed_kommune_has_limits_but_no_place),
        cmocka_unit_test(shrunk_ratio_lies_between_its_own_and_the_common_and_is_marked_modelled),
        cmocka_unit_test(kommune_with_nobody_expected_does_not_enter),
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
        cmocka_unit_test(kommune_whose_value_is_withheld_has_no_place_either),
        cmocka_unit_test(flags_of_the_count_and_of_the_population_stay_on_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
