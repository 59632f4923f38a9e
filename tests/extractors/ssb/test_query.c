/* The question to PxWebApi v2, byte for byte. */
#include "extractors/ssb/query.h"

#include "core/io/json.h"
#include "tests/check.h"

#define HOST "https://data.ssb.no/api/pxwebapi/v2/"
#define START HOST "tables/07459/data?lang=no&outputFormat=json-stat2"

static void assert_url(const char *host, const char *query, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSsbQuery) made = sp_ssb_query_new(host, "07459", query, &error);
    assert_no_error(error);
    assert_string_equal(made->url, url);
    assert_null(made->body);
}

static void assert_refused(const char *table, const char *query, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_ssb_query_new(HOST, table, query, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void short_query_is_an_address(void **state)
{
    (void)state;
    assert_url(HOST, "Region=0301,1103 Kjonn=1,2 ContentsCode=Personer1 Tid=2024",
               START "&valueCodes%5BRegion%5D=0301,1103&valueCodes%5BKjonn%5D=1,2&valueCodes%"
                     "5BContentsCode%5D=Personer1"
                     "&valueCodes%5BTid%5D=2024");
}

static void host_may_lack_its_last_slash(void **state)
{
    (void)state;
    assert_url("http://127.0.0.1:1/v2", "ContentsCode=a Tid=2024",
               "http://127.0.0.1:1/v2/tables/07459/"
               "data?lang=no&outputFormat=json-stat2&valueCodes%5BContentsCode%5D=a"
               "&valueCodes%5BTid%5D=2024");
}

/* The server answers 500 without a body to the same code twice, and takes no notice of case. */
static void repeated_codes_are_sent_once(void **state)
{
    (void)state;
    assert_url(HOST, "Region=0301,K-0301,0301,k-0301 ContentsCode=a Tid=2024,2024",
               START "&valueCodes%5BRegion%5D=0301,K-0301&valueCodes%5BContentsCode%5D=a&"
                     "valueCodes%5BTid%5D=2024");
}

/* The server splits at commas outside brackets, so an expression with a comma stands in brackets.
 */
static void expression_with_a_comma_stands_in_brackets(void **state)
{
    (void)state;
    assert_url(
        HOST, "ContentsCode=a Tid=range(2020,2022),2024",
        START
        "&valueCodes%5BContentsCode%5D=a&valueCodes%5BTid%5D=%5Brange%282020%2C2022%29%5D,2024");
}

static void norwegian_letters_and_marks_are_escaped(void **state)
{
    (void)state;
    assert_url(HOST, "Ål=a&b,105+ ContentsCode=a Tid=*",
               START "&valueCodes%5B%C3%85l%5D=a%26b,105%2B&valueCodes%5BContentsCode%5D=a&"
                     "valueCodes%5BTid%5D=%2A");
}

static char *many_regions(guint n)
{
    g_autoptr(GString) query = g_string_new("ContentsCode=Personer1 Tid=range(2020,2022) Region=");
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(query, "%s%04u", i > 0 ? "," : "", i);
    }
    return g_strdup(query->str);
}

/* A URL above some 2 100 characters answers 404. */
static void long_query_is_posted(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *query = many_regions(500);
    g_autoptr(SpSsbQuery) made = sp_ssb_query_new(HOST, "07459", query, &error);
    assert_no_error(error);
    assert_string_equal(made->url, START);
    g_autoptr(json_t) body = sp_json_parse(made->body, strlen(made->body), "body", &error);
    assert_no_error(error);
    const json_t *selection = json_object_get(body, "selection");
    assert_int_equal(json_array_size(selection), 3);
    const json_t *time = json_array_get(selection, 1);
    assert_string_equal(json_string_value(json_object_get(time, "variableCode")), "Tid");
    /* Each expression is a text of its own here and needs no brackets. */
    assert_string_equal(json_string_value(json_array_get(json_object_get(time, "valueCodes"), 0)),
                        "range(2020,2022)");
    const json_t *region = json_array_get(selection, 2);
    assert_int_equal(json_array_size(json_object_get(region, "valueCodes")), 500);
}

static void no_address_reaches_the_limit(void **state)
{
    (void)state;
    for (guint n = 330; n < 400; n++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *query = many_regions(n);
        g_autoptr(SpSsbQuery) made = sp_ssb_query_new(HOST, "07459", query, &error);
        assert_no_error(error);
        assert_true(strlen(made->url) < SP_SSB_MAX_URL);
    }
}

static void contents_and_time_must_be_given(void **state)
{
    (void)state;
    assert_refused("07459", "Region=0301 Tid=2024", "no ContentsCode");
    assert_refused("07459", "Region=0301 ContentsCode=a", "no Tid");
    assert_refused("07459", "", "no ContentsCode");
}

static void what_is_no_query_is_refused(void **state)
{
    (void)state;
    assert_refused("07459", "Region", "\"Region\" is not VARIABLE=CODES");
    assert_refused("07459", "=0301", "is not VARIABLE=CODES");
    assert_refused("07459", "Region=", "an empty code");
    assert_refused("07459", "Region=1,,2", "an empty code");
    assert_refused("07459", "Region=1 region=2", "\"region\" comes twice");
    assert_refused("07459", "Tid=from(2020", "parentheses do not match");
    assert_refused("07459", "Tid=2020)", "parentheses do not match");
    assert_refused("07459", "Region=\xF8", "not UTF-8");
    assert_refused("07459/../x", "ContentsCode=a Tid=1", "not the number of a table");
    assert_refused("", "ContentsCode=a Tid=1", "not the number of a table");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_query_is_an_address),
        cmocka_unit_test(host_may_lack_its_last_slash),
        cmocka_unit_test(repeated_codes_are_sent_once),
        cmocka_unit_test(expression_with_a_comma_stands_in_brackets),
        cmocka_unit_test(norwegian_letters_and_marks_are_escaped),
        cmocka_unit_test(long_query_is_posted),
        cmocka_unit_test(no_address_reaches_the_limit),
        cmocka_unit_test(contents_and_time_must_be_given),
        cmocka_unit_test(what_is_no_query_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
