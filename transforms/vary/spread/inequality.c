/* Gini's coefficient, Theil's T and the mean log deviation, split by groups. */
#include "transforms/vary/spread/inequality.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    double amount;
    double size;
} Share;

static int compare_rates(const void *a, const void *b)
{
    const Share *x = a;
    const Share *y = b;
    const double left = x->amount / x->size;
    const double right = y->amount / y->size;
    return (left > right) - (left < right);
}

static Share sum_of(gsize n, const double amount[], const double size[])
{
    Share sum = {0};
    for (gsize i = 0; i < n; i++) {
        sum.amount += amount[i];
        sum.size += size[i];
    }
    return sum;
}

SpReal sp_inequality_gini(gsize n, const double amount[], const double size[])
{
    const Share whole = sum_of(n, amount, size);
    if (!(whole.amount > 0.0)) {
        return sp_real_none(SP_MISSING);
    }
    g_autofree Share *sorted = g_new(Share, n);
    for (gsize i = 0; i < n; i++) {
        sorted[i] = (Share){.amount = amount[i], .size = size[i]};
    }
    qsort(sorted, n, sizeof *sorted, compare_rates);
    /* Twice the area between the Lorenz curve and the diagonal, as a sum over the areas of what
     * they have and how many stand before the middle of each and after it. */
    double below = 0.0;
    double sum = 0.0;
    for (gsize i = 0; i < n; i++) {
        sum += sorted[i].amount * (2.0 * below + sorted[i].size - whole.size);
        below += sorted[i].size;
    }
    return sp_real(sum / (whole.amount * whole.size));
}

/* What the groups have; without groups all areas are one. */
static Share *sum_groups(gsize n, const double amount[], const double size[], const guint group[],
                         guint n_groups)
{
    Share *sums = g_new0(Share, MAX(n_groups, 1));
    for (gsize i = 0; i < n; i++) {
        g_assert(group == NULL || group[i] < n_groups);
        Share *own = &sums[group != NULL ? group[i] : 0];
        own->amount += amount[i];
        own->size += size[i];
    }
    return sums;
}

/* Rounding must not leave an index below 0. */
static SpReal index_real(double index)
{
    return sp_real(MAX(0.0, index));
}

/* Both indices are means of log(rate of an area / rate of all): Theil's over what is shared out,
 * the mean log deviation, with the sign turned, over those it is shared among. The group's rate
 * splits each logarithm in two. */
static SpInequality split(gsize n, const double amount[], const double size[], const guint group[],
                          guint n_groups, gboolean is_theil)
{
    const Share whole = sum_of(n, amount, size);
    g_autofree Share *groups = sum_groups(n, amount, size, group, n_groups);
    double between = 0.0;
    double within = 0.0;
    for (gsize i = 0; i < n; i++) {
        const Share *own = &groups[group != NULL ? group[i] : 0];
        const double weight = is_theil ? amount[i] / whole.amount : -size[i] / whole.size;
        if (weight != 0.0) {
            const double rate = own->amount / own->size;
            between += weight * log(rate / (whole.amount / whole.size));
            within += weight * log(amount[i] / size[i] / rate);
        }
    }
    const SpReal not_split = sp_real_none(SP_MISSING);
    return (SpInequality){.total = index_real(between + within),
                          .between = group != NULL ? index_real(between) : not_split,
                          .within = group != NULL ? index_real(within) : not_split};
}

static const SpInequality none = {.total = {.status = SP_MISSING},
                                  .between = {.status = SP_MISSING},
                                  .within = {.status = SP_MISSING}};

SpInequality sp_inequality_theil(gsize n, const double amount[], const double size[],
                                 const guint group[], guint n_groups)
{
    return sum_of(n, amount, size).amount > 0.0 ? split(n, amount, size, group, n_groups, TRUE)
                                                : none;
}

SpInequality sp_inequality_mld(gsize n, const double amount[], const double size[],
                               const guint group[], guint n_groups)
{
    for (gsize i = 0; i < n; i++) {
        if (!(amount[i] > 0.0)) {
            return none;
        }
    }
    return n > 0 ? split(n, amount, size, group, n_groups, FALSE) : none;
}
