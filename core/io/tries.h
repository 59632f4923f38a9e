/** How often, and after which waits, something that may pass is tried. */
#ifndef SP_CORE_IO_TRIES_H
#define SP_CORE_IO_TRIES_H

#include "core/io/pace.h"

typedef struct {
    guint n;              /* in all; 0 means 4 */
    gint64 first_wait_ms; /* before the second try, doubled each time, at most 60 s; 0 means 1000 */
    gint64 end_us; /* monotonic: no try is waited for that would begin after it; 0: none is */
    SpPace *pace;  /* waits before each call and between tries go through it; NULL: no call waits,
                     and tries wait by the system's clock */
} SpTries;

/** Before each try. Errors of sp_pace_enter. */
gboolean sp_tries_enter(const SpTries *tries, const char *url, GError **error);

/** Whether there is another try after the `n`-th (from 1), where the server asked for a wait of
 * `asked_s` (Retry-After; 0: it did not): not for more than 10 minutes, nor past `end_us`. */
gboolean sp_tries_has_more(const SpTries *tries, guint n, gint64 asked_s);

/** Waits after the `n`-th: as long as was asked for, else twice as long each time; and where the
 * server says that it was asked too often (`is_limited`) at least its window, if `pace` knows it.
 * Errors of sp_pace_wait. */
gboolean sp_tries_wait(const SpTries *tries, const char *url, guint n, gint64 asked_s,
                       gboolean is_limited, GError **error);

#endif
