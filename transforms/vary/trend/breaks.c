/* One line or two. */
#include "transforms/vary/trend/breaks.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double squares_of_rounding = 1e-24;

typedef struct {
    double constant, slope;
    double squares; /* of the residuals */
} Line;

static Line fit(gsize n, const double time[], const double y[])
{
    double mean_time = 0.0;
    double mean_y = 0.0;
    double xx = 0.0;
    double xy = 0.0;
    Line line = {0.0, 0.0, 0.0};
    for (gsize i = 0; i < n; i++) {
        mean_time += time[i] / (double)n;
        mean_y += y[i] / (double)n;
    }
    for (gsize i = 0; i < n; i++) {
        xx += (time[i] - mean_time) * (time[i] - mean_time);
        xy += (time[i] - mean_time) * (y[i] - mean_y);
    }
    line.slope = xy / xx;
    line.constant = mean_y - line.slope * mean_time;
    for (gsize i = 0; i < n; i++) {
        const double residual = y[i] - mean_y - line.slope * (time[i] - mean_time);
        line.squares += residual * residual;
    }
    return line;
}

SpChow sp_trend_chow(gsize n, const double time[], const double y[], double from)
{
    const SpReal none = sp_real_none(SP_MISSING);
    SpChow chow = {none, none, none};
    gsize before = 0;
    double size = 0.0;
    for (gsize i = 0; i < n; i++) {
        before += time[i] < from ? 1 : 0;
        size += y[i] * y[i];
    }
    if (n < 5 || before < 2 || n - before < 2) {
        return chow;
    }
    const Line all = fit(n, time, y);
    const Line first = fit(before, time, y);
    const Line second = fit(n - before, time + before, y + before);
    const double parts = first.squares + second.squares;
    const double df = (double)n - 4.0;
    if (!(parts > squares_of_rounding * size)) {
        return chow;
    }
    const double f = fmax(all.squares - parts, 0.0) / 2.0 / (parts / df);
    chow.f = sp_real(f);
    chow.p = sp_real(gsl_cdf_fdist_Q(f, 2.0, df));
    chow.level =
        sp_real(second.constant + second.slope * from - first.constant - first.slope * from);
    return chow;
}
