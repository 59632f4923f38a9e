/**
 * How fast servers may be asked: what they say of their own limits, kept for one run and shared by
 * all its datasets. No rate is written down here: SSB alone has published three for one service.
 */
#ifndef SP_CORE_IO_PACE_H
#define SP_CORE_IO_PACE_H

#include <glib.h>

/** Time, so that tests need not wait. Both count milliseconds from any moment. */
typedef struct {
    gint64 (*now_ms)(gpointer data);
    void (*sleep_ms)(gint64 wait_ms, gpointer data);
    gpointer data;
} SpPaceClock;

typedef struct SpPace SpPace;

/** `clock` NULL: the system's; it is copied. No server is waited for longer than `max_wait_s` in
 * all; `remedy` is what somebody may do about it then ("fetch again later"), and outlives the pace.
 * Not for several threads at once. */
SpPace *sp_pace_new(const SpPaceClock *clock, gint64 max_wait_s, const char *remedy);
void sp_pace_free(SpPace *pace);

/** A server's own limit as its documents tell it: so many calls in a window. Of several limits of
 * one server the smallest holds. Ignored unless both are above 0. */
void sp_pace_set_limit(SpPace *pace, const char *url, gint64 n_calls, gint64 window_s);

/** Before a call: waits until the server of `url` (scheme, host and port) may be asked, and counts
 * the call. SP_ERROR_TRY_LATER when that would take longer than all the waiting allowed; nothing
 * is then counted and nothing waited. */
gboolean sp_pace_enter(SpPace *pace, const char *url, GError **error);

/** After an answer: its headers (lower-case name -> value) x-ratelimit-limit, -remaining and
 * -policy ("40;w=60s"). Others, and values that are no numbers, are not read. */
void sp_pace_told(SpPace *pace, const char *url, GHashTable *headers);

/** Waits that long for the server, counted among all the waiting. Errors as sp_pace_enter. */
gboolean sp_pace_wait(SpPace *pace, const char *url, gint64 wait_ms, GError **error);

/** The length of the server's window, 0 if it has not told any: what to wait after a refusal that
 * does not say how long. */
gint64 sp_pace_window_ms(SpPace *pace, const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPace, sp_pace_free)

#endif
