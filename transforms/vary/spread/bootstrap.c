/* Areas are put in order of value once; a replicate is how many times each was drawn. All measures
 * then are sums of terms of one area times its number of draws, or need the order: a replicate
 * sorts nothing. */
#include "transforms/vary/spread/bootstrap.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Terms of one area that are summed. */
enum {
    VALUE,            /* x */
    VALUE_SQUARED,    /* x^2 */
    WEIGHT,           /* w */
    MASS,             /* w x */
    MASS_SQUARED,     /* w x^2 */
    MASS_LOG,         /* w x log x */
    WEIGHT_LOG,       /* w log x */
    NONE,             /* 1 where x is 0 */
    SYSTEMATIC,       /* ((O - E)^2 - V) / E^2 where E is large enough for the SCV */
    ENTERS,           /* 1 where it is */
    EXPECTED,         /* E */
    OBSERVED,         /* O */
    OBSERVED_SQUARED, /* O^2 / E */
    CHANCE,           /* V / E */
    TERMS = 16,       /* room to spare, so that a processor adds them four or eight at a time */
};

static const double least_defined = 0.95;
static const double lower_limit = 0.025, upper_limit = 0.975;

typedef struct {
    gsize n;
    gboolean has_chance;
    double
        value_from; /* the mean value: squares are taken around it, so that little is lost in their
                     * difference */
    double *value;  /* [n] rising */
    double *weight; /* [n] of the same areas */
    double *term;   /* [n * TERMS] */
} Ordered;

static int by_value(const void *left, const void *right, void *from)
{
    const double *value = (const double *)from;
    const gsize i = *(const gsize *)left;
    const gsize j = *(const gsize *)right;
    if (value[i] != value[j]) {
        return value[i] < value[j] ? -1 : 1;
    }
    return i < j ? -1 : 1;
}

static void set_terms(const SpBootAreas *areas, gsize i, double around, double term[TERMS])
{
    const double x = areas->value[i];
    const double w = areas->weight[i];
    const double log_x = x > 0.0 ? log(x) : 0.0;
    memset(term, 0, TERMS * sizeof *term);
    term[VALUE] = x - around;
    term[VALUE_SQUARED] = (x - around) * (x - around);
    term[WEIGHT] = w;
    term[MASS] = w * (x - around);
    term[MASS_SQUARED] = w * (x - around) * (x - around);
    term[MASS_LOG] = w * x * log_x;
    term[WEIGHT_LOG] = w * log_x;
    term[NONE] = x > 0.0 ? 0.0 : 1.0;
    if (areas->observed == NULL) {
        return;
    }
    const double o = areas->observed[i];
    const double e = areas->expected[i];
    const double v = areas->variance[i];
    if (e >= areas->scv_minimum) {
        term[SYSTEMATIC] = ((o - e) * (o - e) - v) / (e * e);
        term[ENTERS] = 1.0;
    }
    term[EXPECTED] = e;
    term[OBSERVED] = o;
    term[OBSERVED_SQUARED] = o * o / e;
    term[CHANCE] = v / e;
}

static void order(const SpBootAreas *areas, Ordered *ordered)
{
    const gsize n = areas->n;
    g_autofree gsize *at = g_new(gsize, n);
    ordered->n = n;
    ordered->has_chance = areas->observed != NULL;
    ordered->value = g_new(double, n);
    ordered->weight = g_new(double, n);
    ordered->term = g_new(double, n *TERMS);
    ordered->value_from = 0.0;
    for (gsize i = 0; i < n; i++) {
        at[i] = i;
        ordered->value_from += areas->value[i] / (double)n;
    }
    if (n > 1) {
        g_qsort_with_data(at, (gint)n, sizeof *at, by_value, (gpointer)areas->value);
    }
    for (gsize i = 0; i < n; i++) {
        ordered->value[i] = areas->value[at[i]];
        ordered->weight[i] = areas->weight[at[i]];
        set_terms(areas, at[i], ordered->value_from, ordered->term + i * TERMS);
    }
}

static void clear(Ordered *ordered)
{
    g_free(ordered->value);
    g_free(ordered->weight);
    g_free(ordered->term);
}

/* Both Gini coefficients, from the cumulated number and weight of areas in order of value: 2 sum w
 * x F_middle / sum w x - 1, where areas of one value that were drawn more than once share the
 * middle of their ranks. */
static void ginis(const Ordered *ordered, const guint16 times[], double mass_plain, double mass,
                  double weight, double measure[])
{
    double n_below = 0.0;
    double weight_below = 0.0;
    double plain = 0.0;
    double weighted = 0.0;
    for (gsize i = 0; i < ordered->n; i++) {
        const double c = times[i];
        const double w = c * ordered->weight[i];
        plain += c * ordered->value[i] * (n_below + 0.5 * c);
        weighted += w * ordered->value[i] * (weight_below + 0.5 * w);
        n_below += c;
        weight_below += w;
    }
    measure[SP_BOOT_GINI] =
        mass_plain > 0.0 ? 2.0 * plain / (mass_plain * (double)ordered->n) - 1.0 : (double)NAN;
    measure[SP_BOOT_GINI_WEIGHTED] =
        mass > 0.0 ? 2.0 * weighted / (mass * weight) - 1.0 : (double)NAN;
}

static void chance_measures(const double sum[TERMS], gsize n, double measure[])
{
    measure[SP_BOOT_SCV] = sum[ENTERS] > 0.0 ? sum[SYSTEMATIC] / sum[ENTERS] : (double)NAN;
    measure[SP_BOOT_MARSHALL] = (double)NAN;
    if (n > 0 && sum[EXPECTED] > 0.0) {
        const double b = sum[OBSERVED] / sum[EXPECTED];
        const double spread = sum[OBSERVED_SQUARED] / sum[EXPECTED] - b * b;
        measure[SP_BOOT_MARSHALL] = fmax(spread - b * sum[CHANCE] / sum[EXPECTED], 0.0);
    }
}

/* A measure that is not defined is NaN until it becomes an SpReal. */
static void measure_all(const Ordered *ordered, const guint16 times[], double measure[SP_BOOT_N])
{
    const double n = (double)ordered->n;
    double sum[TERMS] = {0.0};
    for (gsize i = 0; i < ordered->n; i++) {
        const double c = times[i];
        const double *term = ordered->term + i * TERMS;
        for (gsize k = 0; k < TERMS; k++) {
            sum[k] += c * term[k];
        }
    }
    const double mean = ordered->value_from + sum[VALUE] / n;
    const double squares = fmax(sum[VALUE_SQUARED] - sum[VALUE] * sum[VALUE] / n, 0.0);
    const double mass = ordered->value_from * sum[WEIGHT] + sum[MASS];
    const double weighted_mean = mass / sum[WEIGHT];
    const double off = sum[MASS] / sum[WEIGHT];
    const double weighted_squares = fmax(sum[MASS_SQUARED] / sum[WEIGHT] - off * off, 0.0);
    /* What is left of a difference between sums is no value: whether there is any is counted. */
    const gboolean has_some = sum[NONE] < n;
    const gboolean has_two = ordered->n > 1 && has_some;
    measure[SP_BOOT_CV] = has_two ? sqrt(squares / (n - 1.0)) / mean : (double)NAN;
    measure[SP_BOOT_CV_WEIGHTED] = has_two ? sqrt(weighted_squares) / weighted_mean : (double)NAN;
    measure[SP_BOOT_THEIL] =
        has_some ? fmax(sum[MASS_LOG] / mass - log(weighted_mean), 0.0) : (double)NAN;
    measure[SP_BOOT_MLD] = sum[NONE] > 0.0
                               ? (double)NAN
                               : fmax(log(weighted_mean) - sum[WEIGHT_LOG] / sum[WEIGHT], 0.0);
    ginis(ordered, times, has_some ? mean * n : 0.0, has_some ? mass : 0.0, sum[WEIGHT], measure);
    chance_measures(sum, ordered->n, measure);
}

/* Draws n areas: how many times each, in order of value. Four areas to a block; a word times n, its
 * high half, is an area. */
static void draw(SpRandom replicate, gsize n, guint16 times[])
{
    guint32 words[SP_RANDOM_WORDS];
    memset(times, 0, n * sizeof *times);
    for (gsize i = 0; i < n; i++) {
        if (i % SP_RANDOM_WORDS == 0) {
            sp_random_block(replicate, i / SP_RANDOM_WORDS, words);
        }
        times[(guint64)words[i % SP_RANDOM_WORDS] * n >> 32]++;
    }
}

static SpReal not_defined(const Ordered *ordered, int measure)
{
    const gboolean needs_chance = measure == SP_BOOT_SCV || measure == SP_BOOT_MARSHALL;
    return sp_real_none(needs_chance && !ordered->has_chance ? SP_NOT_APPLICABLE : SP_MISSING);
}

static void estimate_all(const Ordered *ordered, SpReal estimate[SP_BOOT_N])
{
    double measure[SP_BOOT_N];
    g_autofree guint16 *once = g_new(guint16, ordered->n);
    for (gsize i = 0; i < ordered->n; i++) {
        once[i] = 1;
    }
    if (ordered->n > 0) {
        measure_all(ordered, once, measure);
    }
    for (int k = 0; k < SP_BOOT_N; k++) {
        estimate[k] =
            ordered->n > 0 && isfinite(measure[k]) ? sp_real(measure[k]) : not_defined(ordered, k);
    }
}

void sp_bootstrap_estimates(const SpBootAreas *areas, SpReal estimate[SP_BOOT_N])
{
    Ordered ordered;
    order(areas, &ordered);
    estimate_all(&ordered, estimate);
    clear(&ordered);
}

static int rising(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Type 7, of replicates in order. */
static SpReal quantile(gsize n, const double of[], double share)
{
    return sp_real(gsl_stats_quantile_from_sorted_data(of, 1, n, share));
}

void sp_bootstrap(const SpBootAreas *areas, SpRandom key, guint replicates,
                  SpBootInterval interval[SP_BOOT_N])
{
    Ordered ordered;
    SpReal estimate[SP_BOOT_N];
    guint n_defined[SP_BOOT_N] = {0};
    g_assert(areas->n <= G_MAXUINT16);
    order(areas, &ordered);
    estimate_all(&ordered, estimate);
    g_autofree guint16 *times = g_new(guint16, areas->n);
    g_autofree double *drawn = g_new(double, (gsize)SP_BOOT_N *replicates);
    for (guint r = 0; r < replicates && areas->n > 0; r++) {
        double measure[SP_BOOT_N];
        draw(sp_random_numbered(key, r), areas->n, times);
        measure_all(&ordered, times, measure);
        for (gsize k = 0; k < SP_BOOT_N; k++) {
            if (isfinite(measure[k])) {
                drawn[k * replicates + n_defined[k]++] = measure[k];
            }
        }
    }
    for (int k = 0; k < SP_BOOT_N; k++) {
        interval[k] = (SpBootInterval){estimate[k], not_defined(&ordered, k),
                                       not_defined(&ordered, k), n_defined[k]};
        if (sp_real_is_number(estimate[k]) && n_defined[k] >= least_defined * replicates) {
            double *of = drawn + (gsize)k * replicates;
            qsort(of, n_defined[k], sizeof *of, rising);
            interval[k].low = quantile(n_defined[k], of, lower_limit);
            interval[k].high = quantile(n_defined[k], of, upper_limit);
        }
    }
    clear(&ordered);
}
