/* Faults on demand: what comes over the line, and what the client of the house makes of it. */
#include "tests/upstream/client.h"

#define DATA                                                                                       \
    FAKE_SSB2 "tables/07459/data?valueCodes[Region]=0301,1804&valueCodes[ContentsCode]=Personer1"  \
              "&valueCodes[Tid]=top(2)"
#define KOMMUNER FAKE_KLASS "classifications/131/codesAt?date=2024-01-01&selectCodes=1804"

static void order(FakeUpstream *fake, const char *where, const char *words)
{
    g_autoptr(GError) error = NULL;
    fake_upstream_fault(fake, where, words, &error);
    assert_no_error(error);
}

static void assert_error_of(const FakeUpstream *fake, guint n_tries, SpErrorCode code,
                            const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpHttpResponse) response =
        try_fetch(fake, DATA, (SpHttpRequest){.tries.n = n_tries, .timeout_s = 5}, &error);
    assert_null(response);
    if (!g_error_matches(error, SP_ERROR, (int)code) || strstr(error->message, part) == NULL) {
        fail_msg("error %d \"%s\", want %d with \"%s\"", error->code, error->message, (int)code,
                 part);
    }
}

static void n_calls_fail_and_the_next_is_answered(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(GError) error = NULL;
    order(fake, "/data", "503 times=2");
    g_autoptr(SpHttpResponse) response =
        try_fetch(fake, DATA, (SpHttpRequest){.tries.n = 3}, &error);
    assert_no_error(error);
    assert_int_equal(response->status, 200);
    assert_int_equal(fake_upstream_count(fake, "/tables/07459/data"), 3);
    fake_upstream_forget(fake);
    order(fake, "/data", "503");
    assert_error_of(fake, 2, SP_ERROR_UNAVAILABLE, "status 503 (2 tries)");
    assert_int_equal(fake_upstream_count(fake, ""), 2);
    fake_upstream_heal(fake);
    g_autoptr(SpHttpResponse) healed = get(fake, DATA, NULL);
    assert_int_equal(healed->status, 200);
}

static void fault_hits_only_its_address(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    order(fake, "/klass/", "404");
    g_autoptr(SpHttpResponse) klass = get(fake, KOMMUNER, NULL);
    assert_int_equal(klass->status, 404);
    g_autoptr(SpHttpResponse) ssb = get(fake, DATA, NULL);
    assert_int_equal(ssb->status, 200);
    g_autofree char *first = fake_upstream_request(fake, 0);
    assert_string_equal(first, "GET " KOMMUNER);
    assert_null(fake_upstream_request(fake, 2));
}

static void rate_limit_tells_when_to_come_back_or_not(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    order(fake, "", "429 retry-after=900");
    assert_error_of(fake, 3, SP_ERROR_TRY_LATER, "status 429, asking to wait 900 s (1 try)");
    fake_upstream_heal(fake);
    order(fake, "", "429");
    assert_error_of(fake, 2, SP_ERROR_TRY_LATER, "status 429 (2 tries)");
}

static void slow_answer_runs_into_the_timeout(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(GError) error = NULL;
    order(fake, "", "delay=60000"); /* and the fake stops without waiting for it */
    assert_null(try_fetch(fake, DATA, (SpHttpRequest){.timeout_s = 1}, &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "imed out");
}

static void cut_body_is_noticed(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    order(fake, "", "cut");
    assert_error_of(fake, 2, SP_ERROR_DATA, "cut short");
    fake_upstream_heal(fake);
    order(fake, "", "gzip cut");
    assert_error_of(fake, 1, SP_ERROR_DATA, "cut short");
}

static void gzip_body_is_the_same_unpacked(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpHttpResponse) plain = get(fake, DATA, NULL);
    order(fake, "", "gzip");
    g_autoptr(SpHttpResponse) packed = get(fake, DATA, NULL);
    assert_string_equal(header_of(packed, "content-encoding"), "gzip");
    assert_true(g_bytes_equal(plain->body, packed->body));
}

static void bytes_are_of_another_encoding_than_told(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    order(fake, "", "charset");
    g_autoptr(SpHttpResponse) json = get(fake, KOMMUNER, "application/json");
    g_autofree char *text = text_of(json);
    assert_non_null(strstr(text, "Bod\xF8"));
    assert_false(g_utf8_validate(text, -1, NULL));
    g_autoptr(SpHttpResponse) csv = get(fake, KOMMUNER, "text/csv");
    g_autofree char *rows = text_of(csv);
    assert_string_equal(header_of(csv, "content-type"), "text/csv;charset=ISO-8859-1");
    assert_non_null(strstr(rows, "Bodø"));
}

static void mark_stands_before_the_body(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    order(fake, "", "bom");
    g_autoptr(SpHttpResponse) response = get(fake, DATA, NULL);
    assert_memory_equal(g_bytes_get_data(response->body, NULL), "\xEF\xBB\xBF{", 4);
    g_autoptr(json_t) json = json_of(response); /* which skips it */
    assert_non_null(json);
}

static void success_may_be_a_page_another_format_or_nothing(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    static const struct {
        const char *words;
        const char *start;
    } cases[] = {{"html", "<!DOCTYPE html>"}, {"px", "CHARSET=\"ANSI\";"}, {"empty", ""}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        order(fake, "", cases[i].words);
        g_autoptr(SpHttpResponse) response = get(fake, DATA, "application/json");
        g_autofree char *text = text_of(response);
        assert_int_equal(response->status, 200);
        assert_true(g_str_has_prefix(text, cases[i].start));
        fake_upstream_heal(fake);
    }
    order(fake, "", "empty");
    g_autoptr(SpHttpResponse) empty = get(fake, DATA, NULL);
    assert_int_equal(g_bytes_get_size(empty->body), 0);
}

static void time_of_last_change_goes_back(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    order(fake, "", "updated-back=30");
    g_autoptr(json_t) json = get_json(fake, DATA);
    assert_string_equal(text_at(json, "updated"), "2026-01-26T07:00:00Z");
}

static void early_figures_are_zeros_until_eight(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    order(fake, "", "zeros");
    assert_true(fake_upstream_set_clock(fake, "2026-02-25T05:30:00"));
    g_autoptr(json_t) early = get_json(fake, DATA);
    g_autofree char *years = codes_of(early, "Tid");
    assert_string_equal(years, "2025 2026");
    assert_string_equal(text_at(early, "updated"), "2025-02-26T07:00:00Z");
    assert_near(value_at(early, 1), 0, 0);
    assert_true(value_at(early, 0) > 0);
    assert_null(json_object_get(early, "status"));
    assert_true(fake_upstream_set_clock(fake, "2026-02-25T08:00:00"));
    g_autoptr(json_t) final = get_json(fake, DATA);
    assert_true(value_at(final, 1) > 0);
    fake_upstream_heal(fake);
    order(fake, "", "zeros=.");
    assert_true(fake_upstream_set_clock(fake, "2026-08-05T07:59:00")); /* summer time */
    g_autoptr(json_t) dots = get_json(fake, DATA);
    assert_string_equal(sign_at(dots, "1"), ".");
}

static void vanished_code_is_refused_by_name_and_missed_by_star(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    order(fake, "", "vanish=1804");
    assert_answer(get(fake, DATA, NULL), 400,
                  "{\"type\":\"Parameter error\",\"title\":\"Non-existent value\",\"status\":400}");
    g_autoptr(json_t) json =
        get_json(fake, FAKE_SSB2 "tables/07459/data?valueCodes[Region]=180*"
                                 "&valueCodes[ContentsCode]=Personer1&valueCodes[Tid]=2026");
    g_autofree char *codes = codes_of(json, "Region");
    assert_null(strstr(codes, "1804"));
    assert_non_null(strstr(codes, "1806"));
}

static void grown_table_has_one_more_dimension(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    order(fake, "", "grow");
    assert_answer(get(fake, DATA, NULL), 400,
                  "{\"type\":\"Parameter error\",\"title\":\"Missing selection for mandantory "
                  "variable\",\"status\":400}");
    g_autoptr(SpHttpResponse) v1 =
        post(fake, FAKE_SSB1 "table/07459",
             "{\"query\":[{\"code\":\"Tid\",\"selection\":{\"filter\":\"top\",\"values\":[\"1\"]}}"
             "]}");
    g_autoptr(json_t) json = json_of(v1);
    g_autofree char *id = join(json_object_get(json, "id"));
    assert_string_equal(id, "Opphold ContentsCode Tid");
}

static void redirect_is_followed_where_it_may_be(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    order(fake, "", "redirect=http");
    g_autoptr(SpHttpResponse) response = get(fake, DATA, NULL);
    assert_true(g_str_has_suffix(response->url, "&redirected=1"));
    fake_upstream_heal(fake);
    order(fake, "", "redirect=loop");
    assert_error_of(fake, 1, SP_ERROR_DATA, "redirected more than 5 times");
    fake_upstream_heal(fake);
    order(fake, "", "redirect=file");
    assert_error_of(fake, 1, SP_ERROR_DATA, "redirected to file:///etc/hostname");
}

/* The certificate in a file for the time of one fetch. */
static SpHttpResponse *fetch_trusting(const FakeUpstream *fake, const char *url, GError **error)
{
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("fake-XXXXXX.pem", &path, NULL);
    assert_true(file >= 0);
    g_close(file, NULL);
    assert_true(g_file_set_contents(path, fake_upstream_certificate(fake), -1, NULL));
    SpHttpRequest request = {.url = url, .ca_file = path, .tries.n = 1};
    SpHttpResponse *response = sp_http_fetch(&request, error);
    g_unlink(path);
    return response;
}

static void certificate_is_trusted_only_when_it_is_right(void **state)
{
    (void)state;
    static const struct {
        FakeCertificate certificate;
        gboolean is_good;
    } cases[] = {{FAKE_CERTIFICATE_OWN, TRUE},
                 {FAKE_CERTIFICATE_OTHER_HOST, FALSE},
                 {FAKE_CERTIFICATE_EXPIRED, FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FakeUpstream) fake = fake_start();
        g_autoptr(GError) error = NULL;
        assert_true(fake_upstream_start_tls(fake, cases[i].certificate, &error));
        g_autofree char *url = g_strconcat(fake_upstream_tls_url(fake), FAKE_SSB2 "config", NULL);
        g_autoptr(SpHttpResponse) trusted = fetch_trusting(fake, url, &error);
        if (cases[i].is_good) {
            assert_no_error(error);
            assert_int_equal(trusted->status, 200);
        } else {
            assert_error(error, SP_ERROR_UNAVAILABLE, "ertificate");
        }
    }
}

static void unknown_certificate_is_refused_after_a_redirect_too(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(GError) error = NULL;
    assert_true(fake_upstream_start_tls(fake, FAKE_CERTIFICATE_OWN, &error));
    order(fake, "", "redirect=https");
    assert_error_of(fake, 1, SP_ERROR_UNAVAILABLE, "certificate");
    g_autofree char *url = fake_upstream_address(fake, DATA);
    g_autoptr(SpHttpResponse) response = fetch_trusting(fake, url, &error);
    assert_no_error(error);
    assert_true(g_str_has_prefix(response->url, "https://127.0.0.1:"));
}

static void word_that_is_no_fault_is_an_error(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    static const char *const words[] = {"nonsense", "delay", "delay=x", "99", "vanish"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(fake_upstream_fault(fake, "", words[i], &error));
        assert_error(error, SP_ERROR_USAGE, words[i]);
    }
    assert_false(fake_upstream_set_clock(fake, "later"));
}

static void shell_orders_the_same_by_http(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    assert_answer(post(fake, "/fake/fault?where=/data&words=404%20times%3D1", "-"), 200, "ok\n");
    g_autoptr(SpHttpResponse) first = get(fake, DATA, NULL);
    assert_int_equal(first->status, 404);
    g_autoptr(SpHttpResponse) second = get(fake, DATA, NULL);
    assert_int_equal(second->status, 200);
    assert_answer(post(fake, "/fake/clock?time=2025-03-01", "-"), 200, "ok\n");
    g_autoptr(json_t) json = get_json(fake, DATA);
    assert_string_equal(text_at(json, "updated"), "2025-02-26T07:00:00Z");
    assert_answer(get(fake, "/fake/requests", NULL), 200,
                  "GET " DATA "\nGET " DATA "\nGET " DATA "\n");
    g_autoptr(SpHttpResponse) wrong = post(fake, "/fake/fault?words=nonsense", "-");
    assert_int_equal(wrong->status, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(n_calls_fail_and_the_next_is_answered),
        cmocka_unit_test(fault_hits_only_its_address),
        cmocka_unit_test(rate_limit_tells_when_to_come_back_or_not),
        cmocka_unit_test(slow_answer_runs_into_the_timeout),
        cmocka_unit_test(cut_body_is_noticed),
        cmocka_unit_test(gzip_body_is_the_same_unpacked),
        cmocka_unit_test(bytes_are_of_another_encoding_than_told),
        cmocka_unit_test(mark_stands_before_the_body),
        cmocka_unit_test(success_may_be_a_page_another_format_or_nothing),
        cmocka_unit_test(time_of_last_change_goes_back),
        cmocka_unit_test(early_figures_are_zeros_until_eight),
        cmocka_unit_test(vanished_code_is_refused_by_name_and_missed_by_star),
        cmocka_unit_test(grown_table_has_one_more_dimension),
        cmocka_unit_test(redirect_is_followed_where_it_may_be),
        cmocka_unit_test(certificate_is_trusted_only_when_it_is_right),
        cmocka_unit_test(unknown_certificate_is_refused_after_a_redirect_too),
        cmocka_unit_test(word_that_is_no_fault_is_an_error),
        cmocka_unit_test(shell_orders_the_same_by_http),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
