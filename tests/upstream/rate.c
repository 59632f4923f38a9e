/* A fixed window, as the sources have it: it begins with the first call after the last one ended.
 */
#include "tests/upstream/rate.h"

gboolean fake_rate_take(FakeRate *rate)
{
    gint64 now_us = g_get_monotonic_time();
    if (rate->used == 0 || now_us - rate->start_us >= rate->window_s * G_USEC_PER_SEC) {
        rate->used = 0;
        rate->start_us = now_us;
    }
    rate->used++;
    return rate->limit == 0 || rate->used <= rate->limit;
}

gint64 fake_rate_left(const FakeRate *rate)
{
    return MAX(0, rate->limit - rate->used);
}
