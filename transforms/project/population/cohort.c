/* One step of the cohort-component method. */
#include "transforms/project/population/cohort.h"

/* Ages the living of one sex and takes out those who leave; next[0] is left for the newborn. */
static void age_one_sex(const SpCohortRates *rates, const double survival[], const double now[],
                        double next[], SpCohortFlows *flows)
{
    gsize last = rates->n_ages - 1;
    next[last] = 0.0;
    for (gsize age = 0; age <= last; age++) {
        gsize reached = MIN(age + 1, last);
        double alive = now[age] * survival[age];
        double left = alive * rates->leaving[reached];
        flows->deaths += now[age] - alive;
        flows->leaving += left;
        if (age == last) {
            next[last] += alive - left;
        } else {
            next[reached] = alive - left;
        }
    }
}

static double births_of_year(const SpCohortRates *rates, const double now[], const double next[])
{
    double births = 0.0;
    /* Nobody of age 0 gives birth, and next[0] is not yet known. */
    for (gsize age = 1; age < rates->n_ages; age++) {
        births += rates->fertility[age] * (now[age] + next[age]) / 2;
    }
    return births * rates->fertility_factor;
}

void sp_cohort_step(const SpCohortRates *rates, const double *const now[SP_N_SEXES],
                    double *const next[SP_N_SEXES], SpCohortFlows *flows)
{
    *flows = (SpCohortFlows){0};
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        age_one_sex(rates, rates->survival[sex], now[sex], next[sex], flows);
    }
    flows->births = births_of_year(rates, now[SP_WOMEN], next[SP_WOMEN]);
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        double share = sex == SP_MEN ? rates->boy_share : 1 - rates->boy_share;
        double born = flows->births * share;
        double alive = born * rates->newborn_survival[sex];
        double left = alive * rates->leaving[0] / 2;
        flows->deaths += born - alive;
        flows->leaving += left;
        next[sex][0] = alive - left;
        const double *arriving = rates->arriving[sex];
        for (gsize age = 0; arriving != NULL && age < rates->n_ages; age++) {
            next[sex][age] += arriving[age];
            flows->arriving += arriving[age];
        }
    }
}
