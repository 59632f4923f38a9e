/* The four shares of a made-up country, through the table: what need, size and nothing give is
 * known. */
#include "tests/transforms/vary/explained.h"

#include <gsl/gsl_randist.h>

static SpTable *run(const Compared *compared, SpQuality *quality)
{
    return explained_run(compared, "variasjon_andeler", quality);
}

static double figure(const SpTable *table, const char *measure, const char *indicator)
{
    const SpReal real = TABLES_FIND(table, measure, indicator, period);
    assert_true(sp_real_is_number(real));
    return real.value;
}

static void check_truth(const char *indicator, const Truth *truth, gulong seed)
{
    g_auto(Compared) compared = explained_country(indicator, truth, seed, NULL);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(&compared, quality);
    const double need = truth->need * truth->need;
    const double size = truth->size * truth->size;
    const double rest = truth->unexplained * truth->unexplained;
    const double systematic = 1.0 - figure(table, "andel_tilfeldig", indicator);
    assert_near(figure(table, "andel_behov", indicator) / systematic, need / (need + size + rest),
                0.1);
    assert_near(figure(table, "andel_rammevilkaar", indicator) / systematic,
                size / (need + size + rest), 0.1);
    assert_near(figure(table, "pcv", indicator), 1.0 - rest / (need + size + rest), 0.1);
    /* Two areas at random differ by sqrt(2) sd; half of the pairs by more than 0.6745 of that. */
    assert_near(log(figure(table, "mrr_foer", indicator)),
                0.6745 * sqrt(2.0 * (need + size + rest)), 0.05);
    assert_near(log(figure(table, "mrr_behov", indicator)), 0.6745 * sqrt(2.0 * (size + rest)),
                0.05);
    assert_near(log(figure(table, "mrr_etter", indicator)), 0.6745 * sqrt(2.0 * rest), 0.05);
    assert_near(figure(table, "andel_behov", indicator) +
                    figure(table, "andel_rammevilkaar", indicator) +
                    figure(table, "andel_tilfeldig", indicator) +
                    figure(table, "andel_uforklart", indicator),
                1.0, 1e-12);
    assert_near(figure(table, "n_kommuner", indicator), KOMMUNER, 0.0);
}

static void shares_are_those_of_the_truth(void **state)
{
    (void)state;
    check_truth("brukere", &(Truth){0.3, 0.2, 0.2, 200.0}, 1);
    check_truth("brukere", &(Truth){0.1, 0.3, 0.1, 200.0}, 2);
    check_truth("andel", &(Truth){0.4, 0.2, 0.2, 200.0}, 3);
}

static void covariates_that_were_in_are_named(void **state)
{
    (void)state;
    g_auto(Compared) compared =
        explained_country("brukere", &(Truth){0.3, 0.2, 0.2, 200.0}, 4, NULL);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(&compared, quality);
    assert_string_equal(ATTRIBUTE(table, "behov", "brukere", period), "gamle");
    assert_string_equal(ATTRIBUTE(table, "rammevilkaar", "brukere", period), "folk");
}

/* Half of what moves `andel`, of theme stabilitet, is the share of old: told as need where that is
 * need of its theme, and by nothing where it is need of another. */
static void model_of_a_theme_has_its_own_need(void **state)
{
    (void)state;
    static const char *const themes[] = {"stabilitet|helse", "helse"};
    static const char *const wanted[] = {"gamle", ""};
    const Truth truth = {0.3, 0.0, 0.3, 200.0};
    for (gsize k = 0; k < G_N_ELEMENTS(themes); k++) {
        g_auto(Compared) compared = explained_country("andel", &truth, 11, NULL);
        compared_need_of(&compared, "gamle", themes[k]);
        g_autoptr(SpQuality) quality = sp_quality_new();
        g_autoptr(SpTable) table = run(&compared, quality);
        const double need = figure(table, "andel_behov", "andel");
        const double none = figure(table, "andel_uforklart", "andel");
        assert_string_equal(ATTRIBUTE(table, "behov", "andel", period), wanted[k]);
        assert_string_equal(ATTRIBUTE(table, "rammevilkaar", "andel", period), "folk");
        assert_near(need / (need + none), k == 0 ? 0.5 : 0.0, 0.1);
    }
}

/* `syke` has chance of its own, and is a covariate of the others. */
static void indicator_does_not_explain_itself(void **state)
{
    (void)state;
    g_auto(Compared) compared =
        explained_country("brukere", &(Truth){0.3, 0.2, 0.2, 200.0}, 7, NULL);
    for (guint i = 0; i < KOMMUNER; i++) {
        const gsize row = compared_add(&compared, "syke", i, period,
                                       (Rate){sp_real(100.0 + i * 31 % 50), 1e3, 1.0});
        compared_chance(&compared, row, 125.0, 109.0);
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(&compared, quality);
    assert_string_equal(ATTRIBUTE(table, "behov", "brukere", period), "gamle syke");
    assert_string_equal(ATTRIBUTE(table, "behov", "syke", period), "gamle");
}

/* Positions of a fixed size: chance gives the ratio a variance of 0.9 / 100. */
static void aarsverk_are_shared_out_without_median_ratios(void **state)
{
    (void)state;
    const double need = 0.2;
    const double unexplained = 0.1;
    const double chance = 0.9 / 100.0;
    const double all = need * need + unexplained * unexplained + chance;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 5);
    for (guint i = 0; i < KOMMUNER; i++) {
        const double z = gsl_ran_ugaussian(rng);
        const double ratio = 1.0 + need * z + gsl_ran_gaussian(rng, unexplained) +
                             gsl_ran_gaussian(rng, sqrt(chance));
        compared_add(&compared, "gamle", i, "2022-01-01",
                     (Rate){sp_real(1000.0 + 100.0 * z), 1e4, 1.0});
        const gsize row =
            compared_add(&compared, "verk", i, period, (Rate){sp_real(100.0 * ratio), 1e4, 1e4});
        compared_chance(&compared, row, 100.0, 90.0);
    }
    gsl_rng_free(rng);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(&compared, quality);
    assert_near(figure(table, "andel_behov", "verk"), need * need / all, 0.1);
    assert_near(figure(table, "andel_tilfeldig", "verk"), chance / all, 0.05);
    assert_near(figure(table, "andel_uforklart", "verk"), unexplained * unexplained / all, 0.1);
    assert_int_equal(TABLES_FIND(table, "mrr_foer", "verk", period).status, SP_NOT_APPLICABLE);
    assert_int_equal(TABLES_FIND(table, "pcv", "verk", period).status, SP_NOT_APPLICABLE);
}

/* One kommune with 13 of 100 persons has a fifth more than expected; in all others chance alone
 * acts. What nothing explains is then a single kommune's, and no share of the variation of 357. */
static void one_large_kommune_is_not_the_variation_of_all(void **state)
{
    (void)state;
    double size[KOMMUNER];
    double sum = 0.0;
    gsize largest = 0;
    kommune_sizes(size);
    for (gsize i = 1; i < KOMMUNER; i++) {
        largest = size[i] > size[largest] ? i : largest;
    }
    for (gsize i = 0; i < KOMMUNER; i++) {
        sum += i != largest ? size[i] : 0.0;
    }
    size[largest] = 0.13 / 0.87 * sum;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 8);
    for (guint i = 0; i < KOMMUNER; i++) {
        const double expected = 40.0 / 1e4 * size[i];
        const double count = i == largest ? 1.2 * expected : gsl_ran_poisson(rng, expected);
        const double need = gsl_ran_ugaussian(rng);
        compared_add(&compared, "gamle", i, "2022-01-01",
                     (Rate){sp_real(1000.0 + 100.0 * need), 1e4, 1.0});
        const gsize row =
            compared_add(&compared, "verk", i, period, (Rate){sp_real(count), size[i], 1e4});
        compared_chance(&compared, row, expected, expected);
    }
    gsl_rng_free(rng);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(&compared, quality);
    print_message("unexplained %.3f, random %.3f\n", figure(table, "andel_uforklart", "verk"),
                  figure(table, "andel_tilfeldig", "verk"));
    assert_true(figure(table, "andel_uforklart", "verk") < 0.1);
    assert_true(figure(table, "andel_tilfeldig", "verk") > 0.9);
}

static void kommune_without_its_need_is_left_out(void **state)
{
    (void)state;
    g_auto(Compared) compared =
        explained_country("brukere", &(Truth){0.3, 0.2, 0.2, 200.0}, 6, NULL);
    for (gsize row = 0; row < 30; row += 3) {
        assert_string_equal(sp_table_code(compared.values, row, 0), "gamle");
        sp_table_set_real(compared.values, row, 6, sp_real_none(SP_SUPPRESSED));
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(&compared, quality);
    assert_near(figure(table, "n_kommuner", "brukere"), KOMMUNER - 10.0, 0.0);
    assert_near(figure(table, "n_utelatt", "brukere"), 10.0, 0.0);
}

/* 120 of 100 is no share: the finding teller_above_nevner tells of it, and the rest is shared out
 * as if it had no figure. */
static void kommune_with_more_than_all_is_left_out_and_the_rest_shared_out(void **state)
{
    (void)state;
    static const char *const measures[] = {"andel_behov", "andel_tilfeldig", "mrr_foer", "pcv"};
    const SpReal figures[] = {sp_real(1.2), sp_real_none(SP_MISSING)};
    SpTable *tables[2];
    for (gsize turn = 0; turn < 2; turn++) {
        g_auto(Compared) compared =
            explained_country("andel", &(Truth){0.4, 0.2, 0.2, 200.0}, 3, NULL);
        g_autoptr(SpQuality) quality = sp_quality_new();
        const gsize row = 2; /* of the first kommune, after its two covariates */
        assert_string_equal(sp_table_code(compared.values, row, 0), "andel");
        const double nevner = sp_table_real(compared.values, row, 5).value;
        sp_table_set_real(compared.values, row, 4, sp_real(1.2 * nevner));
        sp_table_set_real(compared.values, row, 6, figures[turn]);
        tables[turn] = run(&compared, quality);
    }
    assert_near(figure(tables[0], "n_kommuner", "andel"), KOMMUNER - 1.0, 0.0);
    assert_near(figure(tables[0], "n_utelatt", "andel"), 1.0, 0.0);
    for (gsize k = 0; k < G_N_ELEMENTS(measures); k++) {
        assert_near(figure(tables[0], measures[k], "andel"),
                    figure(tables[1], measures[k], "andel"), 1e-12);
    }
    sp_table_free(tables[0]);
    sp_table_free(tables[1]);
}

static void what_cannot_be_shared_out_is_told(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(12);
    for (guint i = 0; i < 12; i++) {
        compared_add(&compared, "gamle", i, "2022-01-01", (Rate){sp_real(10.0 + i), 100.0, 1.0});
        compared_add(&compared, "kroner", i, period, (Rate){sp_real(10.0 + i), 100.0, 1.0});
        const gsize row =
            compared_add(&compared, "brukere", i, period, (Rate){sp_real(10.0 + i), 100.0, 1000.0});
        compared_chance(&compared, row, 15.0, 15.0);
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(&compared, quality);
    assert_int_equal(sp_table_n_rows(table), 1);
    assert_int_equal(TABLES_FIND(table, "andel_behov", "brukere", period).status, SP_MISSING);
    assert_true(tables_has_finding(quality, "method_refused", "kroner variasjon_andeler"));
    assert_true(
        tables_has_finding(quality, "method_refused", "brukere 2022-12-31 variasjon_andeler"));
}

/* The country of the first claim, where the source hides all but `n_told` kommuner. */
static gsize rows_told(const char *name, gsize n_told, SpQuality *quality)
{
    gsize n = 0;
    g_auto(Compared) compared =
        explained_country("brukere", &(Truth){0.3, 0.2, 0.2, 200.0}, 1, NULL);
    for (gsize i = n_told; i < KOMMUNER; i++) {
        const gsize row = 3 * i + 2; /* after its two covariates */
        assert_string_equal(sp_table_code(compared.values, row, 0), "brukere");
        sp_table_set_real(compared.values, row, sp_table_find(compared.values, "verdi"),
                          sp_real_none(SP_SUPPRESSED));
    }
    g_autoptr(SpTable) table = explained_run(&compared, name, quality);
    const gsize told =
        sp_table_find(table, strcmp(name, "uforklart") == 0 ? "ventet" : "andel_behov");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        n += sp_real_is_number(sp_table_real(table, row, told)) ? 1 : 0;
    }
    return n;
}

static void of_too_few_kommuner_nothing_is_shared_out_or_predicted(void **state)
{
    (void)state;
    g_autoptr(SpQuality) enough = sp_quality_new();
    g_autoptr(SpQuality) few = sp_quality_new();
    assert_int_equal(rows_told("variasjon_andeler", 200, enough), 1);
    assert_int_equal(rows_told("variasjon_andeler", 199, few), 0);
    assert_int_equal(rows_told("uforklart", 200, enough), 200);
    assert_int_equal(rows_told("uforklart", 199, few), 0);
    assert_false(
        tables_has_finding(enough, "method_refused", "brukere 2022-12-31 variasjon_andeler"));
    assert_true(tables_has_finding(few, "method_refused", "brukere 2022-12-31 variasjon_andeler"));
}

/* Twenty kommuner of a kind have nobody: a line of ratios runs through them, and counts of their
 * kind are told for sure. */
static void aarsverk_that_no_model_of_counts_fits_are_shared_out_and_that_is_told(void **state)
{
    (void)state;
    g_auto(Compared) compared = explained_country("verk", &(Truth){0.0, 0.0, 0.2, 200.0}, 12, NULL);
    for (guint i = 0; i < KOMMUNER; i++) {
        const gsize row = 3 * (gsize)i;
        const double share = i < 20 ? 0.2 : 0.1;
        sp_table_set_real(compared.values, row, 6, sp_real(share));
        if (i < 20) {
            sp_table_set_real(compared.values, row + 2, 4, sp_real(0.0));
            sp_table_set_real(compared.values, row + 2, 6, sp_real(0.0));
        }
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) shares = run(&compared, quality);
    g_autoptr(SpTable) residual = explained_run(&compared, "uforklart", quality);
    assert_true(figure(shares, "andel_behov", "verk") > 0.3);
    assert_int_equal(sp_table_n_rows(residual), 0);
    assert_true(tables_has_finding(quality, "method_refused", "verk 2022-12-31 uforklart"));
    assert_false(
        tables_has_finding(quality, "method_refused", "verk 2022-12-31 variasjon_andeler"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_those_of_the_truth),
        cmocka_unit_test(covariates_that_were_in_are_named),
        cmocka_unit_test(model_of_a_theme_has_its_own_need),
        cmocka_unit_test(indicator_does_not_explain_itself),
        cmocka_unit_test(aarsverk_are_shared_out_without_median_ratios),
        cmocka_unit_test(one_large_kommune_is_not_the_variation_of_all),
        cmocka_unit_test(kommune_without_its_need_is_left_out),
        cmocka_unit_test(kommune_with_more_than_all_is_left_out_and_the_rest_shared_out),
        cmocka_unit_test(of_too_few_kommuner_nothing_is_shared_out_or_predicted),
        cmocka_unit_test(what_cannot_be_shared_out_is_told),
        cmocka_unit_test(aarsverk_that_no_model_of_counts_fits_are_shared_out_and_that_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
