/*
 * Any bytes as what a server answers, one part a call: status line, headers (Retry-After, rates,
 * ETag, Location), packed bodies. Asked twice, the second time with what the first answer told, as
 * fetch does.
 *
 * Time is made up: no try waits.
 */
#include "core/io/http.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/server.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

enum { MAX_BODY = 1024 * 1024, MAX_WAIT_S = 3600 };

static gint64 now_ms(gpointer data)
{
    return *(gint64 *)data;
}

static void sleep_ms(gint64 wait_ms, gpointer data)
{
    FUZZ_CLAIM(wait_ms > 0);
    *(gint64 *)data += wait_ms;
}

/* What the server was asked holds only headers that we send: none came in with the value of
 * another. */
static void claim_asked(void)
{
    static const char *const ours[] = {"GET ",
                                       "CONNECT ",
                                       "Host: ",
                                       "Accept: ",
                                       "Accept-Encoding: ",
                                       "User-Agent: ",
                                       "If-None-Match: ",
                                       "If-Modified-Since: ",
                                       "Proxy-Connection: "};
    g_autofree char *asked = fuzz_server_asked();
    g_auto(GStrv) lines = g_strsplit(asked, "\r\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        gboolean is_ours = (*line)[0] == '\0';
        for (gsize i = 0; !is_ours && i < G_N_ELEMENTS(ours); i++) {
            is_ours = g_str_has_prefix(*line, ours[i]);
        }
        FUZZ_CLAIM(is_ours && strpbrk(*line, "\r\n") == NULL);
    }
}

static void claim_response(const SpHttpResponse *response)
{
    GHashTableIter each;
    gpointer name = NULL;
    gpointer value = NULL;
    FUZZ_CLAIM(g_bytes_get_size(response->body) <= MAX_BODY);
    FUZZ_CLAIM(g_utf8_validate(response->url, -1, NULL));
    g_hash_table_iter_init(&each, response->headers);
    while (g_hash_table_iter_next(&each, &name, &value)) {
        FUZZ_CLAIM(g_utf8_validate(name, -1, NULL) && g_utf8_validate(value, -1, NULL));
        g_autofree char *time = sp_http_time(value);
        FUZZ_CLAIM(time == NULL || g_str_has_suffix(time, "Z"));
    }
}

/* Asks; the response, if there is one, is the caller's. */
static SpHttpResponse *ask(SpPace *pace, const char *etag, const char *modified)
{
    const SpHttpRequest request = {.url = "http://kilde.test/tabell",
                                   .accept = "application/json",
                                   .max_size = MAX_BODY,
                                   .tries.n = 3,
                                   .timeout_s = 10,
                                   .tries.pace = pace,
                                   .if_none_match = etag,
                                   .if_modified_since = modified};
    g_autoptr(GError) error = NULL;
    SpHttpResponse *response = sp_http_fetch(&request, &error);
    if (response != NULL) {
        claim_response(response);
    }
    fuzz_check_outcome(response != NULL, &error);
    return response;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    gint64 now = 0;
    const SpPaceClock clock = {.now_ms = now_ms, .sleep_ms = sleep_ms, .data = &now};
    g_autoptr(SpPace) pace = sp_pace_new(&clock, MAX_WAIT_S, "");
    fuzz_server_answers(data, size);
    g_autoptr(SpHttpResponse) first = ask(pace, NULL, NULL);
    if (first != NULL) {
        sp_http_response_free(ask(pace, g_hash_table_lookup(first->headers, "etag"),
                                  g_hash_table_lookup(first->headers, "last-modified")));
    }
    claim_asked();
    return 0;
}
