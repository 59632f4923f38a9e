/* Past forecasts of mortality against what came. */
#include "transforms/project/population/wander.h"

#include "transforms/project/steps.h"

#include <math.h>

enum { FIRST_BAND = 2, MOST_YEARS_ON = 10 };

/* Sums over past forecasts. */
typedef struct {
    double unexplained; /* squared miss less what level, slope and year account for */
    double scale;       /* what a walk of one standard deviation a year would have added */
} Misses;

/* The log of a band's deaths over those the rates give on the people of the year. */
static double miss_of(const SpMortality *forecast, const SpDeathYear *fact, guint band)
{
    double came = 0, said = 0;
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age < SP_WHOLE_AGES; age++) {
            if (sp_mortality_band(age) == band) {
                came += fact->exposure[sex][age] * fact->rate[sex][age];
                said +=
                    fact->exposure[sex][age] * sp_mortality_rate(forecast, sex, age, fact->year);
            }
        }
    }
    return came > 0.0 && said > 0.0 ? log(came / said) : 0.0;
}

/* Variance of the band around its line in the years the forecast saw. */
static double variance_of(const SpMortality *forecast, guint band)
{
    double square = 0;
    for (guint i = 0; i < forecast->n_slope_years; i++) {
        square += forecast->residual[i][band] * forecast->residual[i][band];
    }
    return square / (forecast->n_slope_years - 2.0);
}

static void add_forecast(const GArray *years, guint n_seen, Misses *misses)
{
    SpMortality forecast;
    g_autoptr(GArray) seen = g_array_new(FALSE, FALSE, sizeof(SpDeathYear));
    g_array_append_vals(seen, years->data, n_seen);
    sp_mortality_fit(seen, &forecast);
    if (forecast.n_slope_years < SP_SLOPE_YEARS) {
        return;
    }
    for (guint i = n_seen; i < MIN(years->len, n_seen + MOST_YEARS_ON); i++) {
        const SpDeathYear *fact = &g_array_index(years, SpDeathYear, i);
        double years_on = fact->year - forecast.level_year;
        double walked = fact->year - g_array_index(seen, SpDeathYear, n_seen - 1).year;
        for (guint band = FIRST_BAND; band < SP_N_DEATH_BANDS; band++) {
            double variance = variance_of(&forecast, band);
            double miss = miss_of(&forecast, fact, band);
            double known = variance * (1 + 1.0 / forecast.n_level_years +
                                       years_on * years_on / forecast.year_spread);
            misses->unexplained += miss * miss - known;
            misses->scale += variance * walked;
        }
    }
}

double sp_mortality_wander(const GArray *years, double assumed)
{
    Misses misses = {0};
    for (guint n_seen = SP_SLOPE_YEARS; n_seen < years->len; n_seen++) {
        add_forecast(years, n_seen, &misses);
    }
    if (!(misses.scale > 0.0)) {
        return 0.0;
    }
    /* Forecasts of years in a row miss alike: so many stand apart. */
    double n = (double)(years->len - SP_SLOPE_YEARS) / MOST_YEARS_ON;
    double seen = MAX(misses.unexplained / misses.scale, 0.0);
    return sqrt((SP_STEP_ASSUMED_CHANGES * assumed * assumed + n * seen) /
                (SP_STEP_ASSUMED_CHANGES + n));
}
