/**
 * Two forecasts compared on the same kommuner, with intervals that know that kommuner of a fylke
 * are missed together. docs/methods/backtest.md#comparison.
 */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_PAIRED_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_PAIRED_H

#include "core/random.h"

enum { SP_SKILL_DRAWS = 1000 };

/** An estimate and its 95 % interval; NaN where there is none. */
typedef struct {
    double estimate, low, high;
} SpEstimate;

/**
 * Mean of loss - peer_loss over elements; below 0 the first forecast is nearer. Interval: t with G
 * - 1 degrees of freedom, G clusters that have elements, and the variance G / (G - 1) sum_c (sum
 * over the cluster of d - mean d)^2 / n^2 (Liang and Zeger 1986, cluster-robust variance of a
 * mean). With one cluster there is no interval.
 *
 *   loss, peer_loss  [n] losses of the two forecasts, same unit
 *   cluster          [n] numbers below n_clusters
 */
SpEstimate sp_paired_difference(gsize n, const double loss[], const double peer_loss[],
                                const guint32 cluster[], guint32 n_clusters);

/**
 * Skill: 1 - sum loss / sum peer_loss; 1 is perfect, 0 as good as the peer. Interval: 2.5 and 97.5
 * % quantiles of SP_SKILL_DRAWS resamples of whole clusters (percentile bootstrap). NaN when the
 * peer lost nothing; no interval with one cluster.
 *
 *   random  key of the resampling; the same key gives the same interval
 */
SpEstimate sp_skill(gsize n, const double loss[], const double peer_loss[], const guint32 cluster[],
                    guint32 n_clusters, SpRandom random);

#endif
