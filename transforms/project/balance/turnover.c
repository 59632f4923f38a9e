/* Exit rates by kommune and profession. */
#include "transforms/project/balance/turnover.h"

#include "transforms/project/balance/leavers.h"
#include "transforms/project/balance/recruitment.h"
#include "transforms/project/shrink.h"

#include <math.h>

struct SpTurnover {
    gsize n_regions, n_yrker;
    double *rate;        /* [exit][region][yrke] */
    double *local_sd;    /* the same places: of the log of the region's factor */
    double *national_sd; /* [exit][yrke] of the log of the country's rate */
    double *position;    /* [yrke] */
};

static double clamp_share(double share)
{
    return CLAMP(share, 0.0, 1.0);
}

/* Of all professions in the country, all intervals together. */
static void rates_of_all(const SpLeavers *leavers, SpExit kind, double rate[])
{
    for (gsize b = 0; b < leavers->n_bands; b++) {
        double left = 0.0, staff = 0.0;
        for (gsize y = 0; y < leavers->n_years; y++) {
            gsize place = sp_leavers_place(leavers, leavers->country, leavers->all, b, y);
            left += leavers->left[kind][place];
            staff += leavers->staff[place];
        }
        rate[b] = staff > 0.0 ? left / staff : 0.0;
    }
}

/* Deviations of one unit's years from what `rate` would give: of one band, or of all (n_bands). */
static void deviate(const SpLeavers *leavers, SpExit kind, gsize region, gsize yrke, gsize band,
                    const double rate[], double deviation[], double exposure[])
{
    gsize first = band < leavers->n_bands ? band : 0;
    gsize last = band < leavers->n_bands ? band + 1 : leavers->n_bands;
    for (gsize y = 0; y < leavers->n_years; y++) {
        double left = 0.0, expected = 0.0;
        for (gsize b = first; b < last; b++) {
            gsize place = sp_leavers_place(leavers, region, yrke, b, y);
            left += leavers->left[kind][place];
            expected += leavers->staff[place] * rate[b];
        }
        exposure[y] = expected;
        deviation[y] = expected > 0.0 ? left / expected - 1.0 : 0.0;
    }
}

static void tell_unsettled(const SpShrink *shrink, const char *subject, SpQuality *quality)
{
    if (!shrink->is_settled) {
        sp_quality_note(
            quality, "unsettled_estimate", subject, 0,
            "the rounds ended before the variances stood still; the last ones are used");
    }
}

/* National rates by profession and age band [yrke][band]: those of all professions times a shrunk
 * deviation. `variance` [yrke][band] of each. */
static double *national_rates(const SpLeavers *leavers, SpExit kind, double variance[],
                              SpQuality *quality)
{
    gsize n_years = leavers->n_years, n_yrker = leavers->all;
    g_autofree double *all = g_new(double, leavers->n_bands);
    g_autofree double *deviation = g_new(double, (n_yrker + 1) * n_years);
    g_autofree double *exposure = g_new(double, (n_yrker + 1) * n_years);
    double *rate = g_new0(double, (n_yrker + 1) * leavers->n_bands);
    rates_of_all(leavers, kind, all);
    for (gsize b = 0; b < leavers->n_bands; b++) {
        SpShrink shrink;
        for (gsize g = 0; g < n_yrker; g++) {
            deviate(leavers, kind, leavers->country, g, b, all, &deviation[g * n_years],
                    &exposure[g * n_years]);
        }
        sp_shrink_fit(n_yrker, n_years, deviation, exposure, &shrink);
        tell_unsettled(&shrink, "turnover by profession", quality);
        for (gsize g = 0; g < n_yrker; g++) {
            double error, own = sp_shrink_mean(&shrink, 1.0, n_years, &deviation[g * n_years],
                                               &exposure[g * n_years], &error);
            rate[g * leavers->n_bands + b] = clamp_share(all[b] * (1.0 + own));
            variance[g * leavers->n_bands + b] = all[b] * all[b] * error;
        }
    }
    return rate;
}

/* Staff by age band over all intervals: a kommune's, or the country's where it has none. */
static void ages_of(const SpLeavers *leavers, gsize region, gsize yrke, double staff[])
{
    const gsize tries[][2] = {
        {region, yrke}, {leavers->country, yrke}, {leavers->country, leavers->all}};
    for (gsize i = 0; i < G_N_ELEMENTS(tries); i++) {
        double total = 0.0;
        for (gsize b = 0; b < leavers->n_bands; b++) {
            staff[b] = 0.0;
            for (gsize y = 0; y < leavers->n_years; y++) {
                staff[b] +=
                    leavers->staff[sp_leavers_place(leavers, tries[i][0], tries[i][1], b, y)];
            }
            total += staff[b];
        }
        if (total > 0.0) {
            return;
        }
    }
}

/* Standard deviation of the log of what has a mean and a variance. */
static double log_sd(double mean, double variance)
{
    return mean > 0.0 ? sqrt(log1p(variance / (mean * mean))) : 0.0;
}

/* Of the country's rate at the country's ages; its bands are known apart. */
static double national_sd(const SpLeavers *leavers, gsize yrke, const double rate[],
                          const double variance[])
{
    g_autofree double *staff = g_new0(double, leavers->n_bands);
    double all = 0.0, mean = 0.0, sum = 0.0;
    ages_of(leavers, leavers->country, yrke, staff);
    for (gsize b = 0; b < leavers->n_bands; b++) {
        all += staff[b];
        mean += staff[b] * rate[b];
        sum += staff[b] * staff[b] * variance[b];
    }
    return all > 0.0 ? log_sd(mean / all, sum / (all * all)) : 0.0;
}

/* All kommuner of one profession. */
static void fill_rates(SpTurnover *turnover, const SpLeavers *leavers, SpExit kind, gsize yrke,
                       const double rate[], SpQuality *quality)
{
    gsize n_regions = leavers->country, n_years = leavers->n_years;
    g_autofree double *deviation = g_new(double, MAX(n_regions * n_years, 1));
    g_autofree double *exposure = g_new(double, MAX(n_regions * n_years, 1));
    g_autofree double *staff = g_new(double, leavers->n_bands);
    for (gsize u = 0; u < n_regions; u++) {
        deviate(leavers, kind, u, yrke, leavers->n_bands, rate, &deviation[u * n_years],
                &exposure[u * n_years]);
    }
    SpShrink shrink;
    sp_shrink_fit(n_regions, n_years, deviation, exposure, &shrink);
    tell_unsettled(&shrink, "turnover by kommune", quality);
    for (gsize u = 0; u < n_regions; u++) {
        double error, own = sp_shrink_mean(&shrink, 1.0, n_years, &deviation[u * n_years],
                                           &exposure[u * n_years], &error);
        turnover->local_sd[((gsize)kind * n_regions + u) * turnover->n_yrker + yrke] =
            log_sd(1.0 + own, error);
        ages_of(leavers, u, yrke, staff);
        turnover->rate[((gsize)kind * n_regions + u) * turnover->n_yrker + yrke] =
            clamp_share(sp_exit_rate(leavers->n_bands, staff, rate) * (1.0 + own));
    }
}

static double position_of(const SpLeavers *leavers, gsize yrke)
{
    double all = leavers->persons[leavers->all];
    if (leavers->persons[yrke] > 0.0) {
        return clamp_share(leavers->aarsverk[yrke] / leavers->persons[yrke]);
    }
    return all > 0.0 ? clamp_share(leavers->aarsverk[leavers->all] / all) : 1.0;
}

static void tell_borrowed(const SpLeavers *leavers, char *const yrker[], SpQuality *quality)
{
    for (gsize g = 0; g < leavers->all; g++) {
        double staff = 0.0;
        for (gsize b = 0; b < leavers->n_bands; b++) {
            for (gsize y = 0; y < leavers->n_years; y++) {
                staff += leavers->staff[sp_leavers_place(leavers, leavers->country, g, b, y)];
            }
        }
        if (staff <= 0.0) {
            sp_quality_note(quality, "turnover_of_all", yrker[g], 0,
                            "no turnover of the profession is known; that of all is used");
        }
    }
}

static gboolean has_country(const SpLeavers *leavers)
{
    double staff = 0.0;
    for (gsize b = 0; b < leavers->n_bands; b++) {
        for (gsize y = 0; y < leavers->n_years; y++) {
            staff +=
                leavers->staff[sp_leavers_place(leavers, leavers->country, leavers->all, b, y)];
        }
    }
    return staff > 0.0;
}

SpTurnover *sp_turnover_new(const SpTable *table, char *const regions[], gsize n_regions,
                            char *const yrker[], gsize n_yrker, const char *base,
                            SpQuality *quality, GError **error)
{
    g_autoptr(SpLeavers) leavers =
        sp_leavers_new(table, regions, n_regions, yrker, n_yrker, base, error);
    if (leavers == NULL) {
        return NULL;
    }
    if (!has_country(leavers)) {
        sp_quality_note(quality, "no_turnover", sp_table_name(table), 0,
                        "no interval of the country has ended on %s; no recruitment need is made",
                        base);
        return NULL;
    }
    tell_borrowed(leavers, yrker, quality);
    SpTurnover *turnover = g_new0(SpTurnover, 1);
    turnover->n_regions = n_regions;
    turnover->n_yrker = n_yrker;
    turnover->rate = g_new0(double, MAX(SP_N_EXITS * n_regions * n_yrker, 1));
    turnover->local_sd = g_new0(double, MAX(SP_N_EXITS * n_regions * n_yrker, 1));
    turnover->national_sd = g_new0(double, MAX(SP_N_EXITS * n_yrker, 1));
    turnover->position = g_new0(double, MAX(n_yrker, 1));
    for (guint kind = 0; kind < SP_N_EXITS; kind++) {
        g_autofree double *variance = g_new0(double, (n_yrker + 1) * leavers->n_bands);
        g_autofree double *rate = national_rates(leavers, (SpExit)kind, variance, quality);
        for (gsize g = 0; g < n_yrker; g++) {
            turnover->national_sd[kind * n_yrker + g] = national_sd(
                leavers, g, &rate[g * leavers->n_bands], &variance[g * leavers->n_bands]);
            fill_rates(turnover, leavers, (SpExit)kind, g, &rate[g * leavers->n_bands], quality);
        }
    }
    for (gsize g = 0; g < n_yrker; g++) {
        turnover->position[g] = position_of(leavers, g);
    }
    return turnover;
}

void sp_turnover_free(SpTurnover *turnover)
{
    if (turnover != NULL) {
        g_free(turnover->rate);
        g_free(turnover->local_sd);
        g_free(turnover->national_sd);
        g_free(turnover->position);
        g_free(turnover);
    }
}

double sp_turnover_rate(const SpTurnover *turnover, SpExit kind, gsize region, gsize yrke)
{
    return turnover->rate[((gsize)kind * turnover->n_regions + region) * turnover->n_yrker + yrke];
}

double sp_turnover_national_sd(const SpTurnover *turnover, SpExit kind, gsize yrke)
{
    return turnover->national_sd[(gsize)kind * turnover->n_yrker + yrke];
}

double sp_turnover_local_sd(const SpTurnover *turnover, SpExit kind, gsize region, gsize yrke)
{
    return turnover
        ->local_sd[((gsize)kind * turnover->n_regions + region) * turnover->n_yrker + yrke];
}

double sp_turnover_position(const SpTurnover *turnover, gsize yrke)
{
    return turnover->position[yrke];
}
