/* Coefficients of a kommune's draws. */
#include "transforms/project/population/coefficients.h"

#include <math.h>

/* Cohorts of some years of birth, numbered from the youngest start age of the year. */
static guint cohort_of(guint age, gsize year)
{
    guint shift = SP_COHORT_YEARS - 1 - (guint)(year % SP_COHORT_YEARS);
    return (age + shift) / SP_COHORT_YEARS;
}

/* What is not known of the kommune's own deviation and births. */
static void find_lasting(const SpPopulationDraws *draws, gsize region, SpKommuneCoefficients *of)
{
    const SpLocal *local = draws->model->migration->local;
    const SpFertility *fertility = draws->model->fertility;
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        of->lasting_sd[group] = sqrt(local->levels[SP_LEVEL_KOMMUNE].variance[region][group]);
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
    const SpLocalLevel *level = &draws->model->migration->local->levels[SP_LEVEL_KOMMUNE];
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
        double moves = MAX(level->shrink[group].sigma2 - MAX(dead, 0.0), 0.0);
        double variance =
            level->shrink[group].omega2 + (alive[group] > 0.0 ? moves / alive[group] : 0.0);
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
