/* National drift. */
#include "transforms/project/demand/drift.h"

#include "transforms/project/steps.h"

#include <math.h>

/* Has the kommune a figure of the year, and what it follows? */
static gboolean has_figure(const SpDriftData *data, gsize kommune, gsize year)
{
    gsize at = kommune * data->n_years + year;
    return data->is_seen[at] && data->driver[at] > 0.0;
}

/* A change of the country's level, and the part of its variance that is what kommuner change by
 * each for itself, counts included. */
typedef struct {
    double change; /* log */
    double chance; /* log^2 */
} Change;

/* From one year's level to another's, of the kommuner that have both; FALSE where there is no such
 * change to see. The variance is that of a ratio of sums over independent kommuner. */
static gboolean change_between(const SpDriftData *data, gsize from, gsize to, Change *of)
{
    const gsize year[2] = {from, to};
    double figure[2] = {0}, driver[2] = {0}, squares = 0, n = 0;
    *of = (Change){0};
    for (gsize u = 0; u < data->n_kommuner; u++) {
        if (!has_figure(data, u, from) || !has_figure(data, u, to)) {
            continue;
        }
        for (gsize end = 0; end < 2; end++) {
            figure[end] += data->observed[u * data->n_years + year[end]];
            driver[end] += data->driver[u * data->n_years + year[end]];
        }
        n += 1.0;
    }
    if (!(figure[0] > 0.0 && figure[1] > 0.0)) {
        return FALSE;
    }
    for (gsize u = 0; u < data->n_kommuner; u++) {
        double own = 0; /* what it adds to the change */
        if (!has_figure(data, u, from) || !has_figure(data, u, to)) {
            continue;
        }
        for (gsize end = 0; end < 2; end++) {
            gsize at = u * data->n_years + year[end];
            double beyond = data->observed[at] / figure[end] - data->driver[at] / driver[end];
            own += end == 1 ? beyond : -beyond;
        }
        squares += own * own;
    }
    of->change = log(figure[1] / driver[1] / (figure[0] / driver[0]));
    of->chance = n > 1.0 ? squares * n / (n - 1.0) : 0.0;
    return TRUE;
}

static gboolean has_anybody(const SpDriftData *data, gsize year)
{
    double sum = 0;
    for (gsize u = 0; u < data->n_kommuner; u++) {
        sum += has_figure(data, u, year) ? data->observed[u * data->n_years + year] : 0.0;
    }
    return sum > 0.0;
}

SpDriftSeen sp_drift_seen(const SpDriftData *data, double assumed)
{
    g_autofree double *changes = g_new(double, data->n_years + 1);
    gsize n_changes = 0, first = data->n_years, last = data->n_years;
    double chance = 0;
    SpDriftSeen seen = {0};
    Change of;
    for (gsize year = 0; year < data->n_years; year++) {
        if (has_anybody(data, year)) {
            first = MIN(first, year);
            last = year;
        }
        if (year > 0 && change_between(data, year - 1, year, &of)) {
            changes[n_changes++] = of.change;
            chance += of.chance;
        }
    }
    seen.step_sd = sp_fading_sd(assumed, 0.0, n_changes, changes,
                                n_changes > 0 ? chance / (double)n_changes : 0);
    if (first < last && change_between(data, first, last, &of)) {
        double n = (double)(last - first);
        seen.n_intervals = (guint)(last - first);
        seen.slope = of.change / n;
        seen.slope_variance = seen.step_sd * seen.step_sd / n + of.chance / (n * n);
    }
    seen.lag = last < data->n_years ? (guint)(data->n_years - 1 - last) : 0;
    return seen;
}

SpDrift sp_drift_estimate(const SpDriftPrior *prior, const SpDriftSeen *seen)
{
    double step = seen->step_sd * seen->step_sd;
    double long_run = 1.0 / (prior->sd * prior->sd);
    double newest = seen->n_intervals > 0 ? 1.0 / seen->slope_variance : 0.0;
    return (SpDrift){.mean = (long_run * prior->mean + newest * seen->slope) / (long_run + newest),
                     .variance = 1.0 / (long_run + newest),
                     .innovation = step,
                     .slopes = prior->sd * prior->sd,
                     .damping = prior->damping,
                     .lag = seen->lag};
}

SpDrift sp_drift_choose(const SpDrift *estimated, const SpSize *drift, const SpSize *damping)
{
    SpDrift chosen = *estimated;
    if (drift->kind != SP_SIZE_ESTIMATED) {
        chosen.mean = drift->kind == SP_SIZE_NUMBER ? drift->number : 0.0;
    }
    if (damping->kind != SP_SIZE_ESTIMATED) {
        chosen.damping = damping->kind == SP_SIZE_NUMBER ? damping->number : 1.0;
    }
    return chosen;
}

double sp_drift_sum(const SpDrift *drift, guint years)
{
    double sum = 0, left = 1;
    for (guint i = 0; i < years; i++) {
        left *= drift->damping;
        sum += left;
    }
    return sum;
}

double sp_drift_variance(const SpDrift *drift, guint years)
{
    double sum = sp_drift_sum(drift, drift->lag + years) - sp_drift_sum(drift, drift->lag);
    double come = 0, new_slopes = 0, left = 1;
    for (guint i = 0; i < years; i++) { /* of a year's new slope, i years later */
        come += left;
        left *= drift->damping;
        new_slopes += come * come;
    }
    return drift->variance * sum * sum +
           drift->slopes * (1 - drift->damping * drift->damping) * new_slopes +
           drift->innovation * years;
}
