/* Ranks, differences and sums. */
#include "transforms/normalise/controls/ranking.h"

#include <math.h>

SpControlSums sp_control_sums(gsize n, const SpReal x[], const SpReal y[])
{
    SpControlSums sums = {0};
    for (gsize i = 0; i < n; i++) {
        gboolean has_x = sp_real_is_number(x[i]);
        gboolean has_y = sp_real_is_number(y[i]);
        sums.n_x += has_x ? 1 : 0;
        sums.n_y += has_y ? 1 : 0;
        sums.sum_x += has_x ? x[i].value : 0.0;
        sums.sum_y += has_y ? y[i].value : 0.0;
        if (has_x && has_y) {
            sums.n_both++;
            sums.both_x += x[i].value;
            sums.both_y += y[i].value;
        }
    }
    return sums;
}

typedef struct {
    double size;
    gsize unit;
} Sized;

/* Largest first; of equal ones the first unit. */
static int compare_sizes(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    const Sized *left = a;
    const Sized *right = b;
    if (left->size != right->size) {
        return left->size > right->size ? -1 : 1;
    }
    return left->unit < right->unit ? -1 : left->unit > right->unit;
}

/* ranks [n], 0 where there is no number. */
static void rank(gsize n, const SpReal x[], guint ranks[])
{
    g_autofree Sized *sized = g_new(Sized, n + 1);
    gsize n_sized = 0;
    for (gsize i = 0; i < n; i++) {
        ranks[i] = 0;
        if (sp_real_is_number(x[i])) {
            sized[n_sized++] = (Sized){.size = x[i].value, .unit = i};
        }
    }
    g_qsort_with_data(sized, (gint)n_sized, sizeof *sized, compare_sizes, NULL);
    for (gsize i = 0; i < n_sized; i++) {
        gboolean is_tied = i > 0 && sized[i].size == sized[i - 1].size;
        ranks[sized[i].unit] = is_tied ? ranks[sized[i - 1].unit] : (guint)i + 1;
    }
}

static double share_of(SpReal x, double sum)
{
    return sp_real_is_number(x) && sum != 0.0 ? x.value / sum : 0.0;
}

void sp_control_rank(gsize n, const SpReal x[], const SpReal y[], guint n_listed,
                     SpControlRank ranks[])
{
    SpControlSums sums = sp_control_sums(n, x, y);
    g_autofree guint *by_x = g_new(guint, n + 1);
    g_autofree guint *by_y = g_new(guint, n + 1);
    rank(n, x, by_x);
    rank(n, y, by_y);
    for (gsize i = 0; i < n; i++) {
        ranks[i] = (SpControlRank){.rank_x = by_x[i],
                                   .rank_y = by_y[i],
                                   .share_x = share_of(x[i], sums.sum_x),
                                   .share_y = share_of(y[i], sums.sum_y),
                                   .is_listed = (by_x[i] > 0 && by_x[i] <= n_listed) ||
                                                (by_y[i] > 0 && by_y[i] <= n_listed)};
    }
}

void sp_control_difference(gsize n, const SpReal x[], const SpReal y[], guint n_listed,
                           SpControlDifference differences[])
{
    SpControlSums sums = sp_control_sums(n, x, y);
    g_autofree Sized *sized = g_new(Sized, n + 1);
    gsize n_sized = 0;
    for (gsize i = 0; i < n; i++) {
        differences[i] = (SpControlDifference){0};
        if (sp_real_is_number(x[i]) && sp_real_is_number(y[i])) {
            double difference = y[i].value - x[i].value;
            differences[i].is_compared = TRUE;
            differences[i].difference = difference;
            differences[i].share = sums.both_x != 0.0 ? difference / sums.both_x : 0.0;
            sized[n_sized++] = (Sized){.size = fabs(difference), .unit = i};
        }
    }
    g_qsort_with_data(sized, (gint)n_sized, sizeof *sized, compare_sizes, NULL);
    for (gsize i = 0; i < MIN(n_sized, n_listed); i++) {
        differences[sized[i].unit].is_listed = TRUE;
    }
}
