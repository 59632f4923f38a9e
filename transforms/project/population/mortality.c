/* National mortality from deaths and exposures. */
#include "transforms/project/population/mortality.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

enum { OLD_FIRST = 88, OLD_AGE = 100, N_BANDS = SP_N_DEATH_BANDS };
static const double highest_rate = 0.8; /* per person-year, from age 100 */

/* First age of each band; the next one's first age ends it. */
static const guint band_first[N_BANDS + 1] = {0, 40, 60, 70, 80, 90, 100};

/* Slope and intercept of a weighted straight line. */
static void fit_line(gsize n, const double x[], const double y[], const double weight[],
                     double *intercept, double *slope)
{
    double w = 0, mean_x = 0, mean_y = 0, xx = 0, xy = 0;
    for (gsize i = 0; i < n; i++) {
        w += weight[i];
        mean_x += weight[i] * x[i];
        mean_y += weight[i] * y[i];
    }
    mean_x /= w;
    mean_y /= w;
    for (gsize i = 0; i < n; i++) {
        xx += weight[i] * (x[i] - mean_x) * (x[i] - mean_x);
        xy += weight[i] * (x[i] - mean_x) * (y[i] - mean_y);
    }
    *slope = xy / xx;
    *intercept = mean_y - *slope * mean_x;
}

/* Rates of few and very old people are noise: a line in the log of the rate through the ages just
 * below stands for them. */
static void extend_level(double level[], const double deaths[])
{
    double x[OLD_AGE - OLD_FIRST], y[OLD_AGE - OLD_FIRST], weight[OLD_AGE - OLD_FIRST];
    gsize n = 0;
    for (guint age = OLD_FIRST; age < OLD_AGE; age++) {
        if (level[age] > 0.0) {
            x[n] = age;
            y[n] = log(level[age]);
            weight[n] = sqrt(deaths[age] + 1);
            n++;
        }
    }
    double intercept = log(highest_rate), slope = 0.0;
    if (n >= 2) {
        fit_line(n, x, y, weight, &intercept, &slope);
    }
    for (guint age = OLD_AGE; age < SP_N_RATE_AGES; age++) {
        level[age] = MIN(exp(intercept + slope * age), highest_rate);
    }
}

static void fit_level(const GArray *years, SpMortality *mortality)
{
    guint n = MIN(years->len, (guint)SP_LEVEL_YEARS);
    mortality->n_level_years = n;
    mortality->level_year = 0.0;
    for (guint i = years->len - n; i < years->len; i++) {
        mortality->level_year += (double)g_array_index(years, SpDeathYear, i).year / n;
    }
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        double deaths[SP_N_RATE_AGES] = {0};
        for (guint age = 0; age < OLD_AGE; age++) {
            double exposure = 0.0;
            for (guint i = years->len - n; i < years->len; i++) {
                const SpDeathYear *year = &g_array_index(years, SpDeathYear, i);
                deaths[age] += year->deaths[sex][age];
                exposure += year->exposure[sex][age];
            }
            mortality->level[sex][age] = deaths[age] / exposure;
        }
        extend_level(mortality->level[sex], deaths);
    }
}

/* Mean rate of a band, both sexes, with the newest year's exposure: the same people weigh the same
 * in every year. */
static double band_rate(const SpDeathYear *year, const SpDeathYear *newest, guint band)
{
    double sum = 0, weights = 0;
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = band_first[band]; age < band_first[band + 1]; age++) {
            sum += newest->exposure[sex][age] * year->rate[sex][age];
            weights += newest->exposure[sex][age];
        }
    }
    return sum / weights;
}

/* The median of the slopes between any two points (Theil 1950, Sen 1968). */
static double median_slope(gsize n, const double x[], const double y[])
{
    double slopes[SP_SLOPE_YEARS * (SP_SLOPE_YEARS - 1) / 2];
    gsize n_slopes = 0;
    for (gsize later = 1; later < n; later++) {
        for (gsize earlier = 0; earlier < later; earlier++) {
            slopes[n_slopes++] = (y[later] - y[earlier]) / (x[later] - x[earlier]);
        }
    }
    gsl_sort(slopes, 1, n_slopes);
    return gsl_stats_median_from_sorted_data(slopes, 1, n_slopes);
}

/* One fall for both sexes, so that the distance between them stays what it is, and a median, so
 * that a year or two out of the ordinary at the end of the window does not turn it. */
static double band_decline(const GArray *years, guint band, SpMortality *mortality)
{
    double x[SP_SLOPE_YEARS], y[SP_SLOPE_YEARS], mean_x = 0, mean_y = 0;
    const SpDeathYear *newest = &g_array_index(years, SpDeathYear, years->len - 1);
    gsize n = 0;
    for (guint i = 0; i < years->len; i++) {
        const SpDeathYear *year = &g_array_index(years, SpDeathYear, i);
        double rate = band_rate(year, newest, band);
        if (year->year > newest->year - SP_SLOPE_YEARS && rate > 0.0) {
            x[n] = year->year - newest->year;
            y[n] = log(rate);
            mean_x += x[n];
            mean_y += y[n];
            n++;
        }
    }
    if (n < SP_LEAST_SLOPE_YEARS) {
        return 0.0;
    }
    double slope = median_slope(n, x, y), spread = 0;
    for (gsize i = 0; i < n; i++) {
        double from_mean = x[i] - mean_x / (double)n;
        mortality->residual[i][band] = y[i] - mean_y / (double)n - slope * from_mean;
        spread += from_mean * from_mean;
    }
    mortality->year_spread = spread;
    return -slope;
}

static double band_middle(guint band)
{
    return (band_first[band] + band_first[band + 1] - 1) / 2.0;
}

static void fit_decline(const GArray *years, SpMortality *mortality)
{
    double decline[N_BANDS];
    for (guint band = 0; band < N_BANDS; band++) {
        decline[band] = band_decline(years, band, mortality);
    }
    guint band = 0;
    for (guint age = 0; age < OLD_AGE; age++) {
        while (band + 2 < N_BANDS && age > band_middle(band + 1)) {
            band++;
        }
        double from = band_middle(band), to = band_middle(band + 1);
        double share = CLAMP((age - from) / (to - from), 0.0, 1.0);
        mortality->decline[age] = decline[band] + share * (decline[band + 1] - decline[band]);
    }
    for (guint age = OLD_AGE; age < SP_N_RATE_AGES; age++) {
        mortality->decline[age] = mortality->decline[OLD_AGE - 1] / 2;
    }
}

void sp_mortality_fit(const GArray *years, SpMortality *mortality)
{
    g_assert(years->len > 0);
    *mortality = (SpMortality){.n_level_years = 0};
    fit_level(years, mortality);
    fit_decline(years, mortality);
    int newest = g_array_index(years, SpDeathYear, years->len - 1).year;
    guint n = 0;
    for (guint i = 0; i < years->len; i++) {
        n += g_array_index(years, SpDeathYear, i).year > newest - SP_SLOPE_YEARS;
    }
    mortality->n_slope_years = n < SP_LEAST_SLOPE_YEARS ? 0 : n;
}

guint sp_mortality_band(guint age)
{
    guint band = 0;
    while (band + 1 < N_BANDS && age >= band_first[band + 1]) {
        band++;
    }
    return band;
}

void sp_mortality_set_scenario(SpMortality *mortality, double fall, const SpPath *path)
{
    for (guint age = 0; age < SP_N_RATE_AGES; age++) {
        mortality->decline[age] *= fall;
    }
    mortality->scenario = *path;
}

double sp_mortality_rate(const SpMortality *mortality, guint sex, guint age, int year)
{
    return mortality->level[sex][age] *
           exp(-mortality->decline[age] * (year - mortality->level_year)) *
           sp_path_at(&mortality->scenario, year);
}

void sp_mortality_survival(const SpMortality *mortality, const SpDeathYear *actual, guint sex,
                           int year, double survival[], double *newborn)
{
    double rate[SP_N_AGES + 1];
    for (guint age = 0; age <= SP_N_AGES; age++) {
        rate[age] = actual != NULL && age < OLD_AGE ? actual->rate[sex][age]
                                                    : sp_mortality_rate(mortality, sex, age, year);
    }
    for (guint age = 0; age < SP_N_AGES; age++) {
        survival[age] = exp(-(rate[age] + rate[age + 1]) / 2);
    }
    *newborn = exp(-rate[0]);
}
