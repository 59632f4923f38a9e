/* Growth and replacement. */
#include "transforms/project/balance/recruitment.h"

#include "core/real.h"

double sp_exit_rate(gsize n_bands, const double staff[], const double rate[])
{
    double leaving = 0.0, all = 0.0;
    for (gsize i = 0; i < n_bands; i++) {
        leaving += staff[i] * rate[i];
        all += staff[i];
    }
    return all > 0.0 ? leaving / all : 0.0;
}

void sp_recruitment(gsize n_years, const double staff[], double exit_rate, SpRecruitment need[])
{
    need[0] = (SpRecruitment){0};
    for (gsize year = 0; year < n_years; year++) {
        need[year + 1] = (SpRecruitment){
            .growth = sp_real_change(staff[0], staff[year + 1]),
            .replaced = need[year].replaced + exit_rate * staff[year],
        };
    }
}
