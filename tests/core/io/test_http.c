/* Bytes by URL, from a source of the test's own. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "tests/core/io/folder.h"
#include "tests/core/io/upstream.h"

#include "core/io/http.h"

#include <unistd.h>

static SpHttpResponse *fetch_with(void **state, const char *path, SpHttpRequest request,
                                  GError **error)
{
    const Upstream *upstream = *state;
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u%s", upstream->port, path);
    request.url = url;
    request.tries.first_wait_ms = 1;
    return sp_http_fetch(&request, error);
}

static SpHttpResponse *fetch(void **state, const char *path, GError **error)
{
    return fetch_with(state, path, (SpHttpRequest){.tries.n = 3}, error);
}

static void assert_body(const SpHttpResponse *response, int status, const char *body)
{
    assert_non_null(response);
    assert_int_equal(response->status, status);
    assert_int_equal(g_bytes_get_size(response->body), strlen(body));
    assert_memory_equal(g_bytes_get_data(response->body, NULL), body, strlen(body));
}

static int n_requests(void **state)
{
    return g_atomic_int_get(&((Upstream *)*state)->n_requests);
}

static void answer_comes_with_its_headers_in_lower_case(void **state)
{
    g_autoptr(SpHttpResponse) response = fetch(state, "/ok", NULL);
    assert_body(response, 200, "ok");
    assert_string_equal(g_hash_table_lookup(response->headers, "x-source"), "Fake");
    assert_true(g_str_has_suffix(response->url, "/ok"));
}

/* What a header says comes into messages and snapshots, which are UTF-8, and back to the server. */
static void header_in_another_encoding_becomes_utf8(void **state)
{
    g_autoptr(SpHttpResponse) response = fetch(state, "/latin1-header", NULL);
    assert_body(response, 200, "ok");
    assert_string_equal(g_hash_table_lookup(response->headers, "etag"), "\"\xef\xbf\xbd\x20v2\"");
}

static void query_is_posted_with_its_type(void **state)
{
    const SpHttpRequest request = {
        .body = "{\"query\": []}", .content_type = "application/json", .accept = "text/csv"};
    g_autoptr(SpHttpResponse) response = fetch_with(state, "/ok", request, NULL);
    assert_body(response, 200, "ok");
    assert_string_equal(((Upstream *)*state)->last->str,
                        "POST /ok text/csv application/json {\"query\": []}");
}

static void not_found_is_an_answer_at_once(void **state)
{
    g_autoptr(SpHttpResponse) response = fetch(state, "/404", NULL);
    assert_body(response, 404, "no such table");
    assert_int_equal(n_requests(state), 1);
}

static void unavailable_source_is_tried_again(void **state)
{
    g_autoptr(SpHttpResponse) response = fetch(state, "/503-twice", NULL);
    assert_body(response, 200, "ok");
    assert_int_equal(n_requests(state), 3);
}

static void endless_503_tells_url_and_tries(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_null(fetch(state, "/503", &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "/503: status 503 (3 tries)");
    assert_non_null(strstr(error->message, "http://127.0.0.1:"));
    assert_int_equal(n_requests(state), 3);
}

static void empty_500_is_tried_again_and_one_with_words_is_an_answer(void **state)
{
    g_autoptr(SpHttpResponse) empty = fetch(state, "/500-empty-once", NULL);
    assert_body(empty, 200, "");
    assert_int_equal(n_requests(state), 2);
    g_autoptr(SpHttpResponse) words = fetch(state, "/500-with-words", NULL);
    assert_body(words, 500, "{\"title\": \"too many cells\"}");
    assert_int_equal(n_requests(state), 3);
}

static void retry_after_is_kept(void **state)
{
    const Upstream *upstream = *state;
    g_autoptr(SpHttpResponse) response = fetch(state, "/429-once", NULL);
    assert_body(response, 200, "ok");
    assert_int_equal(n_requests(state), 2);
    assert_true(upstream->last_us - upstream->first_us >= 1000000);
}

static void retry_after_may_be_a_date(void **state)
{
    const Upstream *upstream = *state;
    g_autoptr(SpHttpResponse) response = fetch(state, "/429-until", NULL);
    assert_body(response, 200, "ok");
    /* Whole seconds, and the date is cut to them: at least one of the three. */
    assert_true(upstream->last_us - upstream->first_us >= 1000000);
}

static void source_that_asks_for_an_hour_is_left_alone(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_null(fetch(state, "/503-for-an-hour", &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "status 503, asking to wait 3600 s (1 try)");
    assert_int_equal(n_requests(state), 1);
}

static void endless_429_is_for_later(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_null(fetch(state, "/429", &error));
    assert_error(error, SP_ERROR_TRY_LATER, "status 429 (3 tries)");
}

static void cut_answer_is_tried_again(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpHttpResponse) response = fetch(state, "/cut-once", NULL);
    assert_body(response, 200, "ok");
    assert_null(fetch(state, "/cut", &error));
    assert_error(error, SP_ERROR_DATA, "cut short");
    assert_int_equal(n_requests(state), 2 + 3);
}

static void gzip_is_unpacked(void **state)
{
    g_autofree char *plain = g_strnfill(100000, 'x');
    g_autoptr(SpHttpResponse) response = fetch(state, "/gzip", NULL);
    assert_body(response, 200, plain);
}

static void damaged_gzip_is_refused(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_null(fetch(state, "/gzip-damaged", &error));
    assert_error(error, SP_ERROR_DATA, "/gzip-damaged");
}

static void size_is_limited_as_unpacked(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_null(fetch_with(state, "/gzip", (SpHttpRequest){.max_size = 99999}, &error));
    assert_error(error, SP_ERROR_DATA, "larger than the 99999 bytes allowed");
    assert_int_equal(n_requests(state), 1);
    g_autoptr(SpHttpResponse) response =
        fetch_with(state, "/gzip", (SpHttpRequest){.max_size = 100000}, NULL);
    assert_non_null(response);
}

static void redirect_is_followed_and_a_post_stays_one(void **state)
{
    const SpHttpRequest request = {.body = "query"};
    g_autoptr(SpHttpResponse) response = fetch_with(state, "/moved", request, NULL);
    assert_body(response, 200, "ok");
    assert_true(g_str_has_suffix(response->url, "/ok"));
    assert_true(g_str_has_prefix(((Upstream *)*state)->last->str, "POST /ok "));
    assert_true(g_str_has_suffix(((Upstream *)*state)->last->str, " query"));
}

static void see_other_turns_a_post_into_a_get(void **state)
{
    const SpHttpRequest request = {.body = "query", .content_type = "text/plain"};
    g_autoptr(SpHttpResponse) response = fetch_with(state, "/see-other", request, NULL);
    assert_body(response, 200, "ok");
    assert_string_equal(((Upstream *)*state)->last->str, "GET /ok */* - ");
}

static void secret_is_shown_to_its_own_host_alone(void **state)
{
    const Upstream *upstream = *state;
    const SpHttpRequest request = {.authorization = "Bearer abc"};
    g_autoptr(SpHttpResponse) own = fetch_with(state, "/moved", request, NULL);
    assert_body(own, 200, "ok");
    assert_string_equal(upstream->authorization->str, "Bearer abc");
    g_autoptr(SpHttpResponse) other = fetch_with(state, "/other-host", request, NULL);
    assert_body(other, 200, "ok");
    assert_true(g_str_has_prefix(other->url, "http://localhost:"));
    assert_string_equal(upstream->authorization->str, "-");
}

static void endless_redirect_is_refused(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_null(fetch(state, "/round", &error));
    assert_error(error, SP_ERROR_DATA, "redirected more than 5 times");
    assert_int_equal(n_requests(state), 6);
}

static void redirect_to_a_file_is_refused(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_null(fetch(state, "/to-file", &error));
    assert_error(error, SP_ERROR_DATA, "redirected to file:///etc/passwd, which is not followed");
}

static void slow_source_times_out(void **state)
{
    g_autoptr(GError) error = NULL;
    const SpHttpRequest request = {.timeout_s = 1, .tries.n = 1};
    assert_null(fetch_with(state, "/slow", request, &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "(1 try)");
}

static void nobody_there_is_unavailable(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    /* A port that is bound but not listened at, so that nobody else can answer. */
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u/x", ntohs(address.sin_port));
    const SpHttpRequest request = {.url = url, .tries.n = 2, .tries.first_wait_ms = 1};
    assert_null(sp_http_fetch(&request, &error));
    close(fd);
    assert_error(error, SP_ERROR_UNAVAILABLE, "(2 tries); is the network up");
}

static void file_is_fetched_as_by_http(void **state)
{
    g_autofree char *path = path_in(state, "å b.csv");
    put_text(path, "region\n0301\n");
    g_autofree char *url = g_filename_to_uri(path, NULL, NULL);
    const SpHttpRequest request = {.url = url};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpHttpResponse) response = sp_http_fetch(&request, &error);
    assert_no_error(error);
    assert_body(response, 200, "region\n0301\n");
    const SpHttpRequest small = {.url = url, .max_size = 5};
    assert_null(sp_http_fetch(&small, &error));
    assert_error(error, SP_ERROR_DATA, "more than the 5 allowed");
}

static void absent_file_is_no_input(void **state)
{
    g_autofree char *path = path_in(state, "absent.csv");
    g_autofree char *url = g_filename_to_uri(path, NULL, NULL);
    const SpHttpRequest request = {.url = url};
    g_autoptr(GError) error = NULL;
    assert_null(sp_http_fetch(&request, &error));
    assert_error(error, SP_ERROR_NO_INPUT, path);
}

static void folder_is_not_fetched_as_a_file(void **state)
{
    g_autofree char *url = g_filename_to_uri(*state, NULL, NULL);
    const SpHttpRequest request = {.url = url};
    const SpHttpRequest relative = {.url = "file:x.csv"};
    g_autoptr(GError) error = NULL;
    assert_null(sp_http_fetch(&request, &error));
    assert_error(error, SP_ERROR_DATA, "not a regular file");
    g_clear_error(&error);
    assert_null(sp_http_fetch(&relative, &error));
    assert_error(error, SP_ERROR_CONFIG, "file:x.csv");
}

static void other_schemes_are_a_matter_of_config(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const SpHttpRequest ftp = {.url = "ftp://127.0.0.1/x"};
    assert_null(sp_http_fetch(&ftp, &error));
    assert_error(error, SP_ERROR_CONFIG, "ftp");
    g_clear_error(&error);
    const SpHttpRequest nothing = {.url = ""};
    assert_null(sp_http_fetch(&nothing, &error));
    assert_error(error, SP_ERROR_CONFIG, "(1 try)");
}

static void values_of_a_query_are_escaped(void **state)
{
    (void)state;
    g_autofree char *escaped = sp_http_escape("År 2024&x=/*");
    assert_string_equal(escaped, "%C3%85r%202024%26x%3D%2F%2A");
}

#define UPSTREAM_TEST(name) cmocka_unit_test_setup_teardown(name, start_upstream, stop_upstream)

int main(void)
{
    /* The tests' own source is on this machine, whatever proxy the machine has. */
    g_setenv("no_proxy", "*", TRUE);
    const struct CMUnitTest tests[] = {
        UPSTREAM_TEST(answer_comes_with_its_headers_in_lower_case),
        UPSTREAM_TEST(header_in_another_encoding_becomes_utf8),
        UPSTREAM_TEST(query_is_posted_with_its_type),
        UPSTREAM_TEST(not_found_is_an_answer_at_once),
        UPSTREAM_TEST(unavailable_source_is_tried_again),
        UPSTREAM_TEST(endless_503_tells_url_and_tries),
        UPSTREAM_TEST(empty_500_is_tried_again_and_one_with_words_is_an_answer),
        UPSTREAM_TEST(retry_after_is_kept),
        UPSTREAM_TEST(retry_after_may_be_a_date),
        UPSTREAM_TEST(source_that_asks_for_an_hour_is_left_alone),
        UPSTREAM_TEST(endless_429_is_for_later),
        UPSTREAM_TEST(cut_answer_is_tried_again),
        UPSTREAM_TEST(gzip_is_unpacked),
        UPSTREAM_TEST(damaged_gzip_is_refused),
        UPSTREAM_TEST(size_is_limited_as_unpacked),
        UPSTREAM_TEST(redirect_is_followed_and_a_post_stays_one),
        UPSTREAM_TEST(see_other_turns_a_post_into_a_get),
        UPSTREAM_TEST(secret_is_shown_to_its_own_host_alone),
        UPSTREAM_TEST(endless_redirect_is_refused),
        UPSTREAM_TEST(redirect_to_a_file_is_refused),
        UPSTREAM_TEST(slow_source_times_out),
        cmocka_unit_test(nobody_there_is_unavailable),
        FOLDER_TEST(file_is_fetched_as_by_http),
        FOLDER_TEST(absent_file_is_no_input),
        FOLDER_TEST(folder_is_not_fetched_as_a_file),
        cmocka_unit_test(other_schemes_are_a_matter_of_config),
        cmocka_unit_test(values_of_a_query_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
