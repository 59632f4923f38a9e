/* The linear model: one step of least squares, then residuals. */
#include "transforms/vary/model/linear.h"

#include "transforms/vary/model/least.h"

#include <math.h>

static const double leverage_one = 1.0 - 1e-12;

static double quadratic(const SpDesign *design, gsize i, const double inverse[])
{
    const gsize side = design->p + 1;
    double sum = 0.0;
    for (gsize j = 0; j < side; j++) {
        const double left = j == 0 ? 1.0 : design->x[i * design->p + j - 1];
        double row = 0.0;
        for (gsize k = 0; k < side; k++) {
            row += inverse[j * side + k] * (k == 0 ? 1.0 : design->x[i * design->p + k - 1]);
        }
        sum += left * row;
    }
    return sum;
}

static double predict(const SpDesign *design, gsize i, const double coefficient[])
{
    double value = coefficient[0];
    for (gsize j = 0; j < design->p; j++) {
        value += coefficient[j + 1] * design->x[i * design->p + j];
    }
    return value;
}

/* Squares around the weighted mean, 0 where rounding alone makes a difference. */
static double total_squares(gsize n, const double weight[], const double y[])
{
    double sum = 0.0;
    double mean = 0.0;
    double squares = 0.0;
    double size = 0.0;
    for (gsize i = 0; i < n; i++) {
        const double w = weight != NULL ? weight[i] : 1.0;
        sum += w;
        mean += w * y[i];
        size += w * y[i] * y[i];
    }
    mean /= sum;
    for (gsize i = 0; i < n; i++) {
        squares += (weight != NULL ? weight[i] : 1.0) * (y[i] - mean) * (y[i] - mean);
    }
    return squares > 1e-24 * size ? squares : 0.0;
}

static void judge_residuals(SpLinear *linear, const SpDesign *design, const double weight[],
                            const double y[], double squares)
{
    const double df = (double)(design->n - design->p - 1);
    for (gsize i = 0; i < design->n; i++) {
        const double w = weight != NULL ? weight[i] : 1.0;
        const double residual = sqrt(w) * (y[i] - linear->fitted[i]);
        const double left = 1.0 - linear->leverage[i];
        const double without =
            df > 1.0 && left > 0.0 ? (squares - residual * residual / left) / (df - 1.0) : 0.0;
        linear->rstudent[i] = linear->leverage[i] < leverage_one && without > 0.0
                                  ? sp_real(residual / sqrt(without * left))
                                  : sp_real_none(SP_MISSING);
    }
}

SpLinear *sp_linear_new(const SpDesign *design, const double weight[], const double y[])
{
    const gsize n = design->n;
    const gsize side = design->p + 1;
    g_autoptr(SpLeast) least = sp_least_new(design->p);
    g_autofree double *coefficient = g_new(double, side);
    g_autofree double *inverse = g_new(double, side *side);
    SpLinear *linear = g_new0(SpLinear, 1);
    double squares = 0.0;
    linear->fit = n > side ? sp_least_fit(least, design, weight, y, coefficient) : SP_FIT_TOO_FEW;
    if (linear->fit != SP_FIT_GOOD) {
        return linear;
    }
    sp_least_inverse(least, inverse);
    linear->fitted = g_new(double, n);
    linear->leverage = g_new(double, n);
    linear->rstudent = g_new(SpReal, n);
    linear->se = g_new(double, side);
    for (gsize i = 0; i < n; i++) {
        const double w = weight != NULL ? weight[i] : 1.0;
        linear->fitted[i] = predict(design, i, coefficient);
        linear->leverage[i] = w * quadratic(design, i, inverse);
        squares += w * (y[i] - linear->fitted[i]) * (y[i] - linear->fitted[i]);
    }
    const double df = (double)(n - side);
    const double total = total_squares(n, weight, y);
    linear->sigma = sqrt(squares / df);
    for (gsize j = 0; j < side; j++) {
        linear->se[j] = linear->sigma * sqrt(inverse[j * side + j]);
    }
    if (total > 0.0) {
        linear->r2 = 1.0 - squares / total;
        linear->r2_adjusted = 1.0 - squares / df * ((double)n - 1.0) / total;
    }
    judge_residuals(linear, design, weight, y, squares);
    linear->coefficient = g_steal_pointer(&coefficient);
    return linear;
}

void sp_linear_free(SpLinear *linear)
{
    if (linear == NULL) {
        return;
    }
    g_free(linear->coefficient);
    g_free(linear->se);
    g_free(linear->fitted);
    g_free(linear->leverage);
    g_free(linear->rstudent);
    g_free(linear);
}
