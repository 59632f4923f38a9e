/* The extractor as the pipeline sees it: files and addresses of SSB, and which answers it keeps.
 * Tables are asked for in tests/upstream. */
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

static void success_that_is_a_page_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *part;
    } cases[] = {
        {"<!DOCTYPE html><html><body>Vedlikehold</body></html>",
         "status 200, but an HTML page and not JSON-stat, PX or CSV"},
        {"<a/>", "status 200, but an XML document and not"},
        {"PK\x03\x04", "status 200, but a zip archive or workbook and not"},
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

/* Three forms of one table of one cell. */
#define PX_FILE                                                                                    \
    "CHARSET=\"ANSI\";\nTITLE=\"Folkemengde, etter tid\";\nSTUB=\"tid\";\n"                        \
    "VARIABLECODE(\"tid\")=\"Tid\";\nVALUES(\"tid\")=\"2024\";\nDATA=\n5550203;\n"
#define CSV_FILE "\"Folkemengde, etter tid\"\n\n\"Tid\";\"Folkemengde\"\n\"2024\";5550203\n"

static void assert_row(const char *file)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = record_settings(ssb(), "url = a");
    g_autoptr(Record) record = record_new();
    g_autofree char *updated = NULL;
    assert_true(ssb()->parse(&(SpDocument){file, strlen(file), "a", NULL, settings}, &record->sink,
                             &updated, &error));
    assert_no_error(error);
    assert_string_equal(record->names, "Tid|value|status");
    assert_true(g_str_has_suffix(record_row(record, 0), ": 2024|5550203|"));
}

static void file_is_read_by_what_its_bytes_are(void **state)
{
    (void)state;
    assert_row(DATASET);
    assert_row("\xEF\xBB\xBF" DATASET);
    assert_row(PX_FILE);
    assert_row(CSV_FILE);
    assert_row("\xEF\xBB\xBF" CSV_FILE);
}

/* The title tells which table it is, in every form. */
static void title_must_hold_the_expected_words(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"class\":\"dataset\",\"label\":\"12880: Makroøkonomiske "
        "hovedstørrelser\",\"id\":[\"Tid\"],"
        "\"size\":[1],\"dimension\":{\"Tid\":{\"category\":{\"index\":[\"2024\"]}}},\"value\":[1]}",
        PX_FILE, CSV_FILE};
    g_autoptr(Upstream) upstream = upstream_start();
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GError) none = NULL;
        upstream_answer(upstream, 200, NULL, bodies[i]);
        g_autofree char *wrong =
            g_strdup_printf("url = %s\nexpect = folkemengde framskrevet", upstream_url(upstream));
        g_autofree char *right = g_strdup_printf("url = %s\nexpect = %s", upstream_url(upstream),
                                                 i == 0 ? "makroøkonomiske" : "folkemengde tid");
        assert_null(record_fetch(ssb(), wrong, &error));
        assert_error(error, SP_ERROR_DATA,
                     i == 0 ? "without \"folkemengde\"" : "without \"framskrevet\"");
        g_autoptr(SpFetched) fetched = record_fetch(ssb(), right, &none);
        assert_no_error(none);
        assert_non_null(fetched);
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
    assert_string_equal(upstream_request(upstream),
                        "GET /a.json application/json, text/csv;q=0.9, */*;q=0.1");
}

static void settings_must_make_a_question(void **state)
{
    (void)state;
    record_check_refused(ssb(), "", "neither url nor table is set");
    record_check_refused(ssb(), "table = 07459", "query");
    record_check_refused(ssb(), "table = 07459\nquery = Region=0 Tid=2024", "no ContentsCode");
    record_check_refused(ssb(), "table = 07459\nquery = Tid=1\napi = v3", "want one of v2, v1");
    record_check_refused(ssb(), "table = 07459\nquery = Tid=1\nformat = xlsx",
                         "want one of json-stat2, csv, px");
    record_check_refused(ssb(), "table = ../x\nquery = ContentsCode=a Tid=1",
                         "not the number of a table");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(success_that_is_a_page_is_named),
        cmocka_unit_test(file_is_read_by_what_its_bytes_are),
        cmocka_unit_test(title_must_hold_the_expected_words),
        cmocka_unit_test(url_wins_over_table),
        cmocka_unit_test(settings_must_make_a_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
