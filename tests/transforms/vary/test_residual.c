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

/* The kommune's true ratio: what chance alone moves its figure around, over what is expected. */
static void limits_hold_the_true_ratio(void **state)
{
    (void)state;
    enum { PASTS = 20 };
    static const char *const indicators[] = {"brukere", "andel"};
    for (gsize k = 0; k < G_N_ELEMENTS(indicators); k++) {
        const Truth truth = {0.3, 0.2, 0.2};
        double held = 0.0;
        double shrunk = 0.0;
        double raw = 0.0;
        for (gulong past = 0; past < PASTS; past++) {
            double mean[KOMMUNER];
            g_autoptr(SpTable) table = residual_of(indicators[k], &truth, 100 + past, mean);
            assert_int_equal(sp_table_n_rows(table), KOMMUNER);
            for (gsize i = 0; i < KOMMUNER; i++) {
                const double true_ratio = mean[i] / number(table, i, "ventet");
                const double share = 1.0 / PASTS / KOMMUNER;
                held += number(table, i, "krympet_nedre") <= true_ratio &&
                                true_ratio <= number(table, i, "krympet_oevre")
                            ? share
                            : 0.0;
                shrunk += share * fabs(number(table, i, "krympet") - true_ratio);
                raw += share * fabs(number(table, i, "forhold") - true_ratio);
            }
        }
        print_message("%s: limits hold %.1f %%, mean error shrunk %.4f, raw %.4f\n", indicators[k],
                      100.0 * held, shrunk, raw);
        assert_near(held, 0.95, 0.02);
        assert_true(shrunk < raw);
    }
}

/* Size alone explains: what deviates by need alone does not when constraints are known. */
static void what_size_explains_stands_by_need_alone(void **state)
{
    (void)state;
    const Truth truth = {0.0, 0.4, 0.05};
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
    const Truth truth = {0.3, 0.2, 0.2};
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

static void where_nothing_but_chance_is_left_there_are_no_limits(void **state)
{
    (void)state;
    g_auto(Compared) compared = explained_country("brukere", &(Truth){0.3, 0.0, 0.2}, 6, NULL);
    for (gsize row = 2; row < sp_table_n_rows(compared.values); row += 3) {
        const SpReal expected = sp_table_real(compared.values, row, 7);
        sp_table_set_real(compared.values, row, 4, sp_real(round(expected.value)));
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = explained_run(&compared, "uforklart", quality);
    assert_int_equal(sp_table_n_rows(table), KOMMUNER);
    assert_int_equal(sp_table_real(table, 0, sp_table_find(table, "krympet_nedre")).status,
                     SP_MISSING);
    assert_near(number(table, 0, "krympet"), 1.0, 0.01);
}

static void what_is_left_of_a_sample_is_flagged(void **state)
{
    (void)state;
    static const char *const names[] = {"uforklart", "variasjon_andeler"};
    static const char *const measures[] = {"krympet_oevre", "andel_uforklart"};
    g_auto(Compared) compared = explained_country("brukere", &(Truth){0.3, 0.2, 0.2}, 1, NULL);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_hold_the_true_ratio),
        cmocka_unit_test(what_size_explains_stands_by_need_alone),
        cmocka_unit_test(prediction_holds_no_figure_of_its_own),
        cmocka_unit_test(where_nothing_but_chance_is_left_there_are_no_limits),
        cmocka_unit_test(what_is_left_of_a_sample_is_flagged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
