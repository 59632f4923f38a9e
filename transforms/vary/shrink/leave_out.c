/* Predictions from the others: Marshall's moments, from sums less the area's own part of them. */
#include "transforms/vary/shrink/leave_out.h"

typedef struct {
    gsize n;
    double observed;
    double expected;
    double squares; /* sum O^2 / E */
    double chance;  /* sum V / E */
} Sums;

static Sums part_of(const SpCounts *counts, const gboolean is_shown[], gsize i)
{
    const double expected = counts->expected[i];
    if (!is_shown[i] || !(expected > 0.0)) {
        return (Sums){0};
    }
    return (Sums){.n = 1,
                  .observed = counts->observed[i],
                  .expected = expected,
                  .squares = counts->observed[i] * counts->observed[i] / expected,
                  .chance = counts->variance[i] / expected};
}

static SpPrediction predict(const Sums *all, const Sums *own)
{
    if (all->n - own->n < 2) {
        return (SpPrediction){.ratio = sp_real_none(SP_MISSING),
                              .variance = sp_real_none(SP_MISSING)};
    }
    const double expected = all->expected - own->expected;
    const double b = (all->observed - own->observed) / expected;
    const double spread = (all->squares - own->squares) / expected - b * b;
    const double chance = b * (all->chance - own->chance) / expected;
    return (SpPrediction){.ratio = sp_real(b), .variance = sp_real(MAX(0.0, spread - chance))};
}

void sp_shrink_leave_out(const SpCounts *counts, const gboolean is_shown[], const guint group[],
                         guint n_groups, SpPrediction prediction[])
{
    g_autofree Sums *sums = g_new0(Sums, MAX(n_groups, 1));
    for (gsize i = 0; i < counts->n; i++) {
        const Sums own = part_of(counts, is_shown, i);
        g_assert(group == NULL || group[i] < n_groups);
        Sums *all = &sums[group != NULL ? group[i] : 0];
        all->n += own.n;
        all->observed += own.observed;
        all->expected += own.expected;
        all->squares += own.squares;
        all->chance += own.chance;
    }
    for (gsize i = 0; i < counts->n; i++) {
        const Sums own = part_of(counts, is_shown, i);
        prediction[i] = predict(&sums[group != NULL ? group[i] : 0], &own);
    }
}
