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

/* Log of the country's level in one year over that in another, of the kommuner that have both;
 * FALSE where there is no such change to see. own [n_kommuner]: what each adds to the change that
 * is not the country's, linearised; they sum to 0, and are 0 of those without both. */
static gboolean change_between(const SpDriftData *data, gsize from, gsize to, double *change,
                               double own[])
{
    const gsize year[2] = {from, to};
    double figure[2] = {0}, driver[2] = {0};
    for (gsize u = 0; u < data->n_kommuner; u++) {
        own[u] = 0.0;
        if (!has_figure(data, u, from) || !has_figure(data, u, to)) {
            continue;
        }
        for (gsize end = 0; end < 2; end++) {
            figure[end] += data->observed[u * data->n_years + year[end]];
            driver[end] += data->driver[u * data->n_years + year[end]];
        }
    }
    if (!(figure[0] > 0.0 && figure[1] > 0.0)) {
        return FALSE;
    }
    for (gsize u = 0; u < data->n_kommuner; u++) {
        if (!has_figure(data, u, from) || !has_figure(data, u, to)) {
            continue;
        }
        for (gsize end = 0; end < 2; end++) {
            gsize at = u * data->n_years + year[end];
            double beyond = data->observed[at] / figure[end] - data->driver[at] / driver[end];
            own[u] += end == 1 ? beyond : -beyond;
        }
    }
    *change = log(figure[1] / driver[1] / (figure[0] / driver[0]));
    return TRUE;
}

static double n_who_tell(const SpDriftData *data)
{
    double n = 0.0;
    for (gsize u = 0; u < data->n_kommuner; u++) {
        gsize n_years = 0;
        for (gsize year = 0; year < data->n_years; year++) {
            n_years += has_figure(data, u, year) ? 1 : 0;
        }
        n += n_years > 1 ? 1.0 : 0.0;
    }
    return n;
}

/* The variance of a ratio of sums over independent kommuner, from the sum of their squares. */
static double over_those_who_tell(double squares, double tell)
{
    return tell > 1.0 ? squares * tell / (tell - 1.0) : 0.0;
}

static gboolean has_anybody(const SpDriftData *data, gsize year)
{
    double sum = 0;
    for (gsize u = 0; u < data->n_kommuner; u++) {
        sum += has_figure(data, u, year) ? data->observed[u * data->n_years + year] : 0.0;
    }
    return sum > 0.0;
}

SpDriftMoves *sp_drift_moves_new(const SpDriftData *data)
{
    gsize width = 1 + data->n_kommuner;
    SpDriftMoves *moves = g_new(SpDriftMoves, 1);
    *moves = (SpDriftMoves){.n_kommuner = data->n_kommuner,
                            .n_years = data->n_years,
                            .is_seen = g_new0(gboolean, data->n_years + 1),
                            .change = g_new0(double, data->n_years *width + 1),
                            .tell = n_who_tell(data)};
    for (gsize year = 1; year < data->n_years; year++) {
        double *to = &moves->change[year * width];
        moves->is_seen[year] = change_between(data, year - 1, year, to, to + 1);
    }
    return moves;
}

void sp_drift_moves_free(SpDriftMoves *moves)
{
    if (moves != NULL) {
        g_free(moves->is_seen);
        g_free(moves->change);
        g_free(moves);
    }
}

/* Sum of the products of two figures' changes around their means over the years that both have: the
 * country's (column 0) or a kommune's own; *n is filled with the number of years. */
static double products_of(const SpDriftMoves *one, const SpDriftMoves *other, gsize column,
                          gsize *n)
{
    gsize width = 1 + one->n_kommuner;
    double sum = 0.0, other_sum = 0.0, products = 0.0;
    *n = 0;
    for (gsize year = 0; year < MIN(one->n_years, other->n_years); year++) {
        if (one->is_seen[year] && other->is_seen[year]) {
            double a = one->change[year * width + column], b = other->change[year * width + column];
            sum += a;
            other_sum += b;
            products += a * b;
            ++*n;
        }
    }
    return *n > 0 ? products - sum * other_sum / (double)*n : 0.0;
}

/* What of those products is made by kommuner that each change for itself, counts included: around
 * each kommune's mean, since counts of years in a row share a year. */
static double chance_of(const SpDriftMoves *one, const SpDriftMoves *other)
{
    double products = 0.0;
    for (gsize u = 0; u < one->n_kommuner; u++) {
        gsize n;
        double of_kommune = products_of(one, other, 1 + u, &n);
        products += one == other ? MAX(of_kommune, 0.0) : of_kommune;
    }
    return over_those_who_tell(products, MIN(one->tell, other->tell));
}

double sp_drift_together(const SpDriftMoves *one, const SpDriftMoves *other, double one_sd,
                         double other_sd)
{
    gsize n;
    double around = products_of(one, other, 0, &n);
    if (n < 2) {
        return 0.0;
    }
    double covariance =
        (around - chance_of(one, other)) / (SP_STEP_ASSUMED_CHANGES + (double)n - 1.0);
    return CLAMP(covariance / (one_sd * other_sd), -1.0, 1.0);
}

/* The yearly step, of the changes there are. */
static double step_of(const SpDriftMoves *moves, double assumed)
{
    g_autofree double *changes = g_new(double, moves->n_years + 1);
    gsize n = 0;
    for (gsize year = 0; year < moves->n_years; year++) {
        if (moves->is_seen[year]) {
            changes[n++] = moves->change[year * (1 + moves->n_kommuner)];
        }
    }
    return sp_fading_sd(assumed, 0.0, n, changes, chance_of(moves, moves));
}

SpDriftSeen sp_drift_seen(const SpDriftData *data, double assumed)
{
    g_autoptr(SpDriftMoves) moves = sp_drift_moves_new(data);
    g_autofree double *own = g_new(double, data->n_kommuner);
    gsize first = data->n_years, last = data->n_years;
    double change;
    SpDriftSeen seen = {.step_sd = step_of(moves, assumed)};
    for (gsize year = 0; year < data->n_years; year++) {
        if (has_anybody(data, year)) {
            first = MIN(first, year);
            last = year;
        }
    }
    if (first < last && change_between(data, first, last, &change, own)) {
        double n = (double)(last - first), squares = 0.0;
        for (gsize u = 0; u < data->n_kommuner; u++) {
            squares += own[u] * own[u];
        }
        seen.n_intervals = (guint)(last - first);
        seen.slope = change / n;
        seen.slope_variance =
            seen.step_sd * seen.step_sd / n + over_those_who_tell(squares, moves->tell) / (n * n);
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
