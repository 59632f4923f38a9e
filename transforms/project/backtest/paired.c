/* Paired comparison by clusters. */
#include "transforms/project/backtest/paired.h"

#include "core/quantile.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define UNDEFINED ((double)NAN)

/* Sums by cluster, those without elements taken out: [returned number]. */
typedef struct {
    double loss, peer;
    gsize n;
} Cluster;

static guint32 sum_clusters(gsize n, const double loss[], const double peer_loss[],
                            const guint32 cluster[], guint32 n_clusters, Cluster sums[])
{
    guint32 n_used = 0;
    for (guint32 i = 0; i < n_clusters; i++) {
        sums[i] = (Cluster){0};
    }
    for (gsize i = 0; i < n; i++) {
        g_assert(cluster[i] < n_clusters);
        sums[cluster[i]].loss += loss[i];
        sums[cluster[i]].peer += peer_loss[i];
        sums[cluster[i]].n++;
    }
    for (guint32 i = 0; i < n_clusters; i++) {
        if (sums[i].n > 0) {
            sums[n_used++] = sums[i];
        }
    }
    return n_used;
}

SpEstimate sp_paired_difference(gsize n, const double loss[], const double peer_loss[],
                                const guint32 cluster[], guint32 n_clusters)
{
    SpEstimate result = {UNDEFINED, UNDEFINED, UNDEFINED};
    if (n == 0) {
        return result;
    }
    g_autofree Cluster *sums = g_new(Cluster, n_clusters);
    guint32 n_used = sum_clusters(n, loss, peer_loss, cluster, n_clusters, sums);
    double total = 0, square = 0;
    for (guint32 i = 0; i < n_used; i++) {
        total += sums[i].loss - sums[i].peer;
    }
    result.estimate = total / (double)n;
    if (n_used < 2) {
        return result;
    }
    for (guint32 i = 0; i < n_used; i++) {
        double off = sums[i].loss - sums[i].peer - (double)sums[i].n * result.estimate;
        square += off * off;
    }
    double df = n_used - 1.0;
    double sd = sqrt(n_used / df * square) / (double)n;
    double reach = gsl_cdf_tdist_Pinv(0.975, df) * sd;
    result.low = result.estimate - reach;
    result.high = result.estimate + reach;
    return result;
}

/* As many clusters as there are, with replacement; a block of random bits picks four. */
static Cluster resample(guint32 n, const Cluster sums[], SpRandom random, guint64 draw)
{
    Cluster drawn = {0};
    guint64 n_blocks = (n + SP_RANDOM_WORDS - 1) / SP_RANDOM_WORDS;
    guint32 words[SP_RANDOM_WORDS];
    for (guint32 i = 0; i < n; i++) {
        if (i % SP_RANDOM_WORDS == 0) {
            sp_random_block(random, draw * n_blocks + i / SP_RANDOM_WORDS, words);
        }
        const Cluster *picked = &sums[(guint64)words[i % SP_RANDOM_WORDS] * n >> 32];
        drawn.loss += picked->loss;
        drawn.peer += picked->peer;
    }
    return drawn;
}

SpEstimate sp_skill(gsize n, const double loss[], const double peer_loss[], const guint32 cluster[],
                    guint32 n_clusters, SpRandom random)
{
    SpEstimate result = {UNDEFINED, UNDEFINED, UNDEFINED};
    g_autofree Cluster *sums = g_new(Cluster, n_clusters);
    g_autofree float *draws = g_new(float, SP_SKILL_DRAWS);
    guint32 n_used = sum_clusters(n, loss, peer_loss, cluster, n_clusters, sums);
    double lost = 0, peer = 0;
    gsize n_draws = 0;
    for (guint32 i = 0; i < n_used; i++) {
        lost += sums[i].loss;
        peer += sums[i].peer;
    }
    if (!(peer > 0)) {
        return result;
    }
    result.estimate = 1 - lost / peer;
    for (guint64 draw = 0; n_used > 1 && draw < SP_SKILL_DRAWS; draw++) {
        Cluster drawn = resample(n_used, sums, random, draw);
        /* A resample of clusters that the peer hit exactly tells nothing of a ratio. */
        if (drawn.peer > 0) {
            draws[n_draws++] = (float)(1 - drawn.loss / drawn.peer);
        }
    }
    if (n_draws > 0) {
        static const double shares[] = {0.025, 0.975};
        double ends[G_N_ELEMENTS(shares)];
        sp_quantiles(n_draws, draws, G_N_ELEMENTS(shares), shares, ends);
        result.low = ends[0];
        result.high = ends[1];
    }
    return result;
}
