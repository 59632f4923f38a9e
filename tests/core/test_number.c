/* Numbers from text. */
#include "tests/core/numbers.h"

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

static void check_with_points(void)
{
    assert_near(parsed("1.23456789012345678901", sp_number_plain), 1.2345678901234567, 0);
}

static void locale_of_the_process_changes_nothing(void **state)
{
    (void)state;
    check_under_comma_locale(check_with_points);
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
        cmocka_unit_test(whole_number_parser_takes_nothing_else),
        cmocka_unit_test(fixed_point_numbers_are_exact_or_refused),
        cmocka_unit_test(fixed_point_becomes_the_nearest_double),
        cmocka_unit_test(locale_of_the_process_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
