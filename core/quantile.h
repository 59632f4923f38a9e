/** Quantiles of draws by selection: no more is put in order than what is asked for. */
#ifndef SP_CORE_QUANTILE_H
#define SP_CORE_QUANTILE_H

#include <glib.h>

/** The quantiles that stand across in a table of intervals: p05, p10, p25, p50, p75, p90, p95. */
enum { SP_N_QUANTILES = 7 };
extern const double sp_quantile_shares[SP_N_QUANTILES];
extern const char *const sp_quantile_names[SP_N_QUANTILES];

/**
 * Quantiles as Hyndman and Fan's type 7: with x[0] <= ... <= x[n - 1] the values in order and h =
 * (n - 1) share, it is x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h]).
 *
 *   values    [n >= 1] no NaN; put in another order
 *   shares    [n_shares] 0-1, rising
 *   quantiles [n_shares] written
 *
 * The result does not depend on the order the values came in.
 */
void sp_quantiles(gsize n, float values[], gsize n_shares, const double shares[],
                  double quantiles[]);

#endif
