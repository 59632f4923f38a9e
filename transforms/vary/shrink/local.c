/* Marshall's estimator among some of the areas. */
#include "transforms/vary/shrink/local.h"

#include "transforms/vary/shrink/marshall.h"

/* Some of the areas, which take part: their numbers, and their figures side by side. */
typedef struct {
    gsize n;
    gsize *area;
    double *observed;
    double *expected;
    double *variance;
    SpReal *shrunk;
} Some;

static void some_init(Some *some, gsize n)
{
    *some = (Some){.area = g_new(gsize, n),
                   .observed = g_new(double, n),
                   .expected = g_new(double, n),
                   .variance = g_new(double, n),
                   .shrunk = g_new(SpReal, n)};
}

static void some_clear(Some *some)
{
    g_free(some->area);
    g_free(some->observed);
    g_free(some->expected);
    g_free(some->variance);
    g_free(some->shrunk);
}

static void some_add(Some *some, const SpCounts *counts, gsize area)
{
    if (counts->expected[area] > 0.0) {
        some->area[some->n] = area;
        some->observed[some->n] = counts->observed[area];
        some->expected[some->n] = counts->expected[area];
        some->variance[some->n] = counts->variance[area];
        some->n++;
    }
}

/* Hands on the ratios of the first `n_wanted` of them. */
static void shrink(Some *some, gsize n_wanted, SpReal shrunk[])
{
    if (some->n >= 2) {
        (void)sp_shrink_marshall(some->n, some->observed, some->expected, some->variance,
                                 some->shrunk);
        for (gsize i = 0; i < n_wanted; i++) {
            shrunk[some->area[i]] = some->shrunk[i];
        }
    }
}

static void all_missing(const SpCounts *counts, SpReal shrunk[])
{
    for (gsize i = 0; i < counts->n; i++) {
        shrunk[i] = sp_real_none(SP_MISSING);
    }
}

void sp_shrink_in_groups(const SpCounts *counts, const guint group[], guint n_groups,
                         SpReal shrunk[])
{
    Some some;
    some_init(&some, counts->n);
    all_missing(counts, shrunk);
    for (guint g = 0; g < n_groups; g++) {
        some.n = 0;
        for (gsize i = 0; i < counts->n; i++) {
            if (group[i] == g) {
                some_add(&some, counts, i);
            }
        }
        shrink(&some, some.n, shrunk);
    }
    some_clear(&some);
}

void sp_shrink_among_neighbours(const SpCounts *counts, gsize n_links, const SpLink links[],
                                SpReal shrunk[])
{
    Some some;
    g_autofree gsize *first = g_new(gsize, counts->n + 1);
    some_init(&some, counts->n);
    sp_links_index(counts->n, n_links, links, first);
    all_missing(counts, shrunk);
    for (gsize i = 0; i < counts->n; i++) {
        some.n = 0;
        some_add(&some, counts, i);
        if (some.n == 0) {
            continue;
        }
        for (gsize link = first[i]; link < first[i + 1]; link++) {
            some_add(&some, counts, links[link].to);
        }
        shrink(&some, 1, shrunk);
    }
    some_clear(&some);
}
