/* Moves that last. */
#include "transforms/project/population/momentum.h"

#include "transforms/project/moments.h"

#include <math.h>

enum { N_PARTS = 3 };

typedef struct {
    const SpResiduals *residuals;
    guint group;
    double kept;
} Group;

static void add_pair(const Group *of, gsize first, gsize last, gsize years,
                     const double variances[], SpMoments *moments)
{
    const SpResiduals *residuals = of->residuals;
    double expected[] = {residuals->expected[first], residuals->expected[last]};
    if (!(expected[0] > 0.0 && expected[1] > 0.0)) {
        return;
    }
    double difference = residuals->deviation[last] - residuals->deviation[first];
    const double parts[N_PARTS] = {2.0 * (1.0 - pow(of->kept, (double)years)), 2.0,
                                   2.0 / sqrt(expected[0] * expected[1])};
    sp_moments_add(moments, parts, difference * difference, 0.0, variances);
}

static void add_kommuner(SpMoments *moments, const double variances[], gpointer group)
{
    const Group *of = group;
    const SpResiduals *residuals = of->residuals;
    for (gsize region = 0; region < residuals->history->n_regions; region++) {
        gsize at = sp_residuals_place(residuals, of->group, region, 0);
        for (gsize first = 0; first < residuals->n_years; first++) {
            for (gsize last = first + 1; last < residuals->n_years; last++) {
                add_pair(of, at + first, at + last, last - first, variances, moments);
            }
        }
    }
}

gboolean sp_momentum_fit(const SpResiduals *residuals, guint group, double kept,
                         SpMomentum *momentum)
{
    Group of = {residuals, group, kept};
    double variances[N_PARTS] = {1e-5, 1e-5, 0.1};
    gboolean is_settled;
    /* Rounds that do not settle are near enough: of a spread no more is asked. */
    if (residuals->n_years < SP_LEAST_MOMENTUM_YEARS || kept >= 1.0 ||
        !sp_moments_fit(N_PARTS, add_kommuner, &of, variances, &is_settled)) {
        return FALSE;
    }
    *momentum = (SpMomentum){variances[0], variances[1], variances[2]};
    return TRUE;
}

double sp_momentum_with_newest(double kept, guint n)
{
    double sum = 0.0, left = 1.0;
    for (guint apart = 0; apart < n; apart++) {
        sum += left;
        left *= kept;
    }
    return n > 0 ? sum / n : 0.0;
}
