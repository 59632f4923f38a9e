/* One area's integral at a time, with its first and second derivatives. */
#include "transforms/vary/model/marginal.h"

#include <gsl/gsl_integration.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <string.h>

/* Nodes of each area's integral: the larger sd, the less like a normal distribution what is
 * integrated. Eleven are right to 1e-7 for sd below the limit; with them alone, likelihood and
 * gradient disagree above it where counts are 0 and many are expected. */
enum { MOST_STEPS = 30, FEW_NODES = 11, MANY_NODES = 31 };
static const double few_until = 0.7;
static const double mode_close =
    1e-4; /* the nodes need only lie about the mode, and the step this short is still taken: off by
           * its square */

typedef struct {
    gsize n;
    double node[MANY_NODES];       /* of the standard normal distribution */
    double log_weight[MANY_NODES]; /* log weight + node^2 / 2 */
} Rule;

struct SpMarginal {
    const SpGlmData *data;
    gboolean is_laplace;
    double *mean, *scale; /* [p] of the covariates */
    double *x; /* [n * (p + 1)] area by area: 1, then the covariates centred and scaled */
    double
        *own; /* [n] the area's own value on the scale of the link, moved off 0 and off the whole */
    double *weight;  /* [n] how much its count tells about it: the inverse of its variance */
    double constant; /* of the log-likelihood */
    Rule few, many;
};

/* What an area's integral gives: its logarithm, and derivatives by eta and sd. */
typedef struct {
    double log_integral;
    double by_eta, by_sd;
    double by_eta_eta, by_eta_sd, by_sd_sd;
    double effect; /* expected, in units of sd */
} Area;

static void set_rule(Rule *rule, gsize n)
{
    /* exp(-x^2 / 2): its weights sum to sqrt(2 pi). */
    gsl_integration_fixed_workspace *work =
        gsl_integration_fixed_alloc(gsl_integration_fixed_hermite, n, 0.0, 0.5, 0.0, 0.0);
    const double *nodes = gsl_integration_fixed_nodes(work);
    const double *weights = gsl_integration_fixed_weights(work);
    double sum = 0.0;
    for (gsize k = 0; k < n; k++) {
        sum += weights[k];
    }
    rule->n = n;
    for (gsize k = 0; k < n; k++) {
        rule->node[k] = nodes[k];
        rule->log_weight[k] = log(weights[k] / sum) + 0.5 * nodes[k] * nodes[k];
    }
    gsl_integration_fixed_free(work);
}

static void set_covariates(SpMarginal *marginal)
{
    const SpDesign *design = &marginal->data->design;
    const double n = (double)design->n;
    for (gsize j = 0; j < design->p; j++) {
        double squares = 0.0;
        for (gsize i = 0; i < design->n; i++) {
            marginal->mean[j] += design->x[i * design->p + j] / n;
        }
        for (gsize i = 0; i < design->n; i++) {
            const double around = design->x[i * design->p + j] - marginal->mean[j];
            squares += around * around;
        }
        marginal->scale[j] = squares > 0.0 ? sqrt(squares / n) : 1.0;
    }
    for (gsize i = 0; i < design->n; i++) {
        double *row = marginal->x + i * (design->p + 1);
        row[0] = 1.0;
        for (gsize j = 0; j < design->p; j++) {
            row[j + 1] = (design->x[i * design->p + j] - marginal->mean[j]) / marginal->scale[j];
        }
    }
}

static void set_counts(SpMarginal *marginal)
{
    const SpGlmData *data = marginal->data;
    for (gsize i = 0; i < data->design.n; i++) {
        const double y = data->observed[i];
        marginal->constant -= gsl_sf_lngamma(y + 1.0);
        if (data->family == SP_GLM_BINOMIAL) {
            const double n = data->trials[i];
            marginal->constant += gsl_sf_lngamma(n + 1.0) - gsl_sf_lngamma(n - y + 1.0);
            marginal->own[i] = log((y + 0.5) / (n - y + 0.5));
            marginal->weight[i] = (y + 0.5) * (n - y + 0.5) / (n + 1.0);
        } else {
            marginal->own[i] = log(y + 0.5);
            marginal->weight[i] = y + 0.5;
        }
    }
}

SpMarginal *sp_marginal_new(const SpGlmData *data, gboolean is_laplace)
{
    SpMarginal *marginal = g_new0(SpMarginal, 1);
    g_assert(data->family != SP_GLM_NEGATIVE_BINOMIAL);
    marginal->data = data;
    marginal->is_laplace = is_laplace;
    marginal->mean = g_new0(double, data->design.p);
    marginal->scale = g_new0(double, data->design.p);
    marginal->x = g_new(double, data->design.n *(data->design.p + 1));
    marginal->own = g_new(double, data->design.n);
    marginal->weight = g_new(double, data->design.n);
    set_rule(&marginal->few, FEW_NODES);
    set_rule(&marginal->many, MANY_NODES);
    set_covariates(marginal);
    set_counts(marginal);
    return marginal;
}

void sp_marginal_free(SpMarginal *marginal)
{
    if (marginal == NULL) {
        return;
    }
    g_free(marginal->mean);
    g_free(marginal->scale);
    g_free(marginal->x);
    g_free(marginal->own);
    g_free(marginal->weight);
    g_free(marginal);
}

void sp_marginal_scale(const SpMarginal *marginal, const double from[], double to[])
{
    to[0] = from[0];
    for (gsize j = 0; j < marginal->data->design.p; j++) {
        to[0] += from[j + 1] * marginal->mean[j];
        to[j + 1] = from[j + 1] * marginal->scale[j];
    }
}

void sp_marginal_unscale(const SpMarginal *marginal, const double from[], double to[])
{
    to[0] = from[0];
    for (gsize j = 0; j < marginal->data->design.p; j++) {
        to[j + 1] = from[j + 1] / marginal->scale[j];
        to[0] -= to[j + 1] * marginal->mean[j];
    }
}

/* Expected count and its derivatives by eta. */
typedef struct {
    double mean, slope, bend;
} Count;

static Count count_at(const SpGlmData *data, gsize i, double eta)
{
    Count count;
    if (data->family == SP_GLM_BINOMIAL) {
        const double small = exp(-fabs(eta));
        const double less = small / (1.0 + small);
        count.mean = data->trials[i] * (eta > 0.0 ? 1.0 / (1.0 + small) : less);
        count.slope = data->trials[i] * less / (1.0 + small);
        count.bend = count.slope * (eta > 0.0 ? small - 1.0 : 1.0 - small) / (1.0 + small);
        return count;
    }
    count.mean = exp(eta);
    count.slope = count.mean;
    count.bend = count.mean;
    return count;
}

/* Log-likelihood of the count at eta without its constant, the expected count at hand. */
static double log_count(const SpGlmData *data, gsize i, double eta, double mean)
{
    if (data->family == SP_GLM_BINOMIAL) {
        const double log_whole = eta > 0.0 ? eta + log1p(exp(-eta)) : log1p(exp(eta));
        return data->observed[i] * eta - data->trials[i] * log_whole;
    }
    return data->observed[i] * eta - mean;
}

/* Mode of the integrand over v, the effect in units of sd. The start is the area's own value drawn
 * towards the others', which is near it for any count: Newton's steps from 0 would overshoot where
 * sd times the count is large. */
static double find_mode(const SpMarginal *marginal, gsize i, double eta, double sd,
                        double *curvature)
{
    const SpGlmData *data = marginal->data;
    const double tells = sd * sd * marginal->weight[i];
    double v = sd > 0.0 ? tells / (1.0 + tells) * (marginal->own[i] - eta) / sd : 0.0;
    for (int k = 0; k < MOST_STEPS; k++) {
        const Count count = count_at(data, i, eta + sd * v);
        const double step =
            (sd * (data->observed[i] - count.mean) - v) / (1.0 + sd * sd * count.slope);
        v += step;
        *curvature = 1.0 + sd * sd * count.slope;
        if (fabs(step) * sqrt(*curvature) < mode_close) {
            break;
        }
    }
    return v;
}

static void integrate(const SpMarginal *marginal, gsize i, double eta, double sd, Area *area)
{
    const SpGlmData *data = marginal->data;
    double curvature = 1.0;
    const double mode = find_mode(marginal, i, eta, sd, &curvature);
    const double width = 1.0 / sqrt(curvature);
    const Rule *rule = sd < few_until ? &marginal->few : &marginal->many;
    double height[MANY_NODES];
    double place[MANY_NODES];
    Count count[MANY_NODES];
    double highest = -HUGE_VAL;
    for (gsize k = 0; k < rule->n; k++) {
        place[k] = mode + width * rule->node[k];
        count[k] = count_at(data, i, eta + sd * place[k]);
        height[k] = rule->log_weight[k] - 0.5 * place[k] * place[k] +
                    log_count(data, i, eta + sd * place[k], count[k].mean);
        highest = fmax(highest, height[k]);
    }
    double sum = 0.0;
    double s1 = 0.0, sv = 0.0, ss = 0.0, ssv = 0.0, ssvv = 0.0, d = 0.0, dv = 0.0, dvv = 0.0,
           v = 0.0;
    for (gsize k = 0; k < rule->n; k++) {
        const double share = exp(height[k] - highest);
        const double score = data->observed[i] - count[k].mean;
        const double at = place[k];
        sum += share;
        v += share * at;
        s1 += share * score;
        sv += share * score * at;
        ss += share * score * score;
        ssv += share * score * score * at;
        ssvv += share * score * score * at * at;
        d += share * count[k].slope;
        dv += share * count[k].slope * at;
        dvv += share * count[k].slope * at * at;
    }
    area->log_integral = highest + log(sum * width);
    area->by_eta = s1 / sum;
    area->by_sd = sv / sum;
    area->by_eta_eta = (ss - d) / sum - area->by_eta * area->by_eta;
    area->by_eta_sd = (ssv - dv) / sum - area->by_eta * area->by_sd;
    area->by_sd_sd = (ssvv - dvv) / sum - area->by_sd * area->by_sd;
    area->effect = v / sum;
}

/* Height of the integrand at its mode over the square root of its curvature, and the derivatives of
 * that. */
static void approximate(const SpMarginal *marginal, gsize i, double eta, double sd, Area *area)
{
    double curvature = 1.0;
    const double v = find_mode(marginal, i, eta, sd, &curvature);
    const Count count = count_at(marginal->data, i, eta + sd * v);
    const double score = marginal->data->observed[i] - count.mean;
    curvature = 1.0 + sd * sd * count.slope;
    const double moves = (score - sd * count.slope * v) / curvature; /* the mode, by sd */
    area->log_integral =
        log_count(marginal->data, i, eta + sd * v, count.mean) - 0.5 * v * v - 0.5 * log(curvature);
    area->by_eta = score - 0.5 * sd * sd * count.bend / (curvature * curvature);
    area->by_sd =
        score * v -
        0.5 * (2.0 * sd * count.slope + sd * sd * count.bend * (v + sd * moves)) / curvature;
}

static double predict(const SpMarginal *marginal, gsize i, const double parameter[])
{
    const gsize side = marginal->data->design.p + 1;
    double eta = marginal->data->offset != NULL ? marginal->data->offset[i] : 0.0;
    for (gsize j = 0; j < side; j++) {
        eta += parameter[j] * marginal->x[i * side + j];
    }
    return eta;
}

double sp_marginal_evaluate(SpMarginal *marginal, const double parameter[], double gradient[],
                            double information[])
{
    const gsize side = marginal->data->design.p + 1;
    const gsize all = side + 1;
    double log_likelihood = marginal->constant;
    memset(gradient, 0, all * sizeof *gradient);
    memset(information, 0, all * all * sizeof *information);
    for (gsize i = 0; i < marginal->data->design.n; i++) {
        const double *x = marginal->x + i * side;
        Area area;
        integrate(marginal, i, predict(marginal, i, parameter), parameter[side], &area);
        if (marginal->is_laplace) {
            approximate(marginal, i, predict(marginal, i, parameter), parameter[side], &area);
        }
        log_likelihood += area.log_integral;
        for (gsize j = 0; j < side; j++) {
            gradient[j] += area.by_eta * x[j];
            information[side * all + j] -= area.by_eta_sd * x[j];
            for (gsize k = 0; k <= j; k++) {
                information[j * all + k] -= area.by_eta_eta * x[j] * x[k];
            }
        }
        gradient[side] += area.by_sd;
        information[side * all + side] -= area.by_sd_sd;
    }
    for (gsize j = 0; j < all; j++) {
        for (gsize k = 0; k < j; k++) {
            information[k * all + j] = information[j * all + k];
        }
    }
    return log_likelihood;
}

void sp_marginal_effects(SpMarginal *marginal, const double parameter[], double effect[])
{
    const double sd = parameter[marginal->data->design.p + 1];
    for (gsize i = 0; i < marginal->data->design.n; i++) {
        Area area;
        integrate(marginal, i, predict(marginal, i, parameter), sd, &area);
        effect[i] = sd * area.effect;
    }
}
