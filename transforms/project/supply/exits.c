/* Exits from two or more years of the stock. */
#include "transforms/project/supply/exits.h"

gboolean sp_exits_extra(gsize n_units, gsize n_years, const double expected[],
                        const double observed[], double extra[])
{
    gsize n = n_units * n_years;
    g_autofree double *deviation = g_new0(double, n);
    SpShrink shrink;
    for (gsize i = 0; i < n; i++) {
        deviation[i] = expected[i] > 0.0 ? (expected[i] - observed[i]) / expected[i] : 0.0;
    }
    sp_shrink_fit(n_units, n_years, deviation, expected, &shrink);
    for (gsize u = 0; u < n_units; u++) {
        extra[u] = sp_shrink_mean(&shrink, 1.0, n_years, deviation + u * n_years,
                                  expected + u * n_years, NULL);
    }
    return shrink.is_settled;
}
