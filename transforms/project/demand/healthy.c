/* Use by age when people of an age are healthier than those of the base. */
#include "transforms/project/demand/healthy.h"

#include <math.h>
#include <string.h>

double sp_healthy_age(gsize n, const double base[], double risk, guint age, guint from)
{
    g_assert(age < n);
    guint at = age;
    /* Mortality need not rise everywhere: the nearest age below that is no riskier decides. */
    while (at > from && base[at] > risk) {
        at--;
    }
    if (at == age) {
        return age;
    }
    if (base[at] >= risk) {
        return at;
    }
    return at + log(risk / base[at]) / log(base[at + 1] / base[at]);
}

double sp_healthy_use(gsize n, const double use[], double age)
{
    gsize below = (gsize)floor(age);
    if (below + 1 >= n) {
        return use[n - 1];
    }
    return use[below] + (age - (double)below) * (use[below + 1] - use[below]);
}

/* Years left at each age, from risks: the last age lives one over its rate. */
static void years_left(const SpMortality *mortality, guint sex, int year, double left[SP_N_AGES])
{
    double after = 1.0 / MAX(sp_mortality_rate(mortality, sex, SP_N_AGES - 1, year), 1e-6);
    left[SP_N_AGES - 1] = after;
    for (guint age = SP_N_AGES - 1; age-- > 0;) {
        double alive = exp(-sp_mortality_rate(mortality, sex, age, year));
        left[age] = (1.0 + alive) / 2.0 + alive * left[age + 1];
    }
}

void sp_healthy_path(const SpHealthyYear *year, const double use[SP_N_SEXES][SP_N_AGES],
                     double later[SP_N_SEXES][SP_N_AGES])
{
    memcpy(later, use, sizeof(double) * SP_N_SEXES * SP_N_AGES);
    if (year->kind == SP_HEALTHY_AGEING_NONE) {
        return;
    }
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        double base[SP_N_AGES], before[SP_N_AGES], now[SP_N_AGES];
        for (guint age = 0; age < SP_N_AGES; age++) {
            base[age] = 1.0 - exp(-sp_mortality_rate(year->mortality, sex, age, year->base));
            base[age] = MAX(base[age], 1e-9);
        }
        years_left(year->mortality, sex, year->base, before);
        years_left(year->mortality, sex, year->year, now);
        for (guint age = year->from; age < SP_N_AGES; age++) {
            double risk = 1.0 - exp(-sp_mortality_rate(year->mortality, sex, age, year->year));
            double as_if = year->kind == SP_HEALTHY_AGEING_EQUAL_MORTALITY
                               ? sp_healthy_age(SP_N_AGES, base, MAX(risk, 1e-9), age, year->from)
                               : CLAMP(age - (now[age] - before[age]), year->from, age);
            later[sex][age] = sp_healthy_use(SP_N_AGES, use[sex], as_if);
        }
    }
}
