/* Tries. */
#include "core/io/tries.h"

enum {
    N_TRIES = 4,
    FIRST_WAIT_MS = 1000,
    MAX_WAIT_MS = 60000,
    MAX_DOUBLINGS = 10,
    MAX_ASKED_S = 600,
    MS = 1000
};

gboolean sp_tries_enter(const SpTries *tries, const char *url, GError **error)
{
    return tries->pace == NULL || sp_pace_enter(tries->pace, url, error);
}

static gint64 wait_of(const SpTries *tries, guint n, gint64 asked_s)
{
    const gint64 first_ms = tries->first_wait_ms > 0 ? tries->first_wait_ms : FIRST_WAIT_MS;
    return asked_s > 0 ? asked_s * MS : MIN(first_ms << MIN(n - 1, MAX_DOUBLINGS), MAX_WAIT_MS);
}

gboolean sp_tries_has_more(const SpTries *tries, guint n, gint64 asked_s)
{
    return n < (tries->n > 0 ? tries->n : N_TRIES) && asked_s <= MAX_ASKED_S &&
           (tries->end_us == 0 ||
            g_get_monotonic_time() + wait_of(tries, n, asked_s) * MS < tries->end_us);
}

gboolean sp_tries_wait(const SpTries *tries, const char *url, guint n, gint64 asked_s,
                       gboolean is_limited, GError **error)
{
    gint64 wait_ms = wait_of(tries, n, asked_s);
    if (asked_s <= 0 && is_limited && tries->pace != NULL) {
        wait_ms = MAX(wait_ms, sp_pace_window_ms(tries->pace, url));
    }
    if (tries->pace != NULL) {
        return sp_pace_wait(tries->pace, url, wait_ms, error);
    }
    g_usleep((gulong)wait_ms * MS);
    return TRUE;
}
