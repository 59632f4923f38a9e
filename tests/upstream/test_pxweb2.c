/* PxWebApi v2: sources.md, section 2, but for its selections (test_selection.c). */
#include "tests/upstream/client.h"

#define TABLES FAKE_SSB2 "tables"
#define DATA FAKE_SSB2 "tables/07459/data?"
#define OSLO "valueCodes[Region]=0301&valueCodes[ContentsCode]=Personer1&valueCodes[Tid]=2026"

static void config_says_nothing_of_the_limit(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json = get_json(fake, FAKE_SSB2 "config");
    assert_int_equal(json_integer_value(json_object_get(json, "maxDataCells")), 800000);
    assert_int_equal(json_integer_value(json_object_get(json, "maxCallsPerTimeWindow")), 0);
}

static void pages_of_tables_hold_all_once(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(GString) ids = g_string_new(NULL);
    for (int page = 1; page <= 6; page++) {
        g_autofree char *path = g_strdup_printf(TABLES "?pageSize=3&pageNumber=%d", page);
        g_autoptr(json_t) json = get_json(fake, path);
        const json_t *tables = json_object_get(json, "tables");
        const json_t *told = json_object_get(json, "page");
        assert_int_equal(json_integer_value(json_object_get(told, "totalElements")), 17);
        assert_int_equal(json_integer_value(json_object_get(told, "totalPages")), 6);
        for (gsize i = 0; i < json_array_size(tables); i++) {
            g_string_append_printf(ids, "%s ", text_at(json_array_get(tables, i), "id"));
        }
    }
    assert_string_equal(ids->str,
                        "06913 06969 07459 07944 11643 11875 11924 11996 12003 12209 12292 "
                        "12547 12880 14288 14533 14534 14746 ");
    assert_answer(get(fake, TABLES "?pageSize=3&pageNumber=7", NULL), 404,
                  "{\"type\":\"Parameter error\",\"title\":\"Non-existent page\",\"status\":404,"
                  "\"detail\":\"Non-existent page\"}");
}

static void tables_are_found_by_words_and_days(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) named = get_json(fake, TABLES "?query=%C3%A5rsverk");
    assert_int_equal(json_array_size(json_object_get(named, "tables")), 4);
    assert_true(fake_upstream_set_clock(fake, "2026-02-26"));
    g_autoptr(json_t) fresh = get_json(fake, TABLES "?pastDays=3");
    assert_int_equal(json_array_size(json_object_get(fresh, "tables")), 2);
}

static void table_tells_when_it_was_changed(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json = get_json(fake, TABLES "/07459");
    assert_string_equal(text_at(json, "updated"), "2026-02-25T07:00:00Z");
    assert_string_equal(text_at(json, "firstPeriod"), "1986");
    assert_string_equal(text_at(json, "lastPeriod"), "2026");
    assert_string_equal(text_at(json, "timeUnit"), "Annual");
}

static void metadata_hold_all_codes_and_no_value(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json = get_json(fake, TABLES "/07459/metadata?lang=no");
    assert_int_equal(json_array_size(json_object_get(json, "value")), 0);
    const json_t *size = json_object_get(json, "size");
    assert_int_equal(json_integer_value(json_array_get(size, 2)), 106);
    const json_t *region = json_object_get(json_object_get(json, "dimension"), "Region");
    const json_t *lists = json_object_get(json_object_get(region, "extension"), "codelists");
    assert_int_equal(json_array_size(lists), 6);
    assert_string_equal(text_at(json_array_get(lists, 0), "id"), "vs_Landet");
}

static void code_list_maps_sums_to_their_members(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json = get_json(fake, FAKE_SSB2 "codeLists/agg_KommSummer?lang=no");
    assert_string_equal(text_at(json, "type"), "Aggregation");
    const json_t *values = json_object_get(json, "values");
    for (gsize i = 0; i < json_array_size(values); i++) {
        const json_t *value = json_array_get(values, i);
        if (strcmp(text_at(value, "code"), "K-4012") == 0) {
            g_autofree char *map = join(json_object_get(value, "valueMap"));
            assert_string_equal(map, "0814 3813 4012"); /* Bamble */
            return;
        }
    }
    fail_msg("no K-4012");
}

static void data_are_the_default_selection_when_none_is_given(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(json_t) json = get_json(fake, TABLES "/07459/data");
    assert_int_equal(json_array_size(json_object_get(json, "value")), 1);
    g_autoptr(json_t) told = get_json(fake, TABLES "/07459/defaultselection");
    assert_int_equal(json_array_size(json_object_get(told, "selection")), 2);
}

static void every_answer_tells_how_many_calls_are_left(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpHttpResponse) first = get(fake, DATA OSLO, NULL);
    assert_string_equal(header_of(first, "x-ratelimit-limit"), "40");
    assert_string_equal(header_of(first, "x-ratelimit-policy"), "40;w=60s");
    assert_string_equal(header_of(first, "x-ratelimit-remaining"), "39");
    assert_string_equal(header_of(first, "x-ratelimit-resource"), "SB_API_1MIN");
    g_autoptr(GError) error = NULL;
    fake_upstream_set_rate2(fake, 1, 60);
    g_autoptr(SpHttpResponse) last = get(fake, DATA OSLO, NULL);
    assert_string_equal(header_of(last, "x-ratelimit-remaining"), "0");
    assert_null(try_fetch(fake, DATA OSLO, (SpHttpRequest){.tries.n = 1}, &error));
    assert_error(error, SP_ERROR_TRY_LATER, "status 429 (1 try)"); /* no Retry-After */
}

static void csv_is_latin1_with_the_form_that_is_asked_for(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpHttpResponse) usual = get(fake, DATA OSLO "&outputFormat=csv", NULL);
    assert_string_equal(header_of(usual, "content-type"), "text/csv; charset=iso-8859-1");
    g_autofree char *text = text_of(usual);
    assert_true(g_str_has_prefix(text, "\"region\",\"Personer 2026\"\r\n\"Oslo - Oslove\","));
    g_autoptr(SpHttpResponse) other =
        get(fake,
            DATA OSLO "&outputFormat=csv&outputFormatParams=useCodes,SeparatorSemicolon"
                      "&stub=Region,ContentsCode,Tid",
            NULL);
    g_autofree char *rows = text_of(other);
    assert_true(g_str_has_prefix(rows, "\"Region\";\"ContentsCode\";\"Tid\";"));
    assert_non_null(strstr(rows, "\"0301\";\"Personer1\";\"2026\";"));
    assert_non_null(strstr(rows, "kj\xF8nn")); /* the title heads the column of figures */
}

static void format_that_is_not_there_is_refused(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    const char *problem = "{\"type\":\"Parameter error\",\"title\":\"Unsupported output format\","
                          "\"status\":400,\"detail\":\"Unsupported output format\"}";
    assert_answer(get(fake, DATA OSLO "&outputFormat=jsonstat2", NULL), 400, problem);
    assert_answer(get(fake, DATA OSLO "&outputFormatParams=UseCodes", NULL), 400, problem);
}

static void unknown_table_is_404_or_as_once_seen_400(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    const char *problem =
        "{\"type\":\"Parameter error\",\"title\":\"Non-existent table\",\"status\":404}";
    assert_answer(get(fake, TABLES "/13873", NULL), 404, problem);
    assert_true(fake_upstream_fault(fake, "", "missing-400", NULL));
    assert_answer(get(fake, TABLES "/99999/metadata", NULL), 400, problem);
}

static void address_of_more_than_2100_characters_is_404(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    gsize rest = 2100 - strlen(fake_upstream_url(fake)) - strlen(DATA OSLO "&x=");
    g_autofree char *fill = g_strnfill(rest, 'x');
    g_autofree char *longest = g_strconcat(DATA OSLO "&x=", fill, NULL);
    g_autofree char *longer = g_strconcat(longest, "x", NULL);
    g_autoptr(SpHttpResponse) good = get(fake, longest, NULL);
    assert_int_equal(good->status, 200);
    g_autoptr(SpHttpResponse) bad = get(fake, longer, NULL);
    assert_int_equal(bad->status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(config_says_nothing_of_the_limit),
        cmocka_unit_test(pages_of_tables_hold_all_once),
        cmocka_unit_test(tables_are_found_by_words_and_days),
        cmocka_unit_test(table_tells_when_it_was_changed),
        cmocka_unit_test(metadata_hold_all_codes_and_no_value),
        cmocka_unit_test(code_list_maps_sums_to_their_members),
        cmocka_unit_test(data_are_the_default_selection_when_none_is_given),
        cmocka_unit_test(every_answer_tells_how_many_calls_are_left),
        cmocka_unit_test(csv_is_latin1_with_the_form_that_is_asked_for),
        cmocka_unit_test(format_that_is_not_there_is_refused),
        cmocka_unit_test(unknown_table_is_404_or_as_once_seen_400),
        cmocka_unit_test(address_of_more_than_2100_characters_is_404),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
