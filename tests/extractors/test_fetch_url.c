/* What the shared fetch asks, keeps and tells: files by path, answers by content type, refusals by
 * what their body says. */
#include "extractors/extractor.h"

#include "tests/check.h"
#include "tests/extractors/record.h"
#include "tests/extractors/upstream.h"

static const char *const keys[] = {SP_FETCH_KEYS};
static const SpExtractor any = {
    .name = "any", .config_keys = keys, .n_config_keys = G_N_ELEMENTS(keys)};

static SpFetched *fetch(const char *lines, const char *folder, GError **error)
{
    g_autoptr(SpSettings) settings = record_settings(&any, lines);
    SpFetchContext context = {.base_folder = folder};
    return sp_fetch_url(settings, &context, "text/csv", error);
}

/* Fetches from an upstream that answers so. */
static SpFetched *fetch_answer(unsigned int status, const char *type, const char *body,
                               GError **error)
{
    g_autoptr(Upstream) upstream = upstream_start();
    upstream_answer(upstream, status, type, body);
    g_autofree char *lines = g_strdup_printf("url = %sdata", upstream_url(upstream));
    return fetch(lines, "/", error);
}

static void assert_refused(unsigned int status, const char *body, SpErrorCode code,
                           const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFetched) fetched = fetch_answer(status, "application/json", body, &error);
    assert_null(fetched);
    if (!g_error_matches(error, SP_ERROR, (int)code)) {
        fail_msg("status %u gives error %d", status, error->code);
    }
    assert_non_null(strstr(error->message, part));
    assert_non_null(strstr(error->message, "http://127.0.0.1:"));
}

static void path_is_relative_to_the_base_folder(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("sp-fetch-XXXXXX", &error);
    assert_no_error(error);
    g_autofree char *path = g_build_filename(folder, "år 1.csv", NULL);
    g_file_set_contents(path, "a,b\n1,2\n", -1, &error);
    assert_no_error(error);
    g_autoptr(SpFetched) fetched = fetch("url = år 1.csv\nupdated = 2026-02-25", folder, &error);
    assert_no_error(error);
    assert_int_equal(g_bytes_get_size(fetched->bytes), 8);
    assert_string_equal(fetched->suffix, "csv");
    assert_string_equal(fetched->updated, "2026-02-25");
    assert_true(g_str_has_prefix(fetched->url, "file:///"));
    g_unlink(path);
    g_rmdir(folder);
}

static void absent_file_is_no_input(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFetched) fetched = fetch("url = not-here.csv", "/", &error);
    assert_null(fetched);
    assert_error(error, SP_ERROR_NO_INPUT, "not-here.csv");
}

static void bytes_come_untouched_with_the_suffix_of_their_type(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFetched) fetched =
        fetch_answer(200, "text/csv; charset=iso-8859-1", "a\xE5\r\n", &error);
    assert_no_error(error);
    assert_memory_equal(g_bytes_get_data(fetched->bytes, NULL), "a\xE5\r\n", 4);
    assert_string_equal(fetched->suffix, "csv");
    assert_null(fetched->updated);
}

static void unknown_type_and_address_give_bin(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFetched) fetched = fetch_answer(200, NULL, "x", &error);
    assert_no_error(error);
    assert_string_equal(fetched->suffix, "bin");
}

static void content_type_is_asked_for(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Upstream) upstream = upstream_start();
    upstream_answer(upstream, 200, "text/csv", "a");
    g_autofree char *lines = g_strdup_printf("url = %sdata?a=1", upstream_url(upstream));
    g_autoptr(SpFetched) fetched = fetch(lines, "/", &error);
    assert_no_error(error);
    assert_non_null(fetched);
    assert_string_equal(upstream_request(upstream), "GET /data?a=1 text/csv");
}

/* Bodies as PxWeb v1 and v2 send them (recorded, ../shared/data/ssb-api-svar, and the servers'
 * code). */
static void refusal_tells_what_the_source_says(void **state)
{
    (void)state;
    assert_refused(400,
                   "{\"type\":\"Parameter error\",\"title\":\"Non-existent value\",\"status\":400}",
                   SP_ERROR_DATA, "status 400, \"Non-existent value\"; check variables and codes");
    assert_refused(400, "{\"error\":\"Parameter error\"}", SP_ERROR_DATA, "\"Parameter error\"");
    assert_refused(400, "{\"title\":\"A\",\"detail\":\"B\"}", SP_ERROR_DATA, "\"A: B\"");
    assert_refused(404, "{\"title\":\"Non-existent table\"}", SP_ERROR_NO_INPUT,
                   "check table and address");
    assert_refused(410, "", SP_ERROR_NO_INPUT, "an empty body");
    assert_refused(403, "<html><body>Forbidden</body></html>", SP_ERROR_DATA,
                   "an HTML page; the source wants a key");
    assert_refused(501, "no", SP_ERROR_UNAVAILABLE, "status 501, \"no\"; try again later");
    assert_refused(204, "", SP_ERROR_DATA, "status 204");
}

static void too_many_cells_is_told_as_such_from_both_versions(void **state)
{
    (void)state;
    assert_refused(403, "{\"error\":\"Too many values selected\"}", SP_ERROR_DATA,
                   "over the source's limit for one answer");
    assert_refused(400,
                   "{\"type\":\"Parameter error\",\"title\":\"Too many cells "
                   "selected\",\"status\":400,\"detail\":\"Too many "
                   "cells selected\"}",
                   SP_ERROR_DATA,
                   "\"Too many cells selected\"; the query is over the source's limit");
}

/* What a source says goes to logs: one line, whatever it sent. */
static void words_of_a_source_stay_on_one_line(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *filler = g_strnfill(5000, 'x');
    g_autofree char *text = g_strconcat("a\n\x1b[31m\xFF", filler, NULL);
    g_autoptr(SpFetched) fetched = fetch_answer(400, NULL, text, &error);
    assert_null(fetched);
    assert_null(strpbrk(error->message, "\n\x1b"));
    assert_true(g_utf8_validate(error->message, -1, NULL));
    assert_true(strlen(error->message) < 600);
}

static void empty_success_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFetched) fetched = fetch_answer(200, "text/csv", "", &error);
    assert_null(fetched);
    assert_error(error, SP_ERROR_DATA, "nothing in it");
}

static void settings_of_the_wrong_form_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *lines;
        const char *part;
    } cases[] = {
        {"", "url"},
        {"url =", "url is empty"},
        {"url = ftp://a/b", "scheme \"ftp\""},
        {"url = a.csv\nupdated = yesterday", "updated = yesterday"},
        {"url = a.csv\nupdated = 2026-02-30", "updated = 2026-02-30"},
        {"url = a.csv\nupdated = 2026-02-25T99:00:00Z", "updated"},
        {"url = a.csv\ntimeout_s = 0", "timeout_s"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpFetched) fetched = fetch(cases[i].lines, "/", &error);
        assert_null(fetched);
        assert_error(error, SP_ERROR_CONFIG, cases[i].part);
    }
}

/* Fetches once, keeps it as the pipeline would, and fetches again with these lines more. */
static SpFetched *fetch_twice(Upstream *upstream, const char *more, SpFetched **first)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *lines = g_strdup_printf("url = %sa.csv", upstream_url(upstream));
    *first = fetch(lines, "/", &error);
    assert_no_error(error);
    g_autofree char *folder = g_dir_make_tmp("sp-fetch-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "x.csv", NULL);
    gsize size = 0;
    const char *bytes = g_bytes_get_data((*first)->bytes, &size);
    assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
    const SpFetchNewest newest = {.path = path,
                                  .url = (*first)->url,
                                  .updated = (*first)->updated,
                                  .question = (*first)->question,
                                  .etag = (*first)->etag,
                                  .modified = (*first)->modified};
    const SpFetchContext context = {.base_folder = "/", .newest = &newest};
    g_autofree char *again = g_strdup_printf("%s\n%s", lines, more);
    g_autoptr(SpSettings) settings = record_settings(&any, again);
    SpFetched *second = sp_fetch_url(settings, &context, "text/csv", &error);
    assert_no_error(error);
    g_unlink(path);
    g_rmdir(folder);
    return second;
}

#define MODIFIED "Wed, 25 Feb 2026 07:00:00 GMT"

static void file_that_is_unchanged_is_the_newest_snapshot(void **state)
{
    (void)state;
    static const struct {
        const char *etag;
        const char *modified;
    } told[] = {{"\"abc\"", NULL}, {NULL, MODIFIED}, {"W/\"x\"", MODIFIED}};
    for (gsize i = 0; i < G_N_ELEMENTS(told); i++) {
        g_autoptr(Upstream) upstream = upstream_start();
        g_autoptr(SpFetched) first = NULL;
        upstream_answer(upstream, 200, "text/csv", "a,b\n1,2\n");
        upstream_tell(upstream, told[i].etag, told[i].modified);
        g_autoptr(SpFetched) second = fetch_twice(upstream, "", &first);
        assert_true(g_bytes_equal(first->bytes, second->bytes));
        assert_string_equal(second->suffix, "csv");
        assert_string_equal(second->question, first->question);
        assert_int_equal(g_strcmp0(second->etag, told[i].etag), 0);
        assert_int_equal(
            g_strcmp0(second->updated, told[i].modified != NULL ? "2026-02-25T07:00:00Z" : NULL),
            0);
        assert_int_equal(upstream_count(upstream), 2);
    }
}

/* Another `updated` in the settings is another snapshot of the same bytes, so they are asked
 * for. */
static void setting_that_changed_is_not_met_by_the_newest_snapshot(void **state)
{
    (void)state;
    g_autoptr(Upstream) upstream = upstream_start();
    g_autoptr(SpFetched) first = NULL;
    upstream_answer(upstream, 200, "text/csv", "a,b\n1,2\n");
    upstream_tell(upstream, "\"abc\"", MODIFIED);
    g_autoptr(SpFetched) second = fetch_twice(upstream, "updated = 2026-03-01", &first);
    assert_string_equal(first->updated, "2026-02-25T07:00:00Z");
    assert_string_equal(second->updated, "2026-03-01");
}

/* A clock that goes wrong at the source would name an edition after a day to come, beside which all
 * other sources look old. */
static void time_that_is_still_to_come_is_not_believed(void **state)
{
    (void)state;
    static const gint64 day = 86400;
    static const gint64 modified = 1772002800; /* MODIFIED */
    g_autoptr(GError) error = NULL;
    g_autoptr(Upstream) upstream = upstream_start();
    upstream_answer(upstream, 200, "text/csv", "a,b\n1,2\n");
    upstream_tell(upstream, NULL, MODIFIED);
    g_autofree char *lines = g_strdup_printf("url = %sa.csv", upstream_url(upstream));
    g_autoptr(SpSettings) settings = record_settings(&any, lines);
    const SpFetchContext early = {.base_folder = "/", .now = modified - 2 * day};
    const SpFetchContext late = {.base_folder = "/", .now = modified + day};
    g_autoptr(SpFetched) before = sp_fetch_url(settings, &early, NULL, &error);
    g_autoptr(SpFetched) after = sp_fetch_url(settings, &late, NULL, &error);
    assert_no_error(error);
    assert_string_equal(after->updated, "2026-02-25T07:00:00Z");
    assert_null(before->updated);
    assert_int_equal(before->notes->len, 1);
    assert_non_null(
        strstr(before->notes->pdata[0], "2026-02-25T07:00:00Z, which is still to come"));
}

/* A snapshot's description has a largest size: a header that does not fit into it must not make the
 * snapshot unreadable. */
static void header_of_a_hundred_lines_is_not_kept(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Upstream) upstream = upstream_start();
    g_autofree char *tag = g_strnfill(20000, 'x');
    upstream_answer(upstream, 200, "text/csv", "a,b\n1,2\n");
    upstream_tell(upstream, tag, NULL);
    g_autofree char *lines = g_strdup_printf("url = %sa.csv", upstream_url(upstream));
    g_autoptr(SpFetched) fetched = fetch(lines, "/", &error);
    assert_no_error(error);
    assert_int_equal(g_bytes_get_size(fetched->bytes), 8);
    assert_null(fetched->etag);
}

/* A 304 that nobody asked for is no answer. */
static void not_modified_without_a_snapshot_is_refused(void **state)
{
    (void)state;
    assert_refused(304, "", SP_ERROR_DATA, "status 304");
}

static void time_that_is_none_is_not_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Upstream) upstream = upstream_start();
    upstream_answer(upstream, 200, "text/csv", "a");
    upstream_tell(upstream, NULL, "yesterday");
    g_autofree char *lines = g_strdup_printf("url = %sdata", upstream_url(upstream));
    g_autoptr(SpFetched) fetched = fetch(lines, "/", &error);
    assert_no_error(error);
    assert_null(fetched->updated);
}

static void bytes_are_known_by_how_they_begin(void **state)
{
    (void)state;
    assert_string_equal(sp_fetch_describe("\xEF\xBB\xBF \n<!DOCTYPE HTML>", 20), "an HTML page");
    assert_string_equal(sp_fetch_describe("<?xml version=\"1.0\"?><html>", 27), "an HTML page");
    assert_string_equal(sp_fetch_describe("<codeList>", 10), "an XML document");
    assert_string_equal(sp_fetch_describe("CHARSET=\"ANSI\";", 15), "a PX file");
    assert_string_equal(sp_fetch_describe("PK\x03\x04", 4), "a zip archive or workbook");
    assert_null(sp_fetch_describe("a,b\n1,2\n", 8));
    assert_null(sp_fetch_describe("", 0));
    assert_null(sp_fetch_describe(NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(path_is_relative_to_the_base_folder),
        cmocka_unit_test(absent_file_is_no_input),
        cmocka_unit_test(bytes_come_untouched_with_the_suffix_of_their_type),
        cmocka_unit_test(unknown_type_and_address_give_bin),
        cmocka_unit_test(content_type_is_asked_for),
        cmocka_unit_test(refusal_tells_what_the_source_says),
        cmocka_unit_test(too_many_cells_is_told_as_such_from_both_versions),
        cmocka_unit_test(words_of_a_source_stay_on_one_line),
        cmocka_unit_test(empty_success_is_refused),
        cmocka_unit_test(settings_of_the_wrong_form_are_refused),
        cmocka_unit_test(file_that_is_unchanged_is_the_newest_snapshot),
        cmocka_unit_test(setting_that_changed_is_not_met_by_the_newest_snapshot),
        cmocka_unit_test(time_that_is_still_to_come_is_not_believed),
        cmocka_unit_test(header_of_a_hundred_lines_is_not_kept),
        cmocka_unit_test(not_modified_without_a_snapshot_is_refused),
        cmocka_unit_test(time_that_is_none_is_not_told),
        cmocka_unit_test(bytes_are_known_by_how_they_begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
