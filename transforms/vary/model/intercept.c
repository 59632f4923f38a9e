/* Newton's method over coefficients and sd together, then along the profile of sd. */
#include "transforms/vary/model/intercept.h"

#include "transforms/vary/limits/interval.h"
#include "transforms/vary/model/marginal.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

enum { MOST_ROUNDS = 100, MOST_HALVINGS = 30, MOST_DAMPINGS = 20 };
/* Twice the gain in log-likelihood that the last step promises: after it Newton's method promises
 * about the square of that, and the last digits of likelihood and gradient, each by its own
 * quadrature, need not agree. Where they disagree and no step keeps its promise, more is good
 * enough. */
static const double last_step = 1e-6, good_enough = 1e-3;
/* Gain in log-likelihood that rounding may make. */
static const double no_better = 1e-7;
/* 97.5 % and 75 % points of the normal distribution. */
static const double z_75 = 0.6744897501960817;
static const double least_start = 0.05, most_start = 1.5;
/* Below the one sd is 0; beyond the other, a median ratio above 100, counts do not tell how large
 * it is. */
static const double sd_is_zero = 1e-5, most_sd = 5.0;
static const double sd_settled = 1e-6;

/* A search: a point, what the likelihood is there, and room to try another. */
typedef struct {
    SpMarginal *marginal;
    gsize all; /* p + 2 */
    double log_likelihood;
    double *at, *gradient, *information;
    double *next, *next_gradient, *next_information;
    gsl_matrix *system; /* of the parameters that move */
    gsl_vector *step;
    gsl_permutation *order;
} Search;

static Search *search_new(SpMarginal *marginal, gsize p)
{
    Search *search = g_new0(Search, 1);
    search->marginal = marginal;
    search->all = p + 2;
    search->at = g_new0(double, search->all);
    search->next = g_new0(double, search->all);
    search->gradient = g_new0(double, search->all);
    search->next_gradient = g_new0(double, search->all);
    search->information = g_new0(double, search->all * search->all);
    search->next_information = g_new0(double, search->all * search->all);
    search->system = gsl_matrix_alloc(search->all, search->all);
    search->step = gsl_vector_alloc(search->all);
    search->order = gsl_permutation_alloc(search->all);
    return search;
}

static void search_free(Search *search)
{
    g_free(search->at);
    g_free(search->next);
    g_free(search->gradient);
    g_free(search->next_gradient);
    g_free(search->information);
    g_free(search->next_information);
    gsl_matrix_free(search->system);
    gsl_vector_free(search->step);
    gsl_permutation_free(search->order);
    g_free(search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Search, search_free)

static void evaluate(Search *search)
{
    search->log_likelihood =
        sp_marginal_evaluate(search->marginal, search->at, search->gradient, search->information);
}

/* Solves for the step of the first `n` parameters. Where the likelihood is not concave the diagonal
 * is raised until it is. Returns what the step promises, gradient times step; below 0 when no step
 * can be found. */
static double solve(Search *search, gsize n)
{
    double damping = 0.0;
    for (int k = 0; k < MOST_DAMPINGS; k++) {
        gsl_matrix_view system = gsl_matrix_view_array(search->system->data, n, n);
        gsl_vector_view step = gsl_vector_view_array(search->step->data, n);
        gsl_permutation order = {.size = n, .data = search->order->data};
        gboolean is_concave = TRUE;
        double worth = 0.0;
        for (gsize i = 0; i < n; i++) {
            gsl_vector_set(&step.vector, i, search->gradient[i]);
            for (gsize j = 0; j < n; j++) {
                const double value = search->information[i * search->all + j];
                gsl_matrix_set(&system.matrix, i, j,
                               i == j ? value + damping * (fabs(value) + 1.0) : value);
            }
        }
        gsl_linalg_pcholesky_decomp(&system.matrix, &order);
        for (gsize i = 0; i < n; i++) {
            is_concave = is_concave && gsl_matrix_get(&system.matrix, i, i) > 0.0;
        }
        if (is_concave) {
            gsl_linalg_pcholesky_svx(&system.matrix, &order, &step.vector);
            for (gsize i = 0; i < n; i++) {
                worth += gsl_vector_get(&step.vector, i) * search->gradient[i];
            }
            return worth;
        }
        damping = damping > 0.0 ? 4.0 * damping : 0.05;
    }
    return -1.0;
}

static void accept(Search *search, double log_likelihood)
{
    double *held = search->at;
    search->at = search->next;
    search->next = held;
    held = search->gradient;
    search->gradient = search->next_gradient;
    search->next_gradient = held;
    held = search->information;
    search->information = search->next_information;
    search->next_information = held;
    search->log_likelihood = log_likelihood;
}

/* Along the step, as far as the likelihood rises; sd at most to a quarter of itself, so that it
 * comes near 0 but not past it. */
static gboolean move(Search *search, gsize n)
{
    const gsize sd = search->all - 1;
    double length = 1.0;
    if (n == search->all &&
        search->at[sd] + gsl_vector_get(search->step, sd) < 0.25 * search->at[sd]) {
        length = -0.75 * search->at[sd] / gsl_vector_get(search->step, sd);
    }
    for (int k = 0; k < MOST_HALVINGS; k++, length *= 0.5) {
        memcpy(search->next, search->at, search->all * sizeof *search->at);
        for (gsize i = 0; i < n; i++) {
            search->next[i] += length * gsl_vector_get(search->step, i);
        }
        const double after = sp_marginal_evaluate(search->marginal, search->next,
                                                  search->next_gradient, search->next_information);
        if (after >= search->log_likelihood - 1e-10 * fabs(search->log_likelihood)) {
            accept(search, after);
            return TRUE;
        }
    }
    return FALSE;
}

/* To the top over the first `n` parameters from a point that has been evaluated. */
static gboolean climb(Search *search, gsize n)
{
    for (int round = 0; round < MOST_ROUNDS; round++) {
        const double worth = solve(search, n);
        if (worth < 0.0) {
            return FALSE;
        }
        if (n == search->all && search->at[n - 1] < sd_is_zero) {
            return TRUE;
        }
        if (search->at[search->all - 1] > most_sd) {
            return FALSE;
        }
        const double before = search->log_likelihood;
        if (!move(search, n)) {
            return worth < good_enough;
        }
        if (worth < last_step ||
            (worth < good_enough && search->log_likelihood - before < 0.01 * worth)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Spread of the areas' own values around the fit, less what chance gives them: where the search for
 * sd begins. Not at 0, where the likelihood is always flat, and where a few large areas alike make
 * a top of their own. */
static double start_sd(const SpGlmData *data, const SpGlm *glm)
{
    double weight = 0.0;
    double mean = 0.0;
    double squares = 0.0;
    double chance = 0.0;
    for (gsize i = 0; i < data->design.n; i++) {
        const double y = data->observed[i] + 0.5;
        const double mu = glm->fitted[i] + 0.5;
        double own = log(y / mu);
        double variance = 1.0 / mu;
        if (data->family == SP_GLM_BINOMIAL) {
            const double rest = data->trials[i] + 1.0;
            own -= log((rest - y) / (rest - mu));
            variance += 1.0 / (rest - mu);
        }
        const double w = 1.0 / (variance + 0.1);
        weight += w;
        mean += w * own;
        squares += w * own * own;
        chance += w * variance;
    }
    mean /= weight;
    const double between = squares / weight - mean * mean - chance / weight;
    return fmin(fmax(sqrt(fmax(between, 0.0)), least_start), most_start);
}

/* How far the profile lies below the top, as a normal deviate, less the deviate of the limit: 0 at
 * the limit of the interval. */
static double beyond(const Search *search, double top)
{
    return sqrt(fmax(2.0 * (top - search->log_likelihood), 0.0)) - SP_Z_95;
}

static gboolean profile(Search *search, double sd)
{
    search->at[search->all - 1] = sd;
    evaluate(search);
    return climb(search, search->all - 1);
}

/* The sd on one side of `best` at which the likelihood is 1.92 below the top, between `inside`,
 * where it is less, and `outside`, where it is more or (HUGE_VAL) which is not known. The deviate
 * is nearly a straight line of sd, so Newton's steps are few; one that leaves the bracket is
 * replaced by its middle. */
static gboolean find_limit(Search *search, double top, double inside, double outside, double guess,
                           double *limit)
{
    double sd = guess;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        if (sd > most_sd) {
            *limit = HUGE_VAL;
            return TRUE;
        }
        if (!profile(search, sd)) {
            return FALSE;
        }
        const double excess = beyond(search, top);
        if (excess > 0.0) {
            outside = sd;
        } else {
            inside = sd;
        }
        /* d deviate / d sd = - gradient / deviate, the coefficients being at their best. */
        double next = sd + excess * (excess + SP_Z_95) / search->gradient[search->all - 1];
        const double low = fmin(inside, outside);
        const double high = fmax(inside, outside);
        if (!(next > low && next < high)) {
            next = isfinite(outside) ? 0.5 * (inside + outside) : 2.0 * sd;
        }
        if (!isfinite(outside)) {
            next = fmin(next, 4.0 * sd);
        }
        if (fabs(next - sd) <= sd_settled * (sd + sd_settled)) {
            *limit = next;
            return TRUE;
        }
        sd = next;
    }
    return FALSE;
}

/* Both limits around the best sd. `zero` is the likelihood without effects. */
static gboolean find_interval(Search *search, double zero, SpIntercept *intercept)
{
    const gsize sd = search->all - 1;
    const double top = intercept->log_likelihood;
    const double best = intercept->sd;
    double half = SP_Z_95 * fmax(best, least_start);
    g_autofree double *coefficient = g_memdup2(search->at, search->all * sizeof *search->at);
    if (best > 0.0 && search->information[sd * search->all + sd] > 0.0) {
        half = fmin(half, SP_Z_95 / sqrt(search->information[sd * search->all + sd]));
    }
    if (best > 0.0 && 2.0 * (top - zero) > SP_Z_95 * SP_Z_95) {
        if (!find_limit(search, top, best, 0.0, fmax(best - half, 0.1 * best),
                        &intercept->sd_low)) {
            return FALSE;
        }
        memcpy(search->at, coefficient, search->all * sizeof *search->at);
    }
    return find_limit(search, top, best, HUGE_VAL, best + half, &intercept->sd_high);
}

/* The best sd above 0, if it is better than 0. */
static gboolean find_best(Search *search, const SpGlm *glm, const SpIntercept *start,
                          SpIntercept *intercept)
{
    const gsize sd = search->all - 1;
    if (start != NULL && start->fit == SP_FIT_GOOD && start->sd > 0.0) {
        sp_marginal_scale(search->marginal, start->coefficient, search->at);
        search->at[sd] = start->sd;
    } else {
        sp_marginal_scale(search->marginal, glm->coefficient, search->at);
    }
    evaluate(search);
    if (!climb(search, search->all)) {
        return FALSE;
    }
    intercept->sd = search->at[sd];
    intercept->log_likelihood = search->log_likelihood;
    if (search->at[sd] < sd_is_zero || search->log_likelihood <= glm->log_likelihood + no_better) {
        sp_marginal_scale(search->marginal, glm->coefficient, search->at);
        search->at[sd] = 0.0;
        intercept->sd = 0.0;
        intercept->log_likelihood = glm->log_likelihood;
        evaluate(search);
    }
    return TRUE;
}

SpIntercept *sp_intercept_new(const SpGlmData *data, const SpIntercept *start,
                              SpInterceptWanted wanted)
{
    const gsize p = data->design.p;
    SpIntercept *intercept = g_new0(SpIntercept, 1);
    g_autoptr(SpGlm) glm = sp_glm_new(data);
    intercept->fit = glm->fit;
    if (glm->fit != SP_FIT_GOOD) {
        return intercept;
    }
    g_autoptr(SpMarginal) marginal = sp_marginal_new(data, wanted == SP_INTERCEPT_LAPLACE);
    g_autoptr(Search) search = search_new(marginal, p);
    search->at[p + 1] = start_sd(data, glm);
    gboolean is_good = find_best(search, glm, start, intercept);
    g_autofree double *coefficient = g_new(double, p + 1);
    g_autofree double *effect = g_new(double, data->design.n);
    sp_marginal_unscale(marginal, search->at, coefficient);
    sp_marginal_effects(marginal, search->at, effect);
    if (is_good && wanted == SP_INTERCEPT_ALL) {
        is_good = find_interval(search, glm->log_likelihood, intercept);
    }
    if (!is_good) {
        *intercept = (SpIntercept){.fit = SP_FIT_NO_CONVERGENCE};
        return intercept;
    }
    intercept->coefficient = g_steal_pointer(&coefficient);
    intercept->effect = g_steal_pointer(&effect);
    return intercept;
}

void sp_intercept_free(SpIntercept *intercept)
{
    if (intercept == NULL) {
        return;
    }
    g_free(intercept->coefficient);
    g_free(intercept->effect);
    g_free(intercept);
}

double sp_median_ratio(double sd)
{
    return exp(sqrt(2.0) * sd * z_75);
}
