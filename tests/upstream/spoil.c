/* Faults, before the source has answered and after. */
#include "tests/upstream/state.h"

#include <string.h>
#include <zlib.h>

#define HTML_PAGE                                                                                  \
    "<!DOCTYPE html>\n<html><head><title>Vedlikehold</title></head><body><h1>Tjenesten er "        \
    "midlertidig utilgjengelig</h1></body></html>\n"
#define BACKEND_PAGE                                                                               \
    "<!DOCTYPE html>\n<html><head><title>503 Backend fetch failed</title></head><body>"            \
    "<h1>Error 503 Backend fetch failed</h1></body></html>\n"

static void answer_status(const FakeRequest *request, FakeAnswer *answer)
{
    guint status = (guint)request->faults.status;
    gboolean is_v1 = g_str_has_prefix(request->path, "/api/v0/");
    fake_answer_set(answer, status, NULL, "");
    if (status == 429 && is_v1) {
        fake_answer_set(answer, status, FAKE_JSON,
                        "{\"error\":\"429 - Too many requests in too short timeframe. Please try "
                        "again later.\"}");
    } else if (status == 503) {
        fake_answer_set(answer, status, "text/html; charset=utf-8", BACKEND_PAGE);
    }
    if (request->faults.retry_after_s > 0) {
        g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, request->faults.retry_after_s);
        fake_answer_header(answer, "Retry-After", text);
    }
}

/* g_free. */
static char *target_of(const FakeUpstream *fake, const FakeRequest *request)
{
    const char *to = request->faults.redirect;
    const char *join = strchr(request->uri, '?') != NULL ? "&" : "?";
    if (strcmp(to, "loop") == 0) {
        return g_strconcat(fake->world.url, request->uri, NULL);
    }
    if (strcmp(to, "file") == 0) {
        return g_strdup("file:///etc/hostname");
    }
    if (strcmp(to, "https") == 0) {
        return fake->tls_url != NULL
                   ? g_strconcat(fake->tls_url, request->uri, join, "redirected=1", NULL)
                   : NULL;
    }
    return g_strconcat(fake->world.url, request->uri, join, "redirected=1", NULL);
}

gboolean fake_preempt(const FakeUpstream *fake, const FakeRequest *request, FakeAnswer *answer)
{
    if (request->faults.status > 0) {
        answer_status(request, answer);
        return TRUE;
    }
    if (request->faults.redirect == NULL || fake_request_query(request, "redirected") != NULL) {
        return FALSE;
    }
    g_autofree char *to = target_of(fake, request);
    if (to == NULL) {
        fake_answer_set(answer, 501, "text/plain", "redirect=https: the fake has no TLS started");
        return TRUE;
    }
    fake_answer_set(answer, 307, NULL, "");
    fake_answer_header(answer, "Location", to);
    return TRUE;
}

/* The bytes in the other encoding than their header says. */
static void swap_charset(FakeAnswer *answer)
{
    g_autofree char *type = g_ascii_strdown(answer->type != NULL ? answer->type : "", -1);
    if (strstr(type, "iso-8859-1") == NULL) {
        fake_answer_to_latin1(answer);
        return;
    }
    gsize size = 0;
    g_autofree char *bytes = g_convert(answer->body->str, (gssize)answer->body->len, "UTF-8",
                                       "ISO-8859-1", NULL, &size, NULL);
    g_string_truncate(answer->body, 0);
    g_string_append_len(answer->body, bytes, (gssize)size);
}

static void pack(FakeAnswer *answer)
{
    z_stream stream = {0};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY); /* 16: gzip's header */
    gsize room = deflateBound(&stream, answer->body->len);
    g_autofree char *packed = g_malloc(room);
    stream.next_in = (Bytef *)answer->body->str;
    stream.avail_in = (uInt)answer->body->len;
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (uInt)room;
    deflate(&stream, Z_FINISH);
    gsize size = stream.total_out;
    deflateEnd(&stream);
    g_string_truncate(answer->body, 0);
    g_string_append_len(answer->body, packed, (gssize)size);
    fake_answer_header(answer, "Content-Encoding", "gzip");
}

void fake_spoil(const FakeRequest *request, FakeAnswer *answer)
{
    const FakeFaults *faults = &request->faults;
    if (faults->html) {
        fake_answer_set(answer, 200, "text/html; charset=utf-8", HTML_PAGE);
    }
    if (faults->empty) {
        fake_answer_set(answer, 200, answer->type, "");
    }
    if (faults->charset) {
        swap_charset(answer);
    }
    if (faults->bom) {
        g_string_prepend(answer->body, "\xEF\xBB\xBF");
    }
    if (faults->gzip) {
        pack(answer);
    }
    answer->is_cut = faults->cut != 0;
}
