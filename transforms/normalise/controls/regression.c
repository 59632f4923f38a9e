/* Straight lines of one or two parameters in closed form, refitted without what lies far from
 * them. */
#include "transforms/normalise/controls/regression.h"

#include <math.h>
#include <string.h>

enum { MAX_FITS = 10 }; /* the package's own limit, which the golden set meets */

static const char *const kind_words[] = {[SP_LINE_ORDINARY] = "ordinary",
                                         [SP_LINE_RATIO] = "ratio",
                                         [SP_LINE_NO_CONSTANT] = "noconstant",
                                         [SP_LINE_MEAN] = "mean",
                                         [SP_LINE_RATIO_CONSTANT] = "ratioconstant"};

gboolean sp_line_kind_find(const char *text, SpLineKind *kind)
{
    for (guint i = 0; i < G_N_ELEMENTS(kind_words); i++) {
        if (strcmp(text, kind_words[i]) == 0) {
            *kind = (SpLineKind)i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean has_constant(SpLineKind kind)
{
    return kind != SP_LINE_RATIO && kind != SP_LINE_NO_CONSTANT;
}

static gboolean is_weighted(SpLineKind kind)
{
    return kind == SP_LINE_RATIO || kind == SP_LINE_RATIO_CONSTANT;
}

/* A fitted line, and what the leverage of a point needs: around the weighted mean with a constant,
 * around 0 without. */
typedef struct {
    SpLineKind kind;
    gsize n;
    guint n_parameters;
    double constant;
    double slope;
    double mean_x;
    double weight; /* sum of weights, with a constant */
    double sxx;    /* sum of weighted squares of x around mean_x; 0 for a mean alone */
    double rss;
} Fit;

static double weight_of(SpLineKind kind, double x)
{
    return is_weighted(kind) ? 1.0 / x : 1.0;
}

static double predict(const Fit *fit, double x)
{
    return fit->constant + fit->slope * x;
}

/* Variance of the prediction at x over sigma squared. */
static double spread_at(const Fit *fit, double x)
{
    double around = x - fit->mean_x;
    return (has_constant(fit->kind) ? 1.0 / fit->weight : 0.0) +
           (fit->kind != SP_LINE_MEAN ? around * around / fit->sxx : 0.0);
}

static void fit_parameters(Fit *fit, gsize n, const SpReal x[], const SpReal y[],
                           const gboolean used[])
{
    double mean_y = 0.0;
    double sxy = 0.0;
    for (gsize i = 0; i < n && has_constant(fit->kind); i++) {
        if (used[i]) {
            double weight = weight_of(fit->kind, x[i].value);
            fit->weight += weight;
            fit->mean_x += weight * x[i].value;
            mean_y += weight * y[i].value;
        }
    }
    if (fit->weight > 0.0) {
        fit->mean_x /= fit->weight;
        mean_y /= fit->weight;
    }
    for (gsize i = 0; i < n && fit->kind != SP_LINE_MEAN; i++) {
        if (used[i]) {
            double weight = weight_of(fit->kind, x[i].value);
            double around = x[i].value - fit->mean_x;
            fit->sxx += weight * around * around;
            sxy += weight * around * (y[i].value - mean_y);
        }
    }
    fit->slope = fit->sxx > 0.0 ? sxy / fit->sxx : 0.0;
    fit->constant = mean_y - fit->slope * fit->mean_x;
}

/* FALSE when the used units do not carry a line and a residual. */
static gboolean fit_line(SpLineKind kind, gsize n, const SpReal x[], const SpReal y[],
                         const gboolean used[], Fit *fit)
{
    *fit =
        (Fit){.kind = kind,
              .n_parameters = kind == SP_LINE_ORDINARY || kind == SP_LINE_RATIO_CONSTANT ? 2 : 1};
    for (gsize i = 0; i < n; i++) {
        fit->n += used[i] ? 1 : 0;
    }
    if (fit->n < fit->n_parameters + 2) {
        return FALSE;
    }
    fit_parameters(fit, n, x, y, used);
    for (gsize i = 0; i < n; i++) {
        if (used[i]) {
            double residual = y[i].value - predict(fit, x[i].value);
            fit->rss += weight_of(kind, x[i].value) * residual * residual;
        }
    }
    return fit->rss > 0.0 && (kind == SP_LINE_MEAN || fit->sxx > 0.0);
}

/* What the fit says of one unit. A point of the model is judged by the line without it. */
static void judge(const Fit *fit, double x, double y, SpLineUnit *unit)
{
    double weight = weight_of(fit->kind, x);
    double residual = y - predict(fit, x);
    double spread = spread_at(fit, x);
    double freedom = (double)fit->n - fit->n_parameters;
    unit->leverage = unit->is_in_model ? weight * spread : 0.0;
    if (!unit->is_in_model) {
        double variance = fit->rss / freedom;
        unit->left_out = residual;
        unit->residual = residual / sqrt(variance * (1.0 / weight + spread));
        return;
    }
    double rest = 1.0 - unit->leverage;
    unit->left_out = rest > 0.0 ? residual / rest : 0.0;
    double without =
        rest > 0.0 ? (fit->rss - weight * residual * residual / rest) / (freedom - 1.0) : 0.0;
    unit->residual = without > 0.0 ? sqrt(weight) * residual / sqrt(without * rest) : 0.0;
}

/* Leaves out what lies beyond the limit. TRUE if other units than before are in the model. */
static gboolean choose_model(gsize n, double limit, SpLineUnit units[], gboolean used[])
{
    gboolean is_changed = FALSE;
    for (gsize i = 0; i < n; i++) {
        gboolean is_near = units[i].is_compared && fabs(units[i].residual) <= limit;
        is_changed = is_changed || is_near != used[i];
        used[i] = is_near;
    }
    return is_changed;
}

static void judge_all(const Fit *fit, gsize n, const SpReal x[], const SpReal y[],
                      const gboolean used[], SpLineUnit units[])
{
    for (gsize i = 0; i < n; i++) {
        units[i].is_in_model = used[i];
        if (units[i].is_compared) {
            judge(fit, x[i].value, y[i].value, &units[i]);
        }
    }
}

/* The expectation is by the line through what is no outlier; where that carries none, by the
 * model's own. */
static void expect_all(const Fit *model, gsize n, const SpReal x[], const SpReal y[],
                       double limit_outlier, SpLineUnit units[])
{
    Fit clean;
    g_autofree gboolean *used = g_new0(gboolean, n + 1);
    for (gsize i = 0; i < n; i++) {
        units[i].is_outlier = units[i].is_compared && fabs(units[i].residual) >= limit_outlier;
        used[i] = units[i].is_compared && !units[i].is_outlier;
    }
    gboolean is_fit = fit_line(model->kind, n, x, y, used, &clean);
    for (gsize i = 0; i < n; i++) {
        if (units[i].is_compared) {
            units[i].expected = predict(is_fit ? &clean : model, x[i].value);
        }
    }
}

gboolean sp_control_regression(gsize n, const SpReal x[], const SpReal y[], const SpLineForm *form,
                               SpLine *line, SpLineUnit units[])
{
    Fit fit = {0};
    g_autofree gboolean *used = g_new0(gboolean, n + 1);
    *line = (SpLine){0};
    for (gsize i = 0; i < n; i++) {
        units[i] = (SpLineUnit){0};
        units[i].is_compared = sp_real_is_number(x[i]) && sp_real_is_number(y[i]) &&
                               (!is_weighted(form->kind) || x[i].value > 0.0);
        used[i] = units[i].is_compared;
        line->n += used[i] ? 1 : 0;
    }
    for (guint i = 0; i < MAX_FITS; i++) {
        Fit next;
        if (!fit_line(form->kind, n, x, y, used, &next)) {
            if (i > 0) {
                break; /* what is left lies on one line: the fit before stands */
            }
            for (gsize unit = 0; unit < n; unit++) {
                units[unit] = (SpLineUnit){0};
            }
            return FALSE;
        }
        fit = next;
        judge_all(&fit, n, x, y, used, units);
        if (i + 1 == MAX_FITS || !choose_model(n, form->limit_model, units, used)) {
            break;
        }
    }
    line->n_model = fit.n;
    line->constant = fit.constant;
    line->slope = fit.slope;
    line->sigma = sqrt(fit.rss / ((double)fit.n - fit.n_parameters));
    expect_all(&fit, n, x, y, form->limit_outlier, units);
    return TRUE;
}
