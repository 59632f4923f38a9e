/* Coefficients of a kommune's draws. */
#include "transforms/project/population/coefficients.h"

#include "transforms/project/steps.h"

#include <math.h>

/* Cohorts of some years of birth, numbered from the youngest start age of the year. */
static guint cohort_of(guint age, gsize year)
{
    guint shift = SP_COHORT_YEARS - 1 - (guint)(year % SP_COHORT_YEARS);
    return (age + shift) / SP_COHORT_YEARS;
}

/* What the history's mean is off by, and what is not believed of it. How much kommuner differ is
 * itself an estimate, often 0 by chance: it is taken a standard error larger. Where moves fade the
 * mean held some of what does: it is taken for lasting, and what is to fade from the base day on is
 * then the less. `persons` of the group on the base day. */
static void find_missed(const SpMigration *migration, guint group, double variance, double persons,
                        SpKommuneCoefficients *of)
{
    const SpMomentum *momentum = &migration->momentum[group];
    const SpShrink *shrink = &migration->local->levels[SP_LEVEL_KOMMUNE].shrink[group];
    guint n = migration->n_intervals;
    double kept = migration->options.damping, spread2 = momentum->spread2;
    double in_mean = spread2 * sp_fading_in_mean(kept, n);
    /* Products of two different years hold of what fades what the mean does, less the years'
     * own. */
    double in_products = n > 1 ? (n * in_mean - spread2) / (n - 1) : spread2;
    double tau2 = MAX(shrink->tau2 + shrink->tau2_error - in_products, 0.0);
    double prior = migration->options.local_weight * shrink->tau2;
    double believed = prior > 0.0 ? CLAMP(1 - variance / prior, 0.0, 1.0) : 0.0;
    double noise = momentum->omega2 + (persons > 0.0 ? momentum->sigma2 / persons : 0.0);
    double missed = (1 - believed) * (1 - believed) * tau2 +
                    believed * believed * (in_mean + noise / MAX(n, 1U));
    double common = -believed * spread2 * sp_momentum_with_newest(kept, n);
    of->lasting_sd[group] = sqrt(missed);
    of->fading_share[group] = missed > 0.0 ? common / missed : 0.0;
    of->fading_sd[group] = sqrt(MAX(spread2 - common * of->fading_share[group], 0.0));
    of->change_sd[group] = sqrt(spread2 * (1 - kept * kept));
}

/* What is not known of the kommune's own deviation and births. */
static void find_lasting(const SpPopulationDraws *draws, gsize region, SpKommuneCoefficients *of)
{
    const SpMigration *migration = draws->model->migration;
    const SpFertility *fertility = draws->model->fertility;
    const SpPersons *base = &draws->expected[region * draws->n_days];
    double persons[SP_N_MIGRATION_GROUPS] = {0};
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        persons[sp_migration_group(age)] += base->count[SP_MEN][age] + base->count[SP_WOMEN][age];
    }
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        double variance = migration->local->levels[SP_LEVEL_KOMMUNE].variance[region][group];
        find_missed(migration, group, variance, persons[group], of);
    }
    double factor = fertility->factor[region];
    of->births_sd = factor > 0.0 ? sqrt(fertility->variance[region]) / factor : 0.0;
}

/* Variance of all lasting deviations of a kommune in a group. */
static double lasting_variance(const SpPopulationDraws *draws, gsize region, guint group)
{
    const SpLocal *local = draws->model->migration->local;
    double sum = 0;
    for (guint i = 0; i < SP_N_LEVELS; i++) {
        const SpLocalLevel *level = &local->levels[i];
        if (level->n_units > 0 && level->unit[region] != SP_NO_PLACE) {
            sum += level->variance[level->unit[region]][group];
        }
    }
    return sum;
}

/* Deaths by chance are in the cohorts' own numbers: what is left of the noise that falls with size
 * is moves. */
static void find_group_noise(const SpPopulationDraws *draws, gsize year, const SpPersons *now,
                             SpYearCoefficients *of)
{
    const SpMomentum *momentum = draws->model->migration->momentum;
    double persons[SP_N_MIGRATION_GROUPS] = {0}, alive[SP_N_MIGRATION_GROUPS] = {0};
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age < SP_N_AGES; age++) {
            guint group = sp_migration_group(MIN(age, (guint)SP_N_START_AGES - 1));
            persons[group] += now->count[sex][age];
            alive[group] += now->count[sex][age] * draws->survival[year].share[sex][age];
        }
    }
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        double dead = persons[group] > 0.0 ? 1 - alive[group] / persons[group] : 0.0;
        double moves = MAX(momentum[group].sigma2 - MAX(dead, 0.0), 0.0);
        double variance =
            momentum[group].omega2 + (alive[group] > 0.0 ? moves / alive[group] : 0.0);
        of->group_noise[group] = (float)sqrt(variance);
    }
}

/* The mean death rate of both sexes, and the chance of deaths in each cohort. */
static void find_deaths(const SpPopulationDraws *draws, gsize year, const SpPersons *now,
                        SpYearCoefficients *of)
{
    double alive_of[SP_MOST_COHORTS] = {0}, variance_of[SP_MOST_COHORTS] = {0};
    double alive_104 = 0, alive_105 = 0;
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        double alive = 0, rate = 0;
        guint cohort = cohort_of(age, year);
        for (guint sex = 0; sex < SP_N_SEXES; sex++) {
            double share = CLAMP(draws->survival[year].share[sex][age], 1e-6, 1.0);
            double here = now->count[sex][age] * share;
            alive += here;
            rate -= here * log(share);
            variance_of[cohort] += here * (1 - share);
        }
        alive_of[cohort] += alive;
        of->cohort[age] = (guint8)cohort;
        of->death[age] = (float)(alive > 0.0 ? rate / alive : 0.0);
        alive_104 = alive;
    }
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        alive_105 +=
            now->count[sex][SP_N_AGES - 1] * draws->survival[year].share[sex][SP_N_AGES - 1];
    }
    of->old_share = (float)(alive_105 > 0.0 ? alive_105 / (alive_104 + alive_105) : 0.0);
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        double alive = alive_of[of->cohort[age]];
        of->chance[age] = (float)(alive > 0.0 ? sqrt(variance_of[of->cohort[age]]) / alive : 0.0);
    }
}

static void find_births(const SpPopulationDraws *draws, const SpPersons *now, const SpPersons *next,
                        SpYearCoefficients *of)
{
    const double *rate = draws->model->fertility->rate;
    double sum = 0;
    for (guint age = 1; age < SP_N_AGES; age++) {
        sum += rate[age] * (now->count[SP_WOMEN][age] + next->count[SP_WOMEN][age]);
    }
    for (guint age = 1; age < SP_N_AGES; age++) {
        double scale = sum > 0.0 ? rate[age] / sum : 0.0;
        of->mothers[age] = (float)(scale * now->count[SP_WOMEN][age]);
        of->mothers_end[age] = (float)(scale * next->count[SP_WOMEN][age]);
    }
    double children = next->count[SP_MEN][0] + next->count[SP_WOMEN][0];
    of->births_chance = (float)(children > 0.0 ? 1 / sqrt(children) : 0.0);
}

void sp_kommune_coefficients(const SpPopulationDraws *draws, gsize region,
                             SpKommuneCoefficients *of)
{
    double variance[SP_N_MIGRATION_GROUPS];
    find_lasting(draws, region, of);
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        variance[group] = lasting_variance(draws, region, group);
    }
    for (gsize year = 0; year + 1 < draws->n_days; year++) {
        const SpPersons *now = &draws->expected[region * draws->n_days + year];
        SpYearCoefficients *here = &of->years[year];
        find_deaths(draws, year, now, here);
        find_group_noise(draws, year, now, here);
        find_births(draws, now, now + 1, here);
        for (guint age = 0; age < SP_N_START_AGES; age++) {
            guint group = sp_migration_group(age);
            gsize years_in = MIN(year, (gsize)(age - sp_migration_group_first(group)));
            here->constant[age] =
                (float)(1 - draws->shocks->drift[year][age] - (double)years_in * variance[group]);
        }
    }
}
