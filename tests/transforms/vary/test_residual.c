/* What each kommune has over what its need and its size predict, in a made-up country where it is
 * known. */
#include "tests/transforms/vary/explained.h"

static SpTable *residual_of(const char *indicator, const Truth *truth, gulong seed, double mean[])
{
    g_auto(Compared) compared = explained_country(indicator, truth, seed, mean);
    g_autoptr(SpQuality) quality = sp_quality_new();
    return explained_run(&compared, "uforklart", quality);
}

static double number(const SpTable *table, gsize row, const char *measure)
{
    const SpReal real = sp_table_real(table, row, sp_table_find(table, measure));
    assert_true(sp_real_is_number(real));
    return real.value;
}

/* Shares of all limits, and mean distances from the kommune's true ratio: what chance alone moves
 * its figure around, over what is predicted. */
typedef struct {
    double held, shrunk, raw;
} Judged;

static Judged judge(const char *indicator, const Truth *truth)
{
    enum { PASTS = 20 };
    Judged judged = {0.0, 0.0, 0.0};
    gsize n = 0;
    for (gulong past = 0; past < PASTS; past++) {
        double mean[KOMMUNER];
        g_autoptr(SpTable) table = residual_of(indicator, truth, 100 + past, mean);
        assert_int_equal(sp_table_n_rows(table), KOMMUNER);
        for (gsize i = 0; i < KOMMUNER; i++) {
            const double true_ratio = mean[i] / number(table, i, "ventet");
            judged.held += number(table, i, "krympet_nedre") <= true_ratio &&
                                   true_ratio <= number(table, i, "krympet_oevre")
                               ? 1.0
                               : 0.0;
            judged.shrunk += fabs(number(table, i, "krympet") - true_ratio);
            judged.raw += fabs(number(table, i, "forhold") - true_ratio);
            n++;
        }
    }
    judged = (Judged){judged.held / (double)n, judged.shrunk / (double)n, judged.raw / (double)n};
    print_message("%s, %.0f in the middle: limits hold %.1f %%, mean error shrunk %.4f, raw %.4f\n",
                  indicator, truth->middle, 100.0 * judged.held, judged.shrunk, judged.raw);
    return judged;
}

/* Where few are expected the spread of shares is hardly seen behind chance, and the model errs by
 * what the limits do not hold. */
static void limits_hold_the_true_ratio(void **state)
{
    (void)state;
    static const char *const indicators[] = {"brukere", "andel"};
    static const double middles[] = {200.0, 5.0};
    static const double tolerances[] = {0.02, 0.05};
    for (gsize k = 0; k < G_N_ELEMENTS(indicators); k++) {
        for (gsize m = 0; m < G_N_ELEMENTS(middles); m++) {
            const Judged judged = judge(indicators[k], &(Truth){0.3, 0.2, 0.2, middles[m]});
            assert_near(judged.held, 0.95, tolerances[m]);
            assert_true(judged.shrunk < judged.raw);
        }
    }
}

/* Size alone explains: what deviates by need alone does not when constraints are known. */
static void what_size_explains_stands_by_need_alone(void **state)
{
    (void)state;
    const Truth truth = {0.0, 0.4, 0.05, 200.0};
    g_autoptr(SpTable) table = residual_of("brukere", &truth, 3, NULL);
    double alone = 0.0;
    double both = 0.0;
    for (gsize i = 0; i < KOMMUNER; i++) {
        alone += fabs(log(number(table, i, "krympet_behov"))) / KOMMUNER;
        both += fabs(log(number(table, i, "krympet"))) / KOMMUNER;
    }
    assert_true(alone > 0.2);
    assert_true(both < 0.06);
}

/* A kommune's own count moves neither prediction; its ratios follow it. */
static void prediction_holds_no_figure_of_its_own(void **state)
{
    (void)state;
    const Truth truth = {0.3, 0.2, 0.2, 200.0};
    g_auto(Compared) compared = explained_country("brukere", &truth, 5, NULL);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) before = explained_run(&compared, "uforklart", quality);
    const gsize row = 2; /* of kommune 1000, after its two covariates */
    assert_string_equal(sp_table_code(compared.values, row, 0), "brukere");
    const double count = sp_table_real(compared.values, row, 4).value;
    const double verdi = sp_table_real(compared.values, row, 6).value;
    sp_table_set_real(compared.values, row, 4, sp_real(3.0 * count));
    sp_table_set_real(compared.values, row, 6, sp_real(3.0 * verdi));
    g_autoptr(SpTable) after = explained_run(&compared, "uforklart", quality);
    assert_near(number(after, 0, "ventet"), number(before, 0, "ventet"),
                1e-3 * number(before, 0, "ventet"));
    assert_near(number(after, 0, "ventet_behov"), number(before, 0, "ventet_behov"),
                1e-3 * number(before, 0, "ventet_behov"));
    assert_near(number(after, 0, "forhold"), 3.0 * number(before, 0, "forhold"),
                3e-3 * number(after, 0, "forhold"));
}

/* All as their need and size say: that they differ by a little is not ruled out. */
static void where_nothing_is_left_the_limits_hold_one(void **state)
{
    (void)state;
    g_auto(Compared) compared =
        explained_country("brukere", &(Truth){0.3, 0.0, 0.2, 200.0}, 6, NULL);
    for (gsize row = 2; row < sp_table_n_rows(compared.values); row += 3) {
        const SpReal expected = sp_table_real(compared.values, row, 7);
        sp_table_set_real(compared.values, row, 4, sp_real(round(expected.value)));
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = explained_run(&compared, "uforklart", quality);
    assert_int_equal(sp_table_n_rows(table), KOMMUNER);
    for (gsize row = 0; row < KOMMUNER; row++) {
        assert_near(number(table, row, "krympet"), 1.0, 0.01);
        assert_true(number(table, row, "krympet_nedre") < 1.0);
        assert_true(number(table, row, "krympet_oevre") > 1.0);
        assert_true(number(table, row, "krympet_oevre") < 1.2);
    }
}

static void what_is_left_of_a_sample_is_flagged(void **state)
{
    (void)state;
    static const char *const names[] = {"uforklart", "variasjon_andeler"};
    static const char *const measures[] = {"krympet_oevre", "andel_uforklart"};
    g_auto(Compared) compared =
        explained_country("brukere", &(Truth){0.3, 0.2, 0.2, 200.0}, 1, NULL);
    for (gsize row = 0; row < sp_table_n_rows(compared.values); row++) {
        if (strcmp(sp_table_code(compared.values, row, 0), "brukere") == 0) {
            SpReal verdi = sp_table_real(compared.values, row, 6);
            verdi.flags |= SP_FLAG_SAMPLE;
            sp_table_set_real(compared.values, row, 6, verdi);
        }
    }
    for (gsize t = 0; t < G_N_ELEMENTS(names); t++) {
        g_autoptr(SpQuality) quality = sp_quality_new();
        g_autoptr(SpTable) table = explained_run(&compared, names[t], quality);
        const SpReal real = sp_table_real(table, 0, sp_table_find(table, measures[t]));
        assert_true(sp_real_is_number(real));
        assert_int_equal(real.flags & SP_FLAG_SAMPLE, SP_FLAG_SAMPLE);
    }
}

static const char *word(const SpTable *table, gsize row, const char *attribute)
{
    return sp_table_code(table, row, sp_table_find(table, attribute));
}

/* Nobody was made to stand out, so that each country with a discovery has false ones alone. */
static void where_nobody_was_made_to_stand_out_few_countries_have_a_discovery(void **state)
{
    (void)state;
    enum { PASTS = 100 };
    static const char *const indicators[] = {"brukere", "andel", "verk"};
    const double three_errors = 3.0 * sqrt(0.05 * 0.95 / PASTS);
    for (gsize k = 0; k < G_N_ELEMENTS(indicators); k++) {
        const Truth truth = {0.3, 0.2, 0.2, 200.0};
        double with_discovery = 0.0;
        double below = 0.0;
        for (gulong past = 0; past < PASTS; past++) {
            g_autoptr(SpTable) table = residual_of(indicators[k], &truth, 1000 + past, NULL);
            const gsize n = sp_table_n_rows(table);
            gboolean is_any = FALSE;
            for (gsize row = 0; row < n; row++) {
                is_any = is_any || *word(table, row, "signal") != '\0';
                below += number(table, row, "p") < 0.05 ? 1.0 / PASTS / (double)n : 0.0;
            }
            with_discovery += is_any ? 1.0 / PASTS : 0.0;
        }
        print_message("%s: countries with a discovery %.2f, p below 0.05 of %.1f %%\n",
                      indicators[k], with_discovery, 100.0 * below);
        assert_true(with_discovery <= 0.05 + three_errors);
        assert_near(below, 0.05, 0.01);
    }
}

/* Expects 200: the one in the middle. */
enum { MIDDLE = 178 * 254 % KOMMUNER }; /* 254 * 97 is one more than 69 times 357 */

/* Of 20 countries those in which the kommune that has so many times its count is told so, and
 * rightly; `others` counts other discoveries. */
static guint times_told(const char *indicator, double times, const char *side,
                        const char *judgement, guint *others)
{
    enum { PASTS = 20 };
    const Truth truth = {0.3, 0.2, 0.2, 200.0};
    char code[8];
    guint told = 0;
    compared_code(MIDDLE, code);
    for (gulong past = 0; past < PASTS; past++) {
        g_auto(Compared) compared = explained_country(indicator, &truth, 2000 + past, NULL);
        g_autoptr(SpQuality) quality = sp_quality_new();
        const gsize row = 3 * MIDDLE + 2;
        const double count = sp_table_real(compared.values, row, 4).value;
        const double verdi = sp_table_real(compared.values, row, 6).value;
        sp_table_set_real(compared.values, row, 4, sp_real(round(times * count)));
        sp_table_set_real(compared.values, row, 6, sp_real(times * verdi));
        g_autoptr(SpTable) table = explained_run(&compared, "uforklart", quality);
        const gsize middle = tables_row(table, (const char *const[]){indicator, code}, 2);
        for (gsize i = 0; i < sp_table_n_rows(table); i++) {
            const gboolean is_told = strcmp(word(table, i, "signal"), side) == 0 &&
                                     strcmp(word(table, i, "vurdering"), judgement) == 0;
            told += i == middle && is_told ? 1 : 0;
            *others += i != middle && *word(table, i, "signal") != '\0' ? 1 : 0;
        }
    }
    print_message("%s %.2f times: told in %u of %d, others %u\n", indicator, times, told, PASTS,
                  *others);
    return told;
}

/* Three times is 5.5 standard deviations of what nothing explains. */
static void who_was_made_to_stand_out_is_told_and_judged_by_the_good_side(void **state)
{
    (void)state;
    guint others = 0;
    assert_true(times_told("brukere", 3.0, "over", "", &others) >= 18);
    assert_true(times_told("andel", 1.0 / 3.0, "under", "ugunstig", &others) >= 18);
    assert_true(times_told("andel", 2.5, "over", "gunstig", &others) >= 18);
    assert_true(times_told("verk", 3.0, "over", "ugunstig", &others) >= 18);
    assert_true(others <= 8); /* of 80 told, one in twenty and what chance adds */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_hold_the_true_ratio),
        cmocka_unit_test(what_size_explains_stands_by_need_alone),
        cmocka_unit_test(prediction_holds_no_figure_of_its_own),
        cmocka_unit_test(where_nothing_is_left_the_limits_hold_one),
        cmocka_unit_test(what_is_left_of_a_sample_is_flagged),
        cmocka_unit_test(where_nobody_was_made_to_stand_out_few_countries_have_a_discovery),
        cmocka_unit_test(who_was_made_to_stand_out_is_told_and_judged_by_the_good_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
