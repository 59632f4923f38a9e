/* JSON documents. */
#include "tests/check.h"

#include "core/io/json.h"

static json_t *parse(const char *text, GError **error)
{
    return sp_json_parse(text, strlen(text), "ssb/x: 1.json", error);
}

static void document_with_byte_order_mark_is_read(void **state)
{
    (void)state;
    g_autoptr(json_t) json = parse("\xef\xbb\xbf{\"a\": [1, 2.5]}", NULL);
    assert_int_equal(json_array_size(json_object_get(json, "a")), 2);
}

static void whole_numbers_stay_whole(void **state)
{
    (void)state;
    g_autoptr(json_t) json = parse("[9007199254740993]", NULL);
    assert_true(json_integer_value(json_array_get(json, 0)) == 9007199254740993);
}

static void repeated_key_is_refused_with_its_place(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("{\"a\": 1,\n \"a\": 2}", &error));
    assert_error(error, SP_ERROR_DATA, "ssb/x: 1.json: line 2, column 4: duplicate object key");
}

static void cut_document_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("{\"a\": [1, 2", &error));
    assert_error(error, SP_ERROR_DATA, "cut short");
}

static void text_after_the_document_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("[1] [2]", &error));
    assert_error(error, SP_ERROR_DATA, "end of file expected");
}

static void empty_answer_is_told_as_such(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("", &error));
    assert_error(error, SP_ERROR_DATA, "it is empty");
    g_clear_error(&error);
    assert_null(parse("\xef\xbb\xbf\r\n", &error));
    assert_error(error, SP_ERROR_DATA, "it is empty");
}

static void web_page_is_told_as_such(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("\r\n <!DOCTYPE html><title>Vedlikehold</title>", &error));
    assert_error(error, SP_ERROR_DATA, "HTML page");
    g_clear_error(&error);
    assert_null(parse("<?xml version=\"1.0\"?><a/>", &error));
    assert_error(error, SP_ERROR_DATA, "looks like XML");
}

static void px_file_is_told_as_such(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("CHARSET=\"ANSI\";\r\nAXIS-VERSION=\"2013\";", &error));
    assert_error(error, SP_ERROR_DATA, "PX file");
}

static void latin1_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("{\"navn\": \"Troms\xf8\"}", &error));
    assert_error(error, SP_ERROR_DATA, "line 1");
}

static void bottomless_nesting_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strnfill(1000000, '[');
    assert_null(parse(text, &error));
    assert_error(error, SP_ERROR_DATA, "depth");
}

static void reals_are_written_in_nine_digits_and_whole_ones_without_a_point(void **state)
{
    (void)state;
    g_autoptr(json_t) json =
        json_pack("{s:f, s:f, s:f, s:f, s:[f, f], s:i}", "third", 1.0 / 3, "whole", 1234567890123.0,
                  "small", 0.1 + 0.2, "round", 1234567890.5, "list", -0.0, 1e300, "int", 7);
    g_autofree char *text = sp_json_format(json);
    assert_string_equal(text, "{\n"
                              "  \"third\": 0.333333333,\n"
                              "  \"whole\": 1234567890123,\n"
                              "  \"small\": 0.3,\n"
                              "  \"round\": 1234567890,\n"
                              "  \"list\": [\n"
                              "    0,\n"
                              "    1e300\n"
                              "  ],\n"
                              "  \"int\": 7\n"
                              "}\n");
}

static void keys_keep_their_order_and_text_its_letters(void **state)
{
    (void)state;
    g_autoptr(json_t) json = parse("{\"z\": \"årsverk\", \"a\": null, \"m\": {}}", NULL);
    g_autofree char *text = sp_json_format(json);
    assert_string_equal(text, "{\n  \"z\": \"årsverk\",\n  \"a\": null,\n  \"m\": {}\n}\n");
}

static void formatting_leaves_the_document_as_it_was(void **state)
{
    (void)state;
    g_autoptr(json_t) json = json_pack("[f]", 1.0 / 3);
    g_autofree char *text = sp_json_format(json);
    assert_true(json_real_value(json_array_get(json, 0)) == 1.0 / 3);
    assert_non_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(document_with_byte_order_mark_is_read),
        cmocka_unit_test(whole_numbers_stay_whole),
        cmocka_unit_test(repeated_key_is_refused_with_its_place),
        cmocka_unit_test(cut_document_is_refused),
        cmocka_unit_test(text_after_the_document_is_refused),
        cmocka_unit_test(empty_answer_is_told_as_such),
        cmocka_unit_test(web_page_is_told_as_such),
        cmocka_unit_test(px_file_is_told_as_such),
        cmocka_unit_test(latin1_is_refused),
        cmocka_unit_test(bottomless_nesting_is_refused),
        cmocka_unit_test(reals_are_written_in_nine_digits_and_whole_ones_without_a_point),
        cmocka_unit_test(keys_keep_their_order_and_text_its_letters),
        cmocka_unit_test(formatting_leaves_the_document_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
