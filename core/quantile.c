/* Order statistics by Hoare's FIND (Communications of the ACM 4, 1961, algorithm 65). */
#include "core/quantile.h"

#include <math.h>
#include <string.h>

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

/* Buckets of equal width from the least to the greatest value: with them few values are left to
 * choose among. */
enum { N_BUCKETS = 512, LEAST_TO_SHARE_OUT = 200, MOST_TO_SHARE_OUT = 4096, MOST_SHARES = 16 };

typedef struct {
    guint16 of[MOST_TO_SHARE_OUT]; /* the bucket of each value; never falls when the value rises */
    guint16 first[N_BUCKETS + 1];  /* values in the buckets before */
    guint8 is_wanted[N_BUCKETS];
} Buckets;

/* FALSE when the values do not spread. */
static gboolean share_out(gsize n, const float values[], Buckets *buckets)
{
    float least = values[0], most = values[0];
    for (gsize i = 1; i < n; i++) {
        least = MIN(least, values[i]);
        most = MAX(most, values[i]);
    }
    /* The greatest value must come below N_BUCKETS, whatever rounding does. */
    float scale = ((float)N_BUCKETS - 0.01F) / (most - least);
    if (!(most > least) || !isnormal(scale)) {
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        buckets->of[i] = (guint16)(gint32)((values[i] - least) * scale);
    }
    memset(buckets->first, 0, sizeof buckets->first);
    memset(buckets->is_wanted, 0, sizeof buckets->is_wanted);
    guint16 *count = &buckets->first[1];
    for (gsize i = 0; i < n; i++) {
        count[buckets->of[i]]++;
    }
    for (gsize i = 0; i < N_BUCKETS; i++) {
        count[i] = (guint16)(count[i] + buckets->first[i]);
    }
    return TRUE;
}

/* The bucket that holds the value of a rank. */
static gsize bucket_of_rank(const Buckets *buckets, gsize rank, gsize from)
{
    while (buckets->first[from + 1] <= rank) {
        from++;
    }
    return from;
}

/* Marks the buckets of the quantiles' ranks and brings their values to the front. `before` is
 * filled with how many values of other buckets come before each rank. Returns how many values there
 * are at the front. */
static gsize gather(gsize n, float values[], Buckets *buckets, gsize n_shares,
                    const double shares[], gsize before[])
{
    gsize bucket = 0, counted = 0, left_out = 0, front = 0;
    for (gsize i = 0; i < n_shares; i++) {
        gsize rank = MIN((gsize)floor((double)(n - 1) * shares[i]), n - 1);
        bucket = bucket_of_rank(buckets, rank, bucket);
        for (; counted < bucket; counted++) {
            if (!buckets->is_wanted[counted]) {
                left_out += (gsize)buckets->first[counted + 1] - buckets->first[counted];
            }
        }
        before[i] = left_out;
        buckets->is_wanted[bucket] = TRUE;
        /* The rank above may be needed too, to go between the two. */
        buckets->is_wanted[bucket_of_rank(buckets, MIN(rank + 1, n - 1), bucket)] = TRUE;
    }
    /* What stands between the front and i is not wanted, so it may be moved behind without looking:
     * a branch here would be guessed wrong too often. */
    for (gsize i = 0; i < n; i++) {
        float value = values[i];
        values[i] = values[front];
        values[front] = value;
        front += buckets->is_wanted[buckets->of[i]];
    }
    return front;
}

void sp_quantiles(gsize n, float values[], gsize n_shares, const double shares[],
                  double quantiles[])
{
    g_assert(n >= 1);
    Buckets buckets;
    gsize before[MOST_SHARES] = {0};
    gsize size = n;
    if (n >= LEAST_TO_SHARE_OUT && n <= MOST_TO_SHARE_OUT && n_shares <= MOST_SHARES &&
        share_out(n, values, &buckets)) {
        size = gather(n, values, &buckets, n_shares, shares, before);
    }
    gsize first = 0; /* all before it are in their places or below */
    for (gsize i = 0; i < n_shares; i++) {
        double place = (double)(n - 1) * shares[i];
        gsize rank = MIN((gsize)floor(place), n - 1);
        double over = place - (double)rank;
        gsize at = rank - (size < n ? before[i] : 0);
        select_rank(values, (gssize)first, (gssize)size - 1, (gssize)at);
        first = at;
        quantiles[i] = (double)values[at];
        if (over > 0.0 && rank + 1 < n) {
            quantiles[i] += over * ((double)least_of(values, at + 1, size) - quantiles[i]);
        }
    }
}
