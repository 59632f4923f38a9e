/* Numbers to text. */
#include "tests/core/numbers.h"

#include <float.h>

static void assert_formatted(double value, const char *wanted)
{
    char text[SP_NUMBER_SIZE];
    gsize size = sp_number_format(value, text);
    assert_string_equal(text, wanted);
    assert_int_equal(size, strlen(wanted));
}

static void assert_printed(double value, guint decimals, const char *wanted)
{
    char text[SP_NUMBER_PRINT_SIZE];
    gsize size = sp_number_print(value, decimals, text);
    assert_string_equal(text, wanted);
    assert_int_equal(size, strlen(wanted));
}

/* The same form from the C library's exact conversion. */
static void reference_format(double value, char text[64])
{
    char digits[64];
    g_snprintf(digits, sizeof digits, "%.8e", fabs(value));
    int exponent = (int)g_ascii_strtoll(strchr(digits, 'e') + 1, NULL, 10);
    double rounded = g_ascii_strtod(digits, NULL);
    if (exponent >= -7 && exponent < 16) {
        g_snprintf(digits, sizeof digits, "%.*f", MAX(0, 8 - exponent), rounded);
        gsize n = strlen(digits);
        while (strchr(digits, '.') != NULL && (digits[n - 1] == '0' || digits[n - 1] == '.')) {
            gboolean is_point = digits[n - 1] == '.';
            digits[--n] = '\0';
            if (is_point) {
                break;
            }
        }
    } else {
        g_snprintf(digits, sizeof digits, "%.9g", rounded);
    }
    g_snprintf(text, 64, "%s%s", value < 0 ? "-" : "", digits);
}

static void whole_numbers_are_written_exactly(void **state)
{
    (void)state;
    assert_formatted(0, "0");
    assert_formatted(-0.0, "0");
    assert_formatted(-1, "-1");
    assert_formatted(1234567890, "1234567890");
    assert_formatted(9007199254740991, "9007199254740991");
    assert_formatted(-9007199254740991, "-9007199254740991");
}

static void all_else_has_nine_significant_digits(void **state)
{
    (void)state;
    assert_formatted(1.0 / 3, "0.333333333");
    assert_formatted(-2.0 / 3, "-0.666666667");
    assert_formatted(0.1 + 0.2, "0.3");
    assert_formatted(123456.7890123, "123456.789");
    assert_formatted(999999999.6, "1000000000");
    assert_formatted(1234567890.5, "1234567890");
    assert_formatted(12345678905.5, "12345678900");
    assert_formatted(0.99999999999, "1");
    assert_formatted(9007199254740992.0, "9007199250000000");
    assert_formatted(1e16, "1e+16");
    assert_formatted(1.5e300, "1.5e+300");
    assert_formatted(-1.23456789012e-8, "-1.23456789e-08");
    assert_formatted(1e-7, "0.0000001");
    assert_formatted(9.9999999999e-8, "0.0000001");
    assert_formatted(9.99999999e-8, "9.99999999e-08");
    assert_formatted(5e-324, "4.94065646e-324");
    assert_formatted(DBL_MAX, "1.79769313e+308");
}

static void ties_of_the_double_go_to_even(void **state)
{
    (void)state;
    assert_formatted(100000000.5, "100000000");
    assert_formatted(100000001.5, "100000002");
    assert_formatted(0.1250000005, "0.125000001"); /* the double lies above the tie */
    assert_formatted(1000000005.5, "1000000010");
    assert_formatted(0x1.00000001p0, "1"); /* 1.00000000023 */
}

static void writing_agrees_with_the_c_library(void **state)
{
    (void)state;
    guint64 seed = 2;
    for (guint i = 0; i < 300000; i++) {
        double value = random_double(&seed, -30, 60) * (i % 2 == 0 ? 1 : -1);
        if (i % 3 == 0) { /* short decimals, and their ties after a ninth digit */
            value = floor(value * 1000) / 1000 + (i % 6 == 0 ? 0.5 : 0);
        }
        if (value == floor(value) && fabs(value) < 0x1p53) {
            continue;
        }
        char wanted[64];
        reference_format(value, wanted);
        assert_formatted(value, wanted);
    }
}

static void ties_at_every_magnitude_agree_with_the_c_library(void **state)
{
    (void)state;
    guint64 seed = 3;
    for (guint i = 0; i < 200000; i++) {
        /* Nine digits and a half, over powers of two: exact ties and their neighbours. */
        double tie =
            ((double)(100000000 + seed_bits(&seed) % 900000000) + 0.5) * ldexp(1, -(int)(i % 20));
        char wanted[64];
        for (int step = -1; step <= 1; step++) {
            double value = step == 0 ? tie : nextafter(tie, step * 1e300);
            if (value != floor(value)) {
                reference_format(value, wanted);
                assert_formatted(value, wanted);
            }
        }
    }
}

static void what_is_written_reads_back_as_the_rounded_number(void **state)
{
    (void)state;
    guint64 seed = 4;
    for (guint i = 0; i < 200000; i++) {
        double value = random_double(&seed, i % 10 == 0 ? -1000 : -40, i % 10 == 0 ? 1000 : 70);
        char text[SP_NUMBER_SIZE], again[SP_NUMBER_SIZE];
        gsize size = sp_number_format(value, text);
        double read = NAN;
        assert_true(sp_number_parse(text, size, sp_number_plain, &read));
        assert_near(sp_number_round(value), read, 0);
        sp_number_format(read, again);
        assert_string_equal(again, text);
    }
    assert_near(sp_number_round(-0.1234567891234), -0.123456789, 0);
    assert_near(sp_number_round(9007199254740991), 9007199254740991, 0);
}

static void assert_full(double value, const char *wanted)
{
    char text[SP_NUMBER_SIZE];
    assert_int_equal(sp_number_format_full(value, text), strlen(wanted));
    assert_string_equal(text, wanted);
}

static void full_form_is_the_shortest_that_reads_back(void **state)
{
    (void)state;
    guint64 seed = 1;
    assert_full(0.12, "0.12");
    assert_full(0.1 + 0.2, "0.30000000000000004");
    assert_full(-1.0 / 3.0, "-0.3333333333333333");
    assert_full(536.0, "536");
    assert_full(9007199254740991.0, "9007199254740991");
    assert_full(-0.0, "0");
    assert_full(6.5613034243813e-70, "6.5613034243813e-70");
    for (guint i = 0; i < 10000; i++) {
        char text[SP_NUMBER_SIZE];
        double back = 0.0;
        const double value = random_double(&seed, -60, 60);
        const gsize size = sp_number_format_full(value, text);
        assert_true(sp_number_parse(text, size, sp_number_plain, &back));
        assert_near(back, value, 0.0);
    }
}

static void print_form_is_that_of_statistics_norway(void **state)
{
    (void)state;
    assert_printed(1234, 0,
                   "1\xC2\xA0"
                   "234");
    assert_printed(-1234567.25, 1,
                   "\xE2\x88\x92"
                   "1\xC2\xA0"
                   "234\xC2\xA0"
                   "567,2");
    assert_printed(999, 2, "999,00");
    assert_printed(0.5, 0, "0");
    assert_printed(1.5, 0, "2");
    assert_printed(-0.04, 1, "0,0");
    assert_printed(-0.0, 0, "0");
    assert_printed(999999.5, 0,
                   "1\xC2\xA0"
                   "000\xC2\xA0"
                   "000");
    assert_printed(-1e40, 2,
                   "\xE2\x88\x92"
                   "1e+40");
    assert_printed(1.5e40, 2, "1,5e+40");
}

static void longest_print_fits_its_buffer(void **state)
{
    (void)state;
    char text[SP_NUMBER_PRINT_SIZE];
    assert_in_range(sp_number_print(-9.99999999e35, 9, text), 60, SP_NUMBER_PRINT_SIZE - 1);
}

static void check_with_points(void)
{
    assert_formatted(1.5e300, "1.5e+300");
    assert_formatted(0.125, "0.125");
    assert_printed(1234.5, 1,
                   "1\xC2\xA0"
                   "234,5");
}

static void locale_of_the_process_changes_nothing(void **state)
{
    (void)state;
    check_under_comma_locale(check_with_points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_are_written_exactly),
        cmocka_unit_test(all_else_has_nine_significant_digits),
        cmocka_unit_test(ties_of_the_double_go_to_even),
        cmocka_unit_test(writing_agrees_with_the_c_library),
        cmocka_unit_test(ties_at_every_magnitude_agree_with_the_c_library),
        cmocka_unit_test(what_is_written_reads_back_as_the_rounded_number),
        cmocka_unit_test(full_form_is_the_shortest_that_reads_back),
        cmocka_unit_test(print_form_is_that_of_statistics_norway),
        cmocka_unit_test(longest_print_fits_its_buffer),
        cmocka_unit_test(locale_of_the_process_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
