/* Order statistics by Hoare's FIND (Communications of the ACM 4, 1961, algorithm 65). */
#include "core/quantile.h"

#include <math.h>

const double sp_quantile_shares[SP_N_QUANTILES] = {0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95};
const char *const sp_quantile_names[SP_N_QUANTILES] = {"p05", "p10", "p25", "p50",
                                                       "p75", "p90", "p95"};

static float middle_of_three(float a, float b, float c)
{
    float low = MIN(a, b), high = MAX(a, b);
    return MAX(low, MIN(high, c));
}

/* Puts the value of rank `rank` in its place among `first` ... `last`: nothing greater before it,
 * nothing smaller behind. */
static void select_rank(float values[], gssize first, gssize last, gssize rank)
{
    while (first < last) {
        float pivot =
            middle_of_three(values[first], values[first + (last - first) / 2], values[last]);
        gssize low = first, high = last;
        while (low <= high) {
            while (values[low] < pivot) {
                low++;
            }
            while (values[high] > pivot) {
                high--;
            }
            if (low <= high) {
                float kept = values[low];
                values[low++] = values[high];
                values[high--] = kept;
            }
        }
        /* What lies between the two, if anything, equals the pivot and is in its place. */
        if (rank <= high) {
            last = high;
        } else if (rank >= low) {
            first = low;
        } else {
            return;
        }
    }
}

static float least_of(const float values[], gsize first, gsize n)
{
    float least = values[first];
    for (gsize i = first + 1; i < n; i++) {
        least = MIN(least, values[i]);
    }
    return least;
}

void sp_quantiles(gsize n, float values[], gsize n_shares, const double shares[],
                  double quantiles[])
{
    g_assert(n >= 1);
    gsize first = 0; /* all before it are in their places or below */
    for (gsize i = 0; i < n_shares; i++) {
        double place = (double)(n - 1) * shares[i];
        gsize rank = MIN((gsize)floor(place), n - 1);
        double over = place - (double)rank;
        select_rank(values, (gssize)first, (gssize)n - 1, (gssize)rank);
        first = rank;
        quantiles[i] = (double)values[rank];
        if (over > 0.0 && rank + 1 < n) {
            quantiles[i] += over * ((double)least_of(values, rank + 1, n) - quantiles[i]);
        }
    }
}
