/* The extractor as the pipeline sees it: what it asks of SSB and which answers it keeps. */
#include "extractors/extractor.h"

#include "tests/check.h"
#include "tests/extractors/record.h"
#include "tests/extractors/upstream.h"

#define DATASET                                                                                    \
    "{\"class\":\"dataset\",\"updated\":\"2026-02-25T07:00:00Z\",\"id\":[\"Tid\"],\"size\":[1],"   \
    "\"dimension\":{\"Tid\":{\"category\":{"                                                       \
    "\"index\":[\"2024\"]}}},\"value\":[5550203]}"

static const SpExtractor *ssb(void)
{
    return sp_extractors_find("ssb");
}

static void table_is_asked_for_and_its_answer_parses(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Upstream) upstream = upstream_start();
    upstream_answer(upstream, 200, "application/json", DATASET);
    g_autofree char *lines = g_strdup_printf(
        "host = %sv2/\ntable = 07459\nquery = Region=0,0 ContentsCode=Personer1 Tid=2024",
        upstream_url(upstream));
    g_autoptr(SpFetched) fetched = record_fetch(ssb(), lines, &error);
    assert_no_error(error);
    assert_string_equal(
        upstream_request(upstream),
        "GET /v2/tables/07459/data?lang=no&outputFormat=json-stat2&valueCodes%5BRegion%5D=0"
        "&valueCodes%5BContentsCode%5D=Personer1&valueCodes%5BTid%5D=2024 application/json");
    assert_string_equal(fetched->suffix, "json");
    g_autoptr(SpSettings) settings = record_settings(ssb(), lines);
    g_autoptr(Record) record = record_new();
    g_autofree char *updated = NULL;
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    assert_true(
        ssb()->parse(bytes, size, "a.json", NULL, settings, &record->sink, &updated, &error));
    assert_string_equal(record_row(record, 0), "1: 2024|5550203|");
    assert_string_equal(updated, "2026-02-25T07:00:00Z");
}

static void long_query_is_posted_as_json(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Upstream) upstream = upstream_start();
    upstream_answer(upstream, 200, "application/json", DATASET);
    g_autoptr(GString) lines = g_string_new(NULL);
    g_string_printf(lines, "host = %s\ntable = 07459\nquery = ContentsCode=a Tid=2024 Region=",
                    upstream_url(upstream));
    for (int i = 1000; i < 1400; i++) {
        g_string_append_printf(lines, "%d,", i);
    }
    g_string_append(lines, "0");
    g_autoptr(SpFetched) fetched = record_fetch(ssb(), lines->str, &error);
    assert_no_error(error);
    assert_non_null(fetched);
    assert_string_equal(upstream_request(upstream),
                        "POST /tables/07459/data?lang=no&outputFormat=json-stat2 application/json");
    assert_true(g_str_has_prefix(upstream_body(upstream), "{\n  \"selection\": ["));
}

static void success_that_is_no_json_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *part;
    } cases[] = {
        {"<!DOCTYPE html><html><body>Vedlikehold</body></html>",
         "status 200, but an HTML page and not JSON"},
        {"CHARSET=\"ANSI\";\nDATA=\n1;", "status 200, but a PX file and not JSON"},
        {"\"Region\",\"Tid\"\n", "status 200, but something else and not JSON"},
    };
    g_autoptr(Upstream) upstream = upstream_start();
    g_autofree char *lines = g_strdup_printf("url = %s", upstream_url(upstream));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        upstream_answer(upstream, 200, "application/json", cases[i].body);
        g_autoptr(SpFetched) fetched = record_fetch(ssb(), lines, &error);
        assert_null(fetched);
        assert_error(error, SP_ERROR_DATA, cases[i].part);
    }
}

/* A workspace puts a file in the place of the table that the defaults name by adding one key. */
static void url_wins_over_table(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Upstream) upstream = upstream_start();
    upstream_answer(upstream, 200, "application/json", DATASET);
    g_autofree char *lines = g_strdup_printf(
        "url = %sa.json\ntable = 07459\nquery = ContentsCode=a Tid=2024", upstream_url(upstream));
    g_autoptr(SpFetched) fetched = record_fetch(ssb(), lines, &error);
    assert_no_error(error);
    assert_non_null(fetched);
    assert_string_equal(upstream_request(upstream), "GET /a.json application/json");
}

static void settings_must_make_a_question(void **state)
{
    (void)state;
    record_check_refused(ssb(), "", "neither url nor table is set");
    record_check_refused(ssb(), "table = 07459", "query");
    record_check_refused(ssb(), "table = 07459\nquery = Region=0 Tid=2024", "no ContentsCode");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_is_asked_for_and_its_answer_parses),
        cmocka_unit_test(long_query_is_posted_as_json),
        cmocka_unit_test(success_that_is_no_json_is_named),
        cmocka_unit_test(url_wins_over_table),
        cmocka_unit_test(settings_must_make_a_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
