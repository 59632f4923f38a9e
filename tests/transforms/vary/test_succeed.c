/* Who succeeds, in made-up countries where it is known who does. */
#include "tests/transforms/vary/compared.h"

#include "transforms/vary/vary.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

enum { KOMMUNER = 200, YEARS = 4 };
static const char *const periods[YEARS] = {"2019-12-31", "2020-12-31", "2021-12-31", "2022-12-31"};
static const char *const newest = "2022-12-31";
/* Of middling size: about 900 persons, a quarter of whom have the property. */
static const guint able = 3;
static const guint lucky = 5;

typedef struct {
    double able;        /* times the odds of `able`, each year */
    double lucky;       /* times the odds of `lucky`, in the newest year */
    double unexplained; /* standard deviation of what neither need nor size explains, lasting */
    gulong seed;
} Truth;

/* Persons of a kommune: 97 has no factor in common with 200, so sizes are dealt out over the
 * numbers. */
static double size_of(guint i)
{
    return round(800.0 *
                 exp(gsl_cdf_ugaussian_Pinv(((double)(i * 97 % KOMMUNER) + 0.5) / KOMMUNER)));
}

static Compared country_of(const Truth *truth)
{
    Compared compared = compared_new(KOMMUNER);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, truth->seed);
    for (guint i = 0; i < KOMMUNER; i++) {
        const double persons = size_of(i);
        const double need = gsl_ran_ugaussian(rng);
        const double lasting = gsl_ran_gaussian(rng, truth->unexplained);
        compared_add(&compared, "gamle", i, "2019-01-01",
                     (Rate){sp_real(1000.0 + 100.0 * need), 1e4, 1.0});
        compared_add_count(&compared, "folk", i, "2019-01-01", 20.0 * persons);
        for (guint t = 0; t < YEARS; t++) {
            double odds = exp(0.3 * need + 0.1 * log(persons / 800.0) + lasting) / 3.0;
            odds *= i == able ? truth->able : 1.0;
            odds *= i == lucky && t == YEARS - 1 ? truth->lucky : 1.0;
            const gsize row = compared_add(
                &compared, "andel", i, periods[t],
                (Rate){sp_real(gsl_ran_binomial(rng, odds / (1.0 + odds), (guint)persons)), persons,
                       1.0});
            compared_chance(&compared, row, persons / 4.0, persons * 3.0 / 16.0);
        }
    }
    gsl_rng_free(rng);
    return compared;
}

static SpTables *run_both(const Compared *compared, SpQuality *quality)
{
    const char *const assignments[] = {
        "covariate_classes=",      "period_minimum_share=0.75",
        "false_discovery=0.05",    "success_themes=stabilitet, kompetanse",
        "success_minimum=0.05",    "success_earlier=3",
        "success_confirmations=2", "shares_minimum_kommuner=50"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpSettings) settings =
        compared_settings(assignments, G_N_ELEMENTS(assignments), sp_transform_success.config_keys,
                          sp_transform_success.n_config_keys);
    sp_transform_success.run(compared->in, settings, out, quality, &error);
    assert_no_error(error);
    return g_steal_pointer(&out);
}

static SpTable *run(const Compared *compared, SpQuality *quality)
{
    g_autoptr(SpTables) out = run_both(compared, quality);
    return sp_tables_steal(out, "lykkes");
}

static SpTable *run_on(const Truth *truth, SpQuality *quality)
{
    g_auto(Compared) compared = country_of(truth);
    return run(&compared, quality);
}

static gboolean has(const SpTable *table, guint kommune)
{
    char code[8];
    compared_code(kommune, code);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 1), code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Odds 1.8 times those of its need and size: of 25 % about 37. */
static void kommune_that_does_better_each_year_is_found(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_on(&(Truth){1.8, 1.0, 0.0, 1}, quality);
    char code[8];
    compared_code(able, code);
    assert_int_equal(sp_table_n_rows(table), 1);
    assert_true(has(table, able));
    assert_near(TABLES_FIND(table, "n_proevd", "andel", code, newest).value, 3.0, 0.0);
    assert_near(TABLES_FIND(table, "n_bekreftet", "andel", code, newest).value, 3.0, 0.0);
    const double raw = TABLES_FIND(table, "forhold", "andel", code, newest).value;
    const double shrunk = TABLES_FIND(table, "krympet", "andel", code, newest).value;
    assert_true(raw > 1.2 && raw < 1.7);
    assert_true(shrunk > 1.0 && shrunk < raw);
    const double own = TABLES_FIND(table, "verdi", "andel", code, newest).value;
    const double expected = TABLES_FIND(table, "ventet", "andel", code, newest).value;
    assert_near(own / expected, raw, 1e-12);
}

static void one_lucky_year_is_not_success(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_on(&(Truth){1.0, 1.8, 0.0, 2}, quality);
    assert_false(has(table, lucky));
    assert_true(tables_has_finding(quality, "success_not_confirmed", "andel"));
}

/* Where nobody differs but by need, size and chance, anybody found is false: in one country of
 * twenty at most, before any year confirms. */
static void nobody_is_found_where_nobody_differs(void **state)
{
    (void)state;
    gsize n_rows = 0;
    gsize n_told = 0;
    for (gulong seed = 10; seed < 30; seed++) {
        g_autoptr(SpQuality) quality = sp_quality_new();
        g_autoptr(SpTable) table = run_on(&(Truth){1.0, 1.0, 0.0, seed}, quality);
        n_rows += sp_table_n_rows(table);
        n_told += tables_has_finding(quality, "success_not_confirmed", "andel") ? 1 : 0;
    }
    assert_int_equal(n_rows, 0);
    assert_true(n_told <= 2);
}

/* Whoever is found is truly better, where kommuner do differ: the shrunk ratios of those found lie
 * on average where the earlier years lie, no higher. */
static void found_ones_are_as_good_in_the_years_that_did_not_choose_them(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(Compared) compared = country_of(&(Truth){1.0, 1.0, 0.25, 3});
    g_autoptr(SpTable) table = run(&compared, quality);
    const gsize n = sp_table_n_rows(table);
    assert_true(n >= 10 && n <= KOMMUNER / 2);
    double chosen = 0.0;
    double earlier = 0.0;
    for (gsize row = 0; row < n; row++) {
        const char *code = sp_table_code(table, row, 1);
        const double raw = TABLES_FIND(table, "forhold", "andel", code, newest).value;
        const double own = TABLES_FIND(table, "verdi", "andel", code, newest).value;
        const double before =
            TABLES_FIND(compared.values, "verdi", "andel", code, periods[0]).value;
        chosen += TABLES_FIND(table, "krympet", "andel", code, newest).value / (double)n;
        earlier += raw * before / own / (double)n;
    }
    assert_near(chosen, earlier, 0.05);
}

static void points_before_a_break_confirm_nothing(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(Compared) compared = country_of(&(Truth){1.8, 1.0, 0.0, 1});
    char code[8];
    compared_code(able, code);
    for (gsize row = 0; row < sp_table_n_rows(compared.values); row++) {
        if (strcmp(sp_table_code(compared.values, row, 1), code) == 0 &&
            strcmp(sp_table_code(compared.values, row, 2), "2021-12-31") == 0) {
            SpReal verdi = sp_table_real(compared.values, row, 6);
            verdi.flags |= SP_FLAG_BREAK_BEFORE;
            sp_table_set_real(compared.values, row, 6, verdi);
        }
    }
    g_autoptr(SpTables) out = run_both(&compared, quality);
    assert_false(has(sp_tables_find(out, "lykkes"), able));
    assert_near(TABLES_FIND(sp_tables_find(out, "lykkes_grunnlag"), "n_proevbare", "andel").value,
                KOMMUNER - 1, 0.0);
}

/* `verk` is good where it is low: kommune 3 has two thirds of what the others have. */
static void low_is_good_where_the_catalogue_says_so(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(60);
    for (guint i = 0; i < 60; i++) {
        compared_add(&compared, "gamle", i, "2019-01-01", (Rate){sp_real(10.0 + i), 100.0, 1.0});
        for (guint t = 0; t < YEARS; t++) {
            const double wave = (double)((i * 7 + t * 3) % 11) - 5.0;
            const double aarsverk = i == able ? 65.0 : 100.0 + wave;
            const gsize row =
                compared_add(&compared, "verk", i, periods[t], (Rate){sp_real(aarsverk), 1e4, 1e4});
            compared_chance(&compared, row, 100.0, 15.0);
        }
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(&compared, quality);
    assert_int_equal(sp_table_n_rows(table), 1);
    assert_true(has(table, able));
}

static void indicator_without_figures_is_told_of(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(4);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) out = run_both(&compared, quality);
    const SpTable *basis = sp_tables_find(out, "lykkes_grunnlag");
    assert_string_equal(ATTRIBUTE(basis, "proevd", "andel"), "ingen_tall");
    assert_string_equal(ATTRIBUTE(basis, "period", "andel"), "");
    assert_int_equal(TABLES_FIND(basis, "n_perioder", "andel").status, SP_ZERO);
}

static void what_cannot_be_told_is_said(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(12);
    for (guint i = 0; i < 12; i++) {
        compared_add(&compared, "gamle", i, "2019-01-01", (Rate){sp_real(10.0 + i), 100.0, 1.0});
        for (guint t = 0; t < 3; t++) {
            gsize row =
                compared_add(&compared, "andel", i, periods[t], (Rate){sp_real(50.0), 200.0, 1.0});
            compared_chance(&compared, row, 50.0, 37.5);
            if (t < 2) {
                row =
                    compared_add(&compared, "verk", i, periods[t], (Rate){sp_real(50.0), 1e4, 1e4});
                compared_chance(&compared, row, 50.0, 40.0);
            }
        }
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) out = run_both(&compared, quality);
    const SpTable *basis = sp_tables_find(out, "lykkes_grunnlag");
    assert_int_equal(sp_table_n_rows(sp_tables_find(out, "lykkes")), 0);
    assert_true(tables_has_finding(quality, "method_refused", "andel 2021-12-31 lykkes"));
    assert_true(tables_has_finding(quality, "success_untested", "verk"));
    assert_int_equal(sp_table_n_rows(basis), 2);
    assert_string_equal(ATTRIBUTE(basis, "proevd", "andel"), "ingen_modell");
    assert_string_equal(ATTRIBUTE(basis, "proevd", "verk"), "faa_perioder");
    assert_near(TABLES_FIND(basis, "n_perioder", "verk").value, 2.0, 0.0);
    assert_int_equal(TABLES_FIND(basis, "n_kommuner", "verk").status, SP_NOT_APPLICABLE);
    assert_int_equal(TABLES_FIND(basis, "n_lykkes", "andel").status, SP_NOT_APPLICABLE);
}

static void hide(const Compared *compared, guint kommune, const char *period)
{
    char code[8];
    const char *const codes[] = {"andel", compared_code(kommune, code), period};
    const gsize row = tables_row(compared->values, codes, G_N_ELEMENTS(codes));
    sp_table_set_real(compared->values, row, 4, sp_real_none(SP_SUPPRESSED));
    sp_table_set_real(compared->values, row, 6, sp_real_none(SP_SUPPRESSED));
}

/* Five without a figure in the newest period, and ten others with one earlier period of the two
 * that must confirm: nobody can say whether they do well. */
static void who_could_not_be_tested_is_counted(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(Compared) compared = country_of(&(Truth){1.8, 1.0, 0.0, 1});
    for (guint i = 100; i < 105; i++) {
        hide(&compared, i, newest);
    }
    for (guint i = 110; i < 120; i++) {
        hide(&compared, i, periods[0]);
        hide(&compared, i, periods[2]);
    }
    g_autoptr(SpTables) out = run_both(&compared, quality);
    const SpTable *basis = sp_tables_find(out, "lykkes_grunnlag");
    assert_string_equal(ATTRIBUTE(basis, "proevd", "andel"), "ja");
    assert_string_equal(ATTRIBUTE(basis, "period", "andel"), newest);
    assert_near(TABLES_FIND(basis, "n_perioder", "andel").value, YEARS, 0.0);
    assert_near(TABLES_FIND(basis, "n_kommuner", "andel").value, KOMMUNER - 5, 0.0);
    assert_near(TABLES_FIND(basis, "n_utelatt", "andel").value, 5.0, 0.0);
    assert_near(TABLES_FIND(basis, "n_proevbare", "andel").value, KOMMUNER - 5 - 10, 0.0);
    assert_near(TABLES_FIND(basis, "n_lykkes", "andel").value, 1.0, 0.0);
    assert_true(TABLES_FIND(basis, "n_funnet", "andel").value >= 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kommune_that_does_better_each_year_is_found),
        cmocka_unit_test(one_lucky_year_is_not_success),
        cmocka_unit_test(nobody_is_found_where_nobody_differs),
        cmocka_unit_test(found_ones_are_as_good_in_the_years_that_did_not_choose_them),
        cmocka_unit_test(points_before_a_break_confirm_nothing),
        cmocka_unit_test(low_is_good_where_the_catalogue_says_so),
        cmocka_unit_test(what_cannot_be_told_is_said),
        cmocka_unit_test(indicator_without_figures_is_told_of),
        cmocka_unit_test(who_could_not_be_tested_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
