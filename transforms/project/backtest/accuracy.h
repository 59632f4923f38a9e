/**
 * How far forecasts were from what then happened: measures on plain arrays.
 *
 * F forecast, A what happened, both >= 0 and in the same unit, one element a kommune. Percent are
 * of what happened. A measure that is not defined is NaN (its callers write "not applicable").
 * Sources: design projections.md §7; docs/methods/backtest.md#measures.
 */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_ACCURACY_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_ACCURACY_H

#include <glib.h>

typedef struct {
    gsize n;         /* elements */
    gsize n_percent; /* those with A > 0, which percentages are of */
    double forecast; /* sum F, in the unit of the arrays */
    double actual;   /* sum A */
    double pe;       /* 100 (sum F / sum A - 1) */
    double
        annual;  /* 100 ((sum F / sum A)^(1 / years) - 1): percent a year, the measure of the Dutch
                        planners (Capaciteitsorgaan; SEO's evaluation) */
    double mpe;  /* mean of 100 (F / A - 1), over n_percent */
    double mape; /* mean of 100 |F / A - 1| */
    double medape; /* their median; the mean of the two middle ones when n_percent is even */
    double wape;   /* 100 sum |F - A| / sum A, over all n */
    double mae;    /* mean |F - A|, unit of the arrays */
    double rmse;   /* root of the mean of (F - A)^2, unit of the arrays */
} SpAccuracy;

/**
 *   forecast, actual  [n], n may be 0: all measures are then NaN and the sums 0
 *   years             from the base to the target, at least 1
 */
void sp_accuracy(gsize n, const double forecast[], const double actual[], guint years,
                 SpAccuracy *accuracy);

/** Theil's U as the RMSE over that of the forecast that nothing changes, of the same elements; NaN
 * when that one made no error. 1 is as good as no forecast. */
double sp_theil_u(double rmse, double rmse_of_no_change);

/**
 * Root mean square of (F - A) / sd: about 1 when errors are chance alone. Elements with sd 0 are
 * left out; NaN when all are.
 *
 *   sd  [n] standard deviation that chance alone gives A, in its unit
 */
double sp_error_over_sd(gsize n, const double forecast[], const double actual[], const double sd[]);

/**
 * Share (0-1) of elements where F and A lie on the same side of a reference (the base's figure; 0
 * for a gap). Elements where F says no change, or where nothing changed, are not counted; NaN when
 * none is left.
 */
double sp_sign_hit(gsize n, const double reference[], const double forecast[],
                   const double actual[]);

/** Share (0-1) of A with low <= A <= high; NaN when n is 0. */
double sp_coverage(gsize n, const double low[], const double high[], const double actual[]);

/**
 * Mean interval score: width, plus 2 / (1 - level) for each unit that A lies outside. Smaller is
 * better, and the true quantiles have the smallest expected score. Gneiting and Raftery, "Strictly
 * proper scoring rules", JASA 102 (2007), equation 43.
 *
 *   level  nominal coverage of [low, high], 0-1: central, so each tail has (1 - level) / 2
 */
double sp_interval_score(gsize n, double level, const double low[], const double high[],
                         const double actual[]);

#endif
