/* Pace: one record a server, of what it told and when it was asked. */
#include "core/io/pace.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

/* What a window is taken to be when a server counts calls but does not say how long. */
static const gint64 usual_window_ms = 60000;
static const gint64 max_window_s = 3600;

typedef struct {
    gint64 limit;           /* calls in a window; 0: not told */
    gint64 window_ms;       /* 0: not told */
    gint64 remaining;       /* as last told; -1: not told */
    gint64 window_began_ms; /* our first call of the present window, or later than it */
    gint64 waited_ms;       /* in this run */
    GArray *calls;          /* gint64: when, those of the last window */
} Server;

struct SpPace {
    SpPaceClock clock;
    gint64 max_wait_ms;
    const char *remedy;
    GHashTable *servers; /* "https://host:port" -> Server* */
};

static gint64 system_now_ms(gpointer data)
{
    (void)data;
    return g_get_monotonic_time() / 1000;
}

static void system_sleep_ms(gint64 wait_ms, gpointer data)
{
    (void)data;
    g_usleep((gulong)wait_ms * 1000);
}

static void server_free(gpointer data)
{
    Server *server = data;
    g_array_unref(server->calls);
    g_free(server);
}

SpPace *sp_pace_new(const SpPaceClock *clock, gint64 max_wait_s, const char *remedy)
{
    SpPace *pace = g_new0(SpPace, 1);
    pace->clock = clock != NULL
                      ? *clock
                      : (SpPaceClock){.now_ms = system_now_ms, .sleep_ms = system_sleep_ms};
    pace->max_wait_ms = max_wait_s * 1000;
    pace->remedy = remedy;
    pace->servers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, server_free);
    return pace;
}

void sp_pace_free(SpPace *pace)
{
    if (pace == NULL) {
        return;
    }
    g_hash_table_unref(pace->servers);
    g_free(pace);
}

/* "https://data.ssb.no" of "https://data.ssb.no/api/...". g_free. */
static char *name_of(const char *url)
{
    const char *slashes = strstr(url, "://");
    const char *host = slashes != NULL ? slashes + strlen("://") : url;
    return g_strndup(url, (gsize)(host - url) + strcspn(host, "/?#"));
}

static Server *server_of(SpPace *pace, const char *url)
{
    char *name = name_of(url);
    Server *server = g_hash_table_lookup(pace->servers, name);
    if (server != NULL) {
        g_free(name);
        return server;
    }
    server = g_new0(Server, 1);
    server->remaining = -1;
    server->calls = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_hash_table_insert(pace->servers, name, server);
    return server;
}

static gint64 window_of(const Server *server)
{
    return server->window_ms > 0 ? server->window_ms : usual_window_ms;
}

void sp_pace_set_limit(SpPace *pace, const char *url, gint64 n_calls, gint64 window_s)
{
    Server *server = server_of(pace, url);
    if (n_calls <= 0 || window_s <= 0 || window_s > max_window_s ||
        (server->limit > 0 && server->limit <= n_calls)) {
        return;
    }
    server->limit = n_calls;
    server->window_ms = window_s * 1000;
}

gboolean sp_pace_wait(SpPace *pace, const char *url, gint64 wait_ms, GError **error)
{
    Server *server = server_of(pace, url);
    if (wait_ms <= 0) {
        return TRUE;
    }
    if (server->waited_ms + wait_ms > pace->max_wait_ms) {
        g_autofree char *name = name_of(url);
        return sp_error_set(error, SP_ERROR_TRY_LATER,
                            "%s: wants %" G_GINT64_FORMAT
                            " s more of waiting after %" G_GINT64_FORMAT
                            " s in this run, the limit is %" G_GINT64_FORMAT " s; %s",
                            name, (wait_ms + 999) / 1000, server->waited_ms / 1000,
                            pace->max_wait_ms / 1000, pace->remedy);
    }
    server->waited_ms += wait_ms;
    pace->clock.sleep_ms(wait_ms, pace->clock.data);
    return TRUE;
}

static void forget_old_calls(Server *server, gint64 now_ms)
{
    guint n_old = 0;
    while (n_old < server->calls->len &&
           now_ms - g_array_index(server->calls, gint64, n_old) >= window_of(server)) {
        n_old++;
    }
    g_array_remove_range(server->calls, 0, n_old);
}

/* How long until there is room for a call. A server that says that none is left means its own
 * window, which began before our first call in it. */
static gint64 wait_before(const Server *server, gint64 now_ms)
{
    gint64 free_ms = now_ms;
    if (server->remaining == 0) {
        free_ms = server->window_began_ms + window_of(server);
    }
    if (server->limit > 0 && (gint64)server->calls->len >= server->limit) {
        guint place = server->calls->len - (guint)server->limit;
        free_ms = MAX(free_ms, g_array_index(server->calls, gint64, place) + window_of(server));
    }
    return free_ms - now_ms;
}

gboolean sp_pace_enter(SpPace *pace, const char *url, GError **error)
{
    Server *server = server_of(pace, url);
    gint64 now_ms = pace->clock.now_ms(pace->clock.data);
    forget_old_calls(server, now_ms);
    gint64 wait_ms = wait_before(server, now_ms);
    if (wait_ms > 0 && !sp_pace_wait(pace, url, wait_ms, error)) {
        return FALSE;
    }
    now_ms = pace->clock.now_ms(pace->clock.data);
    if (server->remaining == 0) {
        server->remaining = -1; /* a new window: what is left in it is not told yet */
    }
    g_array_append_val(server->calls, now_ms);
    return TRUE;
}

/* A number that a header begins with; FALSE when it begins with none. */
static gboolean header_number(GHashTable *headers, const char *name, gint64 *number)
{
    const char *text = g_hash_table_lookup(headers, name);
    return text != NULL && sp_number_parse_int(text, strspn(text, "0123456789"), number);
}

/* "40;w=60s" */
static void read_policy(GHashTable *headers, Server *server)
{
    const char *policy = g_hash_table_lookup(headers, "x-ratelimit-policy");
    const char *window = policy != NULL ? strstr(policy, "w=") : NULL;
    gint64 window_s = 0;
    if (window != NULL &&
        sp_number_parse_int(window + 2, strspn(window + 2, "0123456789"), &window_s) &&
        window_s > 0 && window_s <= max_window_s) {
        server->window_ms = window_s * 1000;
    }
}

void sp_pace_told(SpPace *pace, const char *url, GHashTable *headers)
{
    Server *server = server_of(pace, url);
    gint64 limit = 0;
    gint64 remaining = 0;
    read_policy(headers, server);
    if (header_number(headers, "x-ratelimit-limit", &limit) && limit > 0) {
        server->limit = server->limit > 0 ? MIN(server->limit, limit) : limit;
    }
    if (!header_number(headers, "x-ratelimit-remaining", &remaining)) {
        return;
    }
    if ((server->remaining < 0 || remaining > server->remaining) && server->calls->len > 0) {
        server->window_began_ms = g_array_index(server->calls, gint64, server->calls->len - 1);
    }
    server->remaining = remaining;
}

gint64 sp_pace_window_ms(SpPace *pace, const char *url)
{
    return server_of(pace, url)->window_ms;
}
