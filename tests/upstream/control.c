/* Orders by http, for shells and people: the library's calls at /fake/. */
#include "tests/upstream/state.h"

#include "core/number.h"

#include <string.h>

static const char *text_of(const FakeRequest *request, const char *name)
{
    const char *text = fake_request_query(request, name);
    return text != NULL ? text : "";
}

static gboolean number_of(const FakeRequest *request, const char *name, gint64 *number)
{
    const char *text = text_of(request, name);
    return sp_number_parse_int(text, strlen(text), number) && *number >= 0;
}

static gboolean order_fault(FakeUpstream *fake, const FakeRequest *request, GError **error)
{
    return fake_upstream_fault(fake, text_of(request, "where"), text_of(request, "words"), error);
}

static gboolean heal(FakeUpstream *fake, const FakeRequest *request, GError **error)
{
    (void)request;
    (void)error;
    fake_upstream_heal(fake);
    return TRUE;
}

static gboolean set_clock(FakeUpstream *fake, const FakeRequest *request, GError **error)
{
    (void)error;
    return fake_upstream_set_clock(fake, text_of(request, "time"));
}

static gboolean set_rate(FakeUpstream *fake, const FakeRequest *request, GError **error)
{
    (void)error;
    gint64 limit = 0;
    gint64 window_s = 0;
    if (!number_of(request, "limit", &limit) || !number_of(request, "window_s", &window_s)) {
        return FALSE;
    }
    if (strcmp(text_of(request, "api"), "1") == 0) {
        fake_upstream_set_rate1(fake, limit, window_s);
    } else {
        fake_upstream_set_rate2(fake, limit, window_s);
    }
    return TRUE;
}

static gboolean set_max_cells(FakeUpstream *fake, const FakeRequest *request, GError **error)
{
    (void)error;
    gint64 n = 0;
    if (!number_of(request, "n", &n)) {
        return FALSE;
    }
    fake_upstream_set_max_cells(fake, n);
    return TRUE;
}

static gboolean forget(FakeUpstream *fake, const FakeRequest *request, GError **error)
{
    (void)request;
    (void)error;
    fake_upstream_forget(fake);
    return TRUE;
}

static const struct {
    const char *name;
    const char *usage;
    gboolean (*order)(FakeUpstream *fake, const FakeRequest *request, GError **error);
} orders[] = {
    {"fault", "?where=PART&words=WORDS", order_fault},
    {"heal", "", heal},
    {"clock", "?time=2026-03-16T07:30:00", set_clock},
    {"rate", "?api=1|2&limit=N&window_s=S", set_rate},
    {"max-cells", "?n=N", set_max_cells},
    {"forget", "", forget},
};

static void tell_requests(FakeUpstream *fake, FakeAnswer *answer)
{
    fake_answer_set(answer, 200, "text/plain; charset=utf-8", "");
    for (guint i = 0;; i++) {
        g_autofree char *line = fake_upstream_request(fake, i);
        if (line == NULL) {
            return;
        }
        g_string_append_printf(answer->body, "%s\n", line);
    }
}

void fake_control(FakeUpstream *fake, const FakeRequest *request, const char *rest,
                  FakeAnswer *answer)
{
    if (strcmp(rest, "requests") == 0) {
        tell_requests(fake, answer);
        return;
    }
    fake_answer_set(answer, 404, "text/plain; charset=utf-8", "requests (GET)\n");
    for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_string_append_printf(answer->body, "%s%s (POST)\n", orders[i].name, orders[i].usage);
        if (strcmp(rest, orders[i].name) != 0 || strcmp(request->method, "POST") != 0) {
            continue;
        }
        g_autoptr(GError) error = NULL;
        if (orders[i].order(fake, request, &error)) {
            fake_answer_set(answer, 200, "text/plain; charset=utf-8", "ok\n");
        } else {
            fake_answer_set(answer, 400, "text/plain; charset=utf-8", "");
            g_string_printf(answer->body, "%s\n", error != NULL ? error->message : orders[i].usage);
        }
        return;
    }
}
