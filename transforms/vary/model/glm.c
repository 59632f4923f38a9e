/* Iteratively reweighted least squares; for the negative binomial, alpha and the rest in turns. */
#include "transforms/vary/model/glm.h"

#include "transforms/vary/model/family.h"
#include "transforms/vary/model/least.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

enum { MOST_ROUNDS = 60, MOST_HALVINGS = 12, MOST_TURNS = 50, MOST_STEPS = 200 };
/* The stopping rule of R's glm, so that figures agree with R's to more digits than either has
 * right; and how far eta may still move then: a coefficient that runs to infinity moves it by about
 * 1 a round for ever. */
static const double deviance_still = 1e-8, eta_runs = 0.1;
static const double alpha_settled = 1e-10;
static const double least_alpha = 1e-6,
                    most_alpha = 100.0; /* below: Poisson, as far as digits tell */

/* A fit under way. */
typedef struct {
    const SpGlmData *data;
    SpLeast *least;
    double alpha;
    double deviance;
    double *coefficient; /* [p + 1] */
    double *eta;         /* [n] */
    double *trial;       /* [n] eta of the step being tried */
    double *weight;      /* [n] working weights */
    double *working;     /* [n] working responses */
} Irls;

static Irls *irls_new(const SpGlmData *data, gsize p)
{
    Irls *irls = g_new0(Irls, 1);
    irls->data = data;
    irls->least = sp_least_new(p);
    irls->coefficient = g_new(double, p + 1);
    irls->eta = g_new(double, data->design.n);
    irls->trial = g_new(double, data->design.n);
    irls->weight = g_new(double, data->design.n);
    irls->working = g_new(double, data->design.n);
    return irls;
}

static void irls_free(Irls *irls)
{
    sp_least_free(irls->least);
    g_free(irls->coefficient);
    g_free(irls->eta);
    g_free(irls->trial);
    g_free(irls->weight);
    g_free(irls->working);
    g_free(irls);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Irls, irls_free)

static double offset_of(const SpGlmData *data, gsize i)
{
    return data->offset != NULL ? data->offset[i] : 0.0;
}

static double deviance_at(const Irls *irls, const double eta[])
{
    double sum = 0.0;
    for (gsize i = 0; i < irls->data->design.n; i++) {
        const SpFamilyPoint point = sp_family_point(irls->data, irls->alpha, i, eta[i]);
        sum += sp_family_deviance(irls->data, irls->alpha, i, point.mean);
    }
    return sum;
}

/* The weighted least squares that the present eta asks for; its predictors go to `trial`. */
static SpFit propose(Irls *irls, const SpDesign *design)
{
    for (gsize i = 0; i < design->n; i++) {
        const SpFamilyPoint point = sp_family_point(irls->data, irls->alpha, i, irls->eta[i]);
        irls->weight[i] = point.slope * point.slope / point.variance;
        irls->working[i] = irls->eta[i] - offset_of(irls->data, i) +
                           (irls->data->observed[i] - point.mean) / point.slope;
        if (!isfinite(irls->weight[i]) || !isfinite(irls->working[i])) {
            return SP_FIT_NO_CONVERGENCE;
        }
    }
    const SpFit fit =
        sp_least_fit(irls->least, design, irls->weight, irls->working, irls->coefficient);
    for (gsize i = 0; i < design->n && fit == SP_FIT_GOOD; i++) {
        irls->trial[i] = offset_of(irls->data, i) + irls->coefficient[0];
        for (gsize j = 0; j < design->p; j++) {
            irls->trial[i] += irls->coefficient[j + 1] * design->x[i * design->p + j];
        }
    }
    return fit;
}

/* Goes to `trial`, or part of the way when the whole way makes the deviance larger. Returns the
 * largest change of eta. */
static double advance(Irls *irls, gboolean is_first)
{
    const gsize n = irls->data->design.n;
    double after = deviance_at(irls, irls->trial);
    for (int k = 0; k < MOST_HALVINGS && !(is_first && isfinite(after)) &&
                    !(after <= irls->deviance * (1.0 + 1e-12) + 1e-12);
         k++) {
        for (gsize i = 0; i < n; i++) {
            irls->trial[i] = 0.5 * (irls->trial[i] + irls->eta[i]);
        }
        after = deviance_at(irls, irls->trial);
    }
    double largest = 0.0;
    for (gsize i = 0; i < n; i++) {
        largest = fmax(largest, fabs(irls->trial[i] - irls->eta[i]));
        irls->eta[i] = irls->trial[i];
    }
    irls->deviance = after;
    return largest;
}

/* From the eta that is there to where the deviance stands still. The first step cannot be judged: a
 * first eta is no model's. */
static SpFit iterate(Irls *irls, const SpDesign *design, gboolean is_from_counts)
{
    irls->deviance = deviance_at(irls, irls->eta);
    for (int round = 0; round < MOST_ROUNDS; round++) {
        const double before = irls->deviance;
        const SpFit fit = propose(irls, design);
        if (fit != SP_FIT_GOOD) {
            /* Columns that were independent with the first weights lose their areas' weights. */
            return round == 0 ? fit : SP_FIT_SEPARATED;
        }
        const double largest = advance(irls, round == 0 && is_from_counts);
        if (!isfinite(irls->deviance)) {
            return SP_FIT_NO_CONVERGENCE;
        }
        if (fabs(irls->deviance - before) < deviance_still * (fabs(irls->deviance) + 0.1)) {
            return largest < eta_runs ? SP_FIT_GOOD : SP_FIT_SEPARATED;
        }
    }
    return SP_FIT_NO_CONVERGENCE;
}

static void start(Irls *irls)
{
    for (gsize i = 0; i < irls->data->design.n; i++) {
        irls->eta[i] = sp_family_start(irls->data, i);
    }
}

/* Derivative of the log-likelihood by 1 / alpha, times -1 / alpha^2: that by alpha, up to a factor
 * above 0. */
static double alpha_score(double log_alpha, void *from)
{
    const Irls *irls = (const Irls *)from;
    const double size = exp(-log_alpha);
    double sum = 0.0;
    for (gsize i = 0; i < irls->data->design.n; i++) {
        const double y = irls->data->observed[i];
        const double mean = exp(irls->eta[i]);
        sum += gsl_sf_psi(y + size) - gsl_sf_psi(size) - log1p(mean / size) +
               (mean - y) / (mean + size);
    }
    return -sum * size;
}

/* At alpha = 0 the likelihood rises when the counts vary more than Poisson. */
static gboolean is_overdispersed(const Irls *irls)
{
    double sum = 0.0;
    for (gsize i = 0; i < irls->data->design.n; i++) {
        const double y = irls->data->observed[i];
        const double mean = exp(irls->eta[i]);
        sum += (y - mean) * (y - mean) - y;
    }
    return sum > 0.0;
}

/* The alpha that the present eta makes most likely. */
static SpFit fit_alpha(Irls *irls)
{
    if (!is_overdispersed(irls)) {
        irls->alpha = 0.0;
        return SP_FIT_GOOD;
    }
    gsl_function score = {.function = alpha_score, .params = irls};
    double low = log(least_alpha);
    double high = log(most_alpha);
    if (alpha_score(high, irls) > 0.0) {
        return SP_FIT_NO_CONVERGENCE;
    }
    if (alpha_score(low, irls) <= 0.0) {
        irls->alpha = 0.0;
        return SP_FIT_GOOD;
    }
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    int status = gsl_root_fsolver_set(solver, &score, low, high);
    for (int k = 0; k < MOST_STEPS && status == GSL_SUCCESS; k++) {
        status = gsl_root_fsolver_iterate(solver);
        low = gsl_root_fsolver_x_lower(solver);
        high = gsl_root_fsolver_x_upper(solver);
        if (gsl_root_test_interval(low, high, alpha_settled / 10.0, 0.0) == GSL_SUCCESS) {
            break;
        }
    }
    irls->alpha = exp(gsl_root_fsolver_root(solver));
    gsl_root_fsolver_free(solver);
    return status == GSL_SUCCESS ? SP_FIT_GOOD : SP_FIT_NO_CONVERGENCE;
}

static SpFit fit_all(Irls *irls)
{
    const SpDesign *design = &irls->data->design;
    start(irls);
    SpFit fit = iterate(irls, design, TRUE);
    if (irls->data->family != SP_GLM_NEGATIVE_BINOMIAL) {
        return fit;
    }
    for (int turn = 0; fit == SP_FIT_GOOD && turn < MOST_TURNS; turn++) {
        const double before = irls->alpha;
        fit = fit_alpha(irls);
        if (fit != SP_FIT_GOOD ||
            fabs(irls->alpha - before) <= alpha_settled * (before + alpha_settled)) {
            return fit;
        }
        fit = iterate(irls, design, FALSE);
    }
    return fit == SP_FIT_GOOD ? SP_FIT_NO_CONVERGENCE : fit;
}

/* TRUE when nobody has the outcome, or everybody. */
static gboolean is_all_one_way(const SpGlmData *data)
{
    double yes = 0.0;
    double no = 0.0;
    for (gsize i = 0; i < data->design.n; i++) {
        yes += data->observed[i];
        no += data->family == SP_GLM_BINOMIAL ? data->trials[i] - data->observed[i] : 1.0;
    }
    return yes <= 0.0 || no <= 0.0;
}

static double null_deviance(const SpGlmData *data, double alpha)
{
    const SpDesign constant = {.n = data->design.n};
    g_autoptr(Irls) irls = irls_new(data, 0);
    irls->alpha = alpha;
    start(irls);
    (void)iterate(irls, &constant, TRUE); /* a constant alone is never separated here */
    return irls->deviance;
}

static void judge(SpGlm *glm, Irls *irls)
{
    const SpGlmData *data = irls->data;
    const gsize n = data->design.n;
    glm->alpha = irls->alpha;
    glm->deviance = irls->deviance;
    glm->df = n - data->design.p - 1;
    glm->fitted = g_new(double, n);
    for (gsize i = 0; i < n; i++) {
        const SpFamilyPoint point = sp_family_point(data, irls->alpha, i, irls->eta[i]);
        const double residual = data->observed[i] - point.mean;
        glm->fitted[i] = point.mean;
        glm->pearson += residual * residual / point.variance;
        glm->log_likelihood += sp_family_log_likelihood(data, irls->alpha, i, point.mean);
    }
    glm->covariance = g_new(double, (data->design.p + 1) * (data->design.p + 1));
    sp_least_inverse(irls->least, glm->covariance);
    glm->coefficient = g_steal_pointer(&irls->coefficient);
    glm->null_deviance = data->design.p > 0 ? null_deviance(data, irls->alpha) : glm->deviance;
}

SpGlm *sp_glm_new(const SpGlmData *data)
{
    SpGlm *glm = g_new0(SpGlm, 1);
    if (data->design.n <= data->design.p + 1) {
        glm->fit = SP_FIT_TOO_FEW;
        return glm;
    }
    if (is_all_one_way(data)) {
        glm->fit = SP_FIT_ALL_ZERO;
        return glm;
    }
    g_autoptr(Irls) irls = irls_new(data, data->design.p);
    glm->fit = fit_all(irls);
    if (glm->fit == SP_FIT_GOOD) {
        judge(glm, irls);
    }
    return glm;
}

void sp_glm_free(SpGlm *glm)
{
    if (glm == NULL) {
        return;
    }
    g_free(glm->coefficient);
    g_free(glm->covariance);
    g_free(glm->fitted);
    g_free(glm);
}

double sp_glm_explained(const SpGlm *glm)
{
    return glm->null_deviance > 0.0 ? 1.0 - glm->deviance / glm->null_deviance : 0.0;
}
