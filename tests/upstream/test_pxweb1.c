/* PxWebApi v1: sources.md, section 1. */
#include "tests/upstream/client.h"

#define TABLE FAKE_SSB1 "table/07459"
#define PARAMETER_ERROR "{\"error\":\"Parameter error\"}"
#define REGION_ERROR                                                                               \
    "{\"error\":\"The request for variable 'Region' has an error. Please check your query.\"}"
#define QUERY(region)                                                                              \
    "{\"query\":[{\"code\":\"Region\",\"selection\":" region "},"                                  \
    "{\"code\":\"Tid\",\"selection\":{\"filter\":\"top\",\"values\":[\"2\"]}}]}"

static json_t *post_json(const FakeUpstream *fake, const char *path, const char *body)
{
    g_autoptr(SpHttpResponse) response = post(fake, path, body);
    if (response->status != 200) {
        g_autofree char *text = text_of(response);
        fail_msg("%s: status %d, %s", body, response->status, text);
    }
    return json_of(response);
}

static void assert_codes(const FakeUpstream *fake, const char *body, const char *dimension,
                         const char *codes)
{
    g_autoptr(json_t) data = post_json(fake, TABLE, body);
    g_autofree char *got = codes_of(data, dimension);
    assert_string_equal(got, codes);
}

static void metadata_leave_out_what_is_false(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json = get_json(fake, TABLE);
    const json_t *variables = json_object_get(json, "variables");
    assert_int_equal(json_array_size(variables), 5);
    const json_t *region = json_array_get(variables, 0);
    const json_t *time = json_array_get(variables, 4);
    assert_true(json_is_true(json_object_get(region, "elimination")));
    assert_null(json_object_get(region, "time"));
    assert_true(json_is_true(json_object_get(time, "time")));
    assert_null(json_object_get(time, "elimination"));
    g_autofree char *sexes = join(json_object_get(json_array_get(variables, 1), "values"));
    assert_string_equal(sexes, "2 1"); /* women first */
    assert_int_equal(json_array_size(json_object_get(time, "values")), 41);
}

static void nodes_lead_to_the_table(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) root = get_json(fake, FAKE_SSB1);
    assert_string_equal(text_at(json_array_get(root, 0), "id"), "be");
    assert_string_equal(text_at(json_array_get(root, 0), "type"), "l");
    g_autoptr(json_t) tables = get_json(fake, FAKE_SSB1 "table/be/folkemengde");
    assert_string_equal(text_at(json_array_get(tables, 1), "id"), "07459");
    assert_string_equal(text_at(json_array_get(tables, 1), "type"), "t");
    g_autoptr(json_t) whole = get_json(fake, FAKE_SSB1 "table/be/folkemengde/07459");
    g_autoptr(json_t) small = get_json(fake, TABLE);
    assert_true(json_equal(whole, small));
}

static void config_is_a_query_parameter(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json = get_json(fake, FAKE_SSB1 "?config");
    assert_int_equal(json_integer_value(json_object_get(json, "maxCells")), 800000);
    assert_int_equal(json_integer_value(json_object_get(json, "maxCalls")), 300);
    assert_answer(get(fake, FAKE_SSB1 "config", NULL), 400, PARAMETER_ERROR);
}

static void each_filter_chooses_its_codes(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    assert_codes(fake, QUERY("{\"filter\":\"item\",\"values\":[\"1103\",\"0301\"]}"), "Region",
                 "0301 1103");
    assert_codes(fake, QUERY("{\"filter\":\"all\",\"values\":[\"03*\"]}"), "Region", "03 0301");
    assert_codes(fake, QUERY("{\"filter\":\"top\",\"values\":[\"2\"]}"), "Region", "0 01");
    assert_codes(fake, QUERY("{\"filter\":\"top\",\"values\":[\"2\"]}"), "Tid", "2025 2026");
    assert_codes(fake, QUERY("{\"filter\":\"agg:KommSummer\",\"values\":[\"K-0301\"]}"), "Region",
                 "K-0301");
    assert_codes(fake, QUERY("{\"filter\":\"vs:Landet\",\"values\":[\"0\"]}"), "Region", "0");
    /* Any other name is taken as item. */
    assert_codes(fake, QUERY("{\"filter\":\"items\",\"values\":[\"0301\"]}"), "Region", "0301");
}

static void what_may_be_left_out_vanishes_and_what_may_not_comes_whole(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) data = post_json(
        fake, TABLE,
        "{\"query\":[{\"code\":\"Region\",\"selection\":{\"filter\":\"item\",\"values\":[\"0301\"]"
        "}},{\"code\":\"Alder\",\"selection\":{\"filter\":\"vs:AlleAldre00B\",\"values\":[]}}],"
        "\"response\":{\"format\":\"json-stat2\"}}");
    g_autofree char *id = join(json_object_get(data, "id"));
    assert_string_equal(id, "Region ContentsCode Tid");
    assert_int_equal(json_array_size(json_object_get(data, "value")), 41);
}

static void errors_are_told_byte_for_byte(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    assert_answer(get(fake, FAKE_SSB1 "table/99999", NULL), 400, PARAMETER_ERROR);
    assert_answer(get(fake, FAKE_SSB1 "table/13873", NULL), 400, PARAMETER_ERROR);
    assert_answer(post(fake, TABLE, "{"), 400, PARAMETER_ERROR);
    assert_answer(post(fake, TABLE, "{\"query\":[{\"code\":\"Kommune\"}]}"), 400, PARAMETER_ERROR);
    assert_answer(post(fake, TABLE, "{\"query\":[],\"response\":{\"format\":\"jsonstat2\"}}"), 400,
                  PARAMETER_ERROR);
    assert_answer(post(fake, TABLE, QUERY("{\"filter\":\"item\",\"values\":[\"301\"]}")), 400,
                  REGION_ERROR);
    assert_answer(post(fake, TABLE, QUERY("{\"filter\":\"top\",\"values\":[2]}")), 400,
                  REGION_ERROR);
    assert_answer(post(fake, TABLE, QUERY("{\"filter\":\"agg:KommSummer\",\"values\":[\"*\"]}")),
                  400, REGION_ERROR);
    fake_upstream_set_max_cells(fake, 1);
    assert_answer(post(fake, TABLE, QUERY("{\"filter\":\"item\",\"values\":[\"0\"]}")), 403,
                  "{\"error\":\"Too many values selected\"}");
}

static void wrong_content_type_is_a_parameter_error(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autofree char *url = fake_upstream_address(fake, TABLE);
    SpHttpRequest request = {
        .url = url, .body = "{\"query\":[]}", .content_type = "text/plain", .tries.n = 1};
    assert_answer(sp_http_fetch(&request, NULL), 400, PARAMETER_ERROR);
}

static void sums_are_refused_where_they_are_not_allowed(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpHttpResponse) response =
        post(fake, FAKE_SSB1 "table/12209",
             "{\"query\":[{\"code\":\"KOKkommuneregion0000\",\"selection\":{\"filter\":"
             "\"agg:KOGkommuneregion000012201\",\"values\":[\"0301\"]}}]}");
    assert_int_equal(response->status, 400);
}

static void too_many_calls_are_told_when_to_come_back(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(GError) error = NULL;
    fake_upstream_set_rate1(fake, 1, 1);
    g_autoptr(SpHttpResponse) first = get(fake, TABLE, NULL);
    assert_int_equal(first->status, 200);
    assert_null(try_fetch(fake, TABLE, (SpHttpRequest){.tries.n = 1}, &error));
    assert_error(error, SP_ERROR_TRY_LATER, "status 429, asking to wait 1 s");
    g_clear_error(&error);
    g_autoptr(SpHttpResponse) second =
        try_fetch(fake, TABLE, (SpHttpRequest){.tries.n = 2}, &error);
    assert_no_error(error);
    assert_int_equal(second->status, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metadata_leave_out_what_is_false),
        cmocka_unit_test(nodes_lead_to_the_table),
        cmocka_unit_test(config_is_a_query_parameter),
        cmocka_unit_test(each_filter_chooses_its_codes),
        cmocka_unit_test(what_may_be_left_out_vanishes_and_what_may_not_comes_whole),
        cmocka_unit_test(errors_are_told_byte_for_byte),
        cmocka_unit_test(wrong_content_type_is_a_parameter_error),
        cmocka_unit_test(sums_are_refused_where_they_are_not_allowed),
        cmocka_unit_test(too_many_calls_are_told_when_to_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
