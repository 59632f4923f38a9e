/* The penalised spline on banded matrices. */
#include "transforms/project/supply/profile.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

enum { MAX_ROUNDS = 100, N_PENALTIES = 21, N_PARTS = 3, ORDER = 2 };
static const double least_penalty = 1e-4, penalty_step = 3.1622776601683795;
static const double parts[N_PARTS] = {1.0, 1e-2, 1e-4};
static const double far_logit = 12.0, close_enough = 1e-9;
static const double steep = 1e6; /* weight against rising, relative to the data's */
static const double ridge = 1e-9;

/* The problem and room for one fit. */
typedef struct {
    gsize n;
    const SpProfileBand *bands;
    gsize n_bands;
    const SpProfileShape *shape;
    double *share;      /* [n] weight of the age inside its band */
    gsize width;        /* of the matrix: places from the diagonal */
    double scale;       /* of the weights, so that penalties mean the same for all sizes */
    double *eta;        /* [n] the curve on its working scale */
    double *slope;      /* [n] what a step of eta is on the curve's own scale */
    double *mean;       /* [n_bands] of the bands, as the curve has them */
    double *weight;     /* [n_bands] */
    gsl_matrix *matrix; /* [n][width + 1] */
    gsl_vector *right;
} Work;

static double curve_of(const Work *work, double eta)
{
    return work->shape->is_share ? 1.0 / (1.0 + exp(-eta)) : eta;
}

/* How the ages of each band weigh in it. */
static void find_shares(Work *work, const double inner[])
{
    work->width = ORDER;
    for (gsize b = 0; b < work->n_bands; b++) {
        const SpProfileBand *band = &work->bands[b];
        double sum = 0.0, n = band->last - band->first + 1.0;
        for (guint a = band->first; a <= band->last; a++) {
            sum += inner[a];
        }
        for (guint a = band->first; a <= band->last; a++) {
            work->share[a] = sum > 0.0 ? inner[a] / sum : 1.0 / n;
        }
        work->width = MAX(work->width, (gsize)(band->last - band->first));
    }
}

/* Bands as the curve has them, and their weights. */
static void see_bands(Work *work)
{
    for (gsize a = 0; a < work->n; a++) {
        double value = curve_of(work, work->eta[a]);
        work->slope[a] = work->shape->is_share ? value * (1.0 - value) : 1.0;
    }
    for (gsize b = 0; b < work->n_bands; b++) {
        const SpProfileBand *band = &work->bands[b];
        double mean = 0.0;
        for (guint a = band->first; a <= band->last; a++) {
            mean += work->share[a] * curve_of(work, work->eta[a]);
        }
        work->mean[b] = mean;
        double spread = work->shape->is_share ? MAX(mean * (1.0 - mean), 1e-9) : 1.0;
        work->weight[b] = band->size / spread / work->scale;
    }
}

static double break_part(const Work *work, gsize place, double part)
{
    /* A second difference at `place` spans place - 1 ... place + 1. */
    for (gsize i = 0; i < work->shape->n_breaks; i++) {
        gsize at = work->shape->breaks[i];
        if (place == at || place + 1 == at) {
            return part;
        }
    }
    return 1.0;
}

static void add_to(Work *work, gsize row, gsize column, double value)
{
    gsize low = MIN(row, column);
    if (row >= column) { /* the lower half is kept, diagonal by diagonal */
        double *cell = gsl_matrix_ptr(work->matrix, low, row - low);
        *cell += value;
    }
}

/* The penalties' part of the matrix. */
static void add_penalties(Work *work, double penalty, double part)
{
    static const double second[ORDER + 1] = {1.0, -2.0, 1.0};
    for (gsize a = 0; a < work->n; a++) {
        add_to(work, a, a, ridge);
    }
    for (gsize a = 1; a + 1 < work->n; a++) {
        double weight = penalty * break_part(work, a, part);
        for (gsize i = 0; i <= ORDER; i++) {
            for (gsize j = 0; j <= i; j++) {
                add_to(work, a - 1 + i, a - 1 + j, weight * second[i] * second[j]);
            }
        }
    }
    /* A step that rises is pressed down (Eilers' asymmetric penalty). */
    for (gsize a = MAX(work->shape->falling_from, 1); a < work->n; a++) {
        if (work->eta[a] > work->eta[a - 1]) {
            add_to(work, a, a, steep);
            add_to(work, a, a - 1, -steep);
            add_to(work, a - 1, a - 1, steep);
        }
    }
}

/* The data's part, and the right side. */
static void add_data(Work *work)
{
    for (gsize b = 0; b < work->n_bands; b++) {
        const SpProfileBand *band = &work->bands[b];
        double working = band->mean - work->mean[b];
        for (guint a = band->first; a <= band->last; a++) {
            working += work->share[a] * work->slope[a] * work->eta[a];
        }
        for (guint i = band->first; i <= band->last; i++) {
            double x = work->weight[b] * work->share[i] * work->slope[i];
            double *cell = gsl_vector_ptr(work->right, i);
            *cell += x * working;
            for (guint j = band->first; j <= i; j++) {
                add_to(work, i, j, x * work->share[j] * work->slope[j]);
            }
        }
    }
}

/* One round of penalised reweighted least squares; the change it made, negative if it cannot go
 * on. The matrix is left as its Cholesky factor. */
static double go_on(Work *work, double penalty, double part)
{
    double change = 0.0;
    see_bands(work);
    gsl_matrix_set_zero(work->matrix);
    gsl_vector_set_zero(work->right);
    add_penalties(work, penalty, part);
    add_data(work);
    if (gsl_linalg_cholesky_band_decomp(work->matrix) != GSL_SUCCESS ||
        gsl_linalg_cholesky_band_svx(work->matrix, work->right) != GSL_SUCCESS) {
        return -1.0;
    }
    for (gsize a = 0; a < work->n; a++) {
        double next = gsl_vector_get(work->right, a);
        if (!isfinite(next)) {
            return -1.0;
        }
        next = work->shape->is_share ? CLAMP(next, -far_logit, far_logit) : next;
        change = MAX(change, fabs(next - work->eta[a]));
        work->eta[a] = next;
    }
    return change;
}

/* Effective number of parameters: the trace of the matrix that makes the bands' means of them. */
static double degrees(Work *work)
{
    double trace = 0.0;
    for (gsize b = 0; b < work->n_bands; b++) {
        const SpProfileBand *band = &work->bands[b];
        gsl_vector_set_zero(work->right);
        for (guint a = band->first; a <= band->last; a++) {
            gsl_vector_set(work->right, a, work->share[a] * work->slope[a]);
        }
        gsl_linalg_cholesky_band_svx(work->matrix, work->right);
        for (guint a = band->first; a <= band->last; a++) {
            trace +=
                work->weight[b] * work->share[a] * work->slope[a] * gsl_vector_get(work->right, a);
        }
    }
    return trace;
}

/* From a level curve to one that stands still, and how good it is. */
static void try_penalty(Work *work, double level, double penalty, double part, SpProfileFit *fit)
{
    double change = 1.0, squares = 0.0, n = 0.0;
    for (gsize a = 0; a < work->n; a++) {
        work->eta[a] = level;
    }
    for (guint round = 0; round < MAX_ROUNDS && change > close_enough; round++) {
        change = go_on(work, penalty, part);
    }
    *fit = (SpProfileFit){.penalty = penalty, .break_part = part};
    fit->is_settled = change >= 0.0 && change <= close_enough;
    fit->gcv = INFINITY;
    if (change < 0.0) {
        return;
    }
    fit->df = degrees(work);
    see_bands(work);
    for (gsize b = 0; b < work->n_bands; b++) {
        double off = work->bands[b].mean - work->mean[b];
        squares += work->weight[b] * off * off;
        n += work->bands[b].size > 0.0 ? 1.0 : 0.0;
    }
    /* With as many parameters as bands nothing is left to judge by. */
    if (n - fit->df > 0.05 * n) {
        fit->gcv = n * squares / ((n - fit->df) * (n - fit->df));
    }
}

/* The mean over all bands on the working scale, and the weights' scale. */
static double find_level(Work *work)
{
    double sum = 0.0, size = 0.0;
    for (gsize b = 0; b < work->n_bands; b++) {
        sum += work->bands[b].size * work->bands[b].mean;
        size += work->bands[b].size;
    }
    if (size <= 0.0) {
        return NAN;
    }
    work->scale = size / (double)work->n;
    double mean = sum / size;
    if (!work->shape->is_share) {
        return mean;
    }
    mean = CLAMP(mean, 1e-4, 1.0 - 1e-4);
    return log(mean / (1.0 - mean));
}

static void search(Work *work, double level, double best[], SpProfileFit *fit)
{
    gsize n_parts = work->shape->n_breaks > 0 ? N_PARTS : 1;
    fit->gcv = INFINITY;
    for (gsize p = 0; p < n_parts; p++) {
        double penalty = least_penalty;
        for (gsize i = 0; i < N_PENALTIES; i++, penalty *= penalty_step) {
            SpProfileFit one;
            try_penalty(work, level, penalty, parts[p], &one);
            /* The stiffest curve when no penalty leaves anything to judge by. */
            gboolean is_last = isinf(fit->gcv) && p == 0 && i + 1 == N_PENALTIES;
            if (one.gcv < fit->gcv * (1.0 - 1e-6) || is_last) {
                *fit = one;
                memcpy(best, work->eta, work->n * sizeof *best);
            }
        }
    }
}

/* The only band that tells anything, or NULL: it tells a level, and no slope that numbers can
 * find. */
static const SpProfileBand *only_band(const SpProfileData *data)
{
    const SpProfileBand *only = NULL;
    for (gsize b = 0; b < data->n_bands; b++) {
        if (data->bands[b].size > 0.0) {
            if (only != NULL) {
                return NULL;
            }
            only = &data->bands[b];
        }
    }
    return only;
}

void sp_profile_spline(const SpProfileData *data, const SpProfileShape *shape, double curve[],
                       SpProfileFit *fit)
{
    gsize n_ages = data->n_ages, n_bands = data->n_bands;
    g_autofree double *room = g_new0(double, 3 * n_ages + 2 * n_bands);
    Work work = {.n = n_ages,
                 .bands = data->bands,
                 .n_bands = n_bands,
                 .shape = shape,
                 .share = room,
                 .eta = room + n_ages,
                 .slope = room + 2 * n_ages,
                 .mean = room + 3 * n_ages,
                 .weight = room + 3 * n_ages + n_bands};
    *fit = (SpProfileFit){.is_settled = TRUE};
    memset(curve, 0, n_ages * sizeof *curve);
    double level = find_level(&work);
    if (isnan(level)) {
        return;
    }
    const SpProfileBand *only = only_band(data);
    if (only != NULL) {
        for (gsize a = 0; a < n_ages; a++) {
            curve[a] = only->mean;
        }
        fit->df = 1.0;
        return;
    }
    find_shares(&work, data->inner);
    work.matrix = gsl_matrix_alloc(n_ages, work.width + 1);
    work.right = gsl_vector_alloc(n_ages);
    search(&work, level, curve, fit);
    gsl_matrix_free(work.matrix);
    gsl_vector_free(work.right);
    for (gsize a = 0; a < n_ages; a++) {
        curve[a] = shape->is_share ? curve_of(&work, curve[a]) : MAX(0.0, curve[a]);
        /* What the penalty against rising has left. */
        if (a > 0 && a >= shape->falling_from) {
            curve[a] = MIN(curve[a], curve[a - 1]);
        }
    }
}
