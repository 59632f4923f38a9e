/* Trends and breaks of series whose truth is known. */
#include "tests/transforms/vary/compared.h"

#include "transforms/vary/trend/rates.h"
#include "transforms/vary/vary.h"

#include <gsl/gsl_randist.h>

enum { KOMMUNER = 4, YEARS = 6, FIRST = 2015 };

static const char *day(guint t, char buffer[SP_DAY_SIZE])
{
    return sp_day_format((SpDay)((FIRST + t) * 10000 + 1231), buffer);
}

static SpTable *run(const Compared *compared)
{
    const char *const assignments[] = {"period_minimum_share=0.7", "trend_members_share=0.5",
                                       "trend_minimum_points=5",   "false_discovery=0.05",
                                       "bootstrap_replicates=200", "seed=1"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpSettings) settings = compared_settings(assignments, G_N_ELEMENTS(assignments),
                                                       sp_transform_development.config_keys,
                                                       sp_transform_development.n_config_keys);
    sp_transform_development.run(compared->in, settings, out, quality, &error);
    assert_no_error(error);
    return sp_tables_steal(out, "utvikling");
}

/* teller of `value` per 1 000 of 1 000. Returns the row. */
static gsize add(Compared *compared, const char *indicator, guint i, guint t, double value)
{
    char buffer[SP_DAY_SIZE];
    const gboolean is_share = strcmp(indicator, "andel") == 0;
    const gsize row = compared_add(compared, indicator, i, day(t, buffer),
                                   (Rate){sp_real(value), 1000.0, is_share ? 1.0 : 1000.0});
    compared_chance(compared, row, 100.0, 100.0);
    return row;
}

static SpReal figure(const SpTable *table, const char *measure, const char *indicator,
                     const char *region)
{
    return TABLES_FIND(table, measure, indicator, region);
}

static void slope_and_probability_are_those_of_the_line(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < YEARS; t++) {
        for (guint i = 0; i < KOMMUNER; i++) {
            add(&compared, "brukere", i, t, 100.0 + 10.0 * t);
        }
    }
    g_autoptr(SpTable) table = run(&compared);
    static const char *const regions[] = {"1000", "10", "0"};
    for (gsize k = 0; k < G_N_ELEMENTS(regions); k++) {
        assert_near(figure(table, "stigning", "brukere", regions[k]).value, 10.0, 1e-9);
        assert_near(figure(table, "tau", "brukere", regions[k]).value, 1.0, 1e-12);
        /* One order in 720 rises all the way, and one falls. */
        assert_near(figure(table, "p_trend", "brukere", regions[k]).value, 2.0 / 720.0, 1e-12);
        assert_near(figure(table, "foerste", "brukere", regions[k]).value, 100.0, 1e-9);
        assert_near(figure(table, "siste", "brukere", regions[k]).value, 150.0, 1e-9);
    }
    assert_near(figure(table, "n_kommuner", "brukere", "0").value, 4.0, 0.0);
    assert_near(figure(table, "n_kommuner", "brukere", "10").value, 2.0, 0.0);
    assert_string_equal(ATTRIBUTE(table, "fra", "brukere", "0"), "2015-12-31");
    assert_string_equal(ATTRIBUTE(table, "til", "brukere", "0"), "2020-12-31");
}

/* The kommuner rise by 10 a year and the source's own figure by 4; in one country a year of it is
 * missing. */
static void country_goes_as_its_own_figures_where_every_year_has_one(void **state)
{
    (void)state;
    for (guint lacking = YEARS - 1; lacking <= YEARS; lacking++) {
        g_auto(Compared) compared = compared_new(KOMMUNER);
        for (guint t = 0; t < YEARS; t++) {
            char buffer[SP_DAY_SIZE];
            for (guint i = 0; i < KOMMUNER; i++) {
                add(&compared, "brukere", i, t, 100.0 + 10.0 * t);
            }
            if (t != lacking) {
                compared_add_country(&compared, "brukere", day(t, buffer),
                                     (Rate){sp_real(500.0 + 20.0 * t), 5000.0, 1000.0});
            }
        }
        g_autoptr(SpTable) table = run(&compared);
        const gboolean is_own = lacking == YEARS;
        assert_near(figure(table, "stigning", "brukere", "0").value, is_own ? 4.0 : 10.0, 1e-9);
        assert_near(figure(table, "siste", "brukere", "0").value, is_own ? 120.0 : 150.0, 1e-9);
        assert_int_equal(figure(table, "n_kommuner", "brukere", "0").status,
                         is_own ? SP_NOT_APPLICABLE : SP_PRESENT);
        assert_near(figure(table, "stigning", "brukere", "10").value, 10.0, 1e-9);
    }
}

static void counts_that_grow_five_percent_a_year_are_told_so(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < YEARS; t++) {
        for (guint i = 0; i < KOMMUNER; i++) {
            add(&compared, "brukere", i, t, 100.0 * pow(1.05, t));
        }
    }
    g_autoptr(SpTable) table = run(&compared);
    assert_near(figure(table, "aarlig_endring", "brukere", "1000").value, 0.05, 1e-6);
    assert_true(figure(table, "aarlig_endring_nedre", "brukere", "1000").value < 0.05);
    assert_true(figure(table, "aarlig_endring_oevre", "brukere", "1000").value > 0.05);
    assert_int_equal(figure(table, "p_andel", "brukere", "1000").status, SP_NOT_APPLICABLE);
}

/* Twenty årsverk that grow by `growth` a year; chance deals out 0.9 of one at a time. They are told
 * in units of which `per_unit` are an årsverk. */
static SpTable *run_positions(double per_unit, double growth)
{
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < YEARS; t++) {
        for (guint i = 0; i < KOMMUNER; i++) {
            char buffer[SP_DAY_SIZE];
            const double aarsverk = 20.0 * pow(growth, t);
            const gsize row = compared_add(&compared, "verk", i, day(t, buffer),
                                           (Rate){sp_real(per_unit * aarsverk), 1e4, 1e4});
            compared_chance(&compared, row, per_unit * 20.0, per_unit * per_unit * 0.9 * 20.0);
        }
    }
    return run(&compared);
}

static void limits_of_a_change_of_aarsverk_are_by_positions_whatever_the_unit(void **state)
{
    (void)state;
    static const char *const measures[] = {"aarlig_endring", "aarlig_endring_nedre",
                                           "aarlig_endring_oevre"};
    static const char *const regions[] = {"1000", "0"};
    const double growth = 1.02;
    g_autoptr(SpTable) whole = run_positions(1.0, growth);
    g_autoptr(SpTable) tenths = run_positions(10.0, growth);
    for (gsize k = 0; k < G_N_ELEMENTS(measures); k++) {
        for (gsize r = 0; r < G_N_ELEMENTS(regions); r++) {
            assert_near(figure(tenths, measures[k], "verk", regions[r]).value,
                        figure(whole, measures[k], "verk", regions[r]).value, 1e-9);
        }
    }
    /* On the line itself: the slope's variance is 0.9 / sum of a (t - mean)^2 over årsverk a. */
    double all = 0.0;
    double mean = 0.0;
    double squares = 0.0;
    for (guint t = 0; t < YEARS; t++) {
        all += 20.0 * pow(growth, t);
        mean += 20.0 * pow(growth, t) * t;
    }
    mean /= all;
    for (guint t = 0; t < YEARS; t++) {
        squares += 20.0 * pow(growth, t) * (t - mean) * (t - mean);
    }
    const double reach = 1.959963984540054 * sqrt(0.9 / squares);
    assert_near(figure(whole, "aarlig_endring", "verk", "1000").value, growth - 1.0, 1e-9);
    assert_near(figure(whole, "aarlig_endring_oevre", "verk", "1000").value,
                growth * exp(reach) - 1.0, 1e-6);
    assert_near(figure(whole, "aarlig_endring_nedre", "verk", "1000").value,
                growth * exp(-reach) - 1.0, 1e-6);
}

static void share_is_tested_as_a_share(void **state)
{
    (void)state;
    double time[YEARS];
    double observed[YEARS];
    double population[YEARS];
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < YEARS; t++) {
        time[t] = t;
        observed[t] = 100.0 + 7.0 * t + 11.0 * (t % 2);
        population[t] = 1000.0;
        for (guint i = 0; i < KOMMUNER; i++) {
            add(&compared, "andel", i, t, observed[t]);
        }
    }
    g_autoptr(SpTable) table = run(&compared);
    assert_near(figure(table, "p_andel", "andel", "1000").value,
                sp_trend_armitage(YEARS, time, observed, population).p_wide.value, 1e-12);
    assert_int_equal(figure(table, "aarlig_endring", "andel", "1000").status, SP_NOT_APPLICABLE);
}

static void flag_break(Compared *compared, gsize row)
{
    SpReal verdi = sp_table_real(compared->values, row, 6);
    verdi.flags |= SP_FLAG_BREAK_BEFORE;
    sp_table_set_real(compared->values, row, 6, verdi);
}

/* Ten years rising by 10, lifted by 100 from the sixth on, and 1 up or down by turns. */
static double lifted_value(guint t)
{
    return 100.0 + 10.0 * t + (t >= 5 ? 100.0 : 0.0) + (t % 2 == 0 ? 1.0 : -1.0);
}

static Compared lifted(gboolean is_tabled)
{
    Compared compared = compared_new(KOMMUNER);
    for (guint t = 0; t < 10; t++) {
        for (guint i = 0; i < KOMMUNER; i++) {
            const gsize row = add(&compared, "brukere", i, t, lifted_value(t));
            if (is_tabled && t == 5) {
                flag_break(&compared, row);
            }
        }
    }
    return compared;
}

/* 1003 has no figure in the year that bears the mark. */
static void break_holds_for_a_kommune_without_a_figure_then(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < 10; t++) {
        for (guint i = 0; i < KOMMUNER; i++) {
            if (i == 3 && t == 5) {
                continue;
            }
            const gsize row = add(&compared, "brukere", i, t, lifted_value(t));
            if (t == 5) {
                flag_break(&compared, row);
            }
        }
    }
    g_autoptr(SpTable) table = run(&compared);
    assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", "1003"), "2021-12-31");
    assert_near(figure(table, "nivaaskift", "brukere", "1003").value, 100.0, 4.0);
}

/* Forty kommuner, ten years; in the sixth, which is no point when so few tell of it, the first
 * `n_telling` alone have figures, flagged b. */
static SpTable *run_with_a_thin_year(guint n_telling)
{
    enum { MANY = 40 };
    g_auto(Compared) compared = compared_new(MANY);
    for (guint t = 0; t < 10; t++) {
        for (guint i = 0; i < (t == 5 ? n_telling : MANY); i++) {
            const gsize row = add(&compared, "brukere", i, t, lifted_value(t));
            if (t == 5) {
                flag_break(&compared, row);
            }
        }
    }
    return run(&compared);
}

static void break_in_a_year_that_most_tell_of_stands_before_the_next(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = run_with_a_thin_year(25);
    assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", "0"), "2021-12-31");
    assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", "1000"), "2021-12-31");
    assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", "1030"), "2021-12-31");
    assert_near(figure(table, "n_kommuner", "brukere", "0").value, 40.0, 0.0);
}

static void break_in_a_year_that_one_tells_of_is_its_own(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = run_with_a_thin_year(1);
    assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", "1000"), "2021-12-31");
    static const char *const others[] = {"1001", "1030", "10", "11", "0"};
    for (gsize k = 0; k < G_N_ELEMENTS(others); k++) {
        assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", others[k]), "");
        assert_near(figure(table, "n_punkter", "brukere", others[k]).value, 9.0, 0.0);
        assert_int_equal(figure(table, "p_brudd", "brukere", others[k]).status, SP_NOT_APPLICABLE);
    }
}

/* Fylke 10 is the first twenty of forty: not more than half of all, and all of its own. */
static void break_in_a_year_that_one_fylke_tells_of_is_that_fylkes(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = run_with_a_thin_year(20);
    assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", "10"), "2021-12-31");
    assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", "11"), "");
    assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", "0"), "");
}

/* The first three years, 500 above, are on a line of their own. */
static void break_is_measured_against_the_line_since_the_one_before(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < 12; t++) {
        for (guint i = 0; i < KOMMUNER; i++) {
            const double value = t < 3 ? 700.0 : lifted_value(t - 2);
            const gsize row = add(&compared, "brukere", i, t, value);
            if (t == 3 || t == 7) {
                flag_break(&compared, row);
            }
        }
    }
    g_autoptr(SpTable) table = run(&compared);
    assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", "0"), "2022-12-31");
    assert_near(figure(table, "nivaaskift", "brukere", "0").value, 100.0, 4.0);
}

static void trend_is_of_what_follows_a_tabled_break_and_the_break_is_measured(void **state)
{
    (void)state;
    static const char *const regions[] = {"1000", "10", "0"};
    g_auto(Compared) compared = lifted(TRUE);
    g_autoptr(SpTable) table = run(&compared);
    for (gsize k = 0; k < G_N_ELEMENTS(regions); k++) {
        assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", regions[k]), "2020-12-31");
        assert_string_equal(ATTRIBUTE(table, "fra", "brukere", regions[k]), "2020-12-31");
        assert_near(figure(table, "n_punkter", "brukere", regions[k]).value, 5.0, 0.0);
        assert_near(figure(table, "stigning", "brukere", regions[k]).value, 10.0, 1.0);
        assert_near(figure(table, "nivaaskift", "brukere", regions[k]).value, 100.0, 3.0);
        assert_true(figure(table, "p_brudd", "brukere", regions[k]).value < 1e-4);
        assert_int_equal(figure(table, "foerste", "brukere", regions[k]).flags,
                         SP_FLAG_BREAK_BEFORE);
    }
}

static void break_that_no_table_names_is_not_tested(void **state)
{
    (void)state;
    g_auto(Compared) compared = lifted(FALSE);
    g_autoptr(SpTable) table = run(&compared);
    assert_string_equal(ATTRIBUTE(table, "brudd", "brukere", "0"), "");
    assert_int_equal(figure(table, "p_brudd", "brukere", "0").status, SP_NOT_APPLICABLE);
    assert_int_equal(figure(table, "nivaaskift", "brukere", "0").status, SP_NOT_APPLICABLE);
    assert_near(figure(table, "n_punkter", "brukere", "0").value, 10.0, 0.0);
}

/* 222 times 55.8 over 222 is less than 55.8 in floating point, and 224 times it over 224 is not. */
static void equal_figures_are_neither_a_rise_nor_a_fall(void **state)
{
    (void)state;
    static const char *const regions[] = {"1000", "10", "0"};
    char buffer[SP_DAY_SIZE];
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < YEARS; t++) {
        for (guint i = 0; i < KOMMUNER; i++) {
            const gsize row = compared_add(&compared, "kroner", i, day(t, buffer),
                                           (Rate){sp_real(1.0), t % 2 == 0 ? 224.0 : 222.0, 1.0});
            sp_table_set_real(compared.values, row, 6, sp_real(55.8));
        }
    }
    g_autoptr(SpTable) table = run(&compared);
    for (gsize k = 0; k < G_N_ELEMENTS(regions); k++) {
        assert_true(figure(table, "foerste", "kroner", regions[k]).value == 55.8);
        assert_true(figure(table, "siste", "kroner", regions[k]).value == 55.8);
        assert_int_equal(figure(table, "p_trend", "kroner", regions[k]).status, SP_MISSING);
        assert_int_equal(figure(table, "stigning", "kroner", regions[k]).status, SP_ZERO);
    }
}

/* `kroner` from each December to the one so many years later, rising by 1. */
static SpTable *run_intervals(guint years)
{
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < YEARS; t++) {
        g_autofree char *period =
            g_strdup_printf("%u-12-01--%u-12-01", FIRST + t, FIRST + t + years);
        for (guint i = 0; i < KOMMUNER; i++) {
            compared_add(&compared, "kroner", i, period, (Rate){sp_real(100.0 + t), 1.0, 1.0});
        }
    }
    return run(&compared);
}

/* Who left from one December to the next did not leave in the year after. */
static void intervals_that_meet_in_a_day_are_all_points_and_those_that_overlap_are_not(void **state)
{
    (void)state;
    g_autoptr(SpTable) meeting = run_intervals(1);
    g_autoptr(SpTable) overlapping = run_intervals(2);
    assert_near(figure(meeting, "n_punkter", "kroner", "0").value, YEARS, 0.0);
    assert_near(figure(meeting, "stigning", "kroner", "0").value, 1.0, 1e-9);
    assert_near(figure(overlapping, "n_punkter", "kroner", "0").value, YEARS / 2.0, 0.0);
}

/* The last kommune, on another level, has no figure one year: with it the sum would bend. */
static void country_is_of_the_same_kommuner_in_every_period(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < YEARS; t++) {
        for (guint i = 0; i < KOMMUNER; i++) {
            if (i + 1 < KOMMUNER || t != 2) {
                add(&compared, "brukere", i, t, i + 1 < KOMMUNER ? 100.0 + t : 900.0);
            }
        }
    }
    g_autoptr(SpTable) table = run(&compared);
    assert_near(figure(table, "n_kommuner", "brukere", "0").value, 3.0, 0.0);
    assert_near(figure(table, "siste", "brukere", "0").value, 105.0, 1e-9);
    assert_near(figure(table, "stigning", "brukere", "0").value, 1.0, 1e-9);
    assert_near(figure(table, "n_punkter", "brukere", "1003").value, 5.0, 0.0);
}

static gboolean has_row(const SpTable *table, const char *region)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 1), region) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static void few_points_are_told_of_the_country_without_a_trend(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < 4; t++) {
        for (guint i = 0; i < KOMMUNER; i++) {
            add(&compared, "brukere", i, t, 100.0 + t);
        }
    }
    g_autoptr(SpTable) table = run(&compared);
    static const char *const missing[] = {"stigning", "tau",     "p_trend",
                                          "q_trend",  "p_blokk", "aarlig_endring"};
    for (gsize k = 0; k < G_N_ELEMENTS(missing); k++) {
        assert_int_equal(figure(table, missing[k], "brukere", "0").status, SP_MISSING);
    }
    assert_near(figure(table, "siste", "brukere", "0").value, 103.0, 1e-9);
    assert_string_equal(ATTRIBUTE(table, "vurdering", "brukere", "0"), "");
    assert_true(has_row(table, "10"));
    assert_false(has_row(table, "1000"));
}

/* The least change of `andel` is 2 percentage points, that of `kroner` is not decided. */
static void change_is_worth_a_sentence_by_the_catalogue(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint t = 0; t < YEARS; t++) {
        const double wave[YEARS] = {3.0, 1.0, 4.0, 0.0, 5.0, 2.0};
        add(&compared, "andel", 0, t, 100.0 + 5.0 * t);
        add(&compared, "andel", 1, t, 100.0 - 5.0 * t);
        add(&compared, "andel", 2, t, 100.0 + 3.0 * t);
        add(&compared, "andel", 3, t, 100.0 + wave[t]);
        for (guint i = 0; i < KOMMUNER; i++) {
            add(&compared, "kroner", i, t, 100.0 + 50.0 * t);
        }
    }
    g_autoptr(SpTable) table = run(&compared);
    assert_string_equal(ATTRIBUTE(table, "vurdering", "andel", "1000"), "opp");
    assert_string_equal(ATTRIBUTE(table, "vurdering", "andel", "1001"), "ned");
    assert_string_equal(ATTRIBUTE(table, "vurdering", "andel", "1002"), "liten");
    assert_string_equal(ATTRIBUTE(table, "vurdering", "andel", "1003"), "usikker");
    assert_string_equal(ATTRIBUTE(table, "vurdering", "kroner", "1000"), "");
}

/* Every fourth quarter is 50 higher; between the years it rises by 1. */
static void quarters_are_those_of_one_season(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint quarter = 0; quarter < 4 * YEARS; quarter++) {
        const guint t = quarter / 4;
        g_autofree char *period = g_strdup_printf("%uK%u", FIRST + t, quarter % 4 + 1);
        for (guint i = 0; i < KOMMUNER; i++) {
            compared_add(&compared, "kroner", i, period,
                         (Rate){sp_real(100.0 + t + (quarter % 4 == 3 ? 50.0 : 0.0)), 1.0, 1.0});
        }
    }
    g_autoptr(SpTable) table = run(&compared);
    assert_near(figure(table, "n_punkter", "kroner", "1000").value, YEARS, 0.0);
    assert_near(figure(table, "stigning", "kroner", "1000").value, 1.0, 1e-9);
    assert_string_equal(ATTRIBUTE(table, "fra", "kroner", "1000"), "2015K4");
}

enum { MANY = 300, LONG = 8 };

/* A country without a trend: its figures are independent, or wander. Nobody's change is told.
 * Returns how many of the kommuner Mann-Kendall alarms at. */
static guint alarms_of_nothing(gboolean wanders)
{
    guint alarms = 0;
    double share[MANY];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 11);
    g_auto(Compared) compared = compared_new(MANY);
    for (guint t = 0; t < LONG; t++) {
        for (guint i = 0; i < MANY; i++) {
            share[i] = (t == 0 ? 0.3 : share[i]) + (wanders ? gsl_ran_gaussian(rng, 0.02) : 0.0);
            add(&compared, "andel", i, t,
                wanders ? 1000.0 * share[i] : gsl_ran_binomial(rng, share[i], 1000));
        }
    }
    gsl_rng_free(rng);
    g_autoptr(SpTable) table = run(&compared);
    for (guint i = 0; i < MANY; i++) {
        char code[8];
        compared_code(i, code);
        alarms += figure(table, "p_trend", "andel", code).value < 0.05 ? 1 : 0;
        assert_string_equal(ATTRIBUTE(table, "vurdering", "andel", code), "usikker");
    }
    return alarms;
}

/* Alarms of the test as it says, and after correction none. */
static void country_without_trends_has_few_alarms_and_no_judgements(void **state)
{
    (void)state;
    assert_in_range(alarms_of_nothing(FALSE), MANY / 100, MANY * 8 / 100);
}

/* A third of the kommuner rise or fall as by a trend, and some all the way. */
static void kommuner_that_only_wander_have_no_judgements(void **state)
{
    (void)state;
    assert_true(alarms_of_nothing(TRUE) > MANY / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slope_and_probability_are_those_of_the_line),
        cmocka_unit_test(country_goes_as_its_own_figures_where_every_year_has_one),
        cmocka_unit_test(counts_that_grow_five_percent_a_year_are_told_so),
        cmocka_unit_test(limits_of_a_change_of_aarsverk_are_by_positions_whatever_the_unit),
        cmocka_unit_test(share_is_tested_as_a_share),
        cmocka_unit_test(trend_is_of_what_follows_a_tabled_break_and_the_break_is_measured),
        cmocka_unit_test(break_holds_for_a_kommune_without_a_figure_then),
        cmocka_unit_test(break_in_a_year_that_most_tell_of_stands_before_the_next),
        cmocka_unit_test(break_in_a_year_that_one_tells_of_is_its_own),
        cmocka_unit_test(break_in_a_year_that_one_fylke_tells_of_is_that_fylkes),
        cmocka_unit_test(break_is_measured_against_the_line_since_the_one_before),
        cmocka_unit_test(break_that_no_table_names_is_not_tested),
        cmocka_unit_test(equal_figures_are_neither_a_rise_nor_a_fall),
        cmocka_unit_test(
            intervals_that_meet_in_a_day_are_all_points_and_those_that_overlap_are_not),
        cmocka_unit_test(country_is_of_the_same_kommuner_in_every_period),
        cmocka_unit_test(few_points_are_told_of_the_country_without_a_trend),
        cmocka_unit_test(change_is_worth_a_sentence_by_the_catalogue),
        cmocka_unit_test(quarters_are_those_of_one_season),
        cmocka_unit_test(country_without_trends_has_few_alarms_and_no_judgements),
        cmocka_unit_test(kommuner_that_only_wander_have_no_judgements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
