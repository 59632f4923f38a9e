/* Who stands behind each published cell, and whether too few do. */
#include "transforms/protect/dominance.h"

#include "core/error.h"

#include <math.h>

/* ---- contributors ---- */

static gint by_inner(gconstpointer a, gconstpointer b)
{
    const SpContribution *one = a;
    const SpContribution *other = b;
    return (one->inner > other->inner) - (one->inner < other->inner);
}

static gint by_contributor(gconstpointer a, gconstpointer b)
{
    const SpContribution *one = a;
    const SpContribution *other = b;
    return (one->contributor > other->contributor) - (one->contributor < other->contributor);
}

static gint by_falling_amount(gconstpointer a, gconstpointer b)
{
    const SpContribution *one = a;
    const SpContribution *other = b;
    return (one->amount < other->amount) - (one->amount > other->amount);
}

/* Of contributions one a contributor; g_array_sort is stable, so that sums are added in the order
 * of inner cells and, within one, of the input. */
static void merge(GArray *found)
{
    SpContribution *all = (SpContribution *)(gpointer)found->data;
    guint n = 0;
    g_array_sort(found, by_contributor);
    for (guint i = 0; i < found->len;) {
        SpContribution sum = all[i++];
        for (; i < found->len && all[i].contributor == sum.contributor; i++) {
            sum.amount += all[i].amount;
        }
        sum.amount = fabs(sum.amount);
        if (sum.amount > 0.0) {
            all[n++] = sum;
        }
    }
    g_array_set_size(found, n);
    g_array_sort(found, by_falling_amount);
}

/* Where each inner cell's contributions begin in `sorted`: [n_inner + 1]. */
static gsize *find_starts(const GArray *sorted, gsize n_inner)
{
    gsize *start = g_new(gsize, n_inner + 1);
    gsize i = 0;
    for (gsize inner = 0; inner <= n_inner; inner++) {
        while (i < sorted->len && g_array_index(sorted, SpContribution, i).inner < inner) {
            i++;
        }
        start[inner] = i;
    }
    return start;
}

SpContributors *sp_contributors_new(const SpDesign *design, const SpContribution contributions[],
                                    gsize n, GError **error)
{
    g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(SpContribution));
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(SpContribution));
    g_autoptr(GArray) amounts = g_array_new(FALSE, FALSE, sizeof(double));
    for (gsize i = 0; i < n; i++) {
        if (!isfinite(contributions[i].amount)) {
            sp_error_set(error, SP_ERROR_DATA,
                         "dominance: contribution %" G_GSIZE_FORMAT " (inner cell %u) is no number",
                         i + 1, contributions[i].inner + 1);
            return NULL;
        }
        g_array_append_val(sorted, contributions[i]);
    }
    g_array_sort(sorted, by_inner);
    g_autofree gsize *of_inner = find_starts(sorted, design->n_inner);
    SpContributors *contributors = g_new(SpContributors, 1);
    *contributors =
        (SpContributors){.n_cells = design->n_cells, .start = g_new0(gsize, design->n_cells + 1)};
    for (gsize cell = 0; cell < design->n_cells; cell++) {
        g_array_set_size(found, 0);
        for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
            const guint32 inner = design->inner[i];
            for (gsize j = of_inner[inner]; j < of_inner[inner + 1]; j++) {
                SpContribution one = g_array_index(sorted, SpContribution, j);
                one.amount *= design->coef[i];
                g_array_append_val(found, one);
            }
        }
        merge(found);
        for (guint i = 0; i < found->len; i++) {
            g_array_append_val(amounts, g_array_index(found, SpContribution, i).amount);
        }
        contributors->start[cell + 1] = amounts->len;
    }
    contributors->amount = (double *)(gpointer)g_array_free(g_steal_pointer(&amounts), FALSE);
    return contributors;
}

void sp_contributors_free(SpContributors *contributors)
{
    if (contributors != NULL) {
        g_free(contributors->start);
        g_free(contributors->amount);
        g_free(contributors);
    }
}

/* ---- rules ---- */

/* The sum of the cell's amounts of these places, the largest being 0. */
static double sum_of(const SpContributors *contributors, gsize cell, gsize from, gsize to)
{
    const gsize n = contributors->start[cell + 1] - contributors->start[cell];
    double sum = 0.0;
    for (gsize i = from; i < MIN(n, to); i++) {
        sum += contributors->amount[contributors->start[cell] + i];
    }
    return sum;
}

gsize sp_dominance_nk(const SpContributors *contributors, gsize n, double share,
                      gboolean is_primary[])
{
    gsize n_hit = 0;
    for (gsize cell = 0; cell < contributors->n_cells; cell++) {
        const double largest = sum_of(contributors, cell, 0, n);
        const double rest = sum_of(contributors, cell, n, G_MAXSIZE);
        if (largest > share * (largest + rest)) {
            is_primary[cell] = TRUE;
            n_hit++;
        }
    }
    return n_hit;
}

gsize sp_dominance_percent(const SpContributors *contributors, double share, gboolean is_primary[])
{
    gsize n_hit = 0;
    for (gsize cell = 0; cell < contributors->n_cells; cell++) {
        const double largest = sum_of(contributors, cell, 0, 1);
        const double others = sum_of(contributors, cell, 2, G_MAXSIZE);
        if (others < share * largest) {
            is_primary[cell] = TRUE;
            n_hit++;
        }
    }
    return n_hit;
}
