/* Direct and indirect standardisation: golden sets 03 and 04 (PHE's test data), bands by hand. */
#include "tests/transforms/vary/golden.h"

#include "transforms/vary/limits/direct.h"
#include "transforms/vary/limits/indirect.h"

enum { BANDS = 19, N_COLUMNS = 4 };
#define PER 100000.0

/* Bands of an area: columns 2 to 5 of the input (the last only where the set has it). */
typedef struct {
    double of[N_COLUMNS][BANDS];
} Bands;

static void read_bands(const GPtrArray *rows, const char *area, guint n_columns, Bands *bands)
{
    guint n = 0;
    for (guint i = 1; i < rows->len; i++) {
        if (strcmp(golden_text(rows, i, 0), area) == 0) {
            assert_true(n < BANDS);
            for (guint c = 0; c < n_columns; c++) {
                bands->of[c][n] = golden_number(rows, i, 2 + c);
            }
            n++;
        }
    }
    assert_int_equal(n, BANDS);
}

static SpReal per(SpReal rate)
{
    return sp_real_is_number(rate) ? sp_real(rate.value * PER) : rate;
}

static void direct_rates_agree_with_r_in_every_row(void **state)
{
    (void)state;
    Bands bands = {0};
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) input = golden_read(folder, "03_direct_standardisation/input.csv");
    g_autoptr(GPtrArray) rows = golden_read(folder, "03_direct_standardisation/expected.csv");
    assert_true(rows->len > 4);
    for (guint i = 1; i < rows->len; i++) {
        read_bands(input, golden_text(rows, i, 0), 3, &bands);
        const double confidence = golden_number(rows, i, 3);
        const SpDirect direct = sp_direct(BANDS, bands.of[0], bands.of[1], bands.of[2]);
        const SpInterval dobson = sp_direct_dobson(&direct, confidence);
        const SpInterval gamma = sp_direct_gamma(&direct, confidence);
        assert_near(direct.events, golden_number(rows, i, 1), 0.0);
        assert_golden_share(per(direct.rate), golden_text(rows, i, 4), 1e-9);
        assert_golden_share(per(sp_real(sqrt(direct.variance.value))), golden_text(rows, i, 5),
                            1e-9);
        assert_golden_share(per(dobson.low), golden_text(rows, i, 6), 1e-9);
        assert_golden_share(per(dobson.high), golden_text(rows, i, 7), 1e-9);
        assert_golden_share(per(gamma.low), golden_text(rows, i, 8), 1e-9);
        assert_golden_share(per(gamma.high), golden_text(rows, i, 9), 1e-9);
    }
}

static double sum(const double value[BANDS])
{
    double total = 0.0;
    for (guint i = 0; i < BANDS; i++) {
        total += value[i];
    }
    return total;
}

static void indirect_ratios_agree_with_phe_in_every_row(void **state)
{
    (void)state;
    Bands bands = {0};
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) input = golden_read(folder, "04_indirect_standardisation/input.csv");
    g_autoptr(GPtrArray) rows = golden_read(folder, "04_indirect_standardisation/expected.csv");
    assert_true(rows->len > 4);
    for (guint i = 1; i < rows->len; i++) {
        /* The tiny area has the bands of the big one and a count of its own. */
        read_bands(input, "testdata_big", 4, &bands);
        if (strcmp(golden_text(rows, i, 0), "testdata_small") == 0) {
            read_bands(input, "testdata_small", 4, &bands);
        }
        const double rate = sum(bands.of[2]) / sum(bands.of[3]) * PER;
        const SpReal expected = sp_indirect_expected(BANDS, bands.of[1], bands.of[2], bands.of[3]);
        const SpIndirect indirect =
            sp_indirect(golden_number(rows, i, 1), expected.value, golden_number(rows, i, 4));
        assert_golden_share(expected, golden_text(rows, i, 2), 1e-9);
        assert_golden_share(sp_real(rate), golden_text(rows, i, 3), 1e-9);
        assert_golden_share(indirect.ratio, golden_text(rows, i, 5), 1e-9);
        assert_golden_share(indirect.limits.low, golden_text(rows, i, 6), 1e-9);
        assert_golden_share(indirect.limits.high, golden_text(rows, i, 7), 1e-9);
        assert_golden_share(sp_real(indirect.limits.high.value * rate), golden_text(rows, i, 10),
                            1e-9);
        assert_string_equal(indirect.is_exact ? "exact" : "byar", golden_text(rows, i, 11));
    }
}

/* Two bands of 1 in 10 and 3 in 10, the standard has three times as many in the second: (1 * 0.1 +
 * 3 * 0.3) / 4, variance (1 / 100 + 9 * 3 / 100) / 16. */
static const double events[] = {1.0, 3.0, 0.0};
static const double persons[] = {10.0, 10.0, 0.0};
static const double standard[] = {1.0, 3.0, 5.0};

static void direct_rate_is_the_weighted_mean_of_the_bands(void **state)
{
    (void)state;
    const SpDirect direct = sp_direct(2, events, persons, standard);
    assert_near(direct.rate.value, 0.25, 1e-15);
    assert_near(direct.variance.value, 0.0175, 1e-15);
    assert_near(direct.largest, 0.075, 1e-15);
}

static void band_without_persons_is_left_out_with_its_weight(void **state)
{
    (void)state;
    const SpDirect direct = sp_direct(3, events, persons, standard);
    assert_near(direct.rate.value, 0.25, 1e-15);
    assert_int_equal(direct.n_left_out, 1);
    assert_int_equal(direct.n_impossible, 0);
}

static void events_among_nobody_are_told_and_nothing_is_computed(void **state)
{
    (void)state;
    const double impossible[] = {1.0, 3.0, 2.0};
    const SpDirect direct = sp_direct(3, impossible, persons, standard);
    assert_int_equal(direct.n_impossible, 1);
    assert_int_equal(direct.rate.status, SP_MISSING);
    assert_int_equal(sp_direct_gamma(&direct, 0.95).high.status, SP_MISSING);
    assert_int_equal(sp_direct_dobson(&direct, 0.95).high.status, SP_MISSING);
}

/* One band of 20 persons: the rate is a Poisson count over 20, and its gamma limit is the exact
 * one. */
static void without_events_gamma_has_zero_below_and_dobson_nothing(void **state)
{
    (void)state;
    const double nobody[] = {0.0};
    const double twenty[] = {20.0};
    const SpDirect direct = sp_direct(1, nobody, twenty, standard);
    const SpInterval gamma = sp_direct_gamma(&direct, 0.95);
    assert_int_equal(direct.rate.status, SP_ZERO);
    assert_int_equal(gamma.low.status, SP_ZERO);
    assert_near(gamma.high.value, -log(0.025) / 20.0, 1e-12);
    assert_int_equal(sp_direct_dobson(&direct, 0.95).low.status, SP_MISSING);
    assert_int_equal(sp_direct_dobson(&direct, 0.95).high.status, SP_MISSING);
}

static void area_without_bands_has_no_rate(void **state)
{
    (void)state;
    assert_int_equal(sp_direct(0, NULL, NULL, NULL).rate.status, SP_MISSING);
}

static void nothing_expected_gives_no_ratio(void **state)
{
    (void)state;
    const SpIndirect indirect = sp_indirect(3.0, 0.0, 0.95);
    assert_int_equal(indirect.ratio.status, SP_MISSING);
    assert_int_equal(indirect.limits.low.status, SP_MISSING);
    assert_int_equal(indirect.limits.high.status, SP_MISSING);
}

static void ratio_of_none_is_zero_with_zero_below(void **state)
{
    (void)state;
    const SpIndirect indirect = sp_indirect(0.0, 4.0, 0.95);
    assert_int_equal(indirect.ratio.status, SP_ZERO);
    assert_int_equal(indirect.limits.low.status, SP_ZERO);
    assert_near(indirect.limits.high.value, -log(0.025) / 4.0, 1e-12);
}

static void limits_are_exact_below_ten_events_and_byar_from_ten(void **state)
{
    (void)state;
    assert_true(sp_indirect(9.0, 4.0, 0.95).is_exact);
    assert_false(sp_indirect(10.0, 4.0, 0.95).is_exact);
}

static void persons_where_the_reference_has_none_have_no_expected_count(void **state)
{
    (void)state;
    const double reference[] = {5.0, 0.0};
    const double reference_persons[] = {100.0, 0.0};
    const double here[] = {40.0, 1.0};
    const double nobody_here[] = {40.0, 0.0};
    assert_int_equal(sp_indirect_expected(2, here, reference, reference_persons).status,
                     SP_MISSING);
    assert_near(sp_indirect_expected(2, nobody_here, reference, reference_persons).value, 2.0,
                1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(direct_rates_agree_with_r_in_every_row),
        cmocka_unit_test(indirect_ratios_agree_with_phe_in_every_row),
        cmocka_unit_test(direct_rate_is_the_weighted_mean_of_the_bands),
        cmocka_unit_test(band_without_persons_is_left_out_with_its_weight),
        cmocka_unit_test(events_among_nobody_are_told_and_nothing_is_computed),
        cmocka_unit_test(without_events_gamma_has_zero_below_and_dobson_nothing),
        cmocka_unit_test(area_without_bands_has_no_rate),
        cmocka_unit_test(nothing_expected_gives_no_ratio),
        cmocka_unit_test(ratio_of_none_is_zero_with_zero_below),
        cmocka_unit_test(limits_are_exact_below_ten_events_and_byar_from_ten),
        cmocka_unit_test(persons_where_the_reference_has_none_have_no_expected_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
