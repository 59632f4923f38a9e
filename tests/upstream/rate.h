/** A limit on calls in a window of real time (not the fake's clock: clients wait in real time). */
#ifndef SP_TESTS_UPSTREAM_RATE_H
#define SP_TESTS_UPSTREAM_RATE_H

#include <glib.h>

typedef struct {
    gint64 limit; /* calls in a window; 0: none */
    gint64 window_s;
    gint64 used;
    gint64 start_us; /* monotonic, of the present window */
} FakeRate;

/** Counts one call. FALSE when it is over the limit. */
gboolean fake_rate_take(FakeRate *rate);
/** Calls left in the present window. */
gint64 fake_rate_left(const FakeRate *rate);

#endif
