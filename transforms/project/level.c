/* Local levels: variances by moments, then a Kalman filter a unit. */
#include "transforms/project/level.h"

#include "transforms/project/moments.h"

#include <math.h>

enum { N_PARTS = 5, GROUP_WEIGHT = 3 /* antatt */ };

static const double least_tau2 = 1e-6;
/* How fast a larger unit counts for more in means of groups: none counts for more than about 100
   expected persons or årsverk, or Oslo would be its class (antatt). */
static const double weight_size = 100.0;

/* In the order of add_pairs' parts. A relative variance may be as large as that of 10 % a year
   (antatt): two squares of that size are little beside many years, and what there is of a
   profession of few persons. */
static const double assumed[N_PARTS] = {SP_LEVEL_ASSUMED_Q0, SP_LEVEL_ASSUMED_Q1, 0.0,
                                        SP_LEVEL_ASSUMED_V1, 0.0};
static const double assumed_size[N_PARTS] = {0.01, SP_LEVEL_ASSUMED_Q1, 0.01, SP_LEVEL_ASSUMED_V1,
                                             0.01};

static double square(double x)
{
    return x * x;
}

static gsize cell(const SpLevelData *data, gsize unit, gsize year)
{
    return unit * data->n_years + year;
}

static gboolean is_observed(const SpLevelData *data, gsize unit, gsize year)
{
    return data->expected[cell(data, unit, year)] > 0.0;
}

static double deviation(const SpLevelData *data, gsize unit, gsize year)
{
    gsize at = cell(data, unit, year);
    return data->observed[at] / data->expected[at] - 1.0;
}

/* How large the unit is over what is expected of it: its changes and its noise go with its own
   size. As if GROUP_WEIGHT more were expected and seen, so that a unit without anyone has a
   size. */
static double scale_of(const SpLevelData *data, gsize unit)
{
    double observed = GROUP_WEIGHT, expected = GROUP_WEIGHT;
    for (gsize year = 0; year < data->n_years; year++) {
        if (is_observed(data, unit, year)) {
            observed += data->observed[cell(data, unit, year)];
            expected += data->expected[cell(data, unit, year)];
        }
    }
    return observed / expected;
}

static double weight(double expected)
{
    return expected / (1.0 + expected / weight_size);
}

void sp_level_expect(const SpLevelData *data, const gboolean is_observed[], const double driver[],
                     double expected[], double nation[])
{
    for (gsize year = 0; year < data->n_years; year++) {
        double seen = 0, driven = 0;
        for (gsize unit = 0; unit < data->n_units; unit++) {
            gsize at = cell(data, unit, year);
            if (is_observed[at] && driver[at] > 0.0) {
                seen += data->observed[at];
                driven += driver[at];
            }
        }
        nation[year] = driven > 0.0 ? seen / driven : 0.0;
        for (gsize unit = 0; unit < data->n_units; unit++) {
            gsize at = cell(data, unit, year);
            expected[at] = is_observed[at] && driver[at] > 0.0 ? driver[at] * nation[year] : 0.0;
        }
    }
}

/* Variance of the sum of changes of so many years, each of variance 1, that go on: a year's change
   is followed by SP_LEVEL_GOES_ON of itself. */
static double lasting_years(double years)
{
    double sum = years, left = 1.0;
    for (guint apart = 1; (double)apart < years; apart++) {
        left *= SP_LEVEL_GOES_ON;
        sum += 2.0 * (years - (double)apart) * left;
    }
    return sum;
}

/* The squared differences of all pairs of years of a unit, over its size. */
static void add_pairs(const SpLevelData *data, gsize unit, const double variances[],
                      SpMoments *moments)
{
    double scale = scale_of(data, unit);
    for (gsize first = 0; first < data->n_years; first++) {
        for (gsize last = first + 1; last < data->n_years; last++) {
            if (!is_observed(data, unit, first) || !is_observed(data, unit, last)) {
                continue;
            }
            double e = scale * sqrt(data->expected[cell(data, unit, first)] *
                                    data->expected[cell(data, unit, last)]);
            double years = (double)(last - first);
            const double parts[N_PARTS] = {years, years / e, 2.0, 2.0 / e, lasting_years(years)};
            double change = (deviation(data, unit, last) - deviation(data, unit, first)) / scale;
            /* One person more is 1 / e more, e in persons and the årsverk of a position nearly
             * one. */
            sp_moments_add(moments, parts, square(change), 1.0 / square(e), variances);
        }
    }
}

static void add_units(SpMoments *moments, const double variances[], gpointer units)
{
    const SpLevelData *data = units;
    for (gsize unit = 0; unit < data->n_units; unit++) {
        add_pairs(data, unit, variances, moments);
    }
    sp_moments_assume(moments, assumed, assumed_size, variances);
}

/* The one lag between years in which units were seen; 0 when there are several. */
static gsize only_lag(const SpLevelData *data)
{
    gsize lag = 0;
    for (gsize unit = 0; unit < data->n_units; unit++) {
        for (gsize first = 0; first < data->n_years; first++) {
            for (gsize last = first + 1; last < data->n_years; last++) {
                if (is_observed(data, unit, first) && is_observed(data, unit, last)) {
                    if (lag != 0 && lag != last - first) {
                        return 0;
                    }
                    lag = last - first;
                }
            }
        }
    }
    return lag;
}

/* A unit's mean deviation and expected figure, its weight (0: never seen), and the sum and number
   of products of two of its years. */
typedef struct {
    double mean, expected, weight, product, n_products;
} UnitSummary;

static UnitSummary summarise(const SpLevelData *data, gsize unit, double around)
{
    UnitSummary summary = {0};
    double n = 0, sum = 0, squares = 0, e = 0;
    for (gsize year = 0; year < data->n_years; year++) {
        if (is_observed(data, unit, year)) {
            double d = deviation(data, unit, year) - around;
            n++;
            sum += d;
            squares += square(d);
            e += data->expected[cell(data, unit, year)];
        }
    }
    if (n > 0) {
        summary.mean = sum / n;
        summary.expected = e / n;
        summary.weight = weight(e / n);
        summary.n_products = n * (n - 1) / 2;
        summary.product = (square(sum) - squares) / 2;
    }
    return summary;
}

static double noise_of(const SpLevelModel *model, double expected, double scale)
{
    return square(scale) * model->v0 + scale * model->v1 / expected;
}

static void fit_groups(const SpLevelData *data, SpLevelModel *model)
{
    g_autofree double *sum = g_new0(double, data->n_groups);
    g_autofree double *weights = g_new0(double, data->n_groups);
    g_autofree double *squares = g_new0(double, data->n_groups);
    for (gsize unit = 0; unit < data->n_units; unit++) {
        UnitSummary summary = summarise(data, unit, 0.0);
        guint32 group = data->group[unit];
        sum[group] += summary.weight * summary.mean;
        weights[group] += summary.weight;
        squares[group] += square(summary.weight);
    }
    for (gsize group = 0; group < data->n_groups; group++) {
        /* The number of units of equal weight that would tell as much. */
        double n = weights[group] > 0.0 ? square(weights[group]) / squares[group] : 0.0;
        model->mean[group] = n > 0.0 ? sum[group] / weights[group] * n / (n + GROUP_WEIGHT) : 0.0;
    }
    double product = 0, total = 0, single = 0, single_total = 0;
    for (gsize unit = 0; unit < data->n_units; unit++) {
        UnitSummary summary = summarise(data, unit, model->mean[data->group[unit]]);
        product += summary.weight * summary.product;
        total += summary.weight * summary.n_products;
        if (summary.weight > 0.0) {
            double noise = noise_of(model, summary.expected, scale_of(data, unit));
            single += summary.weight * (square(summary.mean) - noise);
            single_total += summary.weight;
        }
    }
    /* With one year each, the spread beyond the noise assumed. */
    double tau2 = total > 0.0 ? product / total : single_total > 0.0 ? single / single_total : 0.0;
    model->tau2 = MAX(tau2, least_tau2);
}

void sp_level_fit(const SpLevelData *data, double kept, SpLevelModel *model)
{
    double variances[N_PARTS] = {0.0005, 0.1, 0.0005, 0.1, 0.0};
    *model = (SpLevelModel){.kept = kept, .n_groups = data->n_groups};
    model->mean = g_new0(double, data->n_groups);
    model->is_fitted =
        sp_moments_fit(N_PARTS, add_units, (gpointer)data, variances, &model->is_settled);
    double lag = (double)only_lag(data);
    if (!model->is_fitted) {
        model->is_settled = TRUE;
        model->q0 = SP_LEVEL_ASSUMED_Q0;
        model->q1 = SP_LEVEL_ASSUMED_Q1;
        model->v0 = 0.0;
        model->v1 = SP_LEVEL_ASSUMED_V1;
    } else if (lag > 0.0) {
        /* var(difference) = h q + 2 v tells their sum alone. */
        model->q0 = model->v0 = (lag * variances[0] + 2 * variances[2]) / (lag + 2);
        model->q1 = model->v1 = (lag * variances[1] + 2 * variances[3]) / (lag + 2);
    } else {
        model->q0 = variances[0];
        model->q1 = variances[1];
        model->v0 = variances[2];
        model->v1 = variances[3];
        model->lasting = variances[4];
    }
    fit_groups(data, model);
}

void sp_level_model_clear(SpLevelModel *model)
{
    g_clear_pointer(&model->mean, g_free);
}

static double yearly_change(const SpLevelModel *model, double expected, double scale)
{
    return square(scale) * (model->q0 + model->lasting) +
           scale * (expected > 0.0 ? model->q1 / expected : model->q1);
}

SpLevelState sp_level_estimate(const SpLevelModel *model, const SpLevelData *data, gsize unit)
{
    double mean = model->mean[data->group[unit]], x = 0, variance = model->tau2, expected = 0;
    double scale = scale_of(data, unit);
    gboolean has_begun = FALSE;
    for (gsize year = 0; year < data->n_years; year++) {
        if (has_begun) {
            x *= model->kept;
            variance = square(model->kept) * variance + yearly_change(model, expected, scale);
        }
        if (is_observed(data, unit, year)) {
            expected = data->expected[cell(data, unit, year)];
            double noise = noise_of(model, expected, scale);
            /* What is known exactly and never moves stays known. */
            double gain = variance > 0.0 ? variance / (variance + noise) : 0.0;
            x += gain * (deviation(data, unit, year) - mean - x);
            variance *= 1.0 - gain;
            has_begun = TRUE;
        }
    }
    return (SpLevelState){.level = MAX(mean + x, -1.0), .variance = variance, .scale = scale};
}

SpLevelState sp_level_ahead(const SpLevelModel *model, SpLevelState now, guint32 group,
                            double expected, guint years)
{
    double mean = model->mean[group], x = now.level - mean, variance = now.variance;
    double scale = now.scale > 0.0 ? now.scale : 1.0;
    for (guint i = 0; i < years; i++) {
        x *= model->kept;
        /* Whether units come back to their group is known for a few years alone: the path does, the
           spread is as if they did not. */
        variance += yearly_change(model, expected, scale);
    }
    variance += square(scale) * model->lasting * (lasting_years(years) - years);
    return (SpLevelState){.level = MAX(mean + x, -1.0), .variance = variance, .scale = now.scale};
}

double sp_level_noise(const SpLevelModel *model, const SpLevelState *state, double expected)
{
    double noise = noise_of(model, expected, state->scale > 0.0 ? state->scale : 1.0);
    double square_level = square(1.0 + state->level);
    return noise < square_level ? noise / square_level : 1.0;
}

double sp_level_log_sd(const SpLevelState *state)
{
    double factor = MAX(1.0 + state->level, sqrt(state->variance));
    return factor > 0.0 ? sqrt(log1p(state->variance / (factor * factor))) : 0.0;
}
