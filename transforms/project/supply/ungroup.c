/* Ungrouping as a small quadratic programme. */
#include "transforms/project/supply/ungroup.h"

#include <gsl/gsl_linalg.h>
#include <string.h>

static const double ridge = 1e-9; /* of the penalty: one band alone is then even */

/* The smoothest curve over the ages that are free, with the bands' totals. FALSE when it cannot be
 * found. */
static gboolean smoothest(gsize n_ages, const SpWorkBand bands[], const double totals[],
                          gsize n_bands, const gboolean is_free[], double single[])
{
    static const double second[3] = {1.0, -2.0, 1.0};
    gsize n = n_ages + n_bands;
    gsl_matrix *matrix = gsl_matrix_calloc(n, n);
    gsl_vector *right = gsl_vector_calloc(n), *answer = gsl_vector_alloc(n);
    gsl_permutation *order = gsl_permutation_alloc(n);
    int sign;
    for (gsize a = 0; a + 2 < n_ages; a++) {
        for (gsize i = 0; i < 9; i++) {
            *gsl_matrix_ptr(matrix, a + i / 3, a + i % 3) += second[i / 3] * second[i % 3];
        }
    }
    for (gsize a = 0; a < n_ages; a++) {
        *gsl_matrix_ptr(matrix, a, a) += ridge;
    }
    for (gsize b = 0; b < n_bands; b++) {
        gsl_vector_set(right, n_ages + b, totals[b]);
        for (gsize a = bands[b].first; a <= bands[b].last; a++) {
            gsl_matrix_set(matrix, n_ages + b, a, 1.0);
            gsl_matrix_set(matrix, a, n_ages + b, 1.0);
        }
        if (totals[b] <= 0.0) { /* its ages are all held at 0: no condition is left */
            gsl_matrix_set(matrix, n_ages + b, n_ages + b, 1.0);
            gsl_vector_set(right, n_ages + b, 0.0);
        }
    }
    for (gsize a = 0; a < n_ages; a++) {
        for (gsize i = 0; !is_free[a] && i < n; i++) {
            gsl_matrix_set(matrix, a, i, i == a ? 1.0 : 0.0);
        }
    }
    gboolean is_good = gsl_linalg_LU_decomp(matrix, order, &sign) == GSL_SUCCESS &&
                       gsl_linalg_LU_solve(matrix, order, right, answer) == GSL_SUCCESS;
    for (gsize a = 0; a < n_ages; a++) {
        single[a] = is_free[a] ? gsl_vector_get(answer, a) : 0.0;
    }
    gsl_permutation_free(order);
    gsl_vector_free(answer);
    gsl_vector_free(right);
    gsl_matrix_free(matrix);
    return is_good;
}

/* Rounding left a little in each band; and where nothing could be found a band is even. */
static void keep_totals(const SpWorkBand bands[], const double totals[], gsize n_bands,
                        double single[])
{
    for (gsize b = 0; b < n_bands; b++) {
        double sum = 0.0, n = bands[b].last - bands[b].first + 1.0;
        for (gsize a = bands[b].first; a <= bands[b].last; a++) {
            sum += single[a];
        }
        for (gsize a = bands[b].first; a <= bands[b].last; a++) {
            single[a] = sum > 0.0 ? single[a] * (totals[b] / sum) : totals[b] / n;
        }
    }
}

void sp_ungroup(gsize n_ages, const SpWorkBand bands[], const double totals[], gsize n_bands,
                double single[])
{
    g_autofree gboolean *is_free = g_new0(gboolean, n_ages);
    for (gsize b = 0; b < n_bands; b++) {
        for (gsize a = bands[b].first; a <= bands[b].last; a++) {
            is_free[a] = totals[b] > 0.0;
        }
    }
    memset(single, 0, n_ages * sizeof *single);
    /* An age that was held at 0 is never let go, so there are at most as many rounds as ages. A
     * band with people keeps a free one: its total is positive. */
    for (gsize round = 0; round <= n_ages; round++) {
        gboolean is_done = TRUE;
        if (!smoothest(n_ages, bands, totals, n_bands, is_free, single)) {
            break;
        }
        for (gsize a = 0; a < n_ages; a++) {
            if (single[a] < 0.0) {
                single[a] = 0.0;
                is_free[a] = FALSE;
                is_done = FALSE;
            }
        }
        if (is_done) {
            break;
        }
    }
    keep_totals(bands, totals, n_bands, single);
}
