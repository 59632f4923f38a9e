/* Newcomers by the stock. */
#include "transforms/project/supply/newcomers.h"

#include "transforms/project/supply/exits.h"
#include "transforms/project/supply/participation.h"

#include <math.h>

/* All antatt. */
enum { STOCK_AGES = 5, OLDEST_NEWCOMER = 58, YOUNG_TO = 35 };
static const double least_young = 1.0 / 3.0;

double sp_newcomers_between(const double now[], const double next[], const double leaves[],
                            const double known[], const double weight[])
{
    double left[SP_N_STOCK], more = 0.0, share = 0.0;
    sp_stock_age(SP_N_WORK_AGES, now, leaves, left, NULL);
    for (gsize a = 0; a <= YOUNG_TO - SP_FIRST_WORK_AGE; a++) {
        share += weight[a];
        for (gsize sex = 0; sex < 2; sex++) {
            gsize place = sex * SP_N_WORK_AGES + a;
            more += next[place] - left[place] - known[place];
        }
    }
    return share < least_young ? (double)NAN : more / share;
}

/* Persons of a single age just above those at which people come: as many as come a year, when they
 * have come in the same number for long and hardly anybody leaves. */
static double newly_of_age(const double single[], const SpArrivals *arrivals)
{
    guint from = (guint)lround(arrivals->mean_age + 1.5 * arrivals->sd_age);
    double sum = 0.0;
    from = MIN(from, (guint)OLDEST_NEWCOMER) - SP_FIRST_WORK_AGE;
    for (guint a = from; a < from + STOCK_AGES; a++) {
        sum += single[a] + single[SP_N_WORK_AGES + a];
    }
    return sum / STOCK_AGES;
}

double sp_newcomers_of_stock(const SpNewcomerSources *sources, gsize profession,
                             const SpArrivals *arrivals, const double known[])
{
    const SpEducation *education = sources->education;
    const SpPersonnel *personnel = sources->personnel;
    gsize n_years = personnel->n_years - 1;
    double sum = 0.0, latest = 0.0;
    for (gsize i = 0; i < n_years; i++) {
        int year = personnel->newest - (int)(n_years - i) + 1;
        double now[SP_N_STOCK], next[SP_N_STOCK], leaves[SP_N_STOCK];
        sp_participation_single(personnel, sp_personnel_national(personnel, i, profession), now);
        sp_participation_single(personnel, sp_personnel_national(personnel, i + 1, profession),
                                next);
        sp_exit_year(sources->mortality, 1, education->exits + profession * SP_N_WORK_AGES, year,
                     leaves);
        sum += sp_newcomers_between(now, next, leaves, known + i * SP_N_STOCK, arrivals->weight);
        latest = sp_stock_sum(SP_N_WORK_AGES, known + i * SP_N_STOCK, NULL);
    }
    if (n_years > 0 && !isnan(sum)) {
        return MAX(0.0, sum) / (double)n_years;
    }
    return MAX(0.0, newly_of_age(sources->single + profession * SP_N_STOCK, arrivals) - latest);
}
