/* The question to PxWebApi v2 and v1, byte for byte. */
#include "extractors/ssb/query.h"

#include "core/io/json.h"
#include "tests/check.h"

#define HOST "https://data.ssb.no/api/pxwebapi/v2/"
#define START HOST "tables/07459/data?lang=no&outputFormat=json-stat2"

static SpSsbQuery *make(SpSsbTable table, const char *query)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) question = sp_ssb_question_parse(query, &error);
    assert_no_error(error);
    table.table = "07459";
    return sp_ssb_query_new(&table, question);
}

static void assert_url(const char *host, const char *query, const char *url)
{
    g_autoptr(SpSsbQuery) made = make((SpSsbTable){.host = host}, query);
    assert_string_equal(made->url, url);
    assert_null(made->body);
}

static void assert_refused(const char *query, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_ssb_question_parse(query, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void assert_body1(const char *query, const char *body)
{
    g_autoptr(SpSsbQuery) made = make((SpSsbTable){.api = SP_SSB_V1, .host = "http://a/no"}, query);
    g_autofree char *plain = g_strdup(made->body);
    char *to = plain;
    for (const char *c = plain; *c != '\0'; c++) {
        if (!g_ascii_isspace(*c)) {
            *to++ = *c;
        }
    }
    *to = '\0';
    assert_string_equal(plain, body);
    assert_string_equal(made->url, "http://a/no/table/07459");
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
    g_autoptr(SpSsbQuery) made = make((SpSsbTable){.host = HOST}, query);
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
        g_autofree char *query = many_regions(n);
        g_autoptr(SpSsbQuery) made = make((SpSsbTable){.host = HOST}, query);
        assert_true(strlen(made->url) < SP_SSB_MAX_URL);
    }
}

static void contents_and_time_must_be_given(void **state)
{
    (void)state;
    assert_refused("Region=0301 Tid=2024", "no ContentsCode");
    assert_refused("Region=0301 ContentsCode=a", "no Tid");
    assert_refused("", "no ContentsCode");
}

static void what_is_no_query_is_refused(void **state)
{
    (void)state;
    assert_refused("Region", "\"Region\" is not NAME=CODES");
    assert_refused("=0301", "is not NAME=CODES");
    assert_refused("Region=", "an empty code");
    assert_refused("Region=1,,2", "an empty code");
    assert_refused("Region=1 region=2", "\"region\" comes twice");
    assert_refused("Tid=from(2020", "parentheses that do not close");
    assert_refused("Tid=2020)", "parentheses that do not close");
    assert_refused("Region=\xF8", "not UTF-8");
    assert_refused("Region=*@agg_Komm/Summer ContentsCode=a Tid=1", "is no id of a code list");
}

static void table_is_a_number(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) empty = NULL;
    assert_false(sp_ssb_table_check(&(SpSsbTable){.table = "07459/../x"}, &error));
    assert_error(error, SP_ERROR_CONFIG, "not the number of a table");
    assert_false(sp_ssb_table_check(&(SpSsbTable){.table = ""}, &empty));
    assert_error(empty, SP_ERROR_CONFIG, "not the number of a table");
}

static void code_list_is_named_beside_its_codes(void **state)
{
    (void)state;
    assert_url(HOST, "Region=*@agg_KommSummer ContentsCode=a Tid=2024",
               START "&valueCodes%5BRegion%5D=%2A&codelist%5BRegion%5D=agg_KommSummer"
                     "&valueCodes%5BContentsCode%5D=a&valueCodes%5BTid%5D=2024");
}

static void csv_is_asked_for_with_codes_and_one_figure_a_row(void **state)
{
    (void)state;
    g_autoptr(SpSsbQuery) made =
        make((SpSsbTable){.host = HOST, .format = SP_SSB_CSV}, "Region=0 ContentsCode=a Tid=2024");
    assert_string_equal(made->url,
                        HOST "tables/07459/data?lang=no&outputFormat=csv&outputFormatParams="
                             "UseCodes&stub=Region,ContentsCode,Tid&valueCodes%5BRegion%5D=0"
                             "&valueCodes%5BContentsCode%5D=a&valueCodes%5BTid%5D=2024");
}

/* The five filters of v1. */
static void each_kind_of_codes_has_its_filter_in_v1(void **state)
{
    (void)state;
    assert_body1(
        "Region=0301,1103 Alder=0* ContentsCode=a Tid=top(3)",
        "{\"query\":[{\"code\":\"Region\",\"selection\":{\"filter\":\"item\",\"values\":"
        "[\"0301\",\"1103\"]}},{\"code\":\"Alder\",\"selection\":{\"filter\":\"all\","
        "\"values\":[\"0*\"]}},{\"code\":\"ContentsCode\",\"selection\":{\"filter\":"
        "\"item\",\"values\":[\"a\"]}},{\"code\":\"Tid\",\"selection\":{\"filter\":\"top\","
        "\"values\":[\"3\"]}}],\"response\":{\"format\":\"json-stat2\"}}");
    assert_body1("Region=K-0301@agg_KommSummer Alder=@vs_AlleAldre00B ContentsCode=a Tid=*",
                 "{\"query\":[{\"code\":\"Region\",\"selection\":{\"filter\":\"agg:KommSummer\","
                 "\"values\":[\"K-0301\"]}},{\"code\":\"Alder\",\"selection\":{\"filter\":"
                 "\"vs:AlleAldre00B\",\"values\":[]}},{\"code\":\"ContentsCode\",\"selection\":"
                 "{\"filter\":\"item\",\"values\":[\"a\"]}},{\"code\":\"Tid\",\"selection\":"
                 "{\"filter\":\"all\",\"values\":[\"*\"]}}],\"response\":{\"format\":"
                 "\"json-stat2\"}}");
}

static gboolean can(SpSsbApi api, const char *piece)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *query = g_strconcat(piece, " ContentsCode=a Tid=1", NULL);
    g_autoptr(GPtrArray) question = sp_ssb_question_parse(query, &error);
    assert_no_error(error);
    return sp_ssb_query_can(api, g_ptr_array_index(question, 0));
}

static void v1_needs_codes_in_the_place_of_most_expressions(void **state)
{
    (void)state;
    assert_true(can(SP_SSB_V2, "A=from(2020)"));
    assert_false(can(SP_SSB_V1, "A=from(2020)"));
    assert_true(can(SP_SSB_V1, "A=top(3)"));
    assert_false(can(SP_SSB_V1, "A=top(3,1)"));
    assert_false(can(SP_SSB_V1, "A=03??"));
    assert_false(can(SP_SSB_V1, "A=*@agg_X"));
    assert_true(can(SP_SSB_V1, "A=K-1@agg_X"));
    /* 0301 stands in both, and the same code twice ends the server. */
    assert_false(can(SP_SSB_V2, "A=*,0301"));
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
        cmocka_unit_test(table_is_a_number),
        cmocka_unit_test(code_list_is_named_beside_its_codes),
        cmocka_unit_test(csv_is_asked_for_with_codes_and_one_figure_a_row),
        cmocka_unit_test(each_kind_of_codes_has_its_filter_in_v1),
        cmocka_unit_test(v1_needs_codes_in_the_place_of_most_expressions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
