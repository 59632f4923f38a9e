#include "core/number.h"

#include <float.h>
#include <locale.h>

#include "tests/check.h"

static double parsed(const char *text, SpNumberForm form)
{
    double value = NAN;
    if (!sp_number_parse(text, strlen(text), form, &value)) {
        fail_msg("\"%s\" was refused", text);
    }
    return value;
}

static void assert_refused(const char *text, SpNumberForm form)
{
    double value = 42;
    if (sp_number_parse(text, strlen(text), form, &value)) {
        fail_msg("\"%s\" was read as %.17g", text, value);
    }
    assert_near(value, 42, 0);
}

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

static void plain_numbers_are_read(void **state)
{
    (void)state;
    assert_near(parsed("1234.5", sp_number_plain), 1234.5, 0);
    assert_near(parsed(" -7 ", sp_number_plain), -7, 0);
    assert_near(parsed("+.5", sp_number_plain), 0.5, 0);
    assert_near(parsed("0007", sp_number_plain), 7, 0);
    assert_near(parsed("1.5e-3", sp_number_plain), 0.0015, 0);
    assert_near(parsed("2E+05", sp_number_plain), 200000, 0);
    assert_false(signbit(parsed("-0", sp_number_plain)));
}

static void norwegian_numbers_are_read(void **state)
{
    (void)state;
    assert_near(parsed("1 234,5", sp_number_norwegian), 1234.5, 0);
    assert_near(parsed("12\xC2\xA0"
                       "345\xE2\x80\xAF"
                       "678",
                       sp_number_norwegian),
                12345678, 0);
    assert_near(parsed("\xE2\x88\x92"
                       "3,25",
                       sp_number_norwegian),
                -3.25, 0);
    assert_near(parsed("1234567", sp_number_norwegian), 1234567, 0);
    assert_near(parsed("1.234.567,5", (SpNumberForm){.decimal = ',', .thousands = '.'}), 1234567.5,
                0);
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    assert_refused("", sp_number_plain);
    assert_refused(" ", sp_number_plain);
    assert_refused("-", sp_number_plain);
    assert_refused(".", sp_number_plain);
    assert_refused("..", sp_number_plain);
    assert_refused(":", sp_number_plain);
    assert_refused("--1", sp_number_plain);
    assert_refused("+-1", sp_number_plain);
    assert_refused("- 1", sp_number_plain);
    assert_refused("nan", sp_number_plain);
    assert_refused("inf", sp_number_plain);
    assert_refused("-Infinity", sp_number_plain);
    assert_refused("0x1F", sp_number_plain);
    assert_refused("1p3", sp_number_plain);
    assert_refused("1e", sp_number_plain);
    assert_refused("1e+", sp_number_plain);
    assert_refused("e5", sp_number_plain);
    assert_refused("5.", sp_number_plain);
    assert_refused("1.2.3", sp_number_plain);
    assert_refused("12kr", sp_number_plain);
    assert_refused("1\xA0"
                   "234",
                   sp_number_norwegian); /* a no-break space in ISO 8859-1, not converted */
}

static void wrong_form_is_refused_not_guessed(void **state)
{
    (void)state;
    assert_refused("1,5", sp_number_plain);
    assert_refused("1.5", sp_number_norwegian);
    assert_refused("1,2,3", sp_number_plain);
    assert_refused("1 234", sp_number_plain);
}

static void columns_run_together_are_no_number(void **state)
{
    (void)state;
    assert_refused("1 2 3", sp_number_norwegian);
    assert_refused("12 34", sp_number_norwegian);
    assert_refused("1234 567", sp_number_norwegian);
    assert_refused("1 2345", sp_number_norwegian);
    assert_refused("1  234", sp_number_norwegian);
    assert_refused("1 234 5", sp_number_norwegian);
}

static void embedded_nul_is_refused(void **state)
{
    (void)state;
    double value = 42;
    assert_false(sp_number_parse("12\0"
                                 "3",
                                 4, sp_number_plain, &value));
    assert_false(sp_number_parse("12\0", 3, sp_number_plain, &value));
}

static void text_is_read_to_its_size_only(void **state)
{
    (void)state;
    double value = 0;
    assert_true(sp_number_parse("123456", 3, sp_number_plain, &value));
    assert_near(value, 123, 0);
}

static void numbers_beyond_double_are_refused(void **state)
{
    (void)state;
    assert_refused("1e309", sp_number_plain);
    assert_refused("-1e309", sp_number_plain);
    assert_refused("1e-400", sp_number_plain);
    assert_refused("1e99999999999999999999", sp_number_plain);
    g_autofree char *long_text = g_strnfill(100000, '9');
    g_autofree char *small_text = g_strdup_printf("0.%0*de-9", SP_NUMBER_TEXT_MAX - 5, 7);
    assert_refused(long_text, sp_number_plain);
    assert_refused(small_text, sp_number_plain);
    small_text[2] = '5';
    assert_near(parsed(small_text, sp_number_plain), 0.5e-9, 0);
    assert_near(parsed("1.7976931348623157e308", sp_number_plain), DBL_MAX, 0);
    assert_near(parsed("0e999", sp_number_plain), 0, 0);
}

static void reading_is_correctly_rounded(void **state)
{
    (void)state;
    /* Half-way cases and long texts: the double on either side differs in the last bit. */
    assert_near(parsed("9007199254740993", sp_number_plain), 9007199254740992.0, 0);
    assert_near(parsed("9007199254740993.00000000000000000000000000000001", sp_number_plain),
                9007199254740994.0, 0);
    assert_near(parsed("0.1", sp_number_plain), 0x1.999999999999ap-4, 0);
    assert_near(parsed("123456789012345e22", sp_number_plain), 123456789012345e22, 0);
    assert_near(parsed("1234567890123456789e-30", sp_number_plain), 1234567890123456789e-30, 0);
    assert_near(parsed("2.2250738585072011e-308", sp_number_plain), 0x0.fffffffffffffp-1022, 0);
    assert_near(parsed("0.500000000000000166533453693773481063544750213623046875", sp_number_plain),
                0x1.0000000000002p-1, 0);
}

/* splitmix64: the same doubles in every run. */
static guint64 next_random(guint64 *state)
{
    guint64 z = *state += G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static double random_double(guint64 *state, int lowest, int highest)
{
    double mantissa = (double)(next_random(state) >> 11) * 0x1p-53;
    int exponent = lowest + (int)(next_random(state) % (guint64)(highest - lowest));
    return ldexp(1 + mantissa, exponent);
}

static void reading_agrees_with_the_c_library(void **state)
{
    (void)state;
    guint64 seed = 1;
    for (guint i = 0; i < 100000; i++) {
        double wanted = random_double(&seed, -60, 60);
        char text[64];
        g_snprintf(text, sizeof text, "%.*g", 1 + (int)(i % 20), wanted);
        assert_near(parsed(text, sp_number_plain), g_ascii_strtod(text, NULL), 0);
    }
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
            ((double)(100000000 + next_random(&seed) % 900000000) + 0.5) * ldexp(1, -(int)(i % 20));
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

static void whole_number_parser_takes_nothing_else(void **state)
{
    (void)state;
    gint64 value = 42;
    assert_true(sp_number_parse_int("-000123456789012345", 19, &value));
    assert_int_equal(value, -123456789012345);
    assert_true(sp_number_parse_int("999999999999999999", 18, &value));
    assert_int_equal(value, 999999999999999999);
    value = 42;
    assert_false(sp_number_parse_int("1000000000000000000", 19, &value));
    assert_false(sp_number_parse_int("", 0, &value));
    assert_false(sp_number_parse_int("+", 1, &value));
    assert_false(sp_number_parse_int(" 1", 2, &value));
    assert_false(sp_number_parse_int("1.0", 3, &value));
    assert_int_equal(value, 42);
}

static void assert_fixed(const char *text, guint decimals, gint64 wanted)
{
    gint64 value = 42;
    if (!sp_number_parse_fixed(text, strlen(text), ',', decimals, &value)) {
        fail_msg("\"%s\" was refused", text);
    }
    assert_int_equal(value, wanted);
}

static void assert_fixed_refused(const char *text, guint decimals)
{
    gint64 value = 42;
    assert_false(sp_number_parse_fixed(text, strlen(text), ',', decimals, &value));
    assert_int_equal(value, 42);
}

static void fixed_point_numbers_are_exact_or_refused(void **state)
{
    (void)state;
    assert_fixed("37,5", 2, 3750);
    assert_fixed("-0,07", 2, -7);
    assert_fixed(" 12 ", 0, 12);
    assert_fixed("0000000000000000000000,5", 1, 5);
    assert_fixed("999999999999999999", 0, 999999999999999999);
    assert_fixed("0", 9, 0);
    assert_fixed_refused("37,512", 2);
    assert_fixed_refused("37.5", 2);
    assert_fixed_refused("37,", 2);
    assert_fixed_refused("1e3", 2);
    assert_fixed_refused("", 2);
    assert_fixed_refused("-", 2);
    assert_fixed_refused("1000000000000000000", 0);
    assert_fixed_refused("1000000000", 9);
    assert_fixed_refused("1 234", 2);
}

static void fixed_point_becomes_the_nearest_double(void **state)
{
    (void)state;
    assert_near(sp_number_of_fixed(-3750, 2), -37.5, 0);
    assert_near(sp_number_of_fixed(1, 9), 1e-9, 0);
    assert_near(sp_number_of_fixed(9007199254740993, 0), 9007199254740992.0, 0);
    assert_near(sp_number_of_fixed(G_MAXINT64, 9), 9223372036.854775807, 0);
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

static void locale_of_the_process_changes_nothing(void **state)
{
    (void)state;
    /* These locales write a decimal comma; a machine without them cannot tell. */
    locale_t comma = newlocale(LC_ALL_MASK, "nb_NO.UTF-8", (locale_t)0);
    comma = comma != (locale_t)0 ? comma : newlocale(LC_ALL_MASK, "de_DE.UTF-8", (locale_t)0);
    if (comma == (locale_t)0) {
        skip();
    }
    locale_t before = uselocale(comma);
    assert_near(parsed("1.23456789012345678901", sp_number_plain), 1.2345678901234567, 0);
    assert_formatted(1.5e300, "1.5e+300");
    assert_formatted(0.125, "0.125");
    assert_printed(1234.5, 1,
                   "1\xC2\xA0"
                   "234,5");
    uselocale(before);
    freelocale(comma);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_numbers_are_read),
        cmocka_unit_test(norwegian_numbers_are_read),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(wrong_form_is_refused_not_guessed),
        cmocka_unit_test(columns_run_together_are_no_number),
        cmocka_unit_test(embedded_nul_is_refused),
        cmocka_unit_test(text_is_read_to_its_size_only),
        cmocka_unit_test(numbers_beyond_double_are_refused),
        cmocka_unit_test(reading_is_correctly_rounded),
        cmocka_unit_test(reading_agrees_with_the_c_library),
        cmocka_unit_test(whole_numbers_are_written_exactly),
        cmocka_unit_test(all_else_has_nine_significant_digits),
        cmocka_unit_test(ties_of_the_double_go_to_even),
        cmocka_unit_test(writing_agrees_with_the_c_library),
        cmocka_unit_test(ties_at_every_magnitude_agree_with_the_c_library),
        cmocka_unit_test(what_is_written_reads_back_as_the_rounded_number),
        cmocka_unit_test(whole_number_parser_takes_nothing_else),
        cmocka_unit_test(fixed_point_numbers_are_exact_or_refused),
        cmocka_unit_test(fixed_point_becomes_the_nearest_double),
        cmocka_unit_test(print_form_is_that_of_statistics_norway),
        cmocka_unit_test(longest_print_fits_its_buffer),
        cmocka_unit_test(locale_of_the_process_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
