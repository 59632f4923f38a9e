/* The library's calls, and the way of a request through the fake. */
#include "tests/upstream/state.h"

#include "core/error.h"

#include <string.h>

#define FIRST_CLOCK "2026-03-31"
enum { RATE1 = 300, RATE2 = 40, WINDOW_S = 60, MAX_CELLS = 800000 };

static const struct {
    const char *prefix;
    FakePart *part;
} parts[] = {
    {"/api/v0/", fake_pxweb1}, {FAKE_SSB2, fake_pxweb2}, {FAKE_KLASS, fake_klass},
    {FAKE_KUHR, fake_kuhr},    {FAKE_DBH, fake_dbh},     {FAKE_UDIR, fake_udir},
};

static void answer_by_part(FakeUpstream *fake, const FakeRequest *request, FakeAnswer *answer)
{
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        const char *rest = fake_request_below(request, parts[i].prefix);
        if (rest != NULL) {
            parts[i].part(&fake->world, request, rest, answer);
            return;
        }
    }
    fake_answer_set(answer, 404, "text/plain", "no source of the fake stands here");
}

static void remember(FakeUpstream *fake, const FakeRequest *request)
{
    g_ptr_array_add(fake->seen,
                    g_strdup_printf("%s %s%s%s", request->method, request->uri,
                                    request->body->len > 0 ? " " : "", request->body->str));
}

void fake_answer(FakeUpstream *fake, FakeRequest *request, FakeAnswer *answer)
{
    const char *control = fake_request_below(request, "/fake/");
    if (control != NULL) {
        fake_control(fake, request, control, answer); /* the library's calls take the lock */
        return;
    }
    g_autoptr(GError) error = NULL;
    pthread_mutex_lock(&fake->lock);
    remember(fake, request);
    request->moment.now = fake->clock;
    if (!fake_orders_apply(fake, request, &error)) {
        fake_answer_set(answer, 400, "text/plain; charset=utf-8", error->message);
    } else if (!fake_preempt(fake, request, answer)) {
        answer_by_part(fake, request, answer);
        fake_spoil(request, answer);
    }
    pthread_mutex_unlock(&fake->lock);
    fake_wait(fake, request->faults.delay_ms);
}

void fake_wait(FakeUpstream *fake, gint64 ms)
{
    struct timespec until;
    if (ms <= 0) {
        return;
    }
    clock_gettime(CLOCK_REALTIME, &until);
    gint64 ns = until.tv_nsec + ms % 1000 * 1000000;
    until.tv_sec += (time_t)(ms / 1000 + ns / 1000000000);
    until.tv_nsec = (long)(ns % 1000000000);
    pthread_mutex_lock(&fake->lock);
    int result = 0;
    while (!fake->is_stopping && result == 0) {
        result = pthread_cond_timedwait(&fake->stopping, &fake->lock, &until);
    }
    pthread_mutex_unlock(&fake->lock);
}

FakeUpstream *fake_upstream_start(GError **error)
{
    g_autofree char *folder =
        g_build_filename(SP_SOURCE_FOLDER, "tests", "upstream", "tables", NULL);
    return fake_upstream_start_at(0, folder, error);
}

FakeUpstream *fake_upstream_start_at(guint16 port, const char *folder, GError **error)
{
    FakeUpstream *fake = g_new0(FakeUpstream, 1);
    pthread_mutex_init(&fake->lock, NULL);
    pthread_cond_init(&fake->stopping, NULL);
    fake->orders = fake_orders_new();
    fake->header_uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    fake->seen = g_ptr_array_new_with_free_func(g_free);
    fake->world.folder = g_strdup(folder);
    fake->world.rate1 = (FakeRate){.limit = RATE1, .window_s = WINDOW_S};
    fake->world.rate2 = (FakeRate){.limit = RATE2, .window_s = WINDOW_S};
    fake->world.max_cells = MAX_CELLS;
    fake_time_parse(FIRST_CLOCK, &fake->clock);
    fake->world.country = fake_country_read(folder, error);
    if (fake->world.country != NULL) {
        /* Requests come only after the address is set: nobody knows the port before. */
        fake->daemon = fake_server_start(fake, FALSE, &port, error);
    }
    if (fake->daemon == NULL) {
        fake_upstream_stop(fake);
        return NULL;
    }
    pthread_mutex_lock(&fake->lock);
    fake->world.url = g_strdup_printf("http://127.0.0.1:%u", port);
    pthread_mutex_unlock(&fake->lock);
    return fake;
}

void fake_upstream_stop(FakeUpstream *fake)
{
    if (fake == NULL) {
        return;
    }
    pthread_mutex_lock(&fake->lock);
    fake->is_stopping = TRUE;
    pthread_cond_broadcast(&fake->stopping);
    pthread_mutex_unlock(&fake->lock);
    fake_server_stop(fake->daemon);
    fake_server_stop(fake->tls_daemon);
    pthread_cond_destroy(&fake->stopping);
    pthread_mutex_destroy(&fake->lock);
    g_ptr_array_unref(fake->orders);
    g_hash_table_unref(fake->header_uses);
    g_ptr_array_unref(fake->seen);
    fake_country_free(fake->world.country);
    g_free(fake->world.folder);
    g_free(fake->world.url);
    g_free(fake->tls_url);
    g_free(fake->certificate);
    g_free(fake->key);
    g_free(fake);
}

const char *fake_upstream_url(const FakeUpstream *fake)
{
    return fake->world.url;
}

char *fake_upstream_address(const FakeUpstream *fake, const char *below)
{
    return g_strconcat(fake->world.url, below, NULL);
}

gboolean fake_upstream_set_clock(FakeUpstream *fake, const char *time)
{
    gint64 clock = 0;
    if (!fake_time_parse(time, &clock)) {
        return FALSE;
    }
    pthread_mutex_lock(&fake->lock);
    fake->clock = clock;
    pthread_mutex_unlock(&fake->lock);
    return TRUE;
}

static void set_rate(FakeUpstream *fake, FakeRate *rate, gint64 limit, gint64 window_s)
{
    pthread_mutex_lock(&fake->lock);
    *rate = (FakeRate){.limit = limit, .window_s = window_s};
    pthread_mutex_unlock(&fake->lock);
}

void fake_upstream_set_rate1(FakeUpstream *fake, gint64 limit, gint64 window_s)
{
    set_rate(fake, &fake->world.rate1, limit, window_s);
}

void fake_upstream_set_rate2(FakeUpstream *fake, gint64 limit, gint64 window_s)
{
    set_rate(fake, &fake->world.rate2, limit, window_s);
}

void fake_upstream_set_max_cells(FakeUpstream *fake, gint64 max_cells)
{
    pthread_mutex_lock(&fake->lock);
    fake->world.max_cells = max_cells;
    pthread_mutex_unlock(&fake->lock);
}

guint fake_upstream_count(FakeUpstream *fake, const char *where)
{
    guint n = 0;
    pthread_mutex_lock(&fake->lock);
    for (guint i = 0; i < fake->seen->len; i++) {
        g_auto(GStrv) words = g_strsplit(g_ptr_array_index(fake->seen, i), " ", 3);
        g_autofree char *line = g_strjoin(" ", words[0], words[1], NULL);
        n += strstr(line, where) != NULL;
    }
    pthread_mutex_unlock(&fake->lock);
    return n;
}

char *fake_upstream_request(FakeUpstream *fake, guint i)
{
    pthread_mutex_lock(&fake->lock);
    char *line = i < fake->seen->len ? g_strdup(g_ptr_array_index(fake->seen, i)) : NULL;
    pthread_mutex_unlock(&fake->lock);
    return line;
}

void fake_upstream_forget(FakeUpstream *fake)
{
    pthread_mutex_lock(&fake->lock);
    g_ptr_array_set_size(fake->seen, 0);
    pthread_mutex_unlock(&fake->lock);
}

gboolean fake_upstream_start_tls(FakeUpstream *fake, FakeCertificate certificate, GError **error)
{
    guint16 port = 0;
    g_return_val_if_fail(fake->tls_daemon == NULL, FALSE);
    if (!fake_certificate_make(certificate, &fake->certificate, &fake->key, error)) {
        return FALSE;
    }
    fake->tls_daemon = fake_server_start(fake, TRUE, &port, error);
    if (fake->tls_daemon == NULL) {
        return FALSE;
    }
    pthread_mutex_lock(&fake->lock);
    fake->tls_url = g_strdup_printf("https://127.0.0.1:%u", port);
    pthread_mutex_unlock(&fake->lock);
    return TRUE;
}

const char *fake_upstream_tls_url(const FakeUpstream *fake)
{
    return fake->tls_url;
}

const char *fake_upstream_certificate(const FakeUpstream *fake)
{
    return fake->certificate;
}
