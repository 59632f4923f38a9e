/* Partitioning around medoids. */
#include "transforms/vary/alike/medoids.h"

#include <math.h>

/* An exchange must gain more than rounding: equal objectives would be exchanged for ever. */
static const double least_gain = 1e-12;

typedef struct {
    gsize n;
    const double *distance;
    gboolean *is_medoid; /* [n] */
    double *nearest;     /* [n] distance to the nearest medoid, */
    double *second;      /* and to the second nearest; INFINITY with one medoid */
} Search;

static double apart(const Search *search, gsize i, gsize j)
{
    return search->distance[i * search->n + j];
}

/* Takes the areas one by one that bring all others nearest. */
static void build(Search *search, gsize k)
{
    for (gsize i = 0; i < search->n; i++) {
        search->nearest[i] = INFINITY;
    }
    for (gsize taken = 0; taken < k; taken++) {
        gsize best = search->n;
        double best_sum = INFINITY;
        for (gsize h = 0; h < search->n; h++) {
            double sum = 0.0;
            for (gsize j = 0; j < search->n && !search->is_medoid[h]; j++) {
                sum += fmin(search->nearest[j], apart(search, h, j));
            }
            if (!search->is_medoid[h] && (best == search->n || sum < best_sum)) {
                best = h;
                best_sum = sum;
            }
        }
        search->is_medoid[best] = TRUE;
        for (gsize j = 0; j < search->n; j++) {
            search->nearest[j] = fmin(search->nearest[j], apart(search, best, j));
        }
    }
}

static double rank_medoids(Search *search)
{
    double sum = 0.0;
    for (gsize j = 0; j < search->n; j++) {
        search->nearest[j] = INFINITY;
        search->second[j] = INFINITY;
        for (gsize i = 0; i < search->n; i++) {
            if (!search->is_medoid[i]) {
                continue;
            }
            const double d = apart(search, i, j);
            if (d < search->nearest[j]) {
                search->second[j] = search->nearest[j];
                search->nearest[j] = d;
            } else if (d < search->second[j]) {
                search->second[j] = d;
            }
        }
        sum += search->nearest[j];
    }
    return sum;
}

/* How the sum of distances changes when medoid i gives way to area h. */
static double change(const Search *search, gsize i, gsize h)
{
    double sum = 0.0;
    for (gsize j = 0; j < search->n; j++) {
        const double to_new = apart(search, h, j);
        /* Those of i go to h or to their second; the others to h if that is nearer. */
        const double without =
            apart(search, i, j) > search->nearest[j] ? search->nearest[j] : search->second[j];
        sum += fmin(to_new, without) - search->nearest[j];
    }
    return sum;
}

/* The best exchange of all, as long as one gains. */
static void swap(Search *search)
{
    for (;;) {
        const double sum = rank_medoids(search);
        double best = -least_gain * sum;
        gsize out = search->n;
        gsize in = search->n;
        for (gsize h = 0; h < search->n; h++) {
            for (gsize i = 0; i < search->n && !search->is_medoid[h]; i++) {
                const double gain = search->is_medoid[i] ? change(search, i, h) : 0.0;
                if (gain < best) {
                    best = gain;
                    out = i;
                    in = h;
                }
            }
        }
        if (out == search->n) {
            return;
        }
        search->is_medoid[out] = FALSE;
        search->is_medoid[in] = TRUE;
    }
}

static void assign(const Search *search, SpMedoids *medoids)
{
    gsize taken = 0;
    for (gsize i = 0; i < search->n; i++) {
        if (search->is_medoid[i]) {
            medoids->medoid[taken++] = i;
        }
    }
    for (gsize j = 0; j < search->n; j++) {
        for (gsize g = 1; g < medoids->k; g++) {
            if (apart(search, medoids->medoid[g], j) <
                apart(search, medoids->medoid[medoids->group[j]], j)) {
                medoids->group[j] = g;
            }
        }
    }
}

SpMedoids *sp_medoids_new(gsize n, const double distance[], gsize k)
{
    SpMedoids *medoids = g_new0(SpMedoids, 1);
    Search search = {.n = n,
                     .distance = distance,
                     .is_medoid = g_new0(gboolean, n),
                     .nearest = g_new(double, n),
                     .second = g_new(double, n)};
    g_assert(k >= 1 && k <= n);
    medoids->k = k;
    medoids->medoid = g_new0(gsize, k);
    medoids->group = g_new0(gsize, n);
    build(&search, k);
    medoids->build = rank_medoids(&search) / (double)n;
    swap(&search);
    medoids->swapped = rank_medoids(&search) / (double)n;
    assign(&search, medoids);
    g_free(search.is_medoid);
    g_free(search.nearest);
    g_free(search.second);
    return medoids;
}

void sp_medoids_free(SpMedoids *medoids)
{
    if (medoids == NULL) {
        return;
    }
    g_free(medoids->medoid);
    g_free(medoids->group);
    g_free(medoids);
}

void sp_medoids_silhouette(const SpMedoids *medoids, gsize n, const double distance[],
                           SpReal silhouette[])
{
    g_autofree double *sum = g_new(double, medoids->k);
    g_autofree gsize *size = g_new0(gsize, medoids->k);
    for (gsize j = 0; j < n; j++) {
        size[medoids->group[j]]++;
    }
    for (gsize j = 0; j < n; j++) {
        const gsize own = medoids->group[j];
        double others = INFINITY;
        for (gsize g = 0; g < medoids->k; g++) {
            sum[g] = 0.0;
        }
        for (gsize i = 0; i < n; i++) {
            sum[medoids->group[i]] += distance[j * n + i];
        }
        for (gsize g = 0; g < medoids->k; g++) {
            if (g != own && size[g] > 0) {
                others = fmin(others, sum[g] / (double)size[g]);
            }
        }
        if (!isfinite(others)) {
            silhouette[j] = sp_real_none(SP_MISSING);
            continue;
        }
        const double within = size[own] > 1 ? sum[own] / (double)(size[own] - 1) : others;
        const double larger = fmax(within, others);
        silhouette[j] = sp_real(larger > 0.0 ? (others - within) / larger : 0.0);
    }
}
